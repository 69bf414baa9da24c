//! `$dynamicRef`: a schema that gives another one's `$dynamicAnchor` a meaning of its own gets a copy of it.

use super::super::document::pointed;
use super::super::node::{Map, Node, Value};
use super::names::SchemaNames;
use super::traverse::{self, DowngradePath, NodeKind, Visitor};
use crate::diag::SpecPtr;
use std::collections::{BTreeMap, HashSet};

/// Nodes that all copies together may have.
const MAX_COPIED_NODES: usize = 1_000_000;
/// Schemas that may be copied into each other.
const MAX_DEPTH: usize = 16;

/// The references that names of `$dynamicAnchor` stand for.
type Anchors = BTreeMap<String, String>;

/// Writes copies for the schemas that need one, and makes plain references of all others.
pub(super) fn expand(root: &mut Node, names: &SchemaNames) {
    let mut found = Instances::default();
    traverse::walk(NodeKind::Document, root, &DowngradePath::ROOT, &mut found);
    let mut left = MAX_COPIED_NODES;
    let mut copies = Vec::new();
    for (holder, schema, anchors) in found.0 {
        let Some(target) = root.at(&holder).and_then(|it| it.text("$ref")).map(pointed) else {
            continue;
        };
        let mut copy = Copy { root, left: &mut left, first: (&target, schema.to_string()) };
        if !copy.uses(&target, &anchors, &mut HashSet::new()) {
            continue;
        }
        if let Some(node) = copy.of(&target, &anchors, 0) {
            copies.push((holder, node));
        }
    }
    for (holder, node) in copies {
        if let Some(Value::Map(map)) = at_mut(root, &holder).map(|it| &mut it.value) {
            replace(map, node);
        }
    }
    traverse::walk(NodeKind::Document, root, &DowngradePath::ROOT, &mut DefaultAnchors(names));
}

/// Schemas that refer to another one and have dynamic anchors: the place of the reference, that of the
/// schema, and the anchors.
#[derive(Default)]
struct Instances(Vec<(SpecPtr, SpecPtr, Anchors)>);

impl Visitor for Instances {
    fn before(&mut self, kind: NodeKind, node: &mut Node, at: &DowngradePath<'_>) {
        let (NodeKind::Schema, Value::Map(map)) = (kind, &node.value) else { return };
        if !map.keys().any(|key| key == "$dynamicAnchor" || is_definitions(key)) {
            return;
        }
        let at = at.pointer();
        let anchors = anchors(map, &at);
        if anchors.is_empty() {
            return;
        }
        if map.contains_key("$ref") {
            self.0.push((at.clone(), at.clone(), anchors.clone()));
        }
        let members = map.get("allOf").and_then(Node::as_list).unwrap_or_default();
        for (index, _) in members.iter().enumerate().filter(|it| it.1.get("$ref").is_some()) {
            self.0.push((at.child("allOf").item(index), at.clone(), anchors.clone()));
        }
    }
}

fn is_definitions(key: &str) -> bool {
    matches!(key, "$defs" | "definitions")
}

/// The dynamic anchors of a schema and of its definitions.
fn anchors(map: &Map, at: &SpecPtr) -> Anchors {
    let name = |map: &Map| map.get("$dynamicAnchor").and_then(Node::as_str).map(str::to_owned);
    let mut found: Anchors = name(map).map(|it| (it, at.to_string())).into_iter().collect();
    for (key, definitions) in map.iter().filter(|it| is_definitions(it.0)) {
        for (own, node) in definitions.as_map().into_iter().flatten() {
            let Some(map) = node.as_map() else { continue };
            let Some(name) = name(map) else { continue };
            // A definition that is but another name is passed over.
            let only = map.get("$ref").and_then(Node::as_str).filter(|_| map.len() == 2);
            let place = || at.child(key).child(own).to_string();
            found.insert(name, only.map_or_else(place, str::to_owned));
        }
    }
    found
}

/// Puts a copy in the place of a reference.
fn replace(map: &mut Map, copy: Node) {
    map.shift_remove("$ref");
    match map.get_mut("allOf").map(|it| &mut it.value) {
        Some(Value::List(list)) => list.insert(0, copy),
        _ => {
            let list = Node::new(copy.id, Value::List(vec![copy]));
            map.insert("allOf".to_owned(), list);
        }
    }
}

/// A copy under way.
struct Copy<'c> {
    root: &'c Node,
    left: &'c mut usize,
    /// The schema that is copied, and the reference to the one that it becomes.
    first: (&'c SpecPtr, String),
}

