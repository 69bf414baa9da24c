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
    limit_sizes(api, &groups, &mut boxed);
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

/// Bytes of a struct, beyond which what it holds is put behind pointers: a debug build moves values about, and
/// needs a dozen times the size of one for each function that reads it.
const MAX_STRUCT: u64 = 32 << 10;
/// Bytes of a field that is left where it is.
const MAX_FIELD: u64 = 512;

/// Puts large fields of structs behind pointers where a struct would be too large for the stack.
fn limit_sizes(api: &Api, groups: &[usize], boxed: &mut HashSet<(Id<TypeDef>, usize)>) {
    let mut sizes = vec![0; groups.len()];
    let mut order: Vec<_> = api.types.ids().collect();
    // Groups are numbered so that a type is behind those that it holds.
    order.sort_by_key(|it| groups[it.index()]);
    for id in order {
        sizes[id.index()] = match &api.types[id].shape {
            Shape::Struct(it) => {
                let fields = it.fields.iter().enumerate();
                let fields = fields.filter(|(index, _)| !boxed.contains(&(id, *index)));
                let fields: Vec<_> =
                    fields.map(|(index, it)| (index, size(&sizes, &it.ty))).collect();
                let whole = fields.iter().fold(0, |sum: u64, it| sum.saturating_add(it.1));
                if whole <= MAX_STRUCT {
                    whole
                } else {
                    let (large, small): (Vec<_>, Vec<_>) =
                        fields.into_iter().partition(|it| it.1 > MAX_FIELD);
                    boxed.extend(large.iter().map(|it| (id, it.0)));
                    small.iter().map(|it| it.1).sum::<u64>() + 8 * large.len() as u64
                }
            }
            Shape::Alias(ty) => size(&sizes, ty),
            Shape::Union(_) | Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => 32,
        };
    }
}

/// About the bytes of a value, without what it points to.
fn size(sizes: &[u64], ty: &Type) -> u64 {
    match ty {
        Type::Def(id) => sizes[id.index()],
        Type::Nullable(inner) => size(sizes, inner),
        Type::Tuple(types) => types.iter().fold(0, |sum, it| sum.saturating_add(size(sizes, it))),
        Type::List(_) | Type::Map(_) | Type::Scalar(_) | Type::Json => 24,
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
