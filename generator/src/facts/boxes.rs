//! Types that hold themselves: where a pointer must stand, and which aliases need a type.

use super::is_large;
use crate::ir::{Api, Id, Shape, Type, TypeDef};
use std::collections::HashSet;

pub(super) struct Boxes {
    pub(super) boxed: HashSet<(Id<TypeDef>, usize)>,
    pub(super) wrapped: HashSet<Id<TypeDef>>,
    pub(super) depth: usize,
}

pub(super) fn gather(api: &Api) -> Boxes {
    let held: Vec<Vec<Id<TypeDef>>> = api.types.iter().map(|(_, it)| held(api, it)).collect();
    let groups = components(&held);
    let mut boxed = HashSet::new();
    for (id, def) in api.types.iter() {
        let Shape::Struct(it) = &def.shape else { continue };
        for (index, field) in it.fields.iter().enumerate() {
            let mut circular = false;
            by_value(api, &field.ty, &mut |to| {
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
    Boxes { boxed, wrapped, depth: depth(api) }
}

/// What a type holds by value. Unions hold large things behind pointers, and so hold nothing.
fn held(api: &Api, def: &TypeDef) -> Vec<Id<TypeDef>> {
    let mut found = Vec::new();
    match &def.shape {
        Shape::Struct(it) => {
            it.fields.iter().for_each(|it| by_value(api, &it.ty, &mut |id| found.push(id)));
        }
        Shape::Alias(ty) => by_value(api, ty, &mut |id| found.push(id)),
        Shape::Union(_) | Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => {}
    }
    found
}

/// Calls `f` with each definition that a type holds by value, and not in a list or map.
fn by_value(api: &Api, ty: &Type, f: &mut impl FnMut(Id<TypeDef>)) {
    match ty {
        Type::Def(id) if is_large(api, ty) => f(*id),
        Type::Nullable(inner) => by_value(api, inner, f),
        Type::Tuple(types) => types.iter().for_each(|it| by_value(api, it, f)),
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

/// The number of the strongly connected component of each node (Tarjan's algorithm, without recursion).
/// A node alone in its component, with no edge to itself, has a number that no edge leads to.
fn components(edges: &[Vec<Id<TypeDef>>]) -> Vec<usize> {
    const NEW: usize = usize::MAX;
    let count = edges.len();
    let (mut index, mut low, mut group) = (vec![NEW; count], vec![0; count], vec![NEW; count]);
    let (mut stack, mut next, mut groups) = (Vec::new(), 0, 0);
    for start in 0..count {
        let mut walk = if index[start] == NEW { vec![(start, 0)] } else { Vec::new() };
        while let Some((node, edge)) = walk.pop() {
            if edge == 0 {
                (index[node], low[node]) = (next, next);
                next += 1;
                stack.push(node);
            }
            if let Some(to) = edges[node].get(edge).map(|it| it.index()) {
                walk.push((node, edge + 1));
                if index[to] == NEW {
                    walk.push((to, 0));
                } else if group[to] == NEW {
                    low[node] = low[node].min(index[to]);
                }
                continue;
            }
            if low[node] == index[node] {
                let at = stack.iter().rposition(|it| *it == node).expect("it was pushed");
                stack.drain(at..).for_each(|it| group[it] = groups);
                groups += 1;
            }
            if let Some((parent, _)) = walk.last() {
                low[*parent] = low[*parent].min(low[node]);
            }
        }
    }
    group
}

/// The longest chain of types that speak of each other, circles counted once.
fn depth(api: &Api) -> usize {
    let edges: Vec<Vec<Id<TypeDef>>> = api
        .types
        .iter()
        .map(|(_, it)| {
            let mut found = Vec::new();
            it.shape.each_def(&mut |id| found.push(id));
            found
        })
        .collect();
    let groups = components(&edges);
    let count = groups.iter().max().map_or(0, |it| it + 1);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (node, group) in groups.iter().enumerate() {
        members[*group].push(node);
    }
    // Components are numbered so that edges lead to lower numbers.
    let mut depths = vec![0; count];
    for group in 0..count {
        let below =
            members[group].iter().flat_map(|node| &edges[*node]).map(|to| groups[to.index()]);
        let deepest = below.filter(|to| *to != group).map(|to| depths[to]).max().unwrap_or(0);
        depths[group] = deepest + members[group].len();
    }
    depths.into_iter().max().unwrap_or(0)
}
