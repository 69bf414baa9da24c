//! Which operations `only` chooses: by tag, by the beginning of a path, or one by one.

use super::super::lookup::{METHODS, resolved};
use super::super::node::Node;
use super::stale;
use crate::config::Only;
use crate::diag::{Sink, SpecPtr};
use std::collections::HashSet;

/// The keys of a document under which path items are.
pub(super) const SECTIONS: &[&str] = &["paths", "webhooks", "x-webhooks"];

/// An operation of a path, or what the server sends as a webhook.
pub(super) struct DeclaredOperation<'t> {
    /// Its place, below its path's also where that refers to another.
    pub(super) at: SpecPtr,
    /// The path, or the webhook's name.
    path: &'t str,
    method: &'static str,
    pub(super) item: &'t Node,
    pub(super) node: &'t Node,
}

/// All operations of a document.
pub(super) fn declared(tree: &Node) -> Vec<DeclaredOperation<'_>> {
    let mut found = Vec::new();
    for section in SECTIONS {
        let items = tree.get(section).and_then(Node::as_map).into_iter().flatten();
        for (path, item) in items.filter(|(path, _)| is_item(section, path)) {
            let Some(item) = resolved(tree, item) else { continue };
            let at = SpecPtr::root().child(section).child(path);
            found.extend(METHODS.iter().filter_map(|method| {
                let node = item.get(method)?;
                Some(DeclaredOperation { at: at.child(method), path, method, item, node })
            }));
        }
    }
    found
}

/// True if a key of a section is that of a path item.
pub(super) fn is_item(section: &str, key: &str) -> bool {
    section != "paths" || key.starts_with('/')
}

/// An entry of `only`.
#[derive(Clone, Copy)]
enum Entry<'c> {
    Tag(&'c str),
    Path(&'c str),
    Operation(&'c str),
}

/// The places of the operations that are chosen.
pub(super) fn chosen(
    declared: &[DeclaredOperation<'_>],
    only: &Only,
    sink: &mut Sink,
) -> HashSet<SpecPtr> {
    let mut chosen = HashSet::new();
    let mut apply = |key: &str, entries: &[String], entry: fn(&str) -> Entry<'_>| {
        for (index, text) in entries.iter().enumerate() {
            let hits = declared.iter().filter(|it| matches(it, entry(text)));
            let hits: Vec<_> = hits.map(|it| it.at.clone()).collect();
            if hits.is_empty() {
                let at = SpecPtr::root().child("only").child(key).item(index);
                unmatched(&at, entry(text), declared, sink);
            }
            chosen.extend(hits);
        }
    };
    apply("tags", &only.tags, |it| Entry::Tag(it));
    apply("paths", &only.paths, |it| Entry::Path(it));
    apply("operations", &only.operations, |it| Entry::Operation(it));
    chosen
}

fn matches(it: &DeclaredOperation<'_>, entry: Entry<'_>) -> bool {
    match entry {
        Entry::Tag(tag) => tags(it).any(|it| it == tag),
        Entry::Path(start) => {
            let start = start.strip_suffix('/').unwrap_or(start);
            let rest = it.path.strip_prefix(start);
            // Whole segments; what some APIs put behind a colon is a verb.
            rest.is_some_and(|it| it.is_empty() || it.starts_with(['/', ':']))
        }
        Entry::Operation(name) => {
            operation_id(it) == Some(name)
                || (name.starts_with("#/") && SpecPtr::parse(name) == it.at)
                || name.split_once(' ').is_some_and(|(method, path)| {
                    path.trim() == it.path && method.eq_ignore_ascii_case(it.method)
                })
        }
    }
}

fn tags<'t>(it: &DeclaredOperation<'t>) -> impl Iterator<Item = &'t str> + use<'t> {
    let tags = it.node.get("tags").and_then(Node::as_list).unwrap_or_default();
    tags.iter().filter_map(Node::as_str)
}

fn operation_id<'t>(it: &DeclaredOperation<'t>) -> Option<&'t str> {
    it.node.text("operationId")
}

/// Reports an entry that chooses nothing.
fn unmatched(at: &SpecPtr, entry: Entry<'_>, declared: &[DeclaredOperation<'_>], sink: &mut Sink) {
    let all = declared.iter();
    match entry {
        Entry::Tag(tag) => {
            let message = format_args!("no operation has the tag `{tag}`");
            stale(at, message, tag, all.flat_map(tags), sink);
        }
        Entry::Path(start) => {
            let message = format_args!("no path of an operation begins with `{start}`");
            stale(at, message, start, all.map(|it| it.path), sink);
        }
        Entry::Operation(name) => {
            let message = format_args!("there is no operation `{name}`");
            let spelled: Vec<_> = declared.iter().map(|it| spelled(it, name)).collect();
            stale(at, message, name, spelled.iter().map(String::as_str), sink);
        }
    }
}

/// The name of an operation, in the way in which an entry names one.
fn spelled(it: &DeclaredOperation<'_>, like: &str) -> String {
    match operation_id(it) {
        _ if like.starts_with("#/") => it.at.to_string(),
        Some(id) if !like.contains(' ') => id.to_owned(),
        Some(_) | None => format!("{} {}", it.method.to_uppercase(), it.path),
    }
}
