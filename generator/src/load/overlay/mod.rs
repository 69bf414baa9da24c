//! Corrects a document by `overlay.yaml`, in the OpenAPI Overlay 1.0 format.

mod apply;
mod filter;
mod path;
mod select;

use super::node::{Map, Node};
use crate::diag::{BAD_OVERLAY, Failed, STALE_OVERLAY, Sink, SourceId, SpecPtr, nearest_name};
use std::fmt;

const KEYS: [&str; 4] = ["overlay", "info", "extends", "actions"];
const ACTION_KEYS: [&str; 4] = ["target", "description", "update", "remove"];

/// Applies the actions of an overlay, in their order. Where an AsyncAPI document stands beside the document, an action
/// whose target is not in the document is about that one, and one about components is about both, so that what they
/// share stays the same.
///
/// # Errors
/// If the overlay is malformed, or an action matches nothing.
pub(crate) fn overlay(
    root: &mut Node,
    mut beside: Option<&mut Node>,
    overlay: &Node,
    sink: &mut Sink,
) -> Result<(), Failed> {
    let at = SpecPtr::root();
    let mut file = OverlayRun { sink, failed: false };
    let Some(map) = overlay.as_map() else {
        return Err(file.bad(&at, "an overlay is an object with `overlay` and `actions`"));
    };
    file.known(map, &KEYS, &at);
    match map.get("overlay").and_then(Node::as_str) {
        Some(version) if version.starts_with("1.") => {}
        _ => drop(file.bad(&at.child("overlay"), "an overlay starts with `overlay: 1.0.0`")),
    }
    let at = at.child("actions");
    let Some(actions) = map.get("actions").and_then(Node::as_list) else {
        return Err(file.bad(&at, "an overlay has a list of `actions`"));
    };
    for (index, action) in actions.iter().enumerate() {
        file.action(root, beside.as_deref_mut(), action, &at.item(index));
    }
    if file.failed { Err(Failed) } else { Ok(()) }
}

/// The overlay while it is applied.
struct OverlayRun<'s> {
    sink: &'s mut Sink,
    failed: bool,
}

impl OverlayRun<'_> {
    fn action(&mut self, root: &mut Node, beside: Option<&mut Node>, action: &Node, at: &SpecPtr) {
        let Some(map) = action.as_map() else {
            self.bad(at, "an action is an object with `target` and `update` or `remove`");
            return;
        };
        self.known(map, &ACTION_KEYS, at);
        let target_at = at.child("target");
        let Some(target) = map.get("target").and_then(Node::as_str) else {
            self.bad(&target_at, "an action has a `target`, which is a JSONPath such as `$.info`");
            return;
        };
        let path = match path::parse(target) {
            Ok(path) => path,
            Err(message) => {
                self.bad(&target_at, format_args!("`{target}` cannot be read: {message}"));
                return;
            }
        };
        let places = select::places(root, &path);
        let is_shared = path.is_below("components");
        let beside = beside.filter(|_| places.is_empty() || is_shared);
        let others = beside.map(|it| (select::places(it, &path), it));
        let others = others.filter(|it| !it.0.is_empty());
        if places.is_empty() && others.is_none() {
            let message = format_args!("`{target}` matches nothing");
            let found = self.sink.report_in(SourceId::Overlay, &STALE_OVERLAY, &target_at, message);
            found.help("remove this action, or correct its target");
            self.failed = true;
            return;
        }
        let mut targets = vec![(places, root)];
        targets.extend(others);
        for (places, root) in targets.into_iter().filter(|it| !it.0.is_empty()) {
            let result = match (action.flag("remove"), map.get("update")) {
                (true, _) => apply::remove(root, places),
                (false, Some(update)) => apply::update(root, &places, update),
                (false, None) => Err("an action has `update` or `remove: true`"),
            };
            if let Err(message) = result {
                self.bad(at, message);
                break;
            }
        }
    }

    /// Objects to keys that mean nothing.
    fn known(&mut self, map: &Map, keys: &[&'static str], at: &SpecPtr) {
        for key in map.keys().filter(|key| !keys.contains(&key.as_str()) && !key.starts_with("x-"))
        {
            let message = format_args!("`{key}` means nothing here");
            let found =
                self.sink.report_in(SourceId::Overlay, &BAD_OVERLAY, &at.child(key), message);
            if let Some(near) = nearest_name(key, keys.iter().copied()) {
                found.label(format_args!("did you mean `{near}`?"));
            }
            self.failed = true;
        }
    }

    fn bad(&mut self, at: &SpecPtr, message: impl fmt::Display) -> Failed {
        self.failed = true;
        self.sink.report_in(SourceId::Overlay, &BAD_OVERLAY, at, message);
        Failed
    }
}

#[cfg(test)]
mod tests;
