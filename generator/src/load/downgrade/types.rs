//! `type`: one or none, and `nullable` where null is allowed.

use super::super::node::{Map, Node, Value};
use super::schema::{Schema, text};

/// The types that a list names once numbers count as one: all of them together say nothing.
const ALL: usize = 5;

pub(super) fn types(schema: &mut Schema<'_>) {
    match schema.map.get("type").map(|it| &it.value) {
        Some(Value::Text(it)) if it == "null" => only_null(schema),
        Some(Value::List(_)) => listed(schema),
        Some(_) | None => {}
    }
}

fn only_null(schema: &mut Schema<'_>) {
    schema.take("type");
    schema.nullable();
    let null = schema.node(Value::Null);
    schema.set("enum", Value::List(vec![null]));
    schema.take("x-ir-const");
}

fn listed(schema: &mut Schema<'_>) {
    let Some(mut types) = schema.list("type").map(std::mem::take) else { return };
    let before = types.len();
    types.retain(|it| it.as_str() != Some("null") && it.value != Value::Null);
    let with_null = types.len() < before;
    let numbers = types.iter().any(|it| it.as_str() == Some("number"));
    types.retain(|it| !(numbers && it.as_str() == Some("integer")));
    types.dedup();
    let values = schema.has("enum");
    match types.len() {
        0 if with_null => return only_null(schema),
        0 => {
            let Some(node) = schema.take("type") else { return };
            schema.mistyped(node.id, "`type` lists nothing: the value is any JSON");
        }
        1 => {
            schema.map.insert("type".to_owned(), types.remove(0));
        }
        // Values say themselves which types they have.
        _ if values => drop(schema.take("type")),
        ALL => drop(schema.take("type")),
        _ => split(schema, types),
    }
    if with_null {
        schema.nullable();
    }
}

/// Makes a schema for each type, with the keywords that belong to it.
fn split(schema: &mut Schema<'_>, types: Vec<Node>) {
    schema.take("type");
    let mut members: Vec<Map> = Vec::with_capacity(types.len());
    let ids: Vec<_> = types.iter().map(|it| it.id).collect();
    for ty in types {
        members.push(Map::from_iter([("type".to_owned(), ty)]));
    }
    let keys: Vec<String> = schema.map.keys().cloned().collect();
    for key in keys {
        let format = schema.text("format").unwrap_or_default();
        let owner = members.iter().position(|it| owns(&it["type"], &key, format));
        let Some(owner) = owner else { continue };
        if let Some((key, value)) = schema.map.shift_remove_entry(&key) {
            members[owner].insert(key, value);
        }
    }
    let members = ids.into_iter().zip(members);
    let members = members.map(|(id, map)| Node { id, value: Value::Map(map) }).collect();
    union(schema, Value::List(members));
}

/// Sets the union beside those that there may be already.
fn union(schema: &mut Schema<'_>, members: Value) {
    let free = ["oneOf", "anyOf"].into_iter().find(|key| !schema.has(key));
    if let Some(key) = free {
        return schema.set(key, members);
    }
    let union = schema.node(members);
    let both = schema.node(Value::Map(Map::from_iter([("oneOf".to_owned(), union)])));
    schema.also(both);
}

/// Whether a keyword speaks of values of a type.
fn owns(ty: &Node, key: &str, format: &str) -> bool {
    let number_format = format.starts_with("int")
        || format.starts_with("uint")
        || matches!(format, "float" | "double" | "decimal");
    match ty.as_str() {
        Some("string") => match key {
            "format" => !number_format,
            _ => matches!(
                key,
                "minLength" | "maxLength" | "pattern" | "contentEncoding" | "contentMediaType"
            ),
        },
        Some("number" | "integer") => match key {
            "format" => number_format,
            _ => matches!(
                key,
                "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf"
            ),
        },
        Some("array") => matches!(
            key,
            "items" | "x-ir-prefix-items" | "x-ir-closed" | "minItems" | "maxItems" | "uniqueItems"
        ),
        Some("object") => matches!(
            key,
            "properties"
                | "required"
                | "additionalProperties"
                | "x-ir-pattern-properties"
                | "minProperties"
                | "maxProperties"
        ),
        _ => false,
    }
}

pub(super) fn missing(schema: &mut Schema<'_>) {
    // Beside a union they speak of those of its members only that are objects or lists.
    if ["type", "$ref", "enum", "oneOf", "anyOf"].iter().any(|key| schema.has(key)) {
        return;
    }
    let ty = if schema.has("properties") { "object" } else { "array" };
    schema.set("type", text(ty));
    // Beside other parts they speak of those values only that are objects or lists.
    if schema.has("allOf") || schema.at.is_member_of("allOf") {
        schema.set("x-ir-implied", Value::Bool(true));
    }
}
