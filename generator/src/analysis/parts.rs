//! Types that hold files which are sent as parts: they have no JSON.

use crate::ir::{Api, Id, Scalar, Type, TypeDef};
use std::collections::HashSet;

/// The types that hold files, and those of them that are part of another such type.
#[derive(Debug, Default)]
pub(super) struct Parts {
    holders: HashSet<Id<TypeDef>>,
    within: HashSet<Id<TypeDef>>,
}

pub(super) fn gather(api: &Api) -> Parts {
    let holders = api.types.holders(is_file);
    let mut parts = Parts { holders, within: HashSet::new() };
    for id in api.types.ids().filter(|id| parts.holders.contains(id)) {
        let within = &mut parts.within;
        api.types[id].shape.each_def(&mut |held| {
            within.insert(held);
        });
    }
    parts
}

fn is_file(ty: &Type) -> bool {
    match ty {
        Type::Scalar(it) => *it == Scalar::Part,
        Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => is_file(inner),
        Type::Tuple(types) => types.iter().any(is_file),
        Type::Def(_) | Type::Json => false,
    }
}

impl Parts {
    pub(super) fn has_files(&self, id: Id<TypeDef>) -> bool {
        self.holders.contains(&id)
    }

    pub(super) fn is_held(&self, ty: &Type) -> bool {
        let mut held = is_file(ty);
        ty.each_def(&mut |id| held |= self.has_files(id));
        held
    }

    pub(super) fn is_within(&self, id: Id<TypeDef>) -> bool {
        self.has_files(id) && self.within.contains(&id)
    }
}
