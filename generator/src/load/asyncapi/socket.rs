//! Sockets: channels of one address joined, each as the operation that opens it.

use super::super::node::{Map, Node, Value};
use super::channel::Channel;
use super::frame::FrameKind;
use super::message::{Message, PayloadSchemas};
use super::params;
use super::security::Schemes;
use super::server::{SocketServer, Url};
use super::tree::{behind, braced, items, node, object, size, text};
use super::unexpressed;
use crate::diag::{NodeId, Sink, SpecPtr};
use indexmap::IndexMap;
use std::collections::{HashMap, HashSet};

/// Nodes that all sockets may have, as many as most documents may: they may repeat what a few references say once.
const MAX_NODES: usize = 1_000_000;

/// A socket that a client can open.
pub(super) struct SocketAddress<'a> {
    /// Scheme and host, and the path as far as it holds variables of the server.
    base: String,
    /// With the query that its address states.
    pub(super) path: String,
    pub(super) server: Option<&'a Node>,
    pub(super) channels: Vec<Channel<'a>>,
}

/// The channels by the address that a socket is opened at.
pub(super) fn joined<'a>(
    root: &'a Node,
    channels: Vec<Channel<'a>>,
    servers: &[SocketServer<'a>],
    sink: &mut Sink,
) -> Vec<SocketAddress<'a>> {
    let mut sockets: IndexMap<(String, String), SocketAddress<'a>> = IndexMap::new();
    let known = KnownServers::of(servers);
    let mut used = HashSet::new();
    for channel in channels {
        let address = channel.address();
        let is_url =
            ["ws://", "wss://", "http://", "https://"].iter().any(|it| address.starts_with(it));
        let server = match is_url {
            true => None,
            false => match known.server(root, &channel, servers, sink) {
                Ok(it) => it,
                Err(Elsewhere) => continue,
            },
        };
        used.extend(server.map(|it| it.source.id));
        let url = match server {
            Some(it) => it.url.clone(),
            None => Url::of(if is_url { address } else { "" }, None),
        };
        let path = path(&channel, &url, sink);
        let socket =
            sockets.entry((url.base.clone(), path.clone())).or_insert_with(|| SocketAddress {
                base: url.base,
                path,
                server: server.map(|it| it.source),
                channels: Vec::new(),
            });
        socket.channels.push(channel);
    }
    not_moved(&sockets, sink);
    for other in servers.iter().filter(|it| !used.contains(&it.source.id)) {
        let at = SpecPtr::root().child("servers").child(other.name);
        let message = format_args!(
            "a socket is opened at the first server of its channel: `{}` is reached by `base_url`",
            other.name
        );
        unexpressed(other.source, &at, message, sink);
    }
    sockets.into_values().collect()
}

/// Says that a base URL of the client does not move all sockets, if some are not at the server of the first.
fn not_moved(sockets: &IndexMap<(String, String), SocketAddress<'_>>, sink: &mut Sink) {
    let Some(((first, _), _)) = sockets.first() else { return };
    let other = sockets.iter().find(|((base, _), _)| base != first);
    let Some(((base, _), socket)) = other else { return };
    let channel = &socket.channels[0];
    let at = SpecPtr::root().child("channels").child(channel.key);
    let message = format_args!(
        "the sockets at `{base}` are not at the server of the client: `base_url` does not move them"
    );
    unexpressed(channel.source, &at, message, sink);
}

/// The servers as channels name them.
struct KnownServers<'s, 'a> {
    names: HashMap<&'a str, &'s SocketServer<'a>>,
    nodes: HashMap<NodeId, &'s SocketServer<'a>>,
}

/// A channel is at none of the servers that speak WebSocket.
struct Elsewhere;

impl<'s, 'a> KnownServers<'s, 'a> {
    fn of(servers: &'s [SocketServer<'a>]) -> Self {
        let names = servers.iter().map(|it| (it.name, it)).collect();
        Self { names, nodes: servers.iter().map(|it| (it.source.id, it)).collect() }
    }

    /// The first server that a channel is at; none if the document has no servers.
    fn server(
        &self,
        root: &'a Node,
        channel: &Channel<'a>,
        servers: &'s [SocketServer<'a>],
        sink: &mut Sink,
    ) -> Result<Option<&'s SocketServer<'a>>, Elsewhere> {
        let list = items(channel.source, "servers");
        let first = list.iter().find_map(|it| match it.as_str() {
            Some(name) => self.names.get(name).copied(),
            None => self.nodes.get(&behind(root, it)?.1.id).copied(),
        });
        if first.is_some() || list.is_empty() || servers.is_empty() {
            return Ok(first.or(servers.first()));
        }
        let at = SpecPtr::root().child("channels").child(channel.key);
        let message = format_args!(
            "the channel `{}` is at none of the servers that speak WebSocket",
            channel.key
        );
        unexpressed(channel.source, &at, message, sink);
        Err(Elsewhere)
    }
}

