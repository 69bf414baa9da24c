//! The nodes that a path selects.

use super::super::node::{Node, Value};
use super::filter;
use super::path::{JsonPath, JsonPathSegment, Selector};

/// The way from the root to a node.
pub(super) type NodePath = Vec<NodeStep>;

/// One step of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NodeStep {
    Name(String),
    Index(usize),
}

/// Where the nodes stand that a path selects, each once, in the order of the document.
pub(super) fn places(root: &Node, path: &JsonPath) -> Vec<NodePath> {
    let mut found = vec![(Vec::new(), root)];
    for segment in &path.segments {
        found = step(root, &found, segment);
    }
    order(root, found.into_iter().map(|(place, _)| place).collect())
}

/// The nodes that a path selects, from a node on.
pub(super) fn nodes<'n>(root: &'n Node, start: &'n Node, path: &JsonPath) -> Vec<&'n Node> {
    let mut found = vec![(Vec::new(), start)];
    for segment in &path.segments {
        found = step(root, &found, segment);
    }
    found.into_iter().map(|(_, node)| node).collect()
}

type Selected<'n> = Vec<(NodePath, &'n Node)>;

fn step<'n>(root: &'n Node, from: &Selected<'n>, segment: &JsonPathSegment) -> Selected<'n> {
    let mut found = Vec::new();
    for (place, node) in from {
        if segment.deep {
            below(place, node, &mut |place, node| {
                select(root, place, node, &segment.selectors, &mut found);
            });
        } else {
            select(root, place, node, &segment.selectors, &mut found);
        }
    }
    found
}

/// A node and all below it.
fn below<'n>(place: &NodePath, node: &'n Node, each: &mut dyn FnMut(&NodePath, &'n Node)) {
    each(place, node);
    for (key, child) in children(node) {
        below(&longer(place, key), child, each);
    }
}

fn select<'n>(
    root: &'n Node,
    place: &NodePath,
    node: &'n Node,
    selectors: &[Selector],
    found: &mut Selected<'n>,
) {
    for selector in selectors {
        match selector {
            Selector::Name(name) => {
                let child = node.get(name).map(|it| (NodeStep::Name(name.clone()), it));
                found.extend(child.map(|(key, it)| (longer(place, key), it)));
            }
            Selector::Index(index) => {
                let list = node.as_list().unwrap_or_default();
                let index = usize::try_from(*index)
                    .ok()
                    .or_else(|| list.len().checked_sub(usize::try_from(-index).ok()?));
                let child =
                    index.and_then(|index| Some((NodeStep::Index(index), list.get(index)?)));
                found.extend(child.map(|(key, it)| (longer(place, key), it)));
            }
            Selector::Slice(start, end) => {
                let list = node.as_list().unwrap_or_default();
                let bound = |it: Option<usize>, none| it.unwrap_or(none).min(list.len());
                let (start, end) = (bound(*start, 0), bound(*end, list.len()));
                let part = list.iter().enumerate().take(end).skip(start);
                found.extend(part.map(|(index, it)| (longer(place, NodeStep::Index(index)), it)));
            }
            Selector::All => {
                found.extend(children(node).map(|(key, it)| (longer(place, key), it)));
            }
            Selector::Filter(test) => {
                let fit = children(node).filter(|(_, it)| filter::fits(root, it, test));
                found.extend(fit.map(|(key, it)| (longer(place, key), it)));
            }
        }
    }
}

fn children(node: &Node) -> Box<dyn Iterator<Item = (NodeStep, &Node)> + '_> {
    match &node.value {
        Value::Map(map) => Box::new(map.iter().map(|(key, it)| (NodeStep::Name(key.clone()), it))),
        Value::List(list) => {
            Box::new(list.iter().enumerate().map(|(index, it)| (NodeStep::Index(index), it)))
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {
            Box::new(std::iter::empty())
        }
    }
}

fn longer(place: &NodePath, key: NodeStep) -> NodePath {
    let mut place = place.clone();
    place.push(key);
    place
}

/// Sorts places as they stand in the document, and drops those that were found twice.
fn order(root: &Node, places: Vec<NodePath>) -> Vec<NodePath> {
    let mut keyed: Vec<(Vec<usize>, NodePath)> =
        places.into_iter().map(|place| (positions(root, &place), place)).collect();
    keyed.sort_by(|(a, _), (b, _)| a.cmp(b));
    keyed.dedup_by(|(a, _), (b, _)| a == b);
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// The position of each step among its siblings.
fn positions(root: &Node, place: &NodePath) -> Vec<usize> {
    let mut node = Some(root);
    let mut positions = Vec::with_capacity(place.len());
    for key in place {
        let (position, next) = match (key, node.map(|it| &it.value)) {
            (NodeStep::Name(name), Some(Value::Map(map))) => {
                map.get_full(name).map_or((0, None), |(position, _, it)| (position, Some(it)))
            }
            (NodeStep::Index(index), Some(Value::List(list))) => (*index, list.get(*index)),
            _ => (0, None),
        };
        positions.push(position);
        node = next;
    }
    positions
}
