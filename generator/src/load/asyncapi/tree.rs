//! Nodes made, and references followed, in an AsyncAPI document.

use super::super::document::{pointed, reference_key};
use super::super::node::{Map, Node, Value};
use crate::diag::NodeId;
use std::collections::HashMap;

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
    let name = reference_key(name);
    object(id, [("$ref", text(id, &format!("#/components/schemas/{name}")))])
}

/// The node behind the references of a node, and the last key on the way there, if there was a reference.
pub(super) fn behind<'a>(root: &'a Node, node: &'a Node) -> Option<(Option<String>, &'a Node)> {
    match node.text("$ref") {
        None => Some((None, node)),
        Some(to) => reach(root, to).map(|(key, it)| (Some(key), it)),
    }
}

/// The node that a reference leads to, and the last key on the way there.
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

/// Puts an entry under a key that no other entry has, and gives the key. Equal ones share it.
pub(super) fn put(
    map: &mut Map,
    counts: &mut HashMap<String, usize>,
    wanted: &str,
    entry: Node,
) -> String {
    let mut key = wanted.to_owned();
    while map.get(&key).is_some_and(|it| *it != entry) {
        let count = counts.entry(wanted.to_owned()).or_insert(1);
        *count += 1;
        key = format!("{wanted}_{count}");
    }
    map.entry(key.clone()).or_insert(entry);
    key
}

/// The names in braces of a template.
pub(super) fn braced(template: &str) -> impl Iterator<Item = &str> {
    template.split('{').skip(1).filter_map(|it| Some(it.split_once('}')?.0))
}

/// The nodes of a tree, and as many again as its texts are long in units of 32 bytes.
pub(super) fn size(node: &Node) -> usize {
    let inner: usize = match &node.value {
        Value::List(list) => list.iter().map(size).sum(),
        Value::Map(map) => map.iter().map(|(key, it)| key.len() / 32 + size(it)).sum(),
        Value::Text(text) => text.len() / 32,
        Value::Null | Value::Bool(_) | Value::Number(_) => 0,
    };
    1 + inner
}

/// The content of a part of a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SchemaPartContent {
    /// Keywords.
    Schema,
    /// Schemas by names of any kind.
    Names,
}

/// The content under a key of a schema, or of an object of named ones; `None` if it is data, in which
/// `$ref` is a key as any other.
pub(super) fn held(holds: SchemaPartContent, key: &str, value: &Node) -> Option<SchemaPartContent> {
    const DATA: &[&str] = &["const", "default", "enum", "example", "examples"];
    const NAMED: &[&str] = &[
        "$defs",
        "definitions",
        "dependencies",
        "dependentSchemas",
        "patternProperties",
        "properties",
    ];
    match holds {
        SchemaPartContent::Schema if DATA.contains(&key) || key.starts_with("x-") => None,
        SchemaPartContent::Schema if NAMED.contains(&key) && value.as_map().is_some() => {
            Some(SchemaPartContent::Names)
        }
        SchemaPartContent::Names | SchemaPartContent::Schema => Some(SchemaPartContent::Schema),
    }
}
