//! Keywords whose value is of another type than OpenAPI gives it: one slip costs nothing but itself.

use super::super::keyword::ExpectedType;
use super::super::kind::expected;
use super::super::node::{Map, Node, Value};
use super::traverse::{DowngradePath, NodeKind};
use crate::diag::{Exact, MISTYPED, Sink};
use serde_json::Value as Json;
use std::fmt;

/// Leaves out what is of another type, or takes it for what it must mean, and tells of both.
pub(super) fn correct(kind: NodeKind, node: &mut Node, at: &DowngradePath<'_>, sink: &mut Sink) {
    let Value::Map(map) = &mut node.value else { return whole(kind, node, at, sink) };
    let mut wrong = Vec::new();
    for (key, node) in map.iter_mut() {
        if let Some(expected) = expected(kind, key)
            && !judge(expected, key, node, &mut Told { at, sink })
        {
            wrong.push(key.clone());
        }
    }
    for key in wrong {
        map.shift_remove(&key);
    }
}

/// Replaces nodes of the wrong type by empty objects, and reports them, so that their content is not lost silently.
/// Schemas are handled on their own, and operations, parameters, bodies and responses are reported where they are used.
fn whole(kind: NodeKind, node: &mut Node, at: &DowngradePath<'_>, sink: &mut Sink) {
    match kind {
        // A list of media types is told with the response that has it.
        NodeKind::MediaType if at.is_item() => return,
        NodeKind::Info
        | NodeKind::Tag
        | NodeKind::Components
        | NodeKind::PathItem
        | NodeKind::MediaType
        | NodeKind::Encoding
        | NodeKind::Flow => {}
        NodeKind::Document
        | NodeKind::Operation
        | NodeKind::Parameter
        | NodeKind::Header
        | NodeKind::Body
        | NodeKind::Response
        | NodeKind::Schema
        | NodeKind::Server
        | NodeKind::ServerVariable
        | NodeKind::Discriminator
        | NodeKind::Streaming
        | NodeKind::SecurityScheme => return,
    }
    if !node.is_null() {
        let message =
            format_args!("{} where an object is expected: it counts as an empty one", word(node));
        Told { at, sink }.tell(None, node, message);
    }
    node.value = Value::Map(Map::new());
}

/// Makes any JSON of a node that is not a schema.
pub(super) fn schema(node: &mut Node, at: &DowngradePath<'_>, sink: &mut Sink) {
    if node.is_null() && at.is_variant() {
        let message = "null is no schema: it counts as the type `null`";
        Told { at, sink }.tell(None, node, message);
        let ty = Node::new(node.id, Value::Text("null".to_owned()));
        node.value = Value::Map(Map::from_iter([("type".to_owned(), ty)]));
    } else if node.as_map().is_none() {
        let message = format_args!("{} is no schema: it counts as any JSON", word(node));
        Told { at, sink }.tell(None, node, message);
        node.value = Value::Map(Map::new());
    }
}

/// True for a value that is what it must be.
fn fits(expected: ExpectedType, key: &str, value: &Value) -> bool {
    match expected {
        ExpectedType::Text => !matches!(value, Value::List(_) | Value::Map(_)),
        ExpectedType::Reference => matches!(value, Value::Text(_)),
        ExpectedType::Flag => matches!(value, Value::Bool(_)),
        ExpectedType::Number => matches!(value, Value::Number(_) | Value::Bool(_)),
        ExpectedType::Object => matches!(value, Value::Map(_)),
        // `required: true` beside a property is told where it is rewritten.
        ExpectedType::Texts => key == "required" && matches!(value, Value::Bool(_)),
        // A text that is no schema is told where schemas are.
        ExpectedType::Schema => match value {
            Value::Text(text) => unquoted(expected, text).is_none(),
            _ => true,
        },
        ExpectedType::Anything => true,
        ExpectedType::List | ExpectedType::Discriminator => false,
    }
}

