//! The channels of a document, with what is said on them.

use super::super::node::Node;
use super::message::{self, Message, MessageKey, PayloadSchemas};
use super::tree::{behind, entries};
use super::{perspective, unexpressed};
use crate::config::Perspective;
use crate::diag::{Exact, NOT_EXPRESSED, NodeId, Sink, SpecPtr};
use std::collections::{HashMap, HashSet};

/// A channel.
pub(super) struct Channel<'a> {
    pub(super) key: &'a str,
    pub(super) source: &'a Node,
    pub(super) operations: Vec<ChannelOperation<'a>>,
}

impl<'a> Channel<'a> {
    /// The address as the document has it: empty where it is null.
    pub(super) fn address(&self) -> &'a str {
        match self.source.get("address") {
            Some(it) => it.as_str().unwrap_or_default(),
            None => self.key,
        }
    }
}

/// Messages of a channel in one direction.
pub(super) struct ChannelOperation<'a> {
    pub(super) source: &'a Node,
    /// The client sends them; the server does otherwise.
    pub(super) by_client: bool,
    pub(super) messages: Vec<Message>,
    /// Its summary, description and title.
    pub(super) words: Vec<&'a str>,
}

/// All channels that anything is said on.
pub(super) fn all<'a>(
    root: &'a Node,
    version: u8,
    stated: Option<Perspective>,
    messages: &mut PayloadSchemas<'a>,
    sink: &mut Sink,
) -> Vec<Channel<'a>> {
    let at = SpecPtr::root().child("channels");
    let mut channels = Vec::new();
    for (key, entry) in entries(root, "channels") {
        match behind(root, entry) {
            Some((_, source)) => channels.push(Channel { key, source, operations: Vec::new() }),
            None => {
                let to = entry.text("$ref").unwrap_or_default();
                let message =
                    format_args!("the channel `{key}` is in `{to}`, and not in this document");
                unexpressed(entry, &at.child(key), message, sink);
            }
        }
    }
    match version {
        2 => channels.iter_mut().for_each(|it| of_version_2(it, &at, messages, sink)),
        _ => of_version_3(root, &mut channels, messages, sink),
    }
    channels.retain(|it| !it.operations.is_empty());
    perspective::settle(&mut channels, stated, &at, sink);
    channels
}

/// In AsyncAPI 2 a channel says what others publish to the application, and what they can subscribe to.
fn of_version_2<'a>(
    channel: &mut Channel<'a>,
    at: &SpecPtr,
    messages: &mut PayloadSchemas<'a>,
    sink: &mut Sink,
) {
    for (key, by_client) in [("publish", true), ("subscribe", false)] {
        let Some(source) = channel.source.get(key) else { continue };
        let at = at.child(channel.key).child(key).child("message");
        let key = match source.text("operationId") {
            Some(name) => MessageKey::Holder(name),
            None => MessageKey::Channel(channel.key),
        };
        let listed = source.get("message").map(|it| messages.listed(key, it, &at, sink));
        let messages = listed.unwrap_or_default();
        let words = words(source);
        channel.operations.push(ChannelOperation { source, by_client, messages, words });
    }
}

