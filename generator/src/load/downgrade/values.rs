//! Constants, enumerations and examples.

use super::super::node::{Node, Value};
use super::schema::Schema;
use serde_json::{Number, Value as Json};
use std::collections::HashSet;

pub(super) fn constant(schema: &mut Schema<'_>) {
    let Some(node) = schema.take("const") else { return };
    if node.value == Value::Null {
        schema.take("type");
        schema.nullable();
    } else {
        // Null is of the type, but is not the constant.
        if let Some(types) = schema.list("type") {
            types.retain(|it| it.as_str() != Some("null"));
        }
        schema.notes().constant = true;
    }
    let list = Node::new(node.id, Value::List(vec![node]));
    schema.map.insert("enum".to_owned(), list);
}

/// The type counts where a value is spelled in another: servers keep to it.
pub(super) fn typed(schema: &mut Schema<'_>) {
    let Some(ty) = schema.text("type").map(str::to_owned) else { return };
    let mut changed = None;
    for key in ["enum", "default"] {
        let Some(node) = schema.map.get_mut(key) else { continue };
        let nodes = match &mut node.value {
            Value::List(list) if key == "enum" => &mut list[..],
            _ => std::slice::from_mut(node),
        };
        for node in nodes {
            let Some(value) = as_type(node, &ty) else { continue };
            if !matches!(node.value, Value::Number(_)) || ty == "string" {
                changed.get_or_insert((node.id, node.to_json(), value.clone()));
            }
            node.value = Value::scalar(value);
        }
    }
    if let Some((id, from, to)) = changed {
        let message = format_args!("`{from}` is not of type `{ty}`: it is taken for `{to}`");
        schema.mistyped(id, message);
    }
}

/// A value as another type would spell it; none if it is of that type, or cannot be.
pub(crate) fn as_type(node: &Node, ty: &str) -> Option<Json> {
    match (ty, &node.value) {
        ("string", Value::Number(_) | Value::Bool(_)) => node.as_text().map(Json::String),
        ("boolean", Value::Text(text)) => text.parse().ok().map(Json::Bool),
        ("integer" | "number", Value::Text(text)) => {
            // Zeros in front are for the eye, as in `007`.
            let padded = || text.trim().parse::<i64>().ok().map(Number::from);
            let number = serde_json::from_str(text).ok().or_else(padded)?;
            Some(Json::Number(if ty == "integer" { whole(&number)? } else { number }))
        }
        ("integer", Value::Number(number)) if number.is_f64() => whole(number).map(Json::Number),
        _ => None,
    }
}

/// A number without a fraction, spelled without one.
pub(crate) fn whole(number: &Number) -> Option<Number> {
    if !number.is_f64() {
        return Some(number.clone());
    }
    let float = number.as_f64().filter(|it| it.fract() == 0.0 && it.abs() < 1e15)?;
    format!("{float:.0}").parse::<i64>().ok().map(Number::from)
}

/// Extensions that say something of each value, in the order of the values.
const PER_VALUE: [&str; 5] =
    ["x-enum-varnames", "x-enumNames", "x-enum-names", "x-enum-descriptions", "x-enumDescriptions"];

pub(super) fn values(schema: &mut Schema<'_>) {
    let Some(list) = schema.list("enum") else { return };
    if list.is_empty() {
        let Some(node) = schema.take("enum") else { return };
        return schema.no_effect(node.id, "`enum` lists nothing, and has no effect");
    }
    let with_null = list.iter().any(|it| it.value == Value::Null);
    let keep = kept(list);
    if keep.contains(&false) {
        retain(list, &keep);
        for key in PER_VALUE {
            if let Some(notes) = schema.list(key).filter(|it| it.len() == keep.len()) {
                retain(notes, &keep);
            }
        }
    }
    if with_null {
        schema.nullable();
    }
}

fn retain(list: &mut Vec<Node>, keep: &[bool]) {
    let mut keep = keep.iter();
    list.retain(|_| keep.next() == Some(&true));
}

/// Which values stay: the first of each, and null only if it is the only one.
fn kept(list: &[Node]) -> Vec<bool> {
    let mut seen = HashSet::new();
    let mut keep: Vec<bool> = list
        .iter()
        .map(|node| match &node.value {
            Value::Null => false,
            Value::Bool(it) => seen.insert(it.to_string()),
            Value::Number(it) => seen.insert(it.to_string()),
            Value::Text(it) => seen.insert(format!("\"{it}")),
            Value::List(_) | Value::Map(_) => true,
        })
        .collect();
    if let (false, Some(first)) = (keep.contains(&true), keep.first_mut()) {
        *first = true;
    }
    keep
}

pub(super) fn examples(schema: &mut Schema<'_>) {
    let Some(node) = schema.take("examples") else { return };
    let Value::List(list) = node.value else { return };
    if let Some(first) = list.into_iter().next() {
        schema.map.entry("example".to_owned()).or_insert(first);
    }
}
