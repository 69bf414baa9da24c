//! Sockets: channels of one address joined, each as the operation that opens it.

use super::super::node::{Map, Node, Value};
use super::channel::Channel;
use super::message::{Frame, Message, Messages};
use super::params;
use super::security::Schemes;
use super::server::Server;
use super::tree::{behind, items, node, object, text};
use super::unexpressed;
use crate::diag::{NodeId, Sink, SpecPtr};
use indexmap::IndexMap;

/// A socket that a client can open.
pub(super) struct Socket<'a> {
    /// Scheme and host, and the path as far as it holds variables of the server.
    base: String,
    pub(super) path: String,
    server: Option<&'a Node>,
    pub(super) channels: Vec<Channel<'a>>,
}

/// The channels by the address that a socket is opened at.
pub(super) fn joined<'a>(
    root: &'a Node,
    channels: Vec<Channel<'a>>,
    servers: &[Server<'a>],
    sink: &mut Sink,
) -> Vec<Socket<'a>> {
    let mut sockets: IndexMap<(String, String), Socket<'a>> = IndexMap::new();
    for channel in channels {
        let server = server(root, &channel, servers);
        let url = server.map_or("", |it| it.url.as_str());
        let (base, above) = split(url, server.map(|it| it.source));
        let path = above + &own_path(&channel, url, sink);
        let path = if path.is_empty() { "/".to_owned() } else { path };
        let socket = sockets.entry((base.clone(), path.clone())).or_insert_with(|| Socket {
            base,
            path,
            server: server.map(|it| it.source),
            channels: Vec::new(),
        });
        socket.channels.push(channel);
    }
    sockets.into_values().collect()
}

/// The first server that a channel is at.
fn server<'s, 'a>(
    root: &'a Node,
    channel: &Channel<'a>,
    servers: &'s [Server<'a>],
) -> Option<&'s Server<'a>> {
    let named = items(channel.source, "servers").iter().find_map(|it| {
        let name = match it.as_str() {
            Some(name) => name.to_owned(),
            None => behind(root, it)?.0?,
        };
        servers.iter().find(|it| it.name == name)
    });
    named.or(servers.first())
}

/// A server's URL without its path, and the path: a part of the operation's, unless variables of the server stand in it.
fn split(url: &str, server: Option<&Node>) -> (String, String) {
    let from = url.find("://").map_or(0, |it| it + 3);
    let Some(slash) = url[from..].find('/') else { return (url.to_owned(), String::new()) };
    let (base, path) = url.split_at(from + slash);
    let variables = server.and_then(|it| it.get("variables")).and_then(Node::as_map);
    let is_variable =
        variables.into_iter().flatten().any(|(name, _)| path.contains(&format!("{{{name}}}")));
    let path = path.trim_end_matches('/');
    if is_variable {
        (base.to_owned() + path, String::new())
    } else {
        (base.to_owned(), path.to_owned())
    }
}

/// What a channel's address adds to the path of its server. One that is no path names a feed of the one socket there.
fn own_path(channel: &Channel<'_>, url: &str, sink: &mut Sink) -> String {
    let stated = channel.source.get("address");
    let address = match stated {
        Some(it) => it.as_str().unwrap_or_default(),
        None => channel.key,
    };
    if !address.starts_with('/') || address == "/" {
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
    address.to_owned()
}

/// All sockets as the paths of an OpenAPI document.
pub(super) fn paths<'a>(
    root: &'a Node,
    sockets: &[Socket<'a>],
    schemes: &Schemes,
    messages: &mut Messages<'a>,
) -> Node {
    let id = root.id;
    let first = sockets.first().map(|it| it.base.clone());
    let mut paths = Map::new();
    for socket in sockets {
        let mut operation = operation(root, socket, sockets.len() == 1, messages);
        let Value::Map(map) = &mut operation.value else { continue };
        if first.as_ref() != Some(&socket.base) {
            map.insert("servers".to_owned(), node(id, Value::List(vec![socket.server_node(id)])));
        }
        let holders = socket.server.into_iter().chain(socket.channels.iter().map(|it| it.source));
        let holders = holders
            .chain(socket.channels.iter().flat_map(|it| it.operations.iter().map(|it| it.source)));
        // What stands closest to the socket counts.
        let security = holders.filter_map(|it| schemes.required(root, it)).next_back();
        if let Some(security) = security {
            map.insert("security".to_owned(), security);
        }
        operation.note().socket = true;
        let item = object(operation.id, [("get", operation)]);
        // Two sockets of one path at different servers: OpenAPI tells paths apart by their fragments.
        let mut path = socket.path.clone();
        while paths.contains_key(&path) {
            path += "#";
        }
        paths.insert(path, item);
    }
    node(id, Value::Map(paths))
}

impl Socket<'_> {
    /// The server of a socket as OpenAPI has it.
    pub(super) fn server_node(&self, id: NodeId) -> Node {
        let id = self.server.map_or(id, |it| it.id);
        let mut map = Map::from_iter([("url".to_owned(), text(id, &self.base))]);
        if let Some(server) = self.server {
            super::tree::copy(server, &["description", "variables"], &mut map);
        }
        if let Some(Value::Map(variables)) = map.get_mut("variables").map(|it| &mut it.value) {
            variables.retain(|name, _| self.base.contains(&format!("{{{name}}}")));
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
        let words: Vec<_> = self.path.split('/').filter(|it| !says_nothing(it)).collect();
        words.join(" ")
    }
}

fn operation<'a>(
    root: &'a Node,
    socket: &Socket<'a>,
    is_only: bool,
    messages: &mut Messages<'a>,
) -> Node {
    let channel = socket.channels[0].source;
    let id = channel.id;
    let mut map = Map::new();
    if socket.path == "/" {
        map.insert("operationId".to_owned(), text(id, "connect"));
    }
    if let [only] = socket.channels.as_slice() {
        if let Some(it) = only.source.get("title").filter(|it| it.as_str() != Some(only.key)) {
            map.insert("summary".to_owned(), it.clone());
        }
        super::tree::copy(only.source, &["description"], &mut map);
    }
    let parameters = params::of(root, socket.server, &socket.channels, &socket.path);
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
    messages: &mut Messages<'_>,
) -> Option<Node> {
    let mut frames: [(Frame, &str, &str, Vec<Node>); 3] = [
        (Frame::Json, "", "application/json", Vec::new()),
        (Frame::Word, " word", "text/plain", Vec::new()),
        (Frame::Binary, "", "application/octet-stream", Vec::new()),
    ];
    for message in all {
        for (frame, .., schemas) in &mut frames {
            if *frame == message.frame && !schemas.contains(&message.schema) {
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
