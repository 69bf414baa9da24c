//! References that are no `$ref`: entries of mappings, and `$dynamicRef`.

use super::super::kind::NodeKind;
use super::super::node::{Map, Value};
use super::address;
use super::collector::{Collector, NewReference, Step};
use super::site::{Referable, Site};
use super::target::Followed;
use crate::diag::{SourceId, SpecPtr};

/// The entries of a discriminator's mapping, which may be references, files or names.
pub(super) fn mapping(cx: &mut Collector<'_, '_>, map: &mut Map, step: &Step<'_>) {
    let Some(Value::Map(entries)) = map.get("mapping").map(|it| &it.value) else { return };
    let is_root = step.scope.file == SourceId::Document;
    for node in entries.values() {
        let Some(text) = node.as_str() else { continue };
        let own = || {
            let schema = SpecPtr::parse("/components/schemas").child(text);
            let is_there =
                cx.files.tree(step.scope.file).is_some_and(|it| it.at(&schema).is_some());
            is_there.then(|| schema.to_string())
        };
        let reference = match text {
            _ if is_root && text.starts_with('#') => continue,
            _ if address::is_file_like(text) => text.to_owned(),
            _ => match own() {
                Some(own) => own,
                None => continue,
            },
        };
        // One that leads nowhere may be the name of a component, which a later pass tells.
        if let Some(Followed::Location(target)) = cx.follow(&reference, step, node.id, false) {
            let site = Site::Of(Referable::Node(NodeKind::Schema));
            cx.want(&target, "schemas", || step.wanted(site, &reference, node.id));
            cx.links.insert(node.id, NewReference::To(target, "schemas"));
        }
    }
}

/// A `$dynamicRef` to another file: the name of an anchor there, or else a plain reference.
pub(super) fn dynamic(cx: &mut Collector<'_, '_>, map: &mut Map, step: &Step<'_>) {
    let Some(node) = map.get("$dynamicRef") else { return };
    let (Some(text), id) = (node.as_str().map(str::to_owned), node.id) else { return };
    let (file, fragment) = text.split_once('#').unwrap_or((&text, ""));
    if file.is_empty() {
        return;
    }
    let Some(Followed::Location(target)) = cx.follow(&text, step, id, true) else { return };
    cx.want(&target, "schemas", || step.wanted(step.site, &text, id));
    if fragment.is_empty() || fragment.starts_with('/') {
        if let Some(node) = map.shift_remove("$dynamicRef") {
            map.entry("$ref".to_owned()).or_insert(node);
        }
        cx.links.insert(id, NewReference::To(target, "schemas"));
    } else {
        cx.links.insert(id, NewReference::Text(format!("#{fragment}")));
    }
}
