//! The table of rewrites of schemas, and how it is applied.

use super::super::node::{Map, Node, Notes, Value};
use super::traverse::DowngradePath;
use super::{
    content, counts, lists, mistyped, reference, spelling, types, unions, useless, values,
};
use crate::diag::{Exact, MISTYPED, NO_EFFECT, NodeId, Sink};
use std::fmt;

/// A schema while it is rewritten.
pub(super) struct Schema<'s> {
    pub(super) map: &'s mut Map,
    notes: &'s mut Option<Box<Notes>>,
    pub(super) id: NodeId,
    pub(super) at: &'s DowngradePath<'s>,
    pub(super) sink: &'s mut Sink,
}

/// One rewrite, and the keywords without which it does nothing.
struct Rewrite {
    on: &'static [&'static str],
    apply: fn(&mut Schema<'_>),
}

const fn rewrite(on: &'static [&'static str], apply: fn(&mut Schema<'_>)) -> Rewrite {
    Rewrite { on, apply }
}

/// The rewrites that run before those of the schemas below, in this order.
const BEFORE: &[Rewrite] = &[
    // `defaultMapping` is removed with a warning.
    rewrite(&["discriminator"], useless::default_mapping),
    // `maxLength: 1e3` is 1000; an invalid count is removed with a warning.
    rewrite(counts::KEYWORDS, counts::counts),
    // `required: true` is removed with a warning, names that stand twice are folded.
    rewrite(&["required"], counts::required),
    // `examples: [a, b]` is `example: a`.
    rewrite(&["examples"], values::examples),
    // `const: a` is `enum: [a]`, with a note.
    rewrite(&["const"], values::constant),
    // `items` with a list is `prefixItems`; that nothing may follow is a note.
    rewrite(&["prefixItems", "items"], lists::prefix_items),
    // `unevaluatedProperties` is `additionalProperties` with a note.
    rewrite(&["unevaluatedProperties"], lists::unevaluated),
    // `additionalProperties: {not: {}}` is `false`.
    rewrite(&["additionalProperties"], lists::nothing_more),
    // `type: bool` is `boolean`; an unknown type is removed: any JSON. Both with a warning.
    rewrite(&["type"], spelling::types),
    // `type: file` is a binary string.
    rewrite(&["type"], content::file),
    // Type lists: `[a, null]` is nullable, `[a, b]` a `oneOf`; `null` alone is `enum: [null]`.
    rewrite(&["type"], types::types),
    // `contentEncoding: base64` is `format: byte`, `base64url` is a format too, a binary `contentMediaType` is
    // `format: binary`.
    rewrite(&["contentEncoding", "contentMediaType"], content::encoding),
    // `exclusiveMinimum: 1` is `minimum: 1` with `exclusiveMinimum: true`.
    rewrite(&["exclusiveMinimum", "exclusiveMaximum"], counts::exclusive),
    // `enum: ['1']` of integers is `enum: [1]`, with a warning.
    rewrite(&["enum", "default"], values::typed),
    // `null` among other values is `nullable`, values that stand twice are folded.
    rewrite(&["enum"], values::values),
    // `$ref` beside others moves into `allOf`.
    rewrite(&["$ref"], reference::siblings),
    // `properties` without a type make an object, `items` a list, unless a union says what there may be; in
    // `allOf` with a note.
    rewrite(&["properties", "items", "prefixItems"], types::missing),
];

/// The rewrites that run once the schemas below are rewritten, in this order.
const AFTER: &[Rewrite] = &[
    // `anyOf: [a, null]` is nullable; the only one that is left moves into `allOf`.
    rewrite(&["oneOf", "anyOf"], unions::null),
    // `oneOf: [{const: 1, title: A}, {const: 2, title: B}]` is one `enum`.
    rewrite(&["oneOf", "anyOf"], unions::constants),
    // `anyOf: [{type: string}, {enum: [a, b]}]` is an `enum` that may grow.
    rewrite(&["oneOf", "anyOf"], unions::suggestions),
    // `allOf: [{discriminator: …}]` has the discriminator itself, too.
    rewrite(&["allOf"], unions::discriminator),
];

