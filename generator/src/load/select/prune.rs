//! Takes out of a tree the operations that are not chosen, and the components that nothing reaches.

use super::super::lookup::{METHODS, resolved};
use super::super::node::{Map, Node, Value};
use super::choice::{SECTIONS, is_item};
use crate::diag::SpecPtr;
use std::collections::HashSet;

/// The places that are taken out, as text.
pub(super) fn prune(
    tree: &mut Node,
    chosen: &HashSet<SpecPtr>,
    reached: &HashSet<SpecPtr>,
) -> HashSet<String> {
    let mut left_out = HashSet::new();
    let deep = reached.iter().filter(|it| it.keys().next().is_some_and(|it| it != "components"));
    let deep: HashSet<_> = deep.cloned().collect();
    for section in SECTIONS {
        own_items(tree, section);
        let at = SpecPtr::root().child(section);
        if let Some(items) = map_of(tree, &[section]) {
            items.retain(|path, item| {
                let at = at.child(path);
                !is_item(section, path) || prune_item(item, &at, chosen, &deep, &mut left_out)
            });
        }
    }
    components(tree, reached, &mut left_out);
    left_out
}

/// Puts path items in the place of references to them: what is left of one differs by who refers to it.
fn own_items(tree: &mut Node, section: &str) {
    let items = tree.get(section).and_then(Node::as_map).into_iter().flatten();
    let behind = |(path, item): (&String, &Node)| {
        item.get("$ref")?;
        Some((path.clone(), resolved(tree, item)?.clone()))
    };
    let behind: Vec<_> = items.filter_map(behind).collect();
    if let Some(items) = map_of(tree, &[section]) {
        items.extend(behind);
    }
}

fn map_of<'t>(tree: &'t mut Node, keys: &[&str]) -> Option<&'t mut Map> {
    let mut node = tree;
    for key in keys {
        let Value::Map(map) = &mut node.value else { return None };
        node = map.get_mut(*key)?;
    }
    match &mut node.value {
        Value::Map(map) => Some(map),
        Value::List(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
    }
}

/// True if anything of a path item is left.
fn prune_item(
    item: &mut Node,
    at: &SpecPtr,
    chosen: &HashSet<SpecPtr>,
    reached: &HashSet<SpecPtr>,
    left_out: &mut HashSet<String>,
) -> bool {
    let Value::Map(map) = &mut item.value else { return false };
    let is_used = METHODS.iter().any(|it| map.contains_key(*it) && chosen.contains(&at.child(it)));
    map.retain(|key, node| {
        let at = at.child(key);
        let is_method = METHODS.contains(&key.as_str());
        let is_kept = if is_method { chosen.contains(&at) } else { is_used };
        if is_kept {
            return true;
        }
        if is_method {
            left_out.insert(at.text());
            // It is in the document for those who refer to something in it.
            node.note().left_out = true;
        }
        leads_to(&at, reached) && reduce(node, &at, reached)
    });
    if !is_used {
        left_out.insert(at.text());
    }
    is_used || !map.is_empty()
}

/// True if a place is reached, or one below it.
fn leads_to(at: &SpecPtr, reached: &HashSet<SpecPtr>) -> bool {
    reached.contains(at) || reached.iter().any(|it| it.is_below(at))
}

/// Leaves of a node what leads to places that are reached.
fn reduce(node: &mut Node, at: &SpecPtr, reached: &HashSet<SpecPtr>) -> bool {
    if !reached.contains(at)
        && let Value::Map(map) = &mut node.value
    {
        map.retain(|key, node| {
            let at = at.child(key);
            leads_to(&at, reached) && reduce(node, &at, reached)
        });
    }
    true
}

fn components(tree: &mut Node, reached: &HashSet<SpecPtr>, left_out: &mut HashSet<String>) {
    let at = SpecPtr::root().child("components");
    let Some(sections) = map_of(tree, &["components"]) else { return };
    for (section, node) in sections.iter_mut().filter(|it| !it.0.starts_with("x-")) {
        let at = at.child(section);
        let Value::Map(map) = &mut node.value else { continue };
        map.retain(|name, _| {
            let at = at.child(name);
            let is_kept = reached.contains(&at);
            if !is_kept {
                left_out.insert(at.text());
            }
            is_kept
        });
    }
}
