//! A node of the document and its place: the way by which passes read the document.
//!
//! Each accessor says what a key must be, and marks the node that it hands out as used; listing entries or items marks
//! the map or the list. Going down by a key marks nothing, because nothing is known of the node yet.

use super::document::Reported;
use super::marks::Marks;
use super::node::{Map, Node, Notes, Value};
use super::openapi::{self, VisibleKeys};
use crate::diag::{INVALID, NodeId, Sink, SpecPtr};
use serde_json::Value as Json;

/// A node and its place.
#[derive(Clone, Debug)]
pub(crate) struct NodeRef<'a> {
    pub(crate) at: SpecPtr,
    node: &'a Node,
    marks: &'a Marks,
}

/// A piece that openapiv3 read. Its accessors mark what they hand out.
#[derive(Debug)]
pub(crate) struct ReadNode<'a, T> {
    pub(super) spot: NodeRef<'a>,
    pub(super) piece: T,
}

impl<T> ReadNode<'_, T> {
    /// The piece, for the value of `key`, which is used by this.
    pub(super) fn using(&self, key: &str) -> &T {
        self.spot.has(key);
        &self.piece
    }
}

impl<'a> NodeRef<'a> {
    pub(super) fn new(at: SpecPtr, node: &'a Node, marks: &'a Marks) -> Self {
        Self { at, node, marks }
    }

    /// The same node as if it stood at another place.
    pub(crate) fn moved_to(self, at: SpecPtr) -> Self {
        Self { at, ..self }
    }

