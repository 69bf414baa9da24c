//! The graph of the references between types.

use super::{Id, Table, TypeDef};

/// The number of the strongly connected component of each node (Tarjan's algorithm, without recursion).
/// A node alone in its component, with no edge to itself, has a number that no edge leads to.
pub(crate) fn components(edges: &[Vec<Id<TypeDef>>]) -> Vec<usize> {
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

/// The longest chain of types that speak of each other; what goes in circles counts whole.
pub(crate) fn longest_chain(types: &Table<TypeDef>) -> usize {
    let edges: Vec<Vec<Id<TypeDef>>> = types
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
