//! The servers of an AsyncAPI document, by their URLs.

use super::super::node::Node;
use super::tree::{behind, entries};
use crate::diag::{Exact, Failed, NOT_OPENAPI, Sink, SpecPtr};

/// A server that speaks WebSocket.
pub(super) struct Server<'a> {
    pub(super) name: &'a str,
    /// Where the document has it.
    pub(super) source: &'a Node,
    /// With its scheme and path.
    pub(super) url: String,
}

/// The servers that a client can open sockets at.
///
/// # Errors
/// If there are servers, and none speaks WebSocket.
pub(super) fn all<'a>(root: &'a Node, sink: &mut Sink) -> Result<Vec<Server<'a>>, Failed> {
    let mut servers = Vec::new();
    let mut others = Vec::new();
    for (name, entry) in entries(root, "servers") {
        let Some((_, source)) = behind(root, entry) else { continue };
        match protocol(source) {
            Some("ws" | "wss" | "http" | "https") => {
                servers.push(Server { name, source, url: url(source) });
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
