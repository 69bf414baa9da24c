//! Messages: the frames that they travel in, and their payloads as named schemas.

use super::super::node::{Map, Node, Value};
use super::tree::{behind, entries, items, node, reach, reference};
use super::unexpressed;
use crate::diag::{NodeId, Sink, SpecPtr};
use std::collections::{HashMap, HashSet};

/// The frame that a message travels in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frame {
    /// A text frame of JSON.
    Json,
    /// A text frame that is a word as it stands.
    Word,
    Binary,
}

/// A message that one of both sides sends.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub(super) name: String,
    pub(super) frame: Frame,
    /// The schema of its payload: a reference to one of the components.
    pub(super) schema: Node,
}

/// The payloads of all messages so far.
pub(super) struct Messages<'a> {
    root: &'a Node,
    default_type: &'a str,
    schemas: Map,
    /// The names of payloads that are schemas by now.
    named: HashMap<NodeId, String>,
    /// How many schemas wanted a name that another one had.
    clashes: HashMap<String, usize>,
}

impl<'a> Messages<'a> {
    pub(super) fn of(root: &'a Node) -> Self {
        let schemas = root.get("components").and_then(|it| it.get("schemas"));
        Self {
            root,
            default_type: root.text("defaultContentType").unwrap_or(super::JSON),
            schemas: schemas.and_then(Node::as_map).cloned().unwrap_or_default(),
            named: HashMap::new(),
            clashes: HashMap::new(),
        }
    }

    pub(super) fn into_schemas(mut self) -> Node {
        self.follow();
        node(self.root.id, Value::Map(self.schemas))
    }

    /// The messages that a node of a document lists: one, or one of several.
    pub(super) fn listed(
        &mut self,
        key: &str,
        entry: &'a Node,
        at: &SpecPtr,
        sink: &mut Sink,
    ) -> Vec<Message> {
        let (mut found, mut seen) = (Vec::new(), HashSet::new());
        let mut rest = vec![(key.to_owned(), entry)];
        while let Some((key, entry)) = rest.pop() {
            let Some((last, source)) = behind(self.root, entry) else {
                let to = entry.text("$ref").unwrap_or_default();
                let message = format_args!("the message `{to}` is nowhere in this document");
                unexpressed(entry, at, message, sink);
                continue;
            };
            let choice = items(source, "oneOf");
            if choice.is_empty() {
                let key = last.unwrap_or(key);
                found.extend(self.one(&key, source, at, sink));
            } else if seen.insert(source.id) {
                let members = choice.iter().enumerate().rev();
                rest.extend(members.map(|(index, it)| (format!("{key}_{}", index + 1), it)));
            }
        }
        found
    }

    fn one(
        &mut self,
        key: &str,
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
        // From AsyncAPI 3 on a schema may stand beside the name of its format.
        let payload = match payload {
            Some(it) if it.get("schemaFormat").is_some() => it.get("schema"),
            other => other,
        };
        let name = name(key, source, payload);
        let Some(frame) = self.frame(content_type, is_stated, payload) else {
            unexpressed(
                source,
                at,
                format_args!(
                    "the message `{name}` is `{content_type}`, which no frame of the client is"
                ),
                sink,
            );
            return None;
        };
        if let Some(missing) = payload.and_then(|it| self.missing(it)) {
            let message = format_args!(
                "the message `{name}` needs `{missing}`, which is not in this document"
            );
            unexpressed(source, at, message, sink);
            return None;
        }
        let schema = match (frame, payload) {
            (Frame::Binary, _) => object_of_bytes(source),
            (_, Some(payload)) => self.named(&name, payload, source),
            (_, None) => node(source.id, Value::Map(Map::new())),
        };
        Some(Message { name, frame, schema })
    }

