//! Parameters and headers: which schema they have.

use super::super::node::{Map, Node, Value};
use super::traverse::DowngradePath;
use crate::diag::{Exact, MISTYPED, NO_EFFECT, NodeId, Sink};

/// Parameters, and headers, which are parameters without a name.
pub(super) fn parameter(node: &mut Node, at: &DowngradePath<'_>, sink: &mut Sink) {
    let id = node.id;
    let in_path = node.text("in") == Some("path");
    let whole = node.text("in") == Some("querystring");
    if whole
        && let Value::Map(map) = &mut node.value
        && whole_query(id, map)
    {
        node.note().whole_query = true;
    }
    let Value::Map(map) = &mut node.value else { return };
    if in_path {
        map.insert("required".to_owned(), Node::new(id, Value::Bool(true)));
    }
    if !map.contains_key("content") {
        return without_schema(id, map, at, sink);
    }
    if let Some(schema) = map.shift_remove("schema") {
        let message = "`schema` has no effect beside `content`";
        sink.report(&NO_EFFECT, &at.pointer(), message).exactly(Exact::Node(schema.id));
    }
}

/// The keywords of a schema that Swagger 2 has beside the parameter itself.
const OF_SCHEMA: &[&str] = &[
    "type",
    "format",
    "items",
    "enum",
    "default",
    "minimum",
    "maximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "pattern",
    "uniqueItems",
];

/// Gives a parameter without a schema one of its own schema keywords; without a type there, it is a text.
fn without_schema(id: NodeId, map: &mut Map, at: &DowngradePath<'_>, sink: &mut Sink) {
    if map.contains_key("schema") || map.contains_key("$ref") || !map.contains_key("in") {
        return;
    }
    let own = map.keys().filter(|it| OF_SCHEMA.contains(&it.as_str())).cloned();
    let mut schema: Map = Map::new();
    for key in own.collect::<Vec<_>>() {
        schema.extend(map.shift_remove_entry(&key));
    }
    let message = match schema.get("type") {
        Some(_) => "a parameter has no `type`: it counts as that of its schema",
        None => "this parameter has no schema: its values count as texts",
    };
    sink.report(&MISTYPED, &at.pointer(), message).exactly(Exact::Node(id));
    let text = || Node::new(id, Value::Text("string".to_owned()));
    schema.entry("type".to_owned()).or_insert_with(text);
    map.insert("schema".to_owned(), Node::new(id, Value::Map(schema)));
}

/// Says the query as a whole as one parameter whose properties are the pairs, if it is a form.
fn whole_query(id: NodeId, map: &mut Map) -> bool {
    const FORM: &str = "application/x-www-form-urlencoded";
    let content = map.get_mut("content").and_then(fields);
    let form = content.and_then(|it| it.get_mut(FORM)).and_then(fields);
    let Some(schema) = form.and_then(|it| it.shift_remove("schema")) else { return false };
    map.shift_remove("content");
    let text = |it: &str| Node::new(id, Value::Text(it.to_owned()));
    map.insert("in".to_owned(), text("query"));
    map.insert("style".to_owned(), text("form"));
    map.insert("explode".to_owned(), Node::new(id, Value::Bool(true)));
    map.insert("schema".to_owned(), schema);
    true
}

fn fields(node: &mut Node) -> Option<&mut Map> {
    match &mut node.value {
        Value::Map(map) => Some(map),
        Value::List(_) | Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
    }
}
