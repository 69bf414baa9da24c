//! Constants, enumerations and examples.

use super::super::node::{Node, Value};
use super::schema::Schema;
use std::collections::HashSet;

pub(super) fn constant(schema: &mut Schema<'_>) {
    let Some(node) = schema.take("const") else { return };
    if node.value == Value::Null {
        schema.take("type");
        schema.nullable();
    } else {
        schema.set("x-ir-const", Value::Bool(true));
    }
    let list = Node { id: node.id, value: Value::List(vec![node]) };
    schema.map.insert("enum".to_owned(), list);
}

/// Extensions that say something of each value, in the order of the values.
const PER_VALUE: [&str; 4] =
    ["x-enum-varnames", "x-enumNames", "x-enum-names", "x-enum-descriptions"];

pub(super) fn values(schema: &mut Schema<'_>) {
    let Some(list) = schema.list("enum") else { return };
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
