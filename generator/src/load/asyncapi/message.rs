//! Messages, and their payloads as named schemas.

use super::super::node::{Map, Node, Value};
use super::frame::FrameKind;
use super::incomplete::IncompleteSchemas;
use super::tree::{SchemaPartContent, behind, entries, held, items, node, reach, reference};
use super::unexpressed;
use crate::diag::{NodeId, Sink, SpecPtr};
use std::collections::{HashMap, HashSet};

/// Limits the number of times that channels list messages, which is some hundred in real documents.
const MAX_LISTED: usize = 1 << 16;

/// The name of a message that the document does not name.
const NO_NAME: &str = "message";

/// The key of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MessageKey<'k> {
    /// The document has the message under it.
    Own(&'k str),
    /// It is the key of the operation around the message, which may have a name of its own.
    Holder(&'k str),
    /// It is the key of the channel around the message, which says nothing of who sends it.
    Channel(&'k str),
}

/// A message that one of both sides sends.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) name: String,
    /// The name is that of the message or of its operation, and not that of its channel.
    pub(super) is_named: bool,
    pub(super) frame: FrameKind,
    /// The schema of its payload: a reference to one of the components.
    pub(super) schema: Node,
}

/// The payloads of all messages so far.
pub(super) struct PayloadSchemas<'a> {
    root: &'a Node,
    default_type: &'a str,
    schemas: Map,
    /// The names of payloads that are schemas by now.
    named: HashMap<NodeId, String>,
    /// The number of schemas that wanted a name which another one had.
    clashes: HashMap<String, usize>,
    whole: IncompleteSchemas<'a>,
    /// The messages that are left out, of which each is told once, though both sides may send it.
    left_out: HashSet<NodeId>,
    /// The number of messages that channels have listed, repeats counted.
    count: usize,
}

impl<'a> PayloadSchemas<'a> {
    pub(super) fn of(root: &'a Node) -> Self {
        let schemas = root.get("components").and_then(|it| it.get("schemas"));
        Self {
            root,
            default_type: root.text("defaultContentType").unwrap_or(super::JSON),
            schemas: schemas.and_then(Node::as_map).cloned().unwrap_or_default(),
            named: HashMap::new(),
            clashes: HashMap::new(),
            whole: IncompleteSchemas::default(),
            left_out: HashSet::new(),
            count: 0,
        }
    }

    pub(super) fn into_schemas(mut self, sink: &mut Sink) -> Node {
        self.follow(sink);
        node(self.root.id, Value::Map(self.schemas))
    }

