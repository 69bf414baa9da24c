//! Extensions that the generator does not know.

use crate::diag::{Sink, SpecPtr, UNKNOWN_EXTENSION};
use crate::load::{Node, Value};

/// The extensions that say something to the generator.
const KNOWN: &[&str] = &[
    "x-deprecated-reason",
    "x-deprecation-message",
    "x-enum-descriptions",
    "x-enum-names",
    "x-enum-varnames",
    "x-enumDescriptions",
    "x-enumNames",
    "x-extensible-enum",
    "x-line-schema",
    "x-rust-name",
    "x-stainless-deprecation-message",
];

/// Keys below which stands what users send, not what OpenAPI says.
const VALUES: &[&str] = &["example", "examples", "default", "enum", "const"];

/// Keys below which the names are the vendor's own.
const NAMED: &[&str] =
    &["properties", "patternProperties", "schemas", "headers", "mapping", "scopes", "variables"];

/// Reports each extension, wherever it stands.
pub(super) fn run(tree: &Node, sink: &mut Sink) {
    visit(tree, &SpecPtr::root(), false, sink);
}

fn visit(node: &Node, at: &SpecPtr, names: bool, sink: &mut Sink) {
    match &node.value {
        Value::Map(map) => {
            for (key, value) in map {
                let foreign = !names && key.starts_with("x-");
                if foreign {
                    unknown(key, at, sink);
                }
                if !foreign && (names || !VALUES.contains(&key.as_str())) && holds(value) {
                    visit(value, &at.child(key), !names && NAMED.contains(&key.as_str()), sink);
                }
            }
        }
        Value::List(list) => {
            for (index, value) in list.iter().enumerate().filter(|(_, it)| holds(it)) {
                visit(value, &at.item(index), false, sink);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

fn holds(node: &Node) -> bool {
    matches!(node.value, Value::Map(_) | Value::List(_))
}

fn unknown(key: &str, at: &SpecPtr, sink: &mut Sink) {
    if !KNOWN.contains(&key) && !key.starts_with("x-ir-") {
        let message = format_args!("`{key}` says nothing to the generator");
        sink.report(&UNKNOWN_EXTENSION, &at.child(key), message);
    }
}
