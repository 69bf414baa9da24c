//! References: the keywords beside them, the names of their targets, and targets that the rewrites move.

use super::super::document::percent_decoded;
use super::super::keyword::{SchemaKeyword, Weight};
use super::super::node::{Map, Node, Value};
use super::dynamic;
use super::names::{SchemaNames, Scopes, component};
use super::schema::Schema;
use super::traverse::{self, DowngradePath, NodeKind, Visitor};
use crate::diag::{NodeId, SpecPtr};
use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(super) fn siblings(schema: &mut Schema<'_>) {
    let only_object = schema.text("type") == Some("object");
    if only_object && !schema.map.keys().any(|key| is_structure(key)) {
        schema.take("type");
    }
    if schema.map.len() == 1 || schema.text("$ref").is_none() {
        return;
    }
    let Some((key, target)) = schema.map.shift_remove_entry("$ref") else { return };
    let reference = schema.node(Value::Map(Map::from_iter([(key, target)])));
    match schema.list("allOf") {
        Some(list) => list.insert(0, reference),
        None => schema.set("allOf", Value::List(vec![reference])),
    }
}

/// True if a keyword adds something to the object that is referred to.
fn is_structure(key: &str) -> bool {
    SchemaKeyword::of(key).is_some_and(|it| it.row().weight != Weight::Light)
}

/// The targets of references that lead into the middle of something, before anything is moved.
pub(super) type Targets = BTreeMap<String, NodeId>;

/// Turns references by name into references by pointer, and notes where the deep ones lead.
pub(super) fn prepare(root: &mut Node) -> Targets {
    let mut found = ReferenceIndex::of(root);
    if found.dynamic {
        dynamic::expand(root, &found.names);
        found = ReferenceIndex::of(root);
    }
    let named = found.names_to_places(root);
    if !named.is_empty() {
        let mut renamed = Renamed { scopes: Scopes::default(), places: &named };
        traverse::walk(NodeKind::Document, root, &DowngradePath::ROOT, &mut renamed);
    }
    let plain = found.references.into_iter().filter(|it| !named.contains_key(it)).map(|it| it.1);
    let pointers: BTreeSet<_> = plain.chain(named.values().cloned()).collect();
    pointers
        .into_iter()
        .filter_map(|it| Some((target(root, &it)?.id, it)))
        .map(|(id, it)| (it, id))
        .collect()
}

/// Corrects the references whose targets were moved.
pub(super) fn follow(root: &mut Node, targets: Targets) {
    let stays = |it: &str, id: NodeId| target(root, it).is_some_and(|node| node.id == id);
    let moved: Vec<_> = targets.into_iter().filter(|(it, id)| !stays(it, *id)).collect();
    if moved.is_empty() {
        return;
    }
    let mut places = moved.iter().map(|(_, id)| (*id, None)).collect();
    find(root, &SpecPtr::root(), &mut places);
    let place = |id| places.get(&id).cloned().flatten();
    let moved = moved.into_iter().filter_map(|(it, id)| Some((it, place(id)?.to_string())));
    traverse::walk(NodeKind::Document, root, &DowngradePath::ROOT, &mut Moved(&moved.collect()));
}

fn target<'n>(root: &'n Node, reference: &str) -> Option<&'n Node> {
    let fragment = reference.strip_prefix('#')?;
    root.at(&SpecPtr::parse(&percent_decoded(fragment)))
}

