//! Unions that say something simpler.

use super::super::node::{Map, Node, Value};
use super::schema::{Schema, text};
use super::values;
use std::collections::HashSet;

const UNIONS: [&str; 2] = ["oneOf", "anyOf"];

pub(super) fn null(schema: &mut Schema<'_>) {
    for key in UNIONS {
        let Some(list) = schema.list(key) else { continue };
        let before = list.len();
        list.retain(|it| !is_null(it));
        let left = list.len();
        if left == before {
            continue;
        }
        schema.nullable();
        if left == 0 {
            schema.take(key);
            let null = schema.node(Value::Null);
            schema.set("enum", Value::List(vec![null]));
        } else if left == 1 && !schema.has("discriminator") {
            let only = schema.list(key).and_then(Vec::pop);
            schema.take(key);
            if let Some(only) = only {
                schema.also(only);
            }
        }
    }
}

/// True if only null fits: by the `enum` that the rewrites below have left, or because the schema allows null and says
/// nothing else.
fn is_null(node: &Node) -> bool {
    let Some(map) = node.as_map() else { return false };
    if let Some(values) = map.get("enum").and_then(Node::as_list) {
        return matches!(values, [only] if only.value == Value::Null);
    }
    let says_so = match map.get("type") {
        Some(ty) => is_blank(ty),
        None => node.flag("nullable"),
    };
    says_so && map.keys().all(|key| matches!(&**key, "nullable" | "type") || is_docs(key))
}

/// `type: null` without quotes is a common slip.
fn is_blank(node: &Node) -> bool {
    node.value == Value::Null
}

fn is_docs(key: &str) -> bool {
    matches!(key, "description" | "title" | "example" | "deprecated" | "default")
        || key.starts_with("x-")
}

/// Copies the discriminator of the one member that has one; a member with `oneOf` or `anyOf` keeps its own.
pub(super) fn discriminator(schema: &mut Schema<'_>) {
    if schema.has("discriminator") {
        return;
    }
    let members = schema.list("allOf").map(|it| &it[..]).unwrap_or_default();
    let chooses = |it: &Node| UNIONS.iter().any(|key| it.get(key).is_some());
    let mut found =
        members.iter().filter(|it| !chooses(it)).filter_map(|it| it.get("discriminator"));
    if let (Some(only), None) = (found.next().cloned(), found.next()) {
        schema.map.insert("discriminator".to_owned(), only);
    }
}

pub(super) fn constants(schema: &mut Schema<'_>) {
    for key in UNIONS {
        let Some(list) = schema.list(key) else { continue };
        let all = list.len() > 1 && list.iter().all(|it| constant(it).is_some());
        if !all || clears(list) || schema.has("enum") || schema.has("discriminator") {
            continue;
        }
        let members = schema.take(key).and_then(|it| match it.value {
            Value::List(list) => Some(list),
            _ => None,
        });
        enumeration(schema, members.unwrap_or_default());
    }
}

/// True if texts stand beside an empty one of which nothing is said: it may mean that there is no value.
fn clears(list: &[Node]) -> bool {
    let texts = || list.iter().filter_map(constant).map(Node::as_str);
    let is_bare = |it: &&Node| !it.as_map().is_some_and(|map| map.keys().any(|key| is_docs(key)));
    let bare = list.iter().filter(is_bare).filter_map(constant);
    texts().all(|it| it.is_some()) && bare.filter(|it| it.as_str() == Some("")).count() == 1
}

/// The only value of a schema that has one, and says nothing else but docs.
fn constant(node: &Node) -> Option<&Node> {
    let map = node.as_map()?;
    let [value] = map.get("enum")?.as_list()? else { return None };
    let scalar = matches!(value.value, Value::Bool(_) | Value::Number(_) | Value::Text(_));
    let plain = map.keys().all(|key| matches!(&**key, "enum" | "type" | "format") || is_docs(key));
    (scalar && plain).then_some(value)
}

fn enumeration(schema: &mut Schema<'_>, mut members: Vec<Node>) {
    let mut seen = HashSet::new();
    members
        .retain(|it| constant(it).is_some_and(|value| seen.insert(format!("{:?}", value.value))));
    let members = &*members;
    let values: Vec<Node> = members.iter().filter_map(constant).cloned().collect();
    let names: Vec<Node> = texts(members, "title");
    let docs: Vec<Node> = texts(members, "description");
    let ty = members[0].text("type").filter(|_| !schema.has("type"));
    if let Some(ty) = ty.filter(|ty| members.iter().all(|it| it.text("type") == Some(ty))) {
        schema.set("type", text(ty));
    }
    schema.set("enum", Value::List(values));
    schema.not_constant();
    if names.len() == members.len() && !schema.has("x-enum-varnames") {
        schema.set("x-enum-varnames", Value::List(names));
    }
    if !docs.is_empty() && !schema.has("x-enum-descriptions") {
        let docs = members.iter().map(|it| match it.get("description") {
            Some(docs) => docs.clone(),
            None => Node::new(it.id, text("")),
        });
        let docs = docs.collect();
        schema.set("x-enum-descriptions", Value::List(docs));
    }
}

/// The texts that members have under a key.
fn texts(members: &[Node], key: &str) -> Vec<Node> {
    let text = |it: &Node| it.get(key).filter(|it| it.as_str().is_some()).cloned();
    members.iter().filter_map(text).collect()
}

pub(super) fn suggestions(schema: &mut Schema<'_>) {
    for key in UNIONS {
        let Some(list) = schema.list(key) else { continue };
        let open = list.iter().filter(|it| is_open_string(it)).count();
        let fixed = list.iter().filter(|it| string_values(it).is_some()).count();
        if open != 1 || fixed == 0 || open + fixed != list.len() {
            continue;
        }
        let members = std::mem::take(list);
        if schema.has("enum") {
            continue;
        }
        schema.take(key);
        suggested(schema, members);
    }
}

fn suggested(schema: &mut Schema<'_>, members: Vec<Node>) {
    let nullable = members.iter().any(|it| it.flag("nullable"));
    let mut values = Vec::new();
    for member in members {
        let Value::Map(mut map) = member.value else { continue };
        let list = map.shift_remove("enum").map(|it| it.value);
        if let Some(Value::List(list)) = list {
            values.extend(list);
            keep(schema, map);
        }
    }
    schema.set("type", text("string"));
    schema.set("enum", Value::List(values));
    schema.set("x-extensible-enum", Value::Bool(true));
    values::values(schema);
    if nullable {
        schema.nullable();
    }
}

/// Keeps what a member says about its values.
fn keep(schema: &mut Schema<'_>, member: Map) {
    for (key, value) in member {
        if is_docs(&key) && !schema.has(&key) {
            schema.map.insert(key, value);
        }
    }
}

fn is_open_string(node: &Node) -> bool {
    let Some(map) = node.as_map() else { return false };
    node.text("type") == Some("string")
        && map.keys().all(|key| matches!(&**key, "type" | "nullable") || is_docs(key))
}

/// The values of an enumeration of texts.
fn string_values(node: &Node) -> Option<&[Node]> {
    let map = node.as_map()?;
    let values = map.get("enum")?.as_list()?;
    let plain =
        map.keys().all(|key| matches!(&**key, "type" | "enum" | "nullable") || is_docs(key));
    (plain && values.iter().all(|it| it.as_str().is_some())).then_some(values)
}
