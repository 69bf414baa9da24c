//! The changes that an action makes to the nodes that it matches.

use super::super::node::{Node, Value};
use super::select::{NodePath, NodeStep};

/// Removes nodes, the last first, so that the places of the others stay right: they come in order,
/// each once.
pub(super) fn remove(root: &mut Node, mut places: Vec<NodePath>) -> Result<(), &'static str> {
    while let Some(mut place) = places.pop() {
        let Some(key) = place.pop() else { return Err("the whole document cannot be removed") };
        match (node(root, &place).map(|it| &mut it.value), key) {
            (Some(Value::Map(map)), NodeStep::Name(name)) => drop(map.shift_remove(&name)),
            (Some(Value::List(list)), NodeStep::Index(index)) => drop(list.remove(index)),
            _ => {}
        }
    }
    Ok(())
}

/// Merges a value into nodes.
pub(super) fn update(
    root: &mut Node,
    places: &[NodePath],
    update: &Node,
) -> Result<(), &'static str> {
    for place in places {
        let Some(node) = node(root, place) else { continue };
        if node.as_map().is_some() && update.as_map().is_none() {
            return Err("the target is an object, so `update` must be one too");
        }
        match (&mut node.value, &update.value) {
            (Value::List(list), Value::Map(_)) => list.push(update.clone()),
            _ => merge(node, update),
        }
    }
    Ok(())
}

/// Objects are merged, lists are joined, all else is replaced.
fn merge(node: &mut Node, update: &Node) {
    match (&mut node.value, &update.value) {
        (Value::Map(map), Value::Map(update)) => {
            for (key, value) in update {
                match map.get_mut(key) {
                    Some(node) => merge(node, value),
                    None => drop(map.insert(key.clone(), value.clone())),
                }
            }
        }
        (Value::List(list), Value::List(update)) => list.extend(update.iter().cloned()),
        (Value::List(list), Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_)) => {
            list.push(update.clone());
        }
        _ => *node = update.clone(),
    }
}

fn node<'n>(root: &'n mut Node, place: &[NodeStep]) -> Option<&'n mut Node> {
    place.iter().try_fold(root, |node, key| match (&mut node.value, key) {
        (Value::Map(map), NodeStep::Name(name)) => map.get_mut(name),
        (Value::List(list), NodeStep::Index(index)) => list.get_mut(*index),
        _ => None,
    })
}
