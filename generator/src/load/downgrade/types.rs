//! `type`: one or none, and `nullable` where null is allowed.

use super::super::keyword::{Of, SchemaKeyword};
use super::super::node::{Map, Node, Value};
use super::schema::{Schema, text};

/// All types together say nothing. An integer is a number, too.
const ALL: [&str; 5] = ["string", "number", "boolean", "array", "object"];

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
    schema.not_constant();
}

fn listed(schema: &mut Schema<'_>) {
    let Some(mut types) = schema.list("type").map(std::mem::take) else { return };
    let before = types.len();
    types.retain(|it| it.as_str() != Some("null") && it.value != Value::Null);
    let with_null = types.len() < before;
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
        _ if is_all(&types) => drop(schema.take("type")),
        _ => split(schema, types),
    }
    if with_null {
        schema.nullable();
    }
}

fn is_all(types: &[Node]) -> bool {
    ALL.iter().all(|it| types.iter().any(|ty| ty.as_str() == Some(it)))
}

/// Makes a schema for each type, with the keywords that belong to it.
fn split(schema: &mut Schema<'_>, types: Vec<Node>) {
    schema.take("type");
    let mut members: Vec<Map> = Vec::with_capacity(types.len());
    let ids: Vec<_> = types.iter().map(|it| it.id).collect();
    for ty in types {
        members.push(Map::from_iter([("type".to_owned(), ty)]));
    }
    let is_listed = |ty: &str| members.iter().any(|it| it["type"].as_str() == Some(ty));
    let both = is_listed("integer") && is_listed("number");
    let keys: Vec<String> = schema.map.keys().cloned().collect();
    for key in keys {
        let format = Format::of(schema.text("format").unwrap_or_default(), both);
        let owners = members.iter_mut().filter(|it| owns(&it["type"], &key, format));
        let mut owners = owners.peekable();
        if owners.peek().is_some()
            && let Some((key, value)) = schema.map.shift_remove_entry(&key)
        {
            owners.for_each(|it| drop(it.insert(key.clone(), value.clone())));
        }
    }
    let closed = schema.open();
    let members = ids.into_iter().zip(members).map(|(id, map)| {
        let mut node = Node::new(id, Value::Map(map));
        if closed && node.text("type") == Some("array") {
            node.note().closed = true;
        }
        node
    });
    let members = members.collect();
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

/// The values of which a `format` speaks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    /// Of integers and numbers, whichever of them is listed.
    Numeric,
    /// Of one of them, where both are listed.
    Integer,
    Number,
}

impl Format {
    fn of(format: &str, both: bool) -> Self {
        let is_integer = format.starts_with("int") || format.starts_with("uint");
        let is_number = matches!(format, "float" | "double" | "decimal");
        match (is_integer, is_number) {
            (false, false) => Self::Text,
            (true, _) if both => Self::Integer,
            (_, true) if both => Self::Number,
            (_, _) => Self::Numeric,
        }
    }
}

/// True if a keyword speaks of values of a type, and not of all.
fn owns(ty: &Node, key: &str, format: Format) -> bool {
    let Some(ty) = ty.as_str() else { return false };
    let of = SchemaKeyword::of(key).map_or(Of::Any, |it| it.row().of);
    match ty {
        _ if key != "format" => of != Of::Any && of.has(ty),
        "string" => format == Format::Text,
        "number" => matches!(format, Format::Numeric | Format::Number),
        "integer" => matches!(format, Format::Numeric | Format::Integer),
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
        schema.notes().implied = true;
    }
}
