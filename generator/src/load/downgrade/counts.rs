//! Keywords that count or compare.

use super::super::node::{Node, Value};
use super::schema::Schema;
use std::collections::HashSet;

pub(super) const KEYWORDS: &[&str] =
    &["minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties"];

pub(super) fn counts(schema: &mut Schema<'_>) {
    for keyword in KEYWORDS {
        let Some(node) = schema.map.get_mut(*keyword) else { continue };
        if let Some(count) = count(node) {
            node.value = Value::Number(count.into());
        } else {
            let id = node.id;
            schema.take(keyword);
            schema.no_effect(id, format_args!("`{keyword}` is no count, and has no effect"));
        }
    }
}

/// A whole number that is not negative, however it is written.
fn count(node: &Node) -> Option<u64> {
    let Value::Number(number) = &node.value else { return None };
    number.as_u64().or_else(|| {
        let count = number.as_f64().filter(|it| it.fract() == 0.0 && (0.0..1e15).contains(it))?;
        format!("{count:.0}").parse().ok()
    })
}

pub(super) fn required(schema: &mut Schema<'_>) {
    let Some(node) = schema.map.get_mut("required") else { return };
    match &mut node.value {
        Value::List(list) => fold(list),
        Value::Bool(_) => {
            let id = node.id;
            schema.take("required");
            let message = "`required` lists names: beside a property it has no effect";
            schema.no_effect(id, message);
        }
        Value::Null | Value::Number(_) | Value::Text(_) | Value::Map(_) => {}
    }
}

/// Removes texts that stand twice.
fn fold(list: &mut Vec<Node>) {
    let mut seen = HashSet::new();
    let first: Vec<bool> =
        list.iter().map(|it| it.as_str().is_none_or(|text| seen.insert(text))).collect();
    let mut first = first.into_iter();
    list.retain(|_| first.next().unwrap_or(true));
}

pub(super) fn exclusive(schema: &mut Schema<'_>) {
    bound(schema, "exclusiveMinimum", "minimum", |own, other| own >= other);
    bound(schema, "exclusiveMaximum", "maximum", |own, other| own <= other);
}

/// Of two bounds the stricter one stays.
fn bound(schema: &mut Schema<'_>, key: &str, plain: &str, stricter: fn(f64, f64) -> bool) {
    let Some(Value::Number(own)) = schema.map.get(key).map(|it| &it.value) else { return };
    let own = own.as_f64();
    let other = schema.map.get(plain).and_then(number);
    let wins = own.zip(other).is_none_or(|(own, other)| stricter(own, other));
    let Some(node) = schema.take(key) else { return };
    if wins {
        schema.map.insert(plain.to_owned(), node);
        schema.set(key, Value::Bool(true));
    }
}

fn number(node: &Node) -> Option<f64> {
    match &node.value {
        Value::Number(number) => number.as_f64(),
        _ => None,
    }
}
