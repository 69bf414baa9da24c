//! The parameters of the handshake: what an address holds, and what bindings say of query and headers.

use super::super::node::{Map, Node, Value};
use super::socket::SocketAddress;
use super::tree::{behind, braced, copy, entries, items, node, text};
use super::unexpressed;
use crate::diag::{Sink, SpecPtr};
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

/// All parameters of a socket, and its path without those that its query names.
pub(super) struct SocketParams {
    pub(super) nodes: Vec<Node>,
    pub(super) path: String,
}

/// A parameter as it is found: by its place and name there.
type ParamsByName = IndexMap<(&'static str, String), Node>;

pub(super) fn of(root: &Node, socket: &SocketAddress<'_>, sink: &mut Sink) -> SocketParams {
    let mut found = ParamsByName::new();
    let template = Template::of(&socket.path);
    let mut in_query = HashSet::new();
    for channel in &socket.channels {
        let address: HashSet<&str> = braced(channel.address()).collect();
        for (name, entry) in entries(channel.source, "parameters") {
            let Some((_, source)) = behind(root, entry) else { continue };
            let Some((place, name)) = template.place(source, name, &address) else {
                let at = SpecPtr::root().child("channels").child(channel.key);
                let message = format_args!(
                    "the parameter `{name}` is of `{}`, which is no path and no part of the handshake",
                    channel.address()
                );
                unexpressed(source, &at.child("parameters").child(name), message, sink);
                continue;
            };
            let required = template.keys.contains(name) && place == "query";
            if required {
                in_query.insert(name);
            }
            let made = || declared(source, place, name, required || place == "path");
            found.entry((place, name.to_owned())).or_insert_with(made);
        }
    }
    let operations = socket.operations(root);
    let channels = socket.channels.iter().map(|it| it.source);
    let mut seen = HashSet::new();
    for holder in channels.chain(operations).chain(socket.server) {
        if let Some(binding) = binding(root, holder).filter(|it| seen.insert(it.id)) {
            of_binding(root, binding, &mut found);
        }
    }
    let path = Template::without(&socket.path, &in_query);
    SocketParams { nodes: found.into_values().collect(), path }
}

fn of_binding(root: &Node, binding: &Node, found: &mut ParamsByName) {
    for (place, key) in [("query", "query"), ("header", "headers")] {
        let members = binding.get(key).map(|it| members(root, it)).unwrap_or_default();
        let required = members.iter().flat_map(|it| items(it, "required"));
        let required: HashSet<_> = required.filter_map(Node::as_str).collect();
        for (name, it) in members.iter().flat_map(|it| entries(it, "properties")) {
            let is_required = required.contains(name.as_str());
            found
                .entry((place, name.clone()))
                .or_insert_with(|| parameter(it, place, name, is_required, it.clone()));
        }
    }
}

/// A schema with all that it is by `allOf`.
fn members<'a>(root: &'a Node, schema: &'a Node) -> Vec<&'a Node> {
    let (mut found, mut rest) = (Vec::new(), vec![schema]);
    let mut seen = HashSet::new();
    while let Some(it) = rest.pop() {
        let Some((_, schema)) = behind(root, it) else { continue };
        if seen.insert(schema.id) {
            found.push(schema);
            rest.extend(items(schema, "allOf").iter().rev());
        }
    }
    found
}

/// The names in the address of a socket.
struct Template<'p> {
    route: HashSet<&'p str>,
    /// Keys of the query by the names that their values are.
    query: HashMap<&'p str, &'p str>,
    keys: HashSet<&'p str>,
}

impl<'p> Template<'p> {
    fn of(path: &'p str) -> Self {
        let (route, query) = path.split_once('?').unwrap_or((path, ""));
        let pairs = query.split('&').filter_map(|it| it.split_once('='));
        let pairs = pairs.filter_map(|(key, value)| Some((only_name(value)?, key)));
        let query: HashMap<_, _> = pairs.collect();
        let keys = query.values().copied().collect();
        Self { route: braced(route).collect(), query, keys }
    }

    /// The place where a parameter of a channel is sent. Those that no address has are of the query, unless they say
    /// that they are headers: documents put queries there, and say of them that they are of messages. An address that
    /// is not a path keeps its names to itself.
    fn place<'a>(
        &self,
        source: &'a Node,
        name: &'a str,
        address: &HashSet<&str>,
    ) -> Option<(&'static str, &'a str)>
    where
        'p: 'a,
    {
        if self.route.contains(name) {
            return Some(("path", name));
        }
        if let Some(key) = self.query.get(name) {
            return Some(("query", *key));
        }
        let location = source.text("location").unwrap_or_default();
        if let Some(header) = location.strip_prefix("$message.header#/") {
            return Some(("header", header));
        }
        (!address.contains(name)).then_some(("query", name))
    }

    /// The path without the pairs of its query that parameters are.
    fn without(path: &str, keys: &HashSet<&str>) -> String {
        let Some((route, query)) = path.split_once('?') else { return path.to_owned() };
        let is_fixed = |it: &&str| {
            let pair = it.split_once('=');
            pair.is_none_or(|(key, value)| !keys.contains(key) || only_name(value).is_none())
        };
        let query: Vec<_> = query.split('&').filter(is_fixed).collect();
        if query.is_empty() { route.to_owned() } else { format!("{route}?{}", query.join("&")) }
    }
}

/// The name of the parameter that a value of a query is, if it is nothing else.
fn only_name(value: &str) -> Option<&str> {
    value.strip_prefix('{')?.strip_suffix('}').filter(|it| !it.contains(['{', '}']))
}

fn binding<'a>(root: &'a Node, holder: &'a Node) -> Option<&'a Node> {
    let bindings = behind(root, holder.get("bindings")?)?.1;
    Some(behind(root, bindings.get("ws")?)?.1)
}

/// A parameter as channels declare it: from AsyncAPI 3 on without a schema.
fn declared(source: &Node, place: &'static str, name: &str, required: bool) -> Node {
    let schema = source.get("schema").cloned().unwrap_or_else(|| {
        let mut schema = Map::from_iter([("type".to_owned(), text(source.id, "string"))]);
        copy(source, &["enum", "default"], &mut schema);
        node(source.id, Value::Map(schema))
    });
    parameter(source, place, name, required, schema)
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
