//! What a document, its operations, parameters and responses must have, and what no client expresses.

use super::super::node::{Map, Node, Value};
use super::walk::Trail;
use crate::diag::{Exact, Failed, NO_EFFECT, NOT_EXPRESSED, NOT_OPENAPI, NodeId, Sink, SpecPtr};

/// Whether this is a document that we can read.
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
    let id = root.id;
    let Value::Map(map) = &mut root.value else { return };
    let at = SpecPtr::root();
    not_expressed(map, "webhooks", "webhook", &at, sink);
    map.entry("paths".to_owned()).or_insert_with(|| Node { id, value: Value::Map(Map::new()) });
    // Those of operations and responses are told where they are used.
    if let Some(Value::Map(components)) = map.get_mut("components").map(|it| &mut it.value) {
        components.shift_remove("callbacks");
        components.shift_remove("links");
    }
}

/// Methods that HTTP does not define are for calls by hand.
pub(super) fn path_item(node: &mut Node, at: &Trail<'_>, sink: &mut Sink) {
    if let Value::Map(map) = &mut node.value {
        not_expressed(map, "additionalOperations", "method", &at.pointer(), sink);
    }
}

pub(super) fn operation(node: &mut Node, at: &Trail<'_>, sink: &mut Sink) {
    let id = node.id;
    let Value::Map(map) = &mut node.value else { return };
    if map.contains_key("callbacks") {
        not_expressed(map, "callbacks", "callback", &at.pointer(), sink);
    }
    map.entry("responses".to_owned()).or_insert_with(|| Node { id, value: Value::Map(Map::new()) });
}

pub(super) fn response(node: &mut Node, at: &Trail<'_>, sink: &mut Sink) {
    let id = node.id;
    let Value::Map(map) = &mut node.value else { return };
    if map.contains_key("$ref") {
        return;
    }
    if map.contains_key("links") {
        not_expressed(map, "links", "link", &at.pointer(), sink);
    }
    let summary = map.get("summary").cloned();
    let words = || summary.unwrap_or(Node { id, value: Value::Text(String::new()) });
    map.entry("description".to_owned()).or_insert_with(words);
}

/// Parameters, and headers, which are parameters without a name.
pub(super) fn parameter(node: &mut Node, at: &Trail<'_>, sink: &mut Sink) {
    let id = node.id;
    let in_path = node.text("in") == Some("path");
    let whole = node.text("in") == Some("querystring");
    let Value::Map(map) = &mut node.value else { return };
    if whole {
        whole_query(id, map);
    }
    if in_path {
        map.insert("required".to_owned(), Node { id, value: Value::Bool(true) });
    }
    if !map.contains_key("content") {
        return;
    }
    if let Some(schema) = map.shift_remove("schema") {
        let message = "`schema` has no effect beside `content`";
        sink.report(&NO_EFFECT, &at.pointer(), message).exactly(Exact::Node(schema.id));
    }
}

/// The query as a whole, said as one parameter whose properties are the pairs.
fn whole_query(id: NodeId, map: &mut Map) {
    const FORM: &str = "application/x-www-form-urlencoded";
    let content = map.get_mut("content").and_then(fields);
    let form = content.and_then(|it| it.get_mut(FORM)).and_then(fields);
    let Some(schema) = form.and_then(|it| it.shift_remove("schema")) else { return };
    map.shift_remove("content");
    let text = |it: &str| Node { id, value: Value::Text(it.to_owned()) };
    map.insert("in".to_owned(), text("query"));
    map.insert("style".to_owned(), text("form"));
    map.insert("explode".to_owned(), Node { id, value: Value::Bool(true) });
    map.insert("schema".to_owned(), schema);
    // A form says how lists are sent, of which parameters know nothing.
    map.insert("x-ir-form".to_owned(), Node { id, value: Value::Bool(true) });
}

fn fields(node: &mut Node) -> Option<&mut Map> {
    match &mut node.value {
        Value::Map(map) => Some(map),
        Value::List(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
    }
}

fn not_expressed(map: &mut Map, key: &str, one: &str, at: &SpecPtr, sink: &mut Sink) {
    let Some(node) = map.shift_remove(key) else { return };
    let at = at.child(key);
    for (name, it) in node.as_map().into_iter().flatten() {
        let message = format_args!("the {one} `{name}` is not expressed in the client");
        sink.report(&NOT_EXPRESSED, &at.child(name), message).exactly(Exact::Node(it.id));
    }
}