/// In AsyncAPI 3 operations stand beside the channels, and say whether the application sends or receives.
fn of_version_3<'a>(
    root: &'a Node,
    channels: &mut [Channel<'a>],
    messages: &mut PayloadSchemas<'a>,
    sink: &mut Sink,
) {
    let at = SpecPtr::root().child("operations");
    let known = channels.iter().enumerate().map(|(index, it)| (it.source.id, index));
    let known: HashMap<NodeId, usize> = known.collect();
    // Operations that list no messages have all of their channel, which are told once.
    let mut whole = HashSet::new();
    let mut replies = Vec::new();
    for (name, entry) in entries(root, "operations") {
        let at = at.child(name);
        let Some((_, source)) = behind(root, entry) else {
            let to = entry.text("$ref").unwrap_or_default();
            let message =
                format_args!("the operation `{name}` is in `{to}`, and not in this document");
            unexpressed(entry, &at, message, sink);
            continue;
        };
        let Some(by_client) = is_sent_by_client(source, &at, sink) else { continue };
        replies.extend(
            source.get("reply").map(|it| (it, at.child("reply"))).filter(|_| replies.is_empty()),
        );
        let sides = [(Some(source), by_client), (source.get("reply"), !by_client)];
        for (holder, by_client) in sides {
            let Some(holder) = holder.and_then(|it| behind(root, it)).map(|it| it.1) else {
                continue;
            };
            let Some(index) = channel_of(root, holder, &known, &at, sink) else { continue };
            let channel = &mut channels[index];
            let listed = match holder.get("messages") {
                Some(it) => listed(it, name, &at, sink),
                None if whole.insert((index, by_client)) => message::of_channel(channel.source)
                    .map(|(key, it)| (MessageKey::Own(key), it))
                    .collect(),
                None => Vec::new(),
            };
            let listed =
                listed.into_iter().flat_map(|(key, it)| messages.listed(key, it, &at, sink));
            let messages = listed.collect();
            let words = words(holder);
            channel.operations.push(ChannelOperation {
                source: holder,
                by_client,
                messages,
                words,
            });
        }
    }
    for (source, at) in replies {
        uncorrelated(root, source, &at, sink);
    }
}

/// Tells whether a client sends the messages of an operation, which the application, a server, receives.
fn is_sent_by_client(source: &Node, at: &SpecPtr, sink: &mut Sink) -> Option<bool> {
    match source.text("action") {
        Some("receive") => Some(true),
        Some("send") => Some(false),
        _ => {
            let message = "an operation whose action is neither `send` nor `receive`";
            unexpressed(source, at, message, sink);
            None
        }
    }
}

/// Says that nothing awaits the reply to a message, and by which property replies can be told apart.
fn uncorrelated(root: &Node, source: &Node, at: &SpecPtr, sink: &mut Sink) {
    let message = "a reply is received as any other message: no call awaits it";
    let found = sink.report(&NOT_EXPRESSED, at, message).exactly(Exact::Node(source.id));
    let components = root.get("components");
    let holders = entries(root, "channels").map(|it| it.1).chain(components);
    let mut messages = holders.flat_map(|it| entries(it, "messages")).map(|it| it.1);
    let property = messages.find_map(|it| {
        let id = behind(root, it)?.1.get("correlationId")?;
        behind(root, id)?.1.text("location")?.strip_prefix("$message.payload#/")
    });
    if let Some(property) = property.filter(|it| !it.contains('/')) {
        found.help(format_args!(
            "`contexts(\"{property}\")` of the socket gives the messages of one request"
        ));
    }
}

/// The channel that an operation or a reply is about, by its number.
fn channel_of(
    root: &Node,
    holder: &Node,
    known: &HashMap<NodeId, usize>,
    at: &SpecPtr,
    sink: &mut Sink,
) -> Option<usize> {
    let entry = holder.get("channel")?;
    let found = behind(root, entry).and_then(|it| known.get(&it.1.id));
    if found.is_none() {
        let to = entry.text("$ref").unwrap_or_default();
        // Channels that are elsewhere are told where they are listed.
        if !is_listed(root, to) {
            let message = format_args!("`{to}` is none of the channels of this document");
            unexpressed(entry, &at.child("channel"), message, sink);
        }
    }
    found.copied()
}

/// Tells whether a reference leads to an entry of the channels, wherever that leads to.
fn is_listed(root: &Node, reference: &str) -> bool {
    let key = reference.strip_prefix("#/channels/").map(|it| it.replace("~1", "/"));
    let channels = root.get("channels");
    key.is_some_and(|key| channels.and_then(|it| it.get(&key)).is_some())
}

/// The messages that an operation lists.
fn listed<'a>(
    messages: &'a Node,
    name: &'a str,
    at: &SpecPtr,
    sink: &mut Sink,
) -> Vec<(MessageKey<'a>, &'a Node)> {
    let Some(list) = messages.as_list() else {
        let message =
            "the messages of an operation are a list of references to those of its channel";
        unexpressed(messages, &at.child("messages"), message, sink);
        return Vec::new();
    };
    list.iter().map(|it| (MessageKey::Holder(name), it)).collect()
}

fn words(source: &Node) -> Vec<&str> {
    ["summary", "description", "title"].into_iter().filter_map(|key| source.text(key)).collect()
}