/// The path of a socket, with the query that its address states.
fn path(channel: &Channel<'_>, url: &Url, sink: &mut Sink) -> String {
    let mut path = url.path.clone() + &own_path(channel, url, sink);
    if path.is_empty() || path.starts_with('?') {
        path.insert(0, '/');
    }
    match url.query.strip_prefix('?') {
        Some(query) if path.contains('?') => path + "&" + query,
        _ => path + &url.query,
    }
}

/// The part of a channel's address that follows the server's path. An address that is no path names a feed of the one
/// socket there.
fn own_path(channel: &Channel<'_>, url: &Url, sink: &mut Sink) -> String {
    let address = channel.address();
    if !is_path(address) || address == "/" {
        return String::new();
    }
    if url.ends_with(address) {
        let at = SpecPtr::root().child("channels").child(channel.key);
        let message = format_args!(
            "the path `{address}` ends the URL of the server already, and is not added again"
        );
        unexpressed(channel.source, &at, message, sink);
        return String::new();
    }
    let slash = if address.starts_with('/') { "" } else { "/" };
    format!("{slash}{address}")
}

/// Tells whether an address is a path, and neither the name of a feed nor a URL. Some documents leave out the first
/// slash.
fn is_path(address: &str) -> bool {
    if address.contains("://") {
        return false;
    }
    let is_parameter = |it: &str| it.starts_with('{') && it.ends_with('}');
    address.split('?').next().is_some_and(|it| it.contains('/') || is_parameter(it))
}

/// All sockets as the paths of an OpenAPI document.
pub(super) fn paths<'a>(
    root: &'a Node,
    sockets: &[SocketAddress<'a>],
    schemes: &mut Schemes,
    messages: &mut PayloadSchemas<'a>,
    sink: &mut Sink,
) -> Node {
    let id = root.id;
    let first = sockets.first().map(|it| it.base.clone());
    let mut paths = Map::new();
    let mut counts = HashMap::new();
    let mut left = MAX_NODES;
    for socket in sockets {
        let params = params::of(root, socket, sink);
        let own_path = params.path;
        let mut operation = operation(socket, params.nodes, sockets.len() == 1, messages);
        let Value::Map(map) = &mut operation.value else { continue };
        if first.as_ref() != Some(&socket.base) {
            map.insert("servers".to_owned(), node(id, Value::List(vec![socket.server_node(id)])));
        }
        let holders = socket.server.into_iter().chain(socket.channels.iter().map(|it| it.source));
        let mut holders = holders.chain(socket.operations(root));
        // Security of an operation counts before that of its channel, and this before that of the server.
        let closest = holders.rfind(|it| it.get("security").is_some());
        if let Some(security) = closest.and_then(|it| schemes.required(root, it, sink)) {
            map.insert("security".to_owned(), security);
        }
        operation.note().socket = true;
        let size = size(&operation);
        if size > left {
            let at = SpecPtr::root().child("channels").child(socket.channels[0].key);
            let message = "the sockets repeat more than a client can hold: from this one on they are left out";
            unexpressed(socket.channels[0].source, &at, message, sink);
            break;
        }
        left -= size;
        let item = object(operation.id, [("get", operation)]);
        // Two sockets of one path at different servers: OpenAPI tells paths apart by their fragments.
        let mut path = own_path.clone();
        while paths.contains_key(&path) {
            let count: &mut usize = counts.entry(own_path.clone()).or_default();
            *count += 1;
            path = format!("{own_path}#{count}");
        }
        paths.insert(path, item);
    }
    node(id, Value::Map(paths))
}

