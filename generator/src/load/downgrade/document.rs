//! The parts that a document, its operations and responses must have, and parts that no client expresses.

use super::super::node::{Map, Node, Value};
use super::traverse::DowngradePath;
use super::webhooks;
use crate::diag::{Exact, Failed, NOT_EXPRESSED, NOT_OPENAPI, Sink, SpecPtr};

/// Reports a document that we cannot read, and fails.
pub(super) fn check(root: &Node, sink: &mut Sink) -> Result<(), Failed> {
    let Some(version) = root.get("openapi") else {
        let (at, help) = match root.get("swagger") {
            Some(_) => ("swagger", "convert it to OpenAPI 3 first"),
            None => ("", "an OpenAPI document starts with `openapi: 3.1.0`"),
        };
        let at = SpecPtr::parse(&if at.is_empty() { String::new() } else { format!("/{at}") });
        sink.report(&NOT_OPENAPI, &at, "this is not an OpenAPI 3 document").help(help);
        return Err(Failed);
    };
    let at = SpecPtr::root().child("openapi");
    match &version.value {
        Value::Text(it) if is_known(it) => Ok(()),
        Value::Text(it) => {
            let message = format_args!("OpenAPI `{it}` is none of 3.0, 3.1 and 3.2");
            sink.report(&NOT_OPENAPI, &at, message);
            Err(Failed)
        }
        _ => {
            sink.report(&NOT_OPENAPI, &at, "the version is not a text").help("write `'3.1.0'`");
            Err(Failed)
        }
    }
}

fn is_known(version: &str) -> bool {
    let rest = ["3.0", "3.1", "3.2"].iter().find_map(|it| version.strip_prefix(it));
    rest.is_some_and(|it| it.is_empty() || it.starts_with(['.', '-']))
}

/// Adds what is missing at the top, and removes what no client calls.
pub(super) fn complete(root: &mut Node, sink: &mut Sink) {
    webhooks::as_schemas(root);
    let id = root.id;
    let Value::Map(map) = &mut root.value else { return };
    let at = SpecPtr::root();
    not_expressed(map, "webhooks", "webhook", &at, sink);
    not_expressed(map, "x-webhooks", "webhook", &at, sink);
    map.entry("paths".to_owned()).or_insert_with(|| Node::new(id, Value::Map(Map::new())));
    // Those of operations and responses are told where they are used.
    if let Some(Value::Map(components)) = map.get_mut("components").map(|it| &mut it.value) {
        components.shift_remove("callbacks");
        components.shift_remove("links");
    }
}

/// Methods that HTTP does not define are for calls by hand.
pub(super) fn path_item(node: &mut Node, at: &DowngradePath<'_>, sink: &mut Sink) {
    if let Value::Map(map) = &mut node.value {
        not_expressed(map, "additionalOperations", "method", &at.pointer(), sink);
    }
}

pub(super) fn operation(node: &mut Node, at: &DowngradePath<'_>, sink: &mut Sink) {
    let id = node.id;
    let Value::Map(map) = &mut node.value else { return };
    if map.contains_key("callbacks") {
        not_expressed(map, "callbacks", "callback", &at.pointer(), sink);
    }
    map.entry("responses".to_owned()).or_insert_with(|| Node::new(id, Value::Map(Map::new())));
}

pub(super) fn response(node: &mut Node, at: &DowngradePath<'_>, sink: &mut Sink) {
    let id = node.id;
    let Value::Map(map) = &mut node.value else { return };
    if map.contains_key("$ref") {
        return;
    }
    if map.contains_key("links") {
        not_expressed(map, "links", "link", &at.pointer(), sink);
    }
    let summary = map.get("summary").cloned();
    let words = || summary.unwrap_or(Node::new(id, Value::Text(String::new())));
    map.entry("description".to_owned()).or_insert_with(words);
}

fn not_expressed(map: &mut Map, key: &str, one: &str, at: &SpecPtr, sink: &mut Sink) {
    let Some(node) = map.shift_remove(key) else { return };
    let at = at.child(key);
    for (name, it) in node.as_map().into_iter().flatten() {
        let message = format_args!("the {one} `{name}` is not expressed in the client");
        sink.report(&NOT_EXPRESSED, &at.child(name), message).exactly(Exact::Node(it.id));
    }
}
