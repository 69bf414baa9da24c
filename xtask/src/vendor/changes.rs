//! What a new document changes, part by part.

use super::outline::{self, Path};
use crate::text;
use generator::Node;
use std::collections::BTreeMap;

/// Changes that are shown.
const MOST: usize = 60;

/// What becomes of a part.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Change {
    Added(String),
    Removed(String),
    Changed(String),
}

/// The parts that differ: first those of the new document in its order, then those that are gone.
pub(super) fn between(old: Option<&Node>, new: &Node) -> Vec<Change> {
    let mut before =
        old.map(outline::leaves).unwrap_or_default().into_iter().collect::<BTreeMap<Path, _>>();
    let mut changes = Vec::new();
    for (path, node) in outline::leaves(new) {
        match before.remove(&path) {
            None => changes.push(Change::Added(outline::title(&path))),
            Some(old) if old != node => changes.push(Change::Changed(outline::title(&path))),
            Some(_) => {}
        }
    }
    changes.extend(before.keys().map(|path| Change::Removed(outline::title(path))));
    changes
}

/// The changes for people; `differs` says whether the bytes do, whatever they mean.
pub(super) fn text(name: &str, changes: &[Change], differs: bool) -> String {
    if changes.is_empty() {
        let what =
            if differs { "is written differently, and says the same" } else { "does not change" };
        return format!("{name} {what}\n");
    }
    let lines = changes.iter().map(|it| match it {
        Change::Added(title) => format!("  + {title}"),
        Change::Removed(title) => format!("  - {title}"),
        Change::Changed(title) => format!("  ~ {title}"),
    });
    format!("{name}\n{}", text::first(MOST, &lines.collect::<Vec<_>>()))
}