impl<'a> SocketAddress<'a> {
    /// The operations of all channels, each behind its traits, which it overrides.
    pub(super) fn operations(&self, root: &'a Node) -> impl DoubleEndedIterator<Item = &'a Node> {
        let operations = self.channels.iter().flat_map(|it| &it.operations);
        let all = operations.flat_map(move |it| {
            let traits = items(it.source, "traits").iter().filter_map(|it| behind(root, it));
            traits.map(|it| it.1).chain([it.source])
        });
        all.collect::<Vec<_>>().into_iter()
    }

    /// The server of a socket as OpenAPI has it.
    pub(super) fn server_node(&self, id: NodeId) -> Node {
        let id = self.server.map_or(id, |it| it.id);
        let mut map = Map::from_iter([("url".to_owned(), text(id, &self.base))]);
        if let Some(server) = self.server {
            super::tree::copy(server, &["description"], &mut map);
            if let Some(all) = server.get("variables") {
                let own = braced(&self.base)
                    .filter_map(|name| Some((name.to_owned(), all.get(name)?.clone())));
                map.insert("variables".to_owned(), node(all.id, Value::Map(own.collect())));
            }
        }
        node(id, Value::Map(map))
    }

    /// The words of its path that say what its messages are about.
    fn words(&self) -> String {
        let is_version = |it: &str| {
            it.strip_prefix('v').is_some_and(|it| it.chars().all(|it| it.is_ascii_digit()))
        };
        let says_nothing = |it: &&str| {
            ["", "websocket", "ws", "stream"].contains(it) || it.contains('{') || is_version(it)
        };
        let path = self.path.split('?').next().unwrap_or_default();
        let words: Vec<_> = path.split('/').filter(|it| !says_nothing(it)).collect();
        words.join(" ")
    }
}

fn operation<'a>(
    socket: &SocketAddress<'a>,
    parameters: Vec<Node>,
    is_only: bool,
    messages: &mut PayloadSchemas<'a>,
) -> Node {
    let channel = socket.channels[0].source;
    let id = channel.id;
    let mut map = Map::new();
    if socket.path == "/" {
        map.insert("operationId".to_owned(), text(id, "connect"));
    }
    if let [only] = socket.channels.as_slice() {
        let title = only.source.get("title").filter(|it| it.as_str() != Some(only.key));
        if let Some(it) = only.source.get("summary").or(title) {
            map.insert("summary".to_owned(), it.clone());
        }
        super::tree::copy(only.source, &["description"], &mut map);
    }
    map.insert("parameters".to_owned(), node(id, Value::List(parameters)));
    let words = if is_only { String::new() } else { socket.words() + " " };
    let all = |by_client: bool| {
        let operations = socket.channels.iter().flat_map(|it| &it.operations);
        operations.filter(move |it| it.by_client == by_client).flat_map(|it| &it.messages)
    };
    if let Some(content) = content(id, &(words.clone() + "client message"), all(true), messages) {
        let required = node(id, Value::Bool(true));
        map.insert(
            "requestBody".to_owned(),
            object(id, [("content", content), ("required", required)]),
        );
    }
    let mut response = Map::from_iter([("description".to_owned(), text(id, ""))]);
    if let Some(content) = content(id, &(words + "server message"), all(false), messages) {
        response.insert("content".to_owned(), content);
    }
    map.insert("responses".to_owned(), object(id, [("101", node(id, Value::Map(response)))]));
    node(id, Value::Map(map))
}

/// The messages of one direction by their frames: a schema for all objects, one for all words, and bytes.
fn content<'m>(
    id: NodeId,
    name: &str,
    all: impl Iterator<Item = &'m Message>,
    messages: &mut PayloadSchemas<'_>,
) -> Option<Node> {
    let mut frames: [(FrameKind, &str, &str, Vec<Node>); 3] = [
        (FrameKind::Json, "", "application/json", Vec::new()),
        (FrameKind::Word, " word", "text/plain", Vec::new()),
        (FrameKind::Binary, "", "application/octet-stream", Vec::new()),
    ];
    let mut seen = HashSet::new();
    for message in all {
        // A schema that is no reference is the one for all payloads of its frame.
        let schema = message.schema.text("$ref").unwrap_or_default();
        for (frame, .., schemas) in &mut frames {
            if *frame == message.frame && seen.insert((*frame, schema)) {
                schemas.push(message.schema.clone());
            }
        }
    }
    let mut content = Map::new();
    for (_, word, mime, mut schemas) in frames {
        let schema = match schemas.len() {
            0 => continue,
            1 => schemas.remove(0),
            _ => messages.choice(id, &format!("{name}{word}"), schemas),
        };
        content.insert(mime.to_owned(), object(id, [("schema", schema)]));
    }
    (!content.is_empty()).then(|| node(id, Value::Map(content)))
}
