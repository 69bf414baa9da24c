//! The parameters of the handshake: what an address holds, and what bindings say of query and headers.

use super::super::node::{Map, Node, Value};
use super::channel::Channel;
use super::tree::{behind, copy, entries, items, node, text};
use indexmap::IndexMap;

/// All parameters of a socket.
pub(super) fn of(
    root: &Node,
    server: Option<&Node>,
    channels: &[Channel<'_>],
    path: &str,
) -> Vec<Node> {
    let mut found = IndexMap::new();
    for channel in channels {
        for (name, entry) in entries(channel.source, "parameters") {
            let Some((_, source)) = behind(root, entry) else { continue };
            let (place, name) = place(source, name, path);
            found.entry((place, name.to_owned())).or_insert_with(|| declared(source, place, name));
        }
    }
    let operations = channels.iter().flat_map(|it| it.operations.iter().map(|it| it.source));
    let holders = channels.iter().map(|it| it.source).chain(operations).chain(server);
    for holder in holders {
        let Some(binding) = binding(root, holder) else { continue };
        for (place, key) in [("query", "query"), ("header", "headers")] {
            let Some((_, schema)) = binding.get(key).and_then(|it| behind(root, it)) else {
                continue;
            };
            let required: Vec<_> =
                items(schema, "required").iter().filter_map(Node::as_str).collect();
            for (name, it) in entries(schema, "properties") {
                let is_required = required.contains(&name.as_str());
                found
                    .entry((place, name.clone()))
                    .or_insert_with(|| parameter(it, place, name, is_required, it.clone()));
            }
        }
    }
    found.into_values().collect()
}

fn binding<'a>(root: &'a Node, holder: &'a Node) -> Option<&'a Node> {
    let bindings = behind(root, holder.get("bindings")?)?.1;
    Some(behind(root, bindings.get("ws")?)?.1)
}

/// Where a parameter of a channel is sent. Those that the address does not hold are of the query, unless they say that
/// they are headers.
fn place<'a>(source: &'a Node, name: &'a str, path: &str) -> (&'static str, &'a str) {
    if path.contains(&format!("{{{name}}}")) {
        return ("path", name);
    }
    let header = source.text("location").and_then(|it| it.strip_prefix("$message.header#/"));
    header.map_or(("query", name), |it| ("header", it))
}

/// A parameter as channels declare it: from AsyncAPI 3 on without a schema.
fn declared(source: &Node, place: &'static str, name: &str) -> Node {
    let schema = source.get("schema").cloned().unwrap_or_else(|| {
        let mut schema = Map::from_iter([("type".to_owned(), text(source.id, "string"))]);
        copy(source, &["enum", "default"], &mut schema);
        node(source.id, Value::Map(schema))
    });
    parameter(source, place, name, place == "path", schema)
}

fn parameter(source: &Node, place: &'static str, name: &str, required: bool, schema: Node) -> Node {
    let id = source.id;
    let mut schema = schema;
    super::message::without_parser(&mut schema);
    let mut map = Map::from_iter([
        ("name".to_owned(), text(id, name)),
        ("in".to_owned(), text(id, place)),
        ("required".to_owned(), node(id, Value::Bool(required))),
        ("schema".to_owned(), schema),
    ]);
    copy(source, &["description", "deprecated"], &mut map);
    node(id, Value::Map(map))
}
