//! The block of a documentation page that describes one channel: what the tool made of an AsyncAPI 3 document, without
//! references, and with the names that its parser gave to schemas.

use super::super::document::reference_key;
use super::super::node::{Map, Node, Value};
use super::definition::extract;
use super::message::without_parser;
use super::tree::{copy, items, node, object, put, text};
use crate::diag::NodeId;
use std::collections::HashMap;

/// Tells whether a tree is such a block.
pub(super) fn is_page(root: &Node) -> bool {
    root.get("asyncapi").is_none()
        && root.get("openapi").is_none()
        && items(root, "operations").iter().any(|it| it.get("messages").is_some())
}

/// The block as the document that it was made from, as far as it is known.
pub(super) fn as_document(root: &Node) -> Node {
    let id = root.id;
    let name = root.text("id").unwrap_or("socket");
    let title = root.text("title").filter(|it| *it != name).unwrap_or("Socket");
    let info = object(id, [("title", text(id, title)), ("version", text(id, ""))]);
    let schemes = named(root, "securitySchemes", |_| {});
    // A page has the schemes of its whole document, and does not say which of them a server takes.
    let any = schemes
        .keys()
        .map(|it| reference(id, &format!("#/components/securitySchemes/{}", reference_key(it))));
    let any = node(id, Value::List(any.collect()));
    let servers = named(root, "servers", |server| {
        server.insert("security".to_owned(), any.clone());
        server.shift_remove("bindings");
        variables(server);
    });
    let mut schemas = Map::new();
    let channel = format!("#/channels/{}", reference_key(name));
    let (operations, messages) = operations(root, &channel, &mut schemas);
    let mut channel = Map::new();
    copy(root, &["address", "description", "title"], &mut channel);
    channel.insert("messages".to_owned(), node(id, Value::Map(messages)));
    channel.insert("parameters".to_owned(), node(id, Value::Map(parameters(root))));
    channel.insert("bindings".to_owned(), bindings(root));
    let channel = node(id, Value::Map(channel));
    let components = object(
        id,
        [
            ("schemas", node(id, Value::Map(schemas))),
            ("securitySchemes", node(id, Value::Map(schemes))),
        ],
    );
    let entries = [
        ("asyncapi", text(id, "3.0.0")),
        ("info", info),
        ("servers", node(id, Value::Map(servers))),
        ("channels", object(id, [(name, channel)])),
        ("operations", node(id, Value::Map(operations))),
        ("components", components),
    ];
    object(id, entries)
}

/// The operations of the channel at a place, and the messages that they refer to there.
fn operations(root: &Node, channel: &str, schemas: &mut Map) -> (Map, Map) {
    let (mut operations, mut messages) = (Map::new(), Map::new());
    let (mut ids, mut message_ids) = (HashMap::new(), HashMap::new());
    for operation in items(root, "operations") {
        let id = operation.id;
        let own = items(operation, "messages").iter().map(|it| {
            let wanted = it.text("id").unwrap_or("message");
            let key = put(&mut messages, &mut message_ids, wanted, message(it, schemas));
            reference(it.id, &format!("{channel}/messages/{}", reference_key(&key)))
        });
        let own = node(id, Value::List(own.collect()));
        let entries = [("channel", reference(id, channel)), ("messages", own)];
        let mut made = object(id, entries);
        if let Value::Map(map) = &mut made.value {
            copy(operation, &["description"], map);
            map.extend(operation.get("type").map(|it| ("action".to_owned(), it.clone())));
        }
        put(&mut operations, &mut ids, operation.text("id").unwrap_or("operation"), made);
    }
    (operations, messages)
}

fn reference(id: NodeId, to: &str) -> Node {
    object(id, [("$ref", text(id, to))])
}

/// A list of things with an `id` as an object of them.
fn named(root: &Node, key: &str, change: impl Fn(&mut Map)) -> Map {
    let entries = items(root, key).iter().filter_map(|it| {
        let mut map = it.as_map()?.clone();
        let name = map.shift_remove("id")?.as_str()?.to_owned();
        change(&mut map);
        Some((name, node(it.id, Value::Map(map))))
    });
    entries.collect()
}

fn variables(server: &mut Map) {
    let Some(list) = server.shift_remove("variables") else { return };
    let variables = list.as_list().unwrap_or_default().iter().filter_map(|it| {
        let mut map = Map::new();
        for (from, to) in
            [("defaultValue", "default"), ("allowedValues", "enum"), ("description", "description")]
        {
            if let Some(value) = it.get(from) {
                map.insert(to.to_owned(), value.clone());
            }
        }
        Some((it.text("id")?.to_owned(), node(it.id, Value::Map(map))))
    });
    let variables: Map = variables.collect();
    if !variables.is_empty() {
        server.insert("variables".to_owned(), node(list.id, Value::Map(variables)));
    }
}

/// Of the two forms that a page has a payload in, the schema is the exact one.
fn message(source: &Node, schemas: &mut Map) -> Node {
    let mut map = Map::new();
    copy(source, &["contentType", "description"], &mut map);
    if let Some(it) = source.get("jsonPayloadSchema") {
        let mut payload = it.clone();
        extract(&mut payload, source.get("description"), schemas);
        map.insert("payload".to_owned(), payload);
    }
    node(source.id, Value::Map(map))
}

fn parameters(root: &Node) -> Map {
    let entries = items(root, "parameters").iter().filter_map(|it| {
        let mut map = Map::new();
        copy(it, &["description"], &mut map);
        if let Some(schema) = it.get("jsonSchema") {
            let mut schema = schema.clone();
            without_parser(&mut schema);
            map.insert("schema".to_owned(), schema);
        }
        Some((it.text("id")?.to_owned(), node(it.id, Value::Map(map))))
    });
    entries.collect()
}

fn bindings(root: &Node) -> Node {
    let id: NodeId = root.id;
    let entries = items(root, "bindings")
        .iter()
        .filter_map(|it| Some((it.text("protocol")?.to_owned(), it.get("value")?.clone())));
    node(id, Value::Map(entries.collect()))
}