/// Notes the outermost place of each node that is looked for.
fn find(node: &Node, at: &SpecPtr, places: &mut HashMap<NodeId, Option<SpecPtr>>) {
    if let Some(place) = places.get_mut(&node.id) {
        place.get_or_insert_with(|| at.clone());
    }
    match &node.value {
        Value::List(list) => {
            for (index, item) in list.iter().enumerate() {
                find(item, &at.item(index), places);
            }
        }
        Value::Map(map) => {
            for (key, value) in map {
                find(value, &at.child(key), places);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

/// A reference, after the URI that it is relative to.
type NamedReference = (String, String);

/// The references and the names of a document's schemas.
#[derive(Default)]
struct ReferenceIndex {
    /// Those that are not just to a component.
    references: BTreeSet<NamedReference>,
    names: SchemaNames,
    scopes: Scopes,
    /// Set if some are dynamic.
    dynamic: bool,
    /// The schemas around the place that was reached to which `$recursiveRef` may lead.
    recursive: Vec<SpecPtr>,
}

impl ReferenceIndex {
    fn of(root: &mut Node) -> Self {
        let mut found = Self::default();
        traverse::walk(NodeKind::Document, root, &DowngradePath::ROOT, &mut found);
        found
    }

    /// The references that are names or relative to one, with what they stand for.
    fn names_to_places(&self, root: &Node) -> BTreeMap<NamedReference, String> {
        let place = |(uri, reference): &NamedReference| {
            let place = self.names.resolve(root, uri, reference)?.to_string();
            (place != *reference).then(|| ((uri.clone(), reference.clone()), place))
        };
        self.references.iter().filter_map(place).collect()
    }
}

impl Visitor for ReferenceIndex {
    fn before(&mut self, kind: NodeKind, node: &mut Node, at: &DowngradePath<'_>) {
        let (NodeKind::Schema, Value::Map(map)) = (kind, &mut node.value) else { return };
        if !map.keys().any(|key| key.starts_with('$')) {
            return;
        }
        self.scopes.enter(map, || at.pointer());
        self.names.note(map, self.scopes.uri(), || at.pointer());
        self.dynamic |= map.contains_key("$dynamicRef");
        if node_flag(map, "$recursiveAnchor") {
            self.recursive.push(at.pointer());
        }
        if let Some(mut recursive) = map.shift_remove("$recursiveRef") {
            let target = self.recursive.last().cloned().unwrap_or_else(|| component(&at.pointer()));
            recursive.value = Value::Text(target.to_string());
            map.entry("$ref".to_owned()).or_insert(recursive);
        }
        if let Some(reference) = map.get("$ref").and_then(Node::as_str) {
            let parts = reference.strip_prefix("#/components/").map(|it| it.split('/').count());
            if parts != Some(2) {
                self.references.insert((self.scopes.uri().to_owned(), reference.to_owned()));
            }
        }
    }

    fn after(&mut self, kind: NodeKind, _: &mut Node, at: &DowngradePath<'_>) {
        if kind != NodeKind::Schema {
            return;
        }
        self.scopes.leave(|| at.pointer());
        if !self.recursive.is_empty() {
            let at = at.pointer();
            self.recursive.pop_if(|it| *it == at);
        }
    }
}

fn node_flag(map: &Map, key: &str) -> bool {
    map.get(key).and_then(Node::as_bool).unwrap_or(false)
}

/// Replaces references that are relative to a URI.
struct Renamed<'r> {
    scopes: Scopes,
    places: &'r BTreeMap<NamedReference, String>,
}

impl Visitor for Renamed<'_> {
    fn before(&mut self, kind: NodeKind, node: &mut Node, at: &DowngradePath<'_>) {
        let (NodeKind::Schema, Value::Map(map)) = (kind, &mut node.value) else { return };
        self.scopes.enter(map, || at.pointer());
        let Some(reference) = reference(map) else { return };
        if let Some(place) = self.places.get(&(self.scopes.uri().to_owned(), reference.clone())) {
            reference.clone_from(place);
        }
    }

    fn after(&mut self, kind: NodeKind, _: &mut Node, at: &DowngradePath<'_>) {
        if kind == NodeKind::Schema {
            self.scopes.leave(|| at.pointer());
        }
    }
}

/// Replaces references by others.
struct Moved<'r>(&'r BTreeMap<String, String>);

impl Visitor for Moved<'_> {
    fn before(&mut self, kind: NodeKind, node: &mut Node, _: &DowngradePath<'_>) {
        let (NodeKind::Schema, Value::Map(map)) = (kind, &mut node.value) else { return };
        let Some(reference) = reference(map) else { return };
        if let Some(place) = self.0.get(reference) {
            reference.clone_from(place);
        }
    }
}

fn reference(map: &mut Map) -> Option<&mut String> {
    match &mut map.get_mut("$ref")?.value {
        Value::Text(it) => Some(it),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::List(_) | Value::Map(_) => None,
    }
}