    pub(crate) fn child(&self, key: &str) -> Option<NodeRef<'a>> {
        Some(NodeRef { node: self.node.get(key)?, at: self.at.child(key), marks: self.marks })
    }

    /// The entries of the object under `key`.
    pub(crate) fn entries(
        &self,
        key: &str,
    ) -> impl Iterator<Item = (&'a str, NodeRef<'a>)> + use<'a> {
        self.child(key).into_iter().flat_map(|it| it.own_entries())
    }

    /// The entries of this object.
    pub(crate) fn own_entries(&self) -> impl Iterator<Item = (&'a str, NodeRef<'a>)> + use<'a> {
        let (at, marks) = (self.at.clone(), self.marks);
        let map = self.node.as_map().inspect(|_| marks.used(self.node.id));
        map.into_iter()
            .flatten()
            .map(move |(key, node)| (key.as_str(), NodeRef { at: at.child(key), node, marks }))
    }

    /// The items of the list under `key`.
    pub(crate) fn items(&self, key: &str) -> impl Iterator<Item = NodeRef<'a>> + use<'a> {
        let marks = self.marks;
        let list = self.node.get(key).filter(|it| it.as_list().is_some());
        let at = list.map(|_| self.at.child(key)).unwrap_or_default();
        let list = list.inspect(|it| marks.used(it.id)).and_then(Node::as_list).unwrap_or_default();
        list.iter().enumerate().map(move |(index, node)| NodeRef {
            at: at.item(index),
            node,
            marks,
        })
    }

    /// The target's text, if this is a reference.
    pub(crate) fn reference(&self) -> Option<&'a str> {
        self.text("$ref")
    }

    /// The text of `key`.
    pub(crate) fn text(&self, key: &str) -> Option<&'a str> {
        let node = self.node.get(key)?;
        node.as_str().inspect(|_| self.marks.used(node.id))
    }

    /// True if `key` is `true`.
    pub(crate) fn flag(&self, key: &str) -> bool {
        self.boolean(key).unwrap_or(false)
    }

    /// The boolean of `key`.
    pub(crate) fn boolean(&self, key: &str) -> Option<bool> {
        let node = self.node.get(key)?;
        node.as_bool().inspect(|_| self.marks.used(node.id))
    }

    /// The list of plain values under `key`.
    pub(crate) fn values(&self, key: &str) -> Option<&'a [Node]> {
        let node = self.node.get(key)?;
        node.as_list().inspect(|_| self.marks.whole(node.id))
    }

    /// The names that `key` lists.
    pub(crate) fn words(&self, key: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        self.values(key).unwrap_or_default().iter().filter_map(Node::as_str)
    }

    /// Any value that `key` has, as it is.
    pub(crate) fn value(&self, key: &str) -> Option<&'a Node> {
        self.node.get(key).inspect(|it| self.marks.whole(it.id))
    }

    /// The same as plain JSON.
    pub(crate) fn json(&self, key: &str) -> Option<Json> {
        self.value(key).map(Node::to_json)
    }

    /// The text of `key`, or what a number or boolean would be as one: `version: 1` is no number to anybody but YAML.
    pub(crate) fn scalar(&self, key: &str) -> Option<String> {
        let node = self.node.get(key)?;
        let found = node.as_str().map(str::to_owned).or_else(|| node.as_text());
        found.inspect(|_| self.marks.used(node.id))
    }

    /// The notes of the downgrade. Nothing is marked: the keywords that they come from are used already.
    pub(crate) fn notes(&self) -> &'a Notes {
        self.node.notes()
    }

    /// True if `key` is there. For keys whose presence alone has a meaning: marks it as used.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.node.get(key).inspect(|it| self.marks.used(it.id)).is_some()
    }

    /// True if `key` is there; marks nothing. The caller uses it afterwards, or does not need it.
    pub(crate) fn mentions(&self, key: &str) -> bool {
        self.node.get(key).is_some()
    }

    /// True if `key` holds something other than nothing, an empty list or an empty object; marks nothing.
    pub(crate) fn fills(&self, key: &str) -> bool {
        self.node.get(key).is_some_and(|it| match &it.value {
            Value::List(list) => !list.is_empty(),
            Value::Map(map) => !map.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => true,
        })
    }

    /// The keys of this object; marks nothing.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.node.as_map().into_iter().flat_map(Map::keys).map(String::as_str)
    }

    /// True if this is an object; marks nothing.
    pub(crate) fn is_object(&self) -> bool {
        self.node.as_map().is_some()
    }

    /// True if this is null; marks nothing.
    pub(crate) fn is_null(&self) -> bool {
        self.node.is_null()
    }

    /// True if this is `false`; marks nothing.
    pub(crate) fn is_false(&self) -> bool {
        self.node.as_bool() == Some(false)
    }

    /// The text that this is.
    pub(crate) fn as_str(&self) -> Option<&'a str> {
        self.node.as_str().inspect(|_| self.use_it())
    }

    /// True if this node equals another one, wherever they are; marks nothing.
    pub(crate) fn says_what(&self, other: &Self) -> bool {
        self.node == other.node
    }

    /// The node under `key`, for findings that point at it.
    pub(crate) fn id_of(&self, key: &str) -> Option<NodeId> {
        self.node.get(key).map(|it| it.id)
    }

    /// The node itself, for findings and comparisons.
    pub(crate) fn id(&self) -> NodeId {
        self.node.id
    }

    /// Marks that this is used though it may say nothing: a schema without keywords is any JSON.
    pub(crate) fn use_it(&self) {
        self.marks.used(self.node.id);
    }

    /// Marks that this has no meaning for a client in its place: something else of the document, or the
    /// kind of thing that it is, says more. The caller that decides this gives the reason.
    pub(crate) fn pass_over(&self) {
        self.marks.listed(self.node.id);
    }

    /// Reads this piece with openapiv3; see [`piece::read`].
    pub(super) fn read<T: serde::de::DeserializeOwned>(
        &self,
        keys: VisibleKeys,
        blank: &'static [&'static str],
        sink: &mut Sink,
    ) -> Result<ReadNode<'a, T>, Reported> {
        match openapi::read(self.node, keys, blank) {
            Ok(piece) => Ok(ReadNode { spot: self.clone(), piece }),
            Err(why) => {
                sink.report(&INVALID, &self.at, why);
                Err(Reported)
            }
        }
    }
}