    /// A reference of a schema, at any distance, that leads out of the document or nowhere.
    fn missing(&self, schema: &'a Node) -> Option<&'a str> {
        let mut seen = HashSet::new();
        let mut rest = vec![schema];
        while let Some(it) = rest.pop() {
            if let Some(to) = it.text("$ref") {
                let Some((_, target)) = behind(self.root, it) else { return Some(to) };
                if seen.insert(target.id) {
                    rest.push(target);
                }
                continue;
            }
            match &it.value {
                Value::List(list) => rest.extend(list.iter().rev()),
                Value::Map(map) => rest.extend(map.values().rev()),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
            }
        }
        None
    }

    fn frame(
        &self,
        content_type: &str,
        is_stated: bool,
        payload: Option<&'a Node>,
    ) -> Option<Frame> {
        let schema = payload.and_then(|it| behind(self.root, it)).map(|it| it.1);
        let is = |key: &str, value: &str| schema.and_then(|it| it.text(key)) == Some(value);
        let is_text = is("type", "string");
        let essence =
            content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_json = essence == super::JSON || essence.ends_with("+json");
        if is_text && (is("format", "binary") || is("format", "byte") && !is_json) {
            return Some(Frame::Binary);
        }
        match essence.as_str() {
            _ if is_json && is_stated => Some(Frame::Json),
            // A text without a type of its own is a frame as it stands.
            _ if is_json => Some(if is_text { Frame::Word } else { Frame::Json }),
            it if it.starts_with("text/") => Some(Frame::Word),
            "application/octet-stream" => Some(Frame::Binary),
            it if it.starts_with("audio/")
                || it.starts_with("video/")
                || it.starts_with("image/") =>
            {
                Some(Frame::Binary)
            }
            _ => None,
        }
    }

    /// Turns references of schemas to messages, and to their payloads, into references to schemas.
    fn follow(&mut self) {
        let mut done = HashSet::new();
        // Each one that is found may have others in it.
        loop {
            let next = self.schemas.iter().find(|(name, _)| !done.contains(*name));
            let Some((name, mut schema)) = next.map(|(name, it)| (name.clone(), it.clone())) else {
                return;
            };
            self.follow_in(&mut schema);
            self.schemas.insert(name.clone(), schema);
            done.insert(name);
        }
    }

    fn follow_in(&mut self, schema: &mut Node) {
        let to = schema.text("$ref").filter(|it| !it.starts_with("#/components/schemas/"));
        if let Some((key, target)) = to.and_then(|to| reach(self.root, to)) {
            let payload = target.get("payload").unwrap_or(target);
            let name = name(&key, target, Some(payload));
            *schema = self.named(&name, payload, target);
            return;
        }
        match &mut schema.value {
            Value::List(list) => list.iter_mut().for_each(|it| self.follow_in(it)),
            Value::Map(map) => map.values_mut().for_each(|it| self.follow_in(it)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }

    /// One of several payloads, as a schema of its own.
    pub(super) fn choice(&mut self, id: NodeId, name: &str, schemas: Vec<Node>) -> Node {
        let all = node(id, Value::List(schemas));
        let name = self.insert(name, super::tree::object(id, [("oneOf", all)]));
        reference(id, &name)
    }

    /// The payload as a schema among the components, under the message's name where it has none of its own.
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

/// The name of a message: that of its schema in the document that a page was made from, or its own.
fn name(key: &str, source: &Node, payload: Option<&Node>) -> String {
    let parsed = payload.and_then(|it| it.text("x-parser-schema-id"));
    let parsed = parsed.filter(|it| !it.starts_with('<'));
    let stated = [parsed, source.text("name"), source.text("messageId")];
    let clean = |it: &&str| !it.is_empty() && !it.contains(['/', '<']);
    let own = if key.contains('/') { key.rsplit('/').next().unwrap_or(key) } else { key };
    let first = parsed.or_else(|| (!own.is_empty()).then_some(own));
    first.or_else(|| stated.into_iter().flatten().find(clean)).unwrap_or("message").to_owned()
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
