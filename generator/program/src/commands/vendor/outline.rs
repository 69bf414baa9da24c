//! The parts that a document is taken apart into: operations, components, tags, and the rest.

use generator::{Map, Node};

/// Keys from the root of the document.
pub(super) type Path = Vec<String>;

/// The depth to which the value of a root key is taken apart.
fn depth(key: &str) -> usize {
    match key {
        "paths" | "webhooks" | "components" => 2,
        // Servers have names in AsyncAPI, where channels and operations stand beside each other.
        "channels" | "operations" | "servers" => 1,
        _ => 0,
    }
}

/// The node at a path.
pub(super) enum DocumentPart<'t> {
    /// A part that is compared and written as a whole.
    Leaf(&'t Node),
    /// An object that is taken apart.
    Map(&'t Map),
    /// The tags, by their names.
    Tags(Vec<(&'t str, &'t Node)>),
}

/// The kind of node that the value at `path` is taken for.
pub(super) fn part<'t>(path: &[String], node: &'t Node) -> DocumentPart<'t> {
    let apart = path.first().is_none_or(|key| path.len() <= depth(key));
    match node.as_map() {
        Some(map) if apart => DocumentPart::Map(map),
        _ if path == ["tags"] => tags(node).map_or(DocumentPart::Leaf(node), DocumentPart::Tags),
        _ => DocumentPart::Leaf(node),
    }
}

fn tags(node: &Node) -> Option<Vec<(&str, &Node)>> {
    node.as_list()?.iter().map(|it| Some((it.text("name")?, it))).collect()
}

/// The leaves of a document and their paths, in its order.
pub(super) fn leaves(root: &Node) -> Vec<(Path, &Node)> {
    let mut found = Vec::new();
    collect(root, &mut Vec::new(), &mut found);
    found
}

fn collect<'t>(node: &'t Node, path: &mut Path, found: &mut Vec<(Path, &'t Node)>) {
    let children = match part(path, node) {
        DocumentPart::Leaf(leaf) => return found.push((path.clone(), leaf)),
        DocumentPart::Map(map) => map.iter().map(|(key, it)| (&**key, it)).collect(),
        DocumentPart::Tags(tags) => {
            let named =
                tags.into_iter().map(|(name, it)| ([&**path, &[name.to_owned()]].concat(), it));
            return found.extend(named);
        }
    };
    let children: Vec<(&str, &Node)> = children;
    for (key, child) in children {
        path.push(key.to_owned());
        collect(child, path, found);
        path.pop();
    }
}

/// True if a leaf speaks for all that stands beside it, so that it must not come in with some of it only.
pub(super) fn speaks_for_siblings(path: &[String]) -> bool {
    match path {
        [key] => {
            let is_apart = depth(key) > 0 && key != "servers";
            !matches!(&**key, "externalDocs" | "tags") && !is_apart && !key.starts_with("x-")
        }
        [root, _, key] if root == "paths" || root == "webhooks" => {
            matches!(&**key, "parameters" | "servers" | "$ref")
        }
        _ => false,
    }
}

/// The name of a path: an operation's line, or the keys of anything else.
pub(super) fn title(path: &[String]) -> String {
    match path {
        [root, path, key] if root == "paths" && is_method(key) => {
            format!("{} {path}", key.to_uppercase())
        }
        [root, path, key, method] if root == "paths" && key == OTHER_METHODS => {
            format!("{method} {path}")
        }
        keys => keys.join("."),
    }
}

/// The key of a path below which operations have methods that OpenAPI has no key for.
pub(super) const OTHER_METHODS: &str = "additionalOperations";

pub(super) fn is_method(key: &str) -> bool {
    let methods = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];
    methods.contains(&key)
}