/// Rewrites a schema, except for what depends on the schemas below it.
pub(super) fn before(node: &mut Node, at: &DowngradePath<'_>, sink: &mut Sink) {
    if let Value::Bool(anything) = node.value {
        boolean(node, anything);
    }
    mistyped::schema(node, at, sink);
    apply(BEFORE, node, at, sink, Some(useless::keywords));
}

/// Rewrites the rest of a schema.
pub(super) fn after(node: &mut Node, at: &DowngradePath<'_>, sink: &mut Sink) {
    apply(AFTER, node, at, sink, None);
}

fn apply(
    table: &[Rewrite],
    node: &mut Node,
    at: &DowngradePath<'_>,
    sink: &mut Sink,
    first: Option<fn(&mut Schema<'_>)>,
) {
    let id = node.id;
    let Value::Map(map) = &mut node.value else { return };
    let mut schema = Schema { map, notes: &mut node.notes, id, at, sink };
    if let Some(first) = first {
        first(&mut schema);
    }
    for rewrite in table {
        if schema.map.keys().any(|key| rewrite.on.contains(&key.as_str())) {
            (rewrite.apply)(&mut schema);
        }
    }
}

/// `true` is `{}`, `false` is `{not: {}}`.
fn boolean(node: &mut Node, anything: bool) {
    let mut map = Map::new();
    if !anything {
        map.insert("not".to_owned(), Node::new(node.id, Value::Map(Map::new())));
    }
    node.value = Value::Map(map);
}

impl Schema<'_> {
    /// A node at the place of the schema.
    pub(super) fn node(&self, value: Value) -> Node {
        Node::new(self.id, value)
    }

    /// The notes on this schema, to be changed.
    pub(super) fn notes(&mut self) -> &mut Notes {
        self.notes.get_or_insert_default()
    }

    /// Takes back that the schema has a constant.
    pub(super) fn not_constant(&mut self) {
        if let Some(notes) = self.notes {
            notes.constant = false;
        }
    }

    /// Takes back that no more items may follow, and says if it was so.
    pub(super) fn open(&mut self) -> bool {
        self.notes.as_mut().is_some_and(|it| std::mem::take(&mut it.closed))
    }

    pub(super) fn set(&mut self, key: &str, value: Value) {
        let node = self.node(value);
        self.map.insert(key.to_owned(), node);
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.map.get(key)?.as_str()
    }

    pub(super) fn take(&mut self, key: &str) -> Option<Node> {
        self.map.shift_remove(key)
    }

    pub(super) fn nullable(&mut self) {
        self.set("nullable", Value::Bool(true));
    }

    /// The schemas in the list under a key.
    pub(super) fn list(&mut self, key: &str) -> Option<&mut Vec<Node>> {
        match self.map.get_mut(key)?.value {
            Value::List(ref mut list) => Some(list),
            _ => None,
        }
    }

    /// Adds a schema that must hold too.
    pub(super) fn also(&mut self, node: Node) {
        match self.list("allOf") {
            Some(list) => list.push(node),
            None => self.set("allOf", Value::List(vec![node])),
        }
    }

    /// Warns of a value of another type than the one that is expected.
    pub(super) fn mistyped(&mut self, id: NodeId, message: impl fmt::Display) {
        let at = self.at.pointer();
        self.sink.report(&MISTYPED, &at, message).exactly(Exact::Node(id));
    }

    /// Warns of a keyword that is removed.
    pub(super) fn no_effect(&mut self, id: NodeId, message: impl fmt::Display) {
        let at = self.at.pointer();
        self.sink.report(&NO_EFFECT, &at, message).exactly(Exact::Node(id));
    }
}

/// A copy of a text as value.
pub(super) fn text(it: &str) -> Value {
    Value::Text(it.to_owned())
}
