//! Types whose values may contain a constant: among the variants of a union, it speaks for one.

use crate::ir::{Api, Id, Shape, Tag, TypeDef};
use std::collections::HashSet;

pub(super) fn gather(api: &Api) -> HashSet<Id<TypeDef>> {
    let mut users: Vec<Vec<Id<TypeDef>>> = vec![Vec::new(); api.types.len()];
    for (id, def) in api.types.iter() {
        def.shape.each_def(&mut |to| users[to.index()].push(id));
    }
    let own = api.types.iter().filter(|(_, it)| has_own(&it.shape)).map(|(id, _)| id);
    let mut queue: Vec<_> = own.collect();
    let mut found: HashSet<_> = queue.iter().copied().collect();
    while let Some(id) = queue.pop() {
        queue.extend(users[id.index()].iter().copied().filter(|it| found.insert(*it)));
    }
    found
}

fn has_own(shape: &Shape) -> bool {
    match shape {
        Shape::Struct(it) => it.fields.iter().any(|it| it.constant.is_some()),
        Shape::Enum(it) => it.values.len() == 1,
        Shape::Union(it) => it.tag != Tag::Untagged,
        Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => false,
    }
}
