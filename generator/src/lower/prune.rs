//! Leaves out what needs something that was left out.

use crate::diag::{CYCLIC_REF, NO_EFFECT, SKIPPED_SCHEMA, Sink, SpecPtr};
use crate::ir::{Api, Id, Shape, Table, Type, TypeDef, components};
use std::collections::HashSet;

/// Marks types that contain a broken one as broken, and drops the operations that need them.
pub(super) fn run(api: &mut Api, sink: &mut Sink) {
    circles(&mut api.types, sink);
    choices(&mut api.types, sink);
    spread(&mut api.types);
    let operations = std::mem::take(&mut api.operations);
    for operation in operations.into_items() {
        let mut needs = None;
        operation.each_type(&mut |ty| needs = needs.take().or_else(|| broken(&api.types, ty)));
        match needs {
            None => {
                api.operations.push(operation);
            }
            Some(at) => {
                let message =
                    format_args!("this operation needs `{}`, which was left out", at.written());
                sink.report(&SKIPPED_SCHEMA, &operation.at, message);
            }
        }
    }
}

/// Breaks aliases that are nothing but themselves.
fn circles(types: &mut Table<TypeDef>, sink: &mut Sink) {
    let edges = edges(types, |shape, found| {
        if let Shape::Alias(ty) = shape {
            by_value(ty, &mut |to| found.push(to));
        }
    });
    for id in in_circles(&edges) {
        sink.report(&CYCLIC_REF, &types[id].at, "this schema is nothing but itself");
        types[id].shape = Shape::Broken;
    }
}

/// Where each type leads by what it is.
fn edges(
    types: &Table<TypeDef>,
    add: impl Fn(&Shape, &mut Vec<Id<TypeDef>>),
) -> Vec<(Id<TypeDef>, Vec<Id<TypeDef>>)> {
    let of = |(id, def): (Id<TypeDef>, &TypeDef)| {
        let mut found = Vec::new();
        add(&def.shape, &mut found);
        (id, found)
    };
    types.iter().map(of).collect()
}

/// The types that lead back to themselves.
fn in_circles(edges: &[(Id<TypeDef>, Vec<Id<TypeDef>>)]) -> Vec<Id<TypeDef>> {
    let (ids, edges): (Vec<_>, Vec<_>) = edges.iter().cloned().unzip();
    let groups = components(&edges);
    let leads_back = |id: &Id<TypeDef>| {
        edges[id.index()].iter().any(|to| groups[to.index()] == groups[id.index()])
    };
    ids.into_iter().filter(leads_back).collect()
}

/// Removes variants that are nothing but their own union: to choose one is to choose again.
fn choices(types: &mut Table<TypeDef>, sink: &mut Sink) {
    let edges = edges(types, |shape, found| match shape {
        Shape::Alias(ty) => found.extend(own(ty)),
        Shape::Union(it) => found.extend(it.variants.iter().filter_map(|it| own(&it.ty))),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => {}
    });
    for id in in_circles(&edges) {
        let Shape::Union(it) = &types[id].shape else { continue };
        let keep: Vec<_> = it.variants.iter().map(|it| !leads_to(types, &it.ty, id)).collect();
        let Shape::Union(it) = &mut types[id].shape else { continue };
        for (variant, _) in it.variants.iter().zip(&keep).filter(|(_, keep)| !**keep) {
            sink.report(&NO_EFFECT, &variant.at, "this variant is the whole union again");
        }
        let mut keep = keep.into_iter();
        it.variants.retain(|_| keep.next() == Some(true));
    }
}

/// True if a type is this union, or leads to it through aliases and the variants of unions.
fn leads_to(types: &Table<TypeDef>, ty: &Type, union: Id<TypeDef>) -> bool {
    let mut seen = HashSet::new();
    let mut queue = Vec::from_iter(own(ty));
    while let Some(id) = queue.pop() {
        if id == union {
            return true;
        }
        if !seen.insert(id) {
            continue;
        }
        match &types[id].shape {
            Shape::Alias(ty) => queue.extend(own(ty)),
            Shape::Union(it) => queue.extend(it.variants.iter().filter_map(|it| own(&it.ty))),
            Shape::Struct(_) | Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => {}
        }
    }
    false
}

/// The definition that a type is.
fn own(ty: &Type) -> Option<Id<TypeDef>> {
    match ty {
        Type::Def(id) => Some(*id),
        Type::Nullable(inner) => own(inner),
        Type::Tuple(_) | Type::List(_) | Type::Map(_) | Type::Scalar(_) | Type::Json => None,
    }
}

/// Calls `f` with each definition that a type is, or has as a part, and not in a list or map.
fn by_value(ty: &Type, f: &mut impl FnMut(Id<TypeDef>)) {
    match ty {
        Type::Def(id) => f(*id),
        Type::Nullable(inner) => by_value(inner, f),
        Type::Tuple(types) => types.iter().for_each(|it| by_value(it, f)),
        Type::List(_) | Type::Map(_) | Type::Scalar(_) | Type::Json => {}
    }
}

/// Breaks whatever contains something broken, until nothing changes.
fn spread(types: &mut Table<TypeDef>) {
    let mut users: Vec<Vec<Id<TypeDef>>> = vec![Vec::new(); types.len()];
    let mut queue = Vec::new();
    for (id, def) in types.iter() {
        if matches!(def.shape, Shape::Broken) {
            queue.push(id);
        }
        def.shape.each_def(&mut |needed| users[needed.index()].push(id));
    }
    while let Some(broken) = queue.pop() {
        for user in std::mem::take(&mut users[broken.index()]) {
            if !matches!(types[user].shape, Shape::Broken) {
                types[user].shape = Shape::Broken;
                queue.push(user);
            }
        }
    }
}

fn broken(types: &Table<TypeDef>, ty: &Type) -> Option<SpecPtr> {
    let mut found = None;
    ty.each_def(&mut |id| {
        if found.is_none() && matches!(types[id].shape, Shape::Broken) {
            found = Some(types[id].at.clone());
        }
    });
    found
}
