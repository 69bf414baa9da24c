//! Finds what references and names in a tree lead to, for passes that mark nothing as used.

use super::document::pointed;
use super::node::Node;
use crate::diag::SpecPtr;

/// The keys of a path item that are operations.
pub(super) const METHODS: &[&str] =
    &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// The place of a named schema.
pub(crate) fn schema_place(name: &str) -> SpecPtr {
    SpecPtr::root().child("components").child("schemas").child(name)
}

/// The node that a node refers to, at any distance within the document; nothing behind a reference that leads nowhere.
pub(super) fn resolved<'n>(root: &'n Node, node: &'n Node) -> Option<&'n Node> {
    let mut node = node;
    for _ in 0..16 {
        let Some(to) = node.get("$ref").and_then(Node::as_str) else { return Some(node) };
        node = root.at(&pointed(to.strip_prefix('#')?))?;
    }
    None
}

/// The schema that an entry of a mapping means: a reference, a name, or what was a file of its own
/// before a bundler moved it into the document and left the mapping as it was.
pub(super) fn mapped_to(root: &Node, target: &str) -> Option<SpecPtr> {
    let is_there = |at: SpecPtr| root.at(&at).is_some().then_some(at);
    if let Some(fragment) = target.strip_prefix('#')
        && let Some(found) = is_there(pointed(fragment))
    {
        return Some(found);
    }
    if let Some(found) = is_there(schema_place(target)) {
        return Some(found);
    }
    let (file, fragment) = target.split_once('#').unwrap_or((target, ""));
    let last =
        |it: &str| it.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_owned();
    let named = |it: SpecPtr| it.segments().last();
    let name = named(pointed(fragment)).unwrap_or_else(|| last(file));
    let stem = [".yaml", ".yml", ".json"].iter().find_map(|it| name.strip_suffix(it));
    let names = [Some(name.as_str()), stem].into_iter().flatten().filter(|it| !it.is_empty());
    names.map(schema_place).find_map(is_there)
}
