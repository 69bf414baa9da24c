//! Types under other names than JSON Schema's.

use super::super::node::{Node, Value};
use super::schema::{Schema, text};

/// The type that a name means, and a format where the name is one.
fn meaning(name: &str) -> Option<(&'static str, Option<&'static str>)> {
    Some(match name.to_ascii_lowercase().as_str() {
        "string" | "str" | "text" => ("string", None),
        "boolean" | "bool" => ("boolean", None),
        "integer" | "int" => ("integer", None),
        "int32" => ("integer", Some("int32")),
        "int64" | "long" => ("integer", Some("int64")),
        "uint32" => ("integer", Some("uint32")),
        "uint64" => ("integer", Some("uint64")),
        "number" | "float" | "double" | "decimal" => ("number", None),
        "array" | "list" => ("array", None),
        "object" | "dict" | "map" => ("object", None),
        "date" => ("string", Some("date")),
        "date-time" | "datetime" => ("string", Some("date-time")),
        "uuid" => ("string", Some("uuid")),
        "uri" | "url" => ("string", Some("uri")),
        _ => return None,
    })
}

/// The names of JSON Schema, and one of Swagger's that has its own rewrite.
fn is_known(name: &str) -> bool {
    matches!(
        name,
        "string" | "boolean" | "integer" | "number" | "array" | "object" | "null" | "file"
    )
}

pub(super) fn types(schema: &mut Schema<'_>) {
    let Some(node) = schema.map.get("type") else { return };
    let nodes = match &node.value {
        Value::List(list) => &list[..],
        // Among others it is null without quotes.
        Value::Null if schema.at.is_variant() => return,
        _ => std::slice::from_ref(node),
    };
    let listed = node.as_list().is_some();
    let fine = |it: &Node| it.as_str().is_some_and(is_known) || (listed && it.is_null());
    let meant = |it: &Node| it.as_str().and_then(meaning);
    if let Some(unknown) = nodes.iter().find(|it| !fine(it) && meant(it).is_none()) {
        let (id, name) = (unknown.id, unknown.to_json());
        schema.take("type");
        return schema.mistyped(id, format_args!("{name} is not a type: the value is any JSON"));
    }
    let Some(odd) = nodes.iter().find(|it| !fine(it)).cloned() else { return };
    let mut format = None;
    let mut correct = |it: &mut Node| {
        if !fine(it)
            && let Some((ty, of_type)) = meant(it)
        {
            it.value = text(ty);
            format = format.or(of_type);
        }
    };
    match schema.map.get_mut("type").map(|it| &mut it.value) {
        Some(Value::List(list)) => list.iter_mut().for_each(&mut correct),
        _ => schema.map.get_mut("type").into_iter().for_each(&mut correct),
    }
    if let Some(format) = format.filter(|_| !schema.has("format")) {
        schema.set("format", text(format));
    }
    let (name, meant) = (odd.to_json(), meant(&odd).map_or("", |it| it.0));
    schema.mistyped(odd.id, format_args!("{name} is not a type: it counts as `{meant}`"));
}