    /// The messages that a node of a document lists: one, or one of several.
    pub(super) fn listed(
        &mut self,
        key: MessageKey<'_>,
        entry: &'a Node,
        at: &SpecPtr,
        sink: &mut Sink,
    ) -> Vec<Message> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        let (key, is_own, is_channel) = match key {
            MessageKey::Own(key) => (key, true, false),
            MessageKey::Holder(key) => (key, false, false),
            MessageKey::Channel(key) => (key, false, true),
        };
        let mut rest = vec![(key.to_owned(), is_own, entry)];
        while let Some((key, is_own, entry)) = rest.pop() {
            if !self.may_list(entry, at, sink) {
                break;
            }
            let Some((last, source)) = behind(self.root, entry) else {
                let to = entry.text("$ref").unwrap_or_default();
                let message = format_args!("the message `{to}` is nowhere in this document");
                unexpressed(entry, at, message, sink);
                continue;
            };
            let (key, is_own) = last.map_or((key, is_own), |it| (it, true));
            let choice = items(source, "oneOf");
            if choice.is_empty() {
                let key = match (is_own, is_channel) {
                    (true, _) => MessageKey::Own(&key),
                    (false, true) => MessageKey::Channel(&key),
                    (false, false) => MessageKey::Holder(&key),
                };
                found.extend(self.one(key, source, at, sink));
            } else if seen.insert(source.id) {
                let members = choice.iter().enumerate().rev();
                rest.extend(members.map(|(index, it)| (format!("{key}_{}", index + 1), false, it)));
            }
        }
        found
    }

    /// Tells whether one more message may be listed: many channels may list many messages by few references.
    fn may_list(&mut self, entry: &Node, at: &SpecPtr, sink: &mut Sink) -> bool {
        self.count += 1;
        if self.count == MAX_LISTED + 1 {
            let message = format_args!(
                "channels list messages more than {MAX_LISTED} times: from here on they are left out"
            );
            unexpressed(entry, at, message, sink);
        }
        self.count <= MAX_LISTED
    }

    fn one(
        &mut self,
        key: MessageKey<'_>,
        source: &'a Node,
        at: &SpecPtr,
        sink: &mut Sink,
    ) -> Option<Message> {
        let traits = items(source, "traits").iter().filter_map(|it| behind(self.root, it));
        let holders: Vec<_> = std::iter::once(source).chain(traits.map(|it| it.1)).collect();
        let stated = |key: &str| holders.iter().find_map(|it| it.get(key));
        let content_type =
            stated("contentType").and_then(Node::as_str).unwrap_or(self.default_type);
        let is_stated = stated("contentType").is_some();
        let payload = stated("payload");
        let format = stated("schemaFormat").or_else(|| payload?.get("schemaFormat"));
        let format = format.and_then(Node::as_str).filter(|it| !is_json_schema(it));
        // From AsyncAPI 3 on a schema may stand beside the name of its format.
        let payload = match payload {
            Some(it) if it.get("schemaFormat").is_some() => it.get("schema"),
            other => other,
        };
        let name = name(key, source, payload);
        let nameless = MessageKey::Channel("");
        let is_named = match key {
            MessageKey::Channel(_) => self::name(nameless, source, payload) != NO_NAME,
            MessageKey::Own(_) | MessageKey::Holder(_) => true,
        };
        let mut left_out = |why: std::fmt::Arguments<'_>| {
            if self.left_out.insert(source.id) {
                unexpressed(source, at, format_args!("the message `{name}` {why}"), sink);
            }
            None
        };
        let Some(frame) = FrameKind::of(self.root, content_type, is_stated, payload) else {
            return left_out(format_args!("is `{content_type}`, which no frame of the client is"));
        };
        if frame != FrameKind::Binary
            && let Some(format) = format
        {
            return left_out(format_args!("is described by `{format}`, which is no JSON schema"));
        }
        if let Some(missing) = payload.and_then(|it| self.whole.missing(self.root, it)) {
            return left_out(format_args!("needs `{missing}`, which is not in this document"));
        }
        let schema = match (frame, payload) {
            (FrameKind::Binary, _) => object_of_bytes(source),
            (_, Some(payload)) => self.named(&name, payload, source),
            (_, None) => node(source.id, Value::Map(Map::new())),
        };
        Some(Message { name, is_named, frame, schema })
    }

    /// Turns references of schemas to messages, and to their payloads, into references to schemas.
    fn follow(&mut self, sink: &mut Sink) {
        let mut index = 0;
        // Each one that is found may have others in it, which come behind it.
        while let Some((_, schema)) = self.schemas.get_index(index) {
            let mut schema = schema.clone();
            self.follow_in(&mut schema, SchemaPartContent::Schema, sink);
            if let Some((_, it)) = self.schemas.get_index_mut(index) {
                *it = schema;
            }
            index += 1;
        }
    }

    fn follow_in(&mut self, schema: &mut Node, holds: SchemaPartContent, sink: &mut Sink) {
        let to = schema.text("$ref").filter(|it| !it.starts_with("#/components/schemas/"));
        let to = to.filter(|_| holds == SchemaPartContent::Schema);
        if let Some((key, target)) = to.and_then(|to| reach(self.root, to)) {
            let payload = target.get("payload").unwrap_or(target);
            let name = name(MessageKey::Own(&key), target, Some(payload));
            *schema = self.named(&name, payload, target);
            return;
        }
        match &mut schema.value {
            Value::List(list) => list.iter_mut().for_each(|it| self.follow_in(it, holds, sink)),
            Value::Map(map) => {
                for (key, it) in map {
                    if holds == SchemaPartContent::Schema && key == "discriminator" {
                        self.follow_discriminator(it, sink);
                    } else if let Some(holds) = held(holds, key, it) {
                        self.follow_in(it, holds, sink);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }

    /// In AsyncAPI a discriminator is the name of its property alone. Where it has a mapping as in OpenAPI, it may lead
    /// to messages.
    fn follow_discriminator(&mut self, it: &mut Node, sink: &mut Sink) {
        let id = it.id;
        if let Some(property) = it.as_str() {
            *it = super::tree::object(id, [("propertyName", super::tree::text(id, property))]);
        }
        let Value::Map(map) = &mut it.value else { return };
        let Some(Value::Map(mapping)) = map.get_mut("mapping").map(|it| &mut it.value) else {
            return;
        };
        mapping.retain(|value, target| {
            let Some(to) = target.as_str().filter(|it| it.contains('/')) else { return true };
            if to.starts_with("#/components/schemas/") {
                return true;
            }
            let Some((key, found)) = reach(self.root, to) else {
                let message = format_args!(
                    "`{value}` is mapped to `{to}`, which is nowhere in this document"
                );
                unexpressed(target, &SpecPtr::root(), message, sink);
                return false;
            };
            let payload = found.get("payload").unwrap_or(found);
            let name = name(MessageKey::Own(&key), found, Some(payload));
            let schema = self.named(&name, payload, found);
            if let Some(to) = schema.get("$ref") {
                *target = to.clone();
            }
            true
        });
    }

    /// One of several payloads, as a schema of its own.
    pub(super) fn choice(&mut self, id: NodeId, name: &str, schemas: Vec<Node>) -> Node {
        let all = node(id, Value::List(schemas));
        let name = self.insert(name, super::tree::object(id, [("oneOf", all)]));
        reference(id, &name)
    }

    /// The payload as a schema among the components, under the message's name unless it has a name of its own.
    fn named(&mut self, name: &str, payload: &Node, source: &Node) -> Node {
        let to = payload.text("$ref").and_then(|it| it.strip_prefix("#/components/schemas/"));
        if to.is_some_and(|it| self.schemas.contains_key(it))
            && payload.as_map().is_some_and(|it| it.len() == 1)
        {
            return payload.clone();
        }
        if let Some(name) = self.named.get(&payload.id) {
            return reference(payload.id, name);
        }
        let mut schema = payload.clone();
        without_parser(&mut schema);
        if let Value::Map(map) = &mut schema.value
            && payload.get("$ref").is_none()
        {
            super::tree::copy(source, &["description"], map);
            if let Some(it) = source.get("summary") {
                map.entry("description".to_owned()).or_insert_with(|| it.clone());
            }
        }
        let name = self.insert(name, schema);
        let made = reference(payload.id, &name);
        self.named.insert(payload.id, name);
        made
    }

    /// Puts a schema among the components under a name that nothing else has.
    fn insert(&mut self, wanted: &str, schema: Node) -> String {
        let mut name = wanted.to_owned();
        while self.schemas.get(&name).is_some_and(|it| *it != schema) {
            let count = self.clashes.entry(wanted.to_owned()).or_default();
            *count += 1;
            name = match count {
                1 => format!("{wanted} message"),
                _ => format!("{wanted} message {count}"),
            };
        }
        self.schemas.entry(name.clone()).or_insert(schema);
        name
    }
}

/// The name of a message: that of its schema in the document that a page was made from, its key, or its stated name.
fn name(key: MessageKey<'_>, source: &Node, payload: Option<&Node>) -> String {
    let parsed = payload.and_then(|it| it.text("x-parser-schema-id"));
    let parsed = parsed.filter(|it| !it.starts_with('<'));
    let clean = |it: &&str| !it.is_empty() && !it.contains(['/', '<']);
    let stated = ["name", "messageId"].into_iter().find_map(|it| source.text(it).filter(clean));
    let last = |key: &'_ str| key.rsplit('/').next().unwrap_or(key).to_owned();
    let (first, second) = match key {
        MessageKey::Own(key) => (Some(last(key)), stated.map(str::to_owned)),
        MessageKey::Holder(key) | MessageKey::Channel(key) => {
            (stated.map(str::to_owned), Some(last(key)))
        }
    };
    let all = [parsed.map(str::to_owned), first, second];
    all.into_iter().flatten().find(|it| !it.is_empty()).unwrap_or_else(|| NO_NAME.to_owned())
}

/// Tells whether a format of schemas is JSON Schema, by one of the names that it has in AsyncAPI.
fn is_json_schema(format: &str) -> bool {
    let essence = format.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let family = essence.trim_end_matches("+json").trim_end_matches("+yaml");
    ["application/vnd.aai.asyncapi", "application/schema", "application/vnd.oai.openapi"]
        .contains(&family)
}

fn object_of_bytes(source: &Node) -> Node {
    let texts = [("type", "string"), ("format", "binary")];
    let texts = texts.map(|(key, it)| (key.to_owned(), super::tree::text(source.id, it)));
    node(source.id, Value::Map(Map::from_iter(texts)))
}

/// The messages that a channel lists by name.
pub(super) fn of_channel(channel: &Node) -> impl Iterator<Item = (&String, &Node)> {
    entries(channel, "messages")
}

/// Leaves out what a parser of AsyncAPI wrote into a schema for itself.
pub(super) fn without_parser(schema: &mut Node) {
    match &mut schema.value {
        Value::Map(map) => {
            map.retain(|key, _| !key.starts_with("x-parser-"));
            map.values_mut().for_each(without_parser);
        }
        Value::List(list) => list.iter_mut().for_each(without_parser),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}
