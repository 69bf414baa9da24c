//! Types that hold themselves: where a pointer is needed, and which aliases need a type.

use crate::ir::{Api, Id, Shape, Type, TypeDef, components, longest_chain};
use std::collections::HashSet;

pub(super) struct Boxes {
    pub(super) boxed: HashSet<(Id<TypeDef>, usize)>,
    pub(super) wrapped: HashSet<Id<TypeDef>>,
    pub(super) depth: usize,
}

pub(super) fn gather(api: &Api, large: &[bool]) -> Boxes {
    let held: Vec<Vec<Id<TypeDef>>> = api.types.iter().map(|(_, it)| held(large, it)).collect();
    let groups = components(&held);
    let mut boxed = HashSet::new();
    for (id, def) in api.types.iter() {
        let Shape::Struct(it) = &def.shape else { continue };
        for (index, field) in it.fields.iter().enumerate() {
            let mut circular = false;
            by_value(large, &field.ty, &mut |to| {
                circular |= groups[to.index()] == groups[id.index()];
            });
            if circular {
                boxed.insert((id, index));
            }
        }
    }
    let named: Vec<_> = api.types.iter().map(|(_, it)| aliases(it)).collect();
    let groups = components(&named);
    let circular = |id: &Id<TypeDef>| {
        let own = groups[id.index()];
        named[id.index()].iter().any(|to| groups[to.index()] == own)
    };
    let wrapped = api.types.ids().filter(circular).collect();
    Boxes { boxed, wrapped, depth: longest_chain(&api.types) }
}

/// The types that a type holds by value. Unions hold large values behind pointers, and so hold none.
fn held(large: &[bool], def: &TypeDef) -> Vec<Id<TypeDef>> {
    let mut found = Vec::new();
    match &def.shape {
        Shape::Struct(it) => {
            it.fields.iter().for_each(|it| by_value(large, &it.ty, &mut |id| found.push(id)));
        }
        Shape::Alias(ty) => by_value(large, ty, &mut |id| found.push(id)),
        Shape::Union(_) | Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => {}
    }
    found
}

/// Calls `f` with each definition that a type holds by value, and not in a list or map.
fn by_value(large: &[bool], ty: &Type, f: &mut impl FnMut(Id<TypeDef>)) {
    match ty {
        Type::Def(id) if large[id.index()] => f(*id),
        Type::Nullable(inner) => by_value(large, inner, f),
        Type::Tuple(types) => types.iter().for_each(|it| by_value(large, it, f)),
        Type::Def(_) | Type::List(_) | Type::Map(_) | Type::Scalar(_) | Type::Json => {}
    }
}

/// The aliases that an alias is written with.
fn aliases(def: &TypeDef) -> Vec<Id<TypeDef>> {
    let mut found = Vec::new();
    if let Shape::Alias(ty) = &def.shape {
        ty.each_def(&mut |id| found.push(id));
    }
    found
}
