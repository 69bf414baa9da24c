//! Nodes made, and references followed, in an AsyncAPI document.

use super::super::document::pointed;
use super::super::node::{Map, Node, Value};
use crate::diag::NodeId;

/// Parts of a key that has slashes, at most.
const MAX_SLASHES: usize = 16;

/// References that lead to references, at most.
const MAX_CHAIN: usize = 64;

pub(super) fn node(id: NodeId, value: Value) -> Node {
    Node::new(id, value)
}

pub(super) fn text(id: NodeId, text: &str) -> Node {
    Node::new(id, Value::Text(text.to_owned()))
}

/// An object of a few entries.
pub(super) fn object<const N: usize>(id: NodeId, entries: [(&str, Node); N]) -> Node {
    let entries = entries.into_iter().map(|(key, it)| (key.to_owned(), it));
    Node::new(id, Value::Map(entries.collect()))
}

pub(super) fn reference(id: NodeId, name: &str) -> Node {
    let name = name.replace('~', "~0").replace('/', "~1").replace('%', "%25");
    object(id, [("$ref", text(id, &format!("#/components/schemas/{name}")))])
}

/// What is behind the references of a node, and the last key on the way there, if there was a reference.
pub(super) fn behind<'a>(root: &'a Node, node: &'a Node) -> Option<(Option<String>, &'a Node)> {
    match node.text("$ref") {
        None => Some((None, node)),
        Some(to) => reach(root, to).map(|(key, it)| (Some(key), it)),
    }
}

/// What a reference leads to, and the last key on the way there.
pub(super) fn reach<'a>(root: &'a Node, reference: &str) -> Option<(String, &'a Node)> {
    let mut found = target(root, reference)?;
    for _ in 0..MAX_CHAIN {
        let Some(to) = found.1.text("$ref") else { return Some(found) };
        found = target(root, to)?;
    }
    None
}

/// The node that a reference points at. Some tools write keys with a slash as they are, without escaping it.
fn target<'a>(root: &'a Node, reference: &str) -> Option<(String, &'a Node)> {
    let pointer = pointed(reference.strip_prefix('#')?);
    let keys: Vec<String> = pointer.segments().collect();
    let mut node = root;
    let mut last = String::new();
    let mut index = 0;
    while index < keys.len() {
        let longest = keys.len().min(index + MAX_SLASHES);
        let ends = (index + 1..=longest).find_map(|end| {
            let key = keys[index..end].join("/");
            Some((node.step(&key)?, key, end))
        });
        (node, last, index) = ends?;
    }
    Some((last, node))
}

/// The entries of an object under a key.
pub(super) fn entries<'a>(
    node: &'a Node,
    key: &str,
) -> impl Iterator<Item = (&'a String, &'a Node)> {
    node.get(key).and_then(Node::as_map).into_iter().flatten()
}

/// The items of a list under a key.
pub(super) fn items<'a>(node: &'a Node, key: &str) -> &'a [Node] {
    node.get(key).and_then(Node::as_list).unwrap_or_default()
}

/// Copies entries from one object to another that has them not.
pub(super) fn copy(from: &Node, keys: &[&str], to: &mut Map) {
    for key in keys {
        if let Some(it) = from.get(key)
            && !to.contains_key(*key)
        {
            to.insert((*key).to_owned(), it.clone());
        }
    }
}
