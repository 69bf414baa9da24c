//! From whose side a document is written. AsyncAPI describes an application, which for a vendor is its server; nearly
//! half of real documents describe the client instead, and nothing in them says so.

use super::channel::{Channel, ChannelOperation};
use crate::config::Perspective;
use crate::diag::{ASSUMED_PERSPECTIVE, Exact, Sink, SpecPtr};
use crate::name::snake;

/// Words that requests to a server begin with.
const COMMANDS: &[&str] = &[
    "add",
    "append",
    "authenticate",
    "cancel",
    "clear",
    "close",
    "commit",
    "configure",
    "create",
    "delete",
    "end",
    "finalize",
    "flush",
    "force",
    "get",
    "init",
    "initialize",
    "inject",
    "keep",
    "list",
    "remove",
    "request",
    "set",
    "start",
    "stop",
    "subscribe",
    "terminate",
    "unsubscribe",
    "update",
];
/// Words that the names of a client's messages end with, and those of a server's.
const CLIENTS: &[&str] = &["command", "input", "query", "request"];
const SERVERS: &[&str] =
    &["ack", "error", "event", "metadata", "reply", "response", "result", "results", "warning"];
/// Phrases of descriptions, the clearest first: those of clients, and those of servers.
const PHRASES: &[(&[&str], &[&str])] = &[
    (&["client to server"], &["server to client"]),
    (
        &["client sends", "client messages", "to the server", "from the client"],
        &[
            "server sends",
            "server publishes",
            "server messages",
            "to the client",
            "from the server",
        ],
    ),
];

/// Turns the operations of all channels round if the document is written from the client's side.
pub(super) fn settle(
    channels: &mut [Channel<'_>],
    stated: Option<Perspective>,
    at: &SpecPtr,
    sink: &mut Sink,
) {
    let votes: i32 = channels.iter().flat_map(|it| &it.operations).map(vote).sum();
    let side = stated.unwrap_or(if votes < 0 { Perspective::Client } else { Perspective::Server });
    if side == Perspective::Server {
        return;
    }
    for operation in channels.iter_mut().flat_map(|it| &mut it.operations) {
        operation.by_client = !operation.by_client;
    }
    if stated.is_some() {
        return;
    }
    let Some(first) = channels.first() else { return };
    let message = "the names of messages say that this document is written from the client's side: what it \
                   sends is what a client sends";
    sink.report(&ASSUMED_PERSPECTIVE, at, message).exactly(Exact::Node(first.source.id)).help(
        "say so in client.yaml, by `sockets: {perspective: client}`, or `server` if it is not",
    );
}

/// Positive if what an operation says of itself and of its messages fits the side that the standard gives it.
fn vote(operation: &ChannelOperation<'_>) -> i32 {
    let named = operation.messages.iter().filter(|it| it.is_named);
    let mut evidence: i32 = named.map(|it| 2 * by_name(&it.name)).sum();
    evidence += operation.words.iter().map(|it| by_words(it)).sum::<i32>();
    if operation.by_client { evidence } else { -evidence }
}

/// Positive if the name of a message is that of one which a client sends.
fn by_name(name: &str) -> i32 {
    let name = snake(name);
    let is_word = |it: &&str| {
        !it.chars().all(|it| it.is_ascii_digit()) && !["message", "payload", "frame"].contains(it)
    };
    let words: Vec<_> = name.split('_').filter(is_word).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return 0 };
    let has = |word: &str| words.contains(&word);
    match () {
        () if has("client") && !has("server") => 3,
        () if has("server") && !has("client") => -3,
        () if CLIENTS.contains(last) => 1,
        () if SERVERS.contains(last) => -1,
        // A server tells what has happened; a client asks for what shall happen.
        () if last.len() > 3 && last.ends_with("ed") && !last.ends_with("eed") => -1,
        () if COMMANDS.contains(first) => 1,
        () => 0,
    }
}

/// The same of a summary or description, which speaks to those who write clients.
fn by_words(text: &str) -> i32 {
    let text = text.trim().to_lowercase().replace('-', " ");
    let has = |phrases: &[&str]| phrases.iter().any(|it| text.contains(it));
    let clear = PHRASES.iter().find_map(|(client, server)| match (has(client), has(server)) {
        (true, false) => Some(3),
        (false, true) => Some(-3),
        _ => None,
    });
    clear.unwrap_or_else(|| match text.split(' ').next() {
        Some("send" | "subscribe") => 1,
        Some("receive") => -1,
        _ => 0,
    })
}
