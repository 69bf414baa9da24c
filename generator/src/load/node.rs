//! The tree that a document is read into: order, spelling and places kept.

use crate::diag::{NodeId, SpecPtr};
use indexmap::IndexMap;
use serde_json::{Number, Value as Json};
use std::fmt;

/// The entries of an object, in the order of the file.
pub type Map = IndexMap<String, Node>;

/// A value and where it stood.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stood, also after the overlay and the downgrade have moved it.
    pub id: NodeId,
    /// Its value.
    pub value: Value,
    /// Notes of the downgrade; few nodes have any.
    pub(super) notes: Option<Box<Notes>>,
}

/// Facts that the downgrade found in a schema or parameter and that OpenAPI 3.0 has no keyword for.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is known by itself, and no two make a case"
)]
pub(crate) struct Notes {
    /// The only value of `enum` was that of `const`.
    pub(crate) constant: bool,
    /// Nothing may follow the items of `prefixItems`.
    pub(crate) closed: bool,
    /// `additionalProperties` was `unevaluatedProperties`, which what the schema extends may have read before.
    pub(crate) unevaluated: bool,
    /// `type` is stated nowhere: it follows from the keywords beside it.
    pub(crate) implied: bool,
    /// The parameter is the whole query, which is a form.
    pub(crate) whole_query: bool,
    /// The operation opens a socket: its body is what the client sends there, and its response what it receives.
    pub(crate) socket: bool,
    /// The schema is of what a server sends in a webhook or callback, which no operation says.
    pub(crate) webhook: bool,
    /// The operation is not chosen: it is there for references into it.
    pub(crate) left_out: bool,
    /// The schema that this is a copy of.
    pub(crate) copy_of: Option<SpecPtr>,
}

impl Notes {
    /// The notes in words.
    fn words(&self) -> Vec<String> {
        let Self {
            constant,
            closed,
            unevaluated,
            implied,
            whole_query,
            socket,
            webhook,
            left_out,
            copy_of,
        } = self;
        let flags = [
            (constant, "the value is constant"),
            (closed, "no more items"),
            (unevaluated, "other properties also over `allOf`"),
            (implied, "the type is implied"),
            (whole_query, "the whole query"),
            (socket, "a socket"),
            (webhook, "of a webhook"),
            (left_out, "not chosen"),
        ];
        let flags = flags.into_iter().filter(|it| *it.0).map(|it| it.1.to_owned());
        flags.chain(copy_of.iter().map(|it| format!("a copy of {it}"))).collect()
    }
}

/// The value of a node.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing.
    Null,
    /// A boolean.
    Bool(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object.
    Map(Map),
}

impl Value {
    /// A JSON value that is neither a list nor an object; those are nothing here.
    pub(super) fn scalar(json: Json) -> Self {
        match json {
            Json::Bool(it) => Self::Bool(it),
            Json::Number(it) => Self::Number(it),
            Json::String(it) => Self::Text(it),
            Json::Null | Json::Array(_) | Json::Object(_) => Self::Null,
        }
    }
}

/// Two nodes are equal if they say the same, wherever they stand; the order of keys does not count.
impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value && self.notes() == other.notes()
    }
}

impl Node {
    pub(super) fn new(id: NodeId, value: Value) -> Self {
        Self { id, value, notes: None }
    }

    /// The notes on this node, to be changed.
    pub(super) fn note(&mut self) -> &mut Notes {
        self.notes.get_or_insert_default()
    }

    /// The notes of the downgrade about this node.
    pub(crate) fn notes(&self) -> &Notes {
        const NONE: &Notes = &Notes {
            constant: false,
            closed: false,
            unevaluated: false,
            implied: false,
            whole_query: false,
            socket: false,
            webhook: false,
            left_out: false,
            copy_of: None,
        };
        self.notes.as_deref().unwrap_or(NONE)
    }

    /// The value of `key`, if this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        find(self.as_map()?, key)
    }

    /// The entries, if this is an object.
    pub fn as_map(&self) -> Option<&Map> {
        match &self.value {
            Value::Map(map) => Some(map),
            _ => None,
        }
    }

    /// The items, if this is a list.
    pub fn as_list(&self) -> Option<&[Node]> {
        match &self.value {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// The text, if this is one.
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of a number or a boolean: YAML reads `title: 404` as a number.
    pub(super) fn as_text(&self) -> Option<String> {
        match &self.value {
            Value::Number(it) => Some(it.to_string()),
            Value::Bool(it) => Some(it.to_string()),
            Value::Null | Value::Text(_) | Value::List(_) | Value::Map(_) => None,
        }
    }

    /// The boolean, if this is one.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            Value::Bool(it) => Some(*it),
            _ => None,
        }
    }

    /// True if this is null.
    pub fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    /// The text of `key`, if it is a text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.as_str()
    }

    /// True if `key` is `true`.
    pub fn flag(&self, key: &str) -> bool {
        self.get(key).and_then(Node::as_bool).unwrap_or(false)
    }

    /// The node at a pointer, if there is one.
    pub fn at(&self, pointer: &SpecPtr) -> Option<&Node> {
        pointer.keys().try_fold(self, |node, key| node.step(&key))
    }

    /// The deepest node on the way to a pointer.
    pub fn nearest(&self, pointer: &SpecPtr) -> &Node {
        let mut node = self;
        for key in pointer.keys() {
            let Some(next) = node.step(&key) else { break };
            node = next;
        }
        node
    }

    /// The pointer to a node below this one, or to this one.
    pub(crate) fn pointer(&self, id: NodeId) -> Option<SpecPtr> {
        let mut keys = Vec::new();
        let found = self.keys_up_from(id, &mut keys);
        found.then(|| keys.iter().rev().fold(SpecPtr::root(), |at, key| at.child(key)))
    }

    /// Adds the keys on the way up from a node; `false` if it is not below this one.
    fn keys_up_from(&self, id: NodeId, keys: &mut Vec<String>) -> bool {
        let mut in_child = |key: &dyn fmt::Display, child: &Node| {
            let found = child.keys_up_from(id, keys);
            if found {
                keys.push(key.to_string());
            }
            found
        };
        self.id == id
            || match &self.value {
                Value::Map(map) => map.iter().any(|(key, it)| in_child(key, it)),
                Value::List(list) => list.iter().enumerate().any(|(at, it)| in_child(&at, it)),
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => false,
            }
    }

    /// The same as plain JSON.
    pub fn to_json(&self) -> Json {
        match &self.value {
            Value::Null => Json::Null,
            Value::Bool(it) => Json::Bool(*it),
            Value::Number(it) => Json::Number(it.clone()),
            Value::Text(it) => Json::String(it.clone()),
            Value::List(list) => Json::Array(list.iter().map(Node::to_json).collect()),
            Value::Map(map) => {
                let notes = Some(self.notes().words()).filter(|it| !it.is_empty());
                let notes = notes.map(|it| ("~notes".to_owned(), it.into()));
                let entries = map.iter().map(|(key, it)| (key.clone(), it.to_json()));
                Json::Object(entries.chain(notes).collect())
            }
        }
    }

    pub(super) fn step(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Map(map) => find(map, key),
            Value::List(list) => list.get(key.parse::<usize>().ok()?),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
        }
    }
}

/// The value of a key. Most objects have so few keys that comparing them takes less time than hashing one.
fn find<'m>(map: &'m Map, key: &str) -> Option<&'m Node> {
    const MAX_SCANNED_KEYS: usize = 8;
    if map.len() > MAX_SCANNED_KEYS {
        return map.get(key);
    }
    map.iter().find(|it| it.0 == key).map(|it| it.1)
}