/// True for a value that can stay, perhaps corrected.
fn judge(expected: ExpectedType, key: &str, node: &mut Node, told: &mut Told<'_, '_>) -> bool {
    if fits(expected, key, &node.value) {
        return true;
    }
    match (expected, &node.value) {
        // Nothing is said, so nothing is lost.
        (
            ExpectedType::Flag | ExpectedType::Number | ExpectedType::List | ExpectedType::Texts,
            Value::Null,
        ) => false,
        (ExpectedType::Flag | ExpectedType::Number | ExpectedType::Schema, Value::Text(text)) => {
            let Some(value) = unquoted(expected, text) else {
                return told.left_out(expected, key, node);
            };
            let message = format_args!("`{key}` is a text: it counts as `{value}`");
            told.tell(Some(key), node, message);
            node.value = Value::scalar(value);
            true
        }
        (ExpectedType::List | ExpectedType::Texts, Value::List(_)) => {
            items(expected, key, node, told);
            true
        }
        (ExpectedType::List, _) | (ExpectedType::Texts, Value::Text(_) | Value::Number(_)) => {
            let message = format_args!("`{key}` is no list: it counts as the only item of one");
            told.tell(Some(key), node, message);
            let item = Node::new(node.id, std::mem::replace(&mut node.value, Value::Null));
            node.value = Value::List(vec![item]);
            true
        }
        (ExpectedType::Discriminator, _) => discriminator(key, node, told),
        _ => told.left_out(expected, key, node),
    }
}

/// A flag or number that was written as a text.
fn unquoted(expected: ExpectedType, text: &str) -> Option<Json> {
    match expected {
        ExpectedType::Number => serde_json::from_str(text).ok().map(Json::Number),
        _ => text.to_ascii_lowercase().parse().ok().map(Json::Bool),
    }
}

/// Removes items that say nothing, and those that are no texts where texts are expected.
fn items(expected: ExpectedType, key: &str, node: &mut Node, told: &mut Told<'_, '_>) {
    let Value::List(list) = &mut node.value else { return };
    list.retain(|it| {
        let fine = match &it.value {
            Value::Null => key == "enum" || key == "oneOf" || key == "anyOf",
            Value::List(_) | Value::Map(_) => expected == ExpectedType::List,
            Value::Text(_) | Value::Bool(_) | Value::Number(_) => true,
        };
        if !fine {
            let message = format_args!("an item of `{key}` is {}: it is left out", word(it));
            told.tell(Some(key), it, message);
        }
        fine
    });
}

/// A discriminator must name a property, and its mapping must lead from texts to texts.
fn discriminator(key: &str, node: &mut Node, told: &mut Told<'_, '_>) -> bool {
    if let Value::Text(name) = &node.value {
        let property = Node::new(node.id, Value::Text(name.clone()));
        let message = format_args!("`{key}` is a text: it counts as the name of the property");
        told.tell(Some(key), node, message);
        node.value = Value::Map(Map::from_iter([("propertyName".to_owned(), property)]));
        return true;
    }
    if node.text("propertyName").is_none() {
        told.tell(Some(key), node, "`discriminator` names no property: it is left out");
        return false;
    }
    let Value::Map(map) = &mut node.value else { return true };
    let Some(mapping) = map.get_mut("mapping") else { return true };
    let Value::Map(entries) = &mut mapping.value else {
        told.left_out(ExpectedType::Object, "mapping", mapping);
        map.shift_remove("mapping");
        return true;
    };
    entries.retain(|value, target| {
        let fine = target.as_str().is_some();
        if !fine {
            let message = format_args!("`{value}` is mapped to {}: it is left out", word(target));
            told.tell(Some(key), target, message);
        }
        fine
    });
    true
}

/// A value in a word.
fn word(node: &Node) -> &'static str {
    match node.value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
        Value::Map(_) => "an object",
    }
}

/// Where findings go.
struct Told<'t, 's> {
    at: &'t DowngradePath<'t>,
    sink: &'s mut Sink,
}

impl Told<'_, '_> {
    fn tell(&mut self, key: Option<&str>, node: &Node, message: impl fmt::Display) {
        let at = self.at.pointer();
        let at = key.map_or(at.clone(), |key| at.child(key));
        self.sink.report(&MISTYPED, &at, message).exactly(Exact::Node(node.id));
    }

    /// Says that a value is left out.
    fn left_out(&mut self, expected: ExpectedType, key: &str, node: &Node) -> bool {
        let wanted = match expected {
            ExpectedType::Anything => "a value",
            ExpectedType::Text | ExpectedType::Reference => "a text",
            ExpectedType::Flag => "`true` or `false`",
            ExpectedType::Number => "a number",
            ExpectedType::List => "a list",
            ExpectedType::Texts => "a list of texts",
            ExpectedType::Object | ExpectedType::Discriminator => "an object",
            ExpectedType::Schema => "a schema",
        };
        let message =
            format_args!("`{key}` is {} where {wanted} is expected: it is left out", word(node));
        self.tell(Some(key), node, message);
        false
    }
}