impl Copy<'_> {
    /// True for a schema that needs one of the anchors, itself or by what it refers to.
    fn uses(&self, at: &SpecPtr, anchors: &Anchors, seen: &mut HashSet<SpecPtr>) -> bool {
        let fresh = seen.insert(at.clone());
        fresh && self.root.at(at).is_some_and(|node| self.uses_within(node, anchors, seen))
    }

    fn uses_within(&self, node: &Node, anchors: &Anchors, seen: &mut HashSet<SpecPtr>) -> bool {
        match &node.value {
            Value::List(list) => list.iter().any(|it| self.uses_within(it, anchors, seen)),
            Value::Map(map) => map.iter().any(|(key, it)| match (key.as_str(), it.as_str()) {
                ("$dynamicRef", Some(name)) => anchor(anchors, name).is_some(),
                ("$ref", Some(to)) if to.starts_with("#/") => {
                    self.uses(&pointed(to), anchors, seen)
                }
                _ => self.uses_within(it, anchors, seen),
            }),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => false,
        }
    }

    /// A schema with its anchors resolved; those that are given win over its own.
    fn of(&mut self, at: &SpecPtr, outer: &Anchors, depth: usize) -> Option<Node> {
        let mut node = self.root.at(at)?.clone();
        let Value::Map(map) = &mut node.value else { return None };
        let mut anchors = anchors(map, at);
        anchors.extend(outer.clone());
        map.retain(|key, _| {
            !is_definitions(key) && !matches!(&**key, "$dynamicAnchor" | "$anchor" | "$id")
        });
        node.note().copy_of = Some(at.clone());
        self.resolve(&mut node, &anchors, depth)?;
        Some(node)
    }

    fn resolve(&mut self, node: &mut Node, anchors: &Anchors, depth: usize) -> Option<()> {
        *self.left = self.left.checked_sub(1)?;
        let map = match &mut node.value {
            Value::List(list) => {
                return list.iter_mut().try_for_each(|it| self.resolve(it, anchors, depth));
            }
            Value::Map(map) => map,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => return Some(()),
        };
        let named = map.get("$dynamicRef").and_then(Node::as_str);
        if let Some(place) = named.and_then(|it| anchor(anchors, it)).cloned() {
            let dynamic = map.shift_remove("$dynamicRef")?;
            map.insert("$ref".to_owned(), Node::new(dynamic.id, Value::Text(place)));
            return Some(());
        }
        map.values_mut().try_for_each(|it| self.resolve(it, anchors, depth))?;
        let to = map.get("$ref").and_then(Node::as_str).filter(|it| it.starts_with("#/"));
        let Some(to) = to.map(pointed) else { return Some(()) };
        if to == *self.first.0 {
            let id = node.id;
            map.insert("$ref".to_owned(), Node::new(id, Value::Text(self.first.1.clone())));
        } else if depth < MAX_DEPTH && self.uses(&to, anchors, &mut HashSet::new()) {
            let copy = self.of(&to, anchors, depth + 1)?;
            replace(map, copy);
        }
        Some(())
    }
}

/// The reference that replaces a dynamic reference by name.
fn anchor<'a>(anchors: &'a Anchors, reference: &str) -> Option<&'a String> {
    anchors.get(reference.strip_prefix('#')?)
}

fn at_mut<'n>(root: &'n mut Node, at: &SpecPtr) -> Option<&'n mut Node> {
    at.segments().try_fold(root, |node, key| match &mut node.value {
        Value::Map(map) => map.get_mut(&key),
        Value::List(list) => list.get_mut(key.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => None,
    })
}

/// Where nobody gives another meaning, the schema itself gives it.
struct DefaultAnchors<'n>(&'n SchemaNames);

impl Visitor for DefaultAnchors<'_> {
    fn before(&mut self, kind: NodeKind, node: &mut Node, at: &DowngradePath<'_>) {
        let (NodeKind::Schema, Value::Map(map)) = (kind, &mut node.value) else { return };
        let Some(mut dynamic) = map.shift_remove("$dynamicRef") else { return };
        let name = dynamic.as_str().and_then(|it| it.strip_prefix('#')).unwrap_or_default();
        if let Some(place) = self.0.nearby(name, &at.pointer()) {
            dynamic.value = Value::Text(place.to_string());
        }
        map.entry("$ref".to_owned()).or_insert(dynamic);
    }
}
