//! Says what a document of AsyncAPI 2.x or 3.x says in the words of OpenAPI: a socket becomes the operation that opens
//! it, with the messages that the client sends as its body and those that it receives as the response of status 101.
//!
//! Nodes keep their numbers, so that findings are shown where the AsyncAPI document says what they are about.

mod beside;
mod channel;
mod definition;
mod frame;
mod incomplete;
mod message;
mod page;
mod params;
mod perspective;
#[cfg(test)]
mod repeats;
mod same;
mod security;
mod server;
mod socket;
#[cfg(test)]
mod tests;
mod tree;

use super::node::{Map, Node, Value};
use crate::config::Perspective;
use crate::diag::{Exact, Failed, NOT_EXPRESSED, NOT_OPENAPI, Sink, SpecPtr};
pub(super) use beside::join;
use tree::{node, text};

/// The content type of messages, in documents that state none.
const JSON: &str = "application/json";

/// Tells whether a tree is an AsyncAPI document, or the block of a documentation page that describes a channel.
pub(super) fn is_asyncapi(root: &Node) -> bool {
    root.get("asyncapi").is_some() || page::is_page(root)
}

/// The document that the block of a page was made from, as far as it is known.
pub(crate) fn document_of_page(block: &Node) -> Option<Node> {
    page::is_page(block).then(|| page::as_document(block))
}

/// An AsyncAPI document as OpenAPI.
///
/// # Errors
/// A version or a protocol that the generator does not speak, or no socket at all.
pub(super) fn as_openapi(
    root: &Node,
    stated: Option<Perspective>,
    sink: &mut Sink,
) -> Result<Node, Failed> {
    let made = document_of_page(root);
    let root = made.as_ref().unwrap_or(root);
    let version = version(root, sink)?;
    let servers = server::all(root, sink)?;
    let mut messages = message::PayloadSchemas::of(root);
    let channels = channel::all(root, version, stated, &mut messages, sink);
    let sockets = socket::joined(root, channels, &servers, sink);
    if sockets.is_empty() {
        let message = "no channel of this document is a socket that a client can open";
        sink.report(&NOT_OPENAPI, &SpecPtr::root(), message);
        return Err(Failed);
    }
    Ok(document(root, &sockets, messages, sink))
}

/// The major version.
fn version(root: &Node, sink: &mut Sink) -> Result<u8, Failed> {
    let stated = root.get("asyncapi");
    let stated = stated.and_then(|it| it.as_str().map(str::to_owned).or_else(|| it.as_text()));
    let stated = stated.unwrap_or_default();
    match stated.split('.').next() {
        Some("2") => Ok(2),
        Some("3") => Ok(3),
        _ => {
            let message = format_args!("AsyncAPI `{stated}` is neither 2.x nor 3.x");
            sink.report(&NOT_OPENAPI, &SpecPtr::root().child("asyncapi"), message);
            Err(Failed)
        }
    }
}

/// The document with its sockets as operations.
fn document<'a>(
    root: &'a Node,
    sockets: &[socket::SocketAddress<'a>],
    mut messages: message::PayloadSchemas<'a>,
    sink: &mut Sink,
) -> Node {
    let id = root.id;
    let mut map = Map::new();
    map.insert("openapi".to_owned(), text(id, "3.1.0"));
    tree::copy(root, &["info", "tags", "externalDocs"], &mut map);
    let servers = sockets.iter().take(1).map(|it| it.server_node(id));
    map.insert("servers".to_owned(), node(id, Value::List(servers.collect())));
    let mut schemes = security::schemes(root, sink);
    let paths = socket::paths(root, sockets, &mut schemes, &mut messages, sink);
    map.insert("paths".to_owned(), paths);
    let mut components = Map::new();
    components.insert("schemas".to_owned(), messages.into_schemas(sink));
    components.insert("securitySchemes".to_owned(), node(id, Value::Map(schemes.found)));
    map.insert("components".to_owned(), node(id, Value::Map(components)));
    node(id, Value::Map(map))
}

/// Says that something of the document is of no use to a client.
fn unexpressed(source: &Node, at: &SpecPtr, message: impl std::fmt::Display, sink: &mut Sink) {
    sink.report(&NOT_EXPRESSED, at, message).exactly(Exact::Node(source.id));
}
