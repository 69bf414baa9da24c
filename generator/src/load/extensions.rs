//! Extensions, wherever they stand: not in values, and not where the names are the vendor's own.

use super::document::Document;
use super::node::{Node, Value};
use crate::diag::SpecPtr;

/// Keys below which stands what users send, not what OpenAPI says.
const VALUES: &[&str] = &["example", "examples", "default", "enum", "const"];

/// Keys below which the names are the vendor's own.
const NAMED: &[&str] =
    &["properties", "patternProperties", "schemas", "headers", "mapping", "scopes", "variables"];

impl Document {
    /// Shows each extension: its key, and the place of what has it.
    pub(crate) fn extensions(&self, show: &mut dyn FnMut(&str, &SpecPtr)) {
        visit(&self.tree, &SpecPtr::root(), false, show);
    }
}

fn visit(node: &Node, at: &SpecPtr, names: bool, show: &mut dyn FnMut(&str, &SpecPtr)) {
    match &node.value {
        Value::Map(map) => {
            for (key, value) in map {
                let foreign = !names && key.starts_with("x-");
                if foreign && !key.starts_with("x-ir-") {
                    show(key, at);
                }
                if !foreign && (names || !VALUES.contains(&key.as_str())) && holds(value) {
                    visit(value, &at.child(key), !names && NAMED.contains(&key.as_str()), show);
                }
            }
        }
        Value::List(list) => {
            for (index, value) in list.iter().enumerate().filter(|(_, it)| holds(it)) {
                visit(value, &at.item(index), false, show);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

fn holds(node: &Node) -> bool {
    matches!(node.value, Value::Map(_) | Value::List(_))
}
