//! The servers of an AsyncAPI document, by their URLs.

use super::super::node::Node;
use super::tree::{behind, braced, entries};
use crate::diag::{Exact, Failed, NOT_OPENAPI, Sink, SpecPtr};

/// A server that speaks WebSocket.
pub(super) struct SocketServer<'a> {
    pub(super) name: &'a str,
    /// Where the document has it.
    pub(super) source: &'a Node,
    /// Where it is, with a scheme.
    pub(super) url: Url,
}

/// A URL in the parts that matter to the paths of its sockets.
#[derive(Clone, Default)]
pub(super) struct Url {
    /// Scheme and host, and the path as far as it holds variables of the server.
    pub(super) base: String,
    /// The rest of the path.
    pub(super) path: String,
    /// The query with its question mark; empty without one.
    pub(super) query: String,
    /// The path, whichever part has it.
    whole: String,
}

impl Url {
    /// Takes a URL apart. A path belongs to the operation, unless variables of the server stand in it.
    pub(super) fn of(url: &str, server: Option<&Node>) -> Self {
        let (url, query) = url.split_at(url.find('?').unwrap_or(url.len()));
        let host = url.find("://").map_or(0, |it| it + 3);
        let path = url[host..].find('/').map_or(url.len(), |it| host + it);
        let (origin, whole) = url.split_at(path);
        let path = whole.trim_end_matches('/');
        let variables = server.and_then(|it| it.get("variables"));
        let is_variable =
            variables.is_some_and(|it| braced(path).any(|name| it.get(name).is_some()));
        let (base, path) = match is_variable {
            true => (origin.to_owned() + path, ""),
            false => (origin.to_owned(), path),
        };
        let (path, query, whole) = (path.to_owned(), query.to_owned(), whole.to_owned());
        Self { base, path, query, whole }
    }

    /// Tells whether the path has all of an address already.
    pub(super) fn ends_with(&self, address: &str) -> bool {
        self.whole.ends_with(address)
    }
}

/// The servers that a client can open sockets at.
///
/// # Errors
/// If there are servers, and none speaks WebSocket.
pub(super) fn all<'a>(root: &'a Node, sink: &mut Sink) -> Result<Vec<SocketServer<'a>>, Failed> {
    let mut servers = Vec::new();
    let mut others = Vec::new();
    for (name, entry) in entries(root, "servers") {
        let Some((_, source)) = behind(root, entry) else { continue };
        match protocol(source) {
            Some("ws" | "wss" | "http" | "https") => {
                let url = Url::of(&url(source), Some(source));
                servers.push(SocketServer { name, source, url });
            }
            other => others.push((name, source, other.unwrap_or("no protocol"))),
        }
    }
    let at = SpecPtr::root().child("servers");
    for (name, source, protocol) in &others {
        let message = format!("the server `{name}` speaks {protocol}, and clients speak WebSocket");
        let rule = if servers.is_empty() { &NOT_OPENAPI } else { &crate::diag::BAD_SERVER };
        sink.report(rule, &at.child(name), message).exactly(Exact::Node(source.id));
    }
    if servers.is_empty() && !others.is_empty() { Err(Failed) } else { Ok(servers) }
}

fn protocol(server: &Node) -> Option<&str> {
    let stated = server.text("protocol");
    stated.or_else(|| server.text("url")?.split_once("://").map(|it| it.0))
}

fn url(server: &Node) -> String {
    let scheme = protocol(server).unwrap_or("wss");
    let place = match server.text("url") {
        Some(url) if url.contains("://") => return url.to_owned(),
        Some(url) => url.to_owned(),
        None => {
            let path = server.text("pathname").unwrap_or_default();
            server.text("host").unwrap_or_default().trim_end_matches('/').to_owned() + path
        }
    };
    format!("{scheme}://{place}")
}
