//! Changes that a new document makes, part by part.

use super::detail;
use super::outline::{self, Path};
use crate::text;
use generator::Node;
use std::collections::{BTreeMap, BTreeSet};

/// Lines that are shown.
const MAX_LINES: usize = 100;

/// The change of a part.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum PartChange {
    Added(String),
    Removed(String),
    /// With what differs in it.
    Changed(String, Vec<String>),
}

/// The parts that differ: first those of the new document in its order, then those that are gone.
pub(super) fn between(old: Option<&Node>, new: &Node) -> Vec<PartChange> {
    let mut before =
        old.map(outline::leaves).unwrap_or_default().into_iter().collect::<BTreeMap<Path, _>>();
    let mut changes = Vec::new();
    for (path, node) in outline::leaves(new) {
        let title = outline::title(&path);
        match before.remove(&path) {
            None => changes.push(PartChange::Added(title)),
            Some(old) if old != node => {
                changes.push(PartChange::Changed(title, detail::between(old, node)));
            }
            Some(_) => {}
        }
    }
    changes.extend(before.keys().map(|path| PartChange::Removed(outline::title(path))));
    changes
}

/// The operations that a new document does not have.
pub(super) fn dropped(old: &Node, new: &Node) -> Vec<String> {
    let left: BTreeSet<Path> = operations(new).into_iter().collect();
    let gone = operations(old).into_iter().filter(|it| !left.contains(it));
    gone.map(|it| format!("  - {}", outline::title(&it))).collect()
}

/// The operations of a document, and what its paths refer to for all of theirs; the channels of AsyncAPI.
fn operations(root: &Node) -> Vec<Path> {
    let of_leaf = |(path, node): (Path, &Node)| match &path[..] {
        [root, _, key] if root == "paths" || root == "webhooks" => match &**key {
            outline::OTHER_METHODS => {
                let methods = node.as_map().into_iter().flat_map(|it| it.keys());
                methods.map(|it| [&path[..], std::slice::from_ref(it)].concat()).collect()
            }
            key if key == "$ref" || outline::is_method(key) => vec![path],
            _ => Vec::new(),
        },
        [root, _] if root == "channels" => vec![path],
        _ => Vec::new(),
    };
    outline::leaves(root).into_iter().flat_map(of_leaf).collect()
}

/// The changes for people; `differs` says whether the bytes do, whatever they mean.
pub(super) fn text(name: &str, changes: &[PartChange], differs: bool) -> String {
    if changes.is_empty() {
        let what =
            if differs { "is written differently, and says the same" } else { "does not change" };
        return format!("{name} {what}\n");
    }
    let lines = changes.iter().flat_map(|it| match it {
        PartChange::Added(title) => vec![format!("  + {title}")],
        PartChange::Removed(title) => vec![format!("  - {title}")],
        PartChange::Changed(title, details) => {
            let details = details.iter().map(|it| format!("      {it}"));
            [format!("  ~ {title}")].into_iter().chain(details).collect()
        }
    });
    format!("{name}\n{}", text::first(MAX_LINES, &lines.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use generator::Text;

    #[test]
    fn operations_alone_are_dropped() {
        let read = |text: &str| {
            let text = Text { name: "x".to_owned(), bytes: text.into() };
            generator::read(&text).expect("it is YAML")
        };
        let old = "\
paths:
  /a:
    summary: A
    description: A
    parameters: []
    servers: []
    x-own: 1
    get: {}
    query: {}
    additionalOperations: {PURGE: {}, COPY: {}}
  /b: {$ref: '#/components/pathItems/b'}
";
        let new = "paths: {/a: {additionalOperations: {COPY: {}}}}\n";
        assert_eq!(
            dropped(&read(old), &read(new)),
            ["  - GET /a", "  - QUERY /a", "  - PURGE /a", "  - paths./b.$ref"]
        );
    }
}
