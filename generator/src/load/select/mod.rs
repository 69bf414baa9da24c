//! Leaves out of a document what `only` of `client.yaml` does not choose, before any other pass sees it.

mod choice;
mod prune;
mod reach;
#[cfg(test)]
mod tests;

use super::lookup::schema_place;
use super::node::{Map, Node};
use crate::config::Client;
use crate::diag::{SELECTED, STALE_CLIENT, Sink, SourceId, SpecPtr, nearest_name};
use std::collections::HashSet;

/// The parts of a document that `only` leaves out.
#[derive(Debug)]
pub(crate) struct Selection {
    /// The places of operations, path items, webhooks and components, as text.
    left_out: HashSet<String>,
    /// The number of operations among them, webhooks not counted.
    pub(crate) operations: usize,
}

impl Selection {
    /// True if a place is one that is left out, or in one.
    pub(crate) fn leaves_out(&self, place: &SpecPtr) -> bool {
        let mut keys = place.keys();
        let mut at = SpecPtr::root();
        // An item is two keys deep, an operation or a component three.
        keys.by_ref().take(3).any(|key| {
            at = at.child(&key);
            self.left_out.contains(&at.text())
        })
    }
}

/// Forgets what was found so far in parts that are left out: whoever chooses operations does not ask for others. What
/// a path refers to in vain might be chosen.
pub(super) fn forget_left_out(selection: &Selection, sink: &mut Sink) {
    sink.forget(|found| {
        let place = &found.place;
        let mut keys = place.at.keys();
        let section = keys.next().unwrap_or_default();
        let is_item = choice::SECTIONS.contains(&&*section)
            && keys.nth(1).is_some_and(|it| it == "$ref")
            && keys.next().is_none();
        place.source == SourceId::Document && !is_item && selection.leaves_out(&place.at)
    });
}

/// Takes out of the tree what is not chosen and what nothing refers to then. Entries of `only` and `keep` that match
/// nothing are reported.
pub(super) fn select(tree: &mut Node, client: &Client, sink: &mut Sink) -> Option<Selection> {
    kept(tree, client, sink);
    let only = client.only.as_ref()?;
    let declared = choice::declared(tree);
    let chosen = choice::chosen(&declared, only, sink);
    let all = declared.len();
    let is_call =
        |it: &&choice::DeclaredOperation<'_>| it.at.keys().next().is_some_and(|it| it == "paths");
    let calls = declared.iter().filter(is_call);
    let operations = calls.filter(|it| !chosen.contains(&it.at)).count();
    let schemas =
        |tree: &Node| tree.at(&schemas_place()).and_then(Node::as_map).map_or(0, Map::len);
    let all_schemas = schemas(tree);
    let reached = reach::reached(tree, &declared, &chosen, client);
    let left_out = prune::prune(tree, &chosen, &reached);
    let message = format_args!(
        "{} of {all} operations are chosen, which need {} of {all_schemas} schemas",
        chosen.len(),
        schemas(tree)
    );
    sink.report_in(SourceId::Client, &SELECTED, &SpecPtr::root().child("only"), message);
    Some(Selection { left_out, operations })
}

/// Reports names under `keep` that no schema has.
fn kept(tree: &Node, client: &Client, sink: &mut Sink) {
    let names = tree.at(&schemas_place()).and_then(Node::as_map);
    let names = || names.into_iter().flatten().map(|it| it.0.as_str());
    for (index, name) in client.keep.iter().enumerate() {
        if tree.at(&schema_place(name)).is_none() {
            let at = SpecPtr::root().child("keep").item(index);
            stale(&at, format_args!("there is no schema `{name}`"), name, names(), sink);
        }
    }
}

fn schemas_place() -> SpecPtr {
    SpecPtr::root().child("components").child("schemas")
}

fn stale<'n>(
    at: &SpecPtr,
    message: impl std::fmt::Display,
    name: &str,
    others: impl Iterator<Item = &'n str>,
    sink: &mut Sink,
) {
    let found = sink.report_in(SourceId::Client, &STALE_CLIENT, at, message);
    found.help("remove the entry, or correct it");
    if let Some(near) = nearest_name(name, others) {
        found.label(format_args!("did you mean `{near}`?"));
    }
}
