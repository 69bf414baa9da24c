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
    let mut users: Vec<Vec<Id<TypeDef>>> = vec![Vec::new(); api.types.len()];
    let mut queue = Vec::new();
    for (id, def) in api.types.iter() {
        let mut file = false;
        def.shape.each_type(&mut |ty| file |= is_file(ty));
        def.shape.each_def(&mut |held| users[held.index()].push(id));
        queue.extend(Some(id).filter(|_| file));
    }
    let mut parts = Parts::default();
    while let Some(id) = queue.pop() {
        if parts.holders.insert(id) {
            queue.extend(&users[id.index()]);
        }
    }
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
