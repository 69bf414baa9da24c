//! References: what stands beside them, what names their targets, and targets that the rewrites move.

use super::super::document::percent_decoded;
use super::super::node::{Map, Node, Value};
use super::schema::Schema;
use super::walk::{self, Kind, Trail, Visitor};
use crate::diag::{NodeId, SpecPtr};
use std::collections::{BTreeMap, HashMap};

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

/// Whether a keyword adds something to the object that is referred to.
fn is_structure(key: &str) -> bool {
    matches!(
        key,
        "properties"
            | "additionalProperties"
            | "required"
            | "allOf"
            | "oneOf"
            | "anyOf"
            | "x-ir-pattern-properties"
            | "enum"
            | "items"
    )
}

/// The targets of references that lead into the middle of something, before anything is moved.
pub(super) type Targets = BTreeMap<String, NodeId>;

/// Turns references by name into references by pointer, and notes where the deep ones lead.
pub(super) fn prepare(root: &mut Node) -> Targets {
    let mut found = Found::default();
    walk::walk(Kind::Document, root, &Trail::ROOT, &mut found);
    let named = found.references.extract_names(&found.names);
    if !named.is_empty() {
        walk::walk(Kind::Document, root, &Trail::ROOT, &mut Renamed(&named));
    }
    let pointers = found.references.0.into_iter().chain(named.into_values());
    pointers.filter_map(|it| Some((target(root, &it)?.id, it))).map(|(id, it)| (it, id)).collect()
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
    let moved = moved.collect();
    walk::walk(Kind::Document, root, &Trail::ROOT, &mut Renamed(&moved));
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

/// The references and the names of a document's schemas.
#[derive(Default)]
struct Found {
    references: References,
    /// Name to pointer; none where a name is given twice.
    names: HashMap<String, Option<SpecPtr>>,
    /// The schemas around the place that was reached to which `$recursiveRef` may lead.
    recursive: Vec<SpecPtr>,
}

/// References that are not just to a component.
#[derive(Default)]
struct References(std::collections::BTreeSet<String>);

impl References {
    /// Takes out those that are names, with what they stand for.
    fn extract_names(
        &mut self,
        names: &HashMap<String, Option<SpecPtr>>,
    ) -> BTreeMap<String, String> {
        let place = |it: &String| Some(names.get(it)?.as_ref()?.to_string());
        let found: BTreeMap<_, _> =
            self.0.iter().filter_map(|it| Some((it.clone(), place(it)?))).collect();
        self.0.retain(|it| !found.contains_key(it));
        found
    }
}

impl Visitor for Found {
    fn before(&mut self, kind: Kind, node: &mut Node, at: &Trail<'_>) {
        let (Kind::Schema, Value::Map(map)) = (kind, &mut node.value) else { return };
        if !map.keys().any(|key| key.starts_with('$')) {
            return;
        }
        if let Some(dynamic) = map.shift_remove("$dynamicRef") {
            map.entry("$ref".to_owned()).or_insert(dynamic);
        }
        if node_flag(map, "$recursiveAnchor") {
            self.recursive.push(at.pointer());
        }
        if let Some(mut recursive) = map.shift_remove("$recursiveRef") {
            let target = self.recursive.last().cloned().unwrap_or_else(|| component(&at.pointer()));
            recursive.value = Value::Text(target.to_string());
            map.entry("$ref".to_owned()).or_insert(recursive);
        }
        for (key, mark) in [("$anchor", "#"), ("$dynamicAnchor", "#"), ("$id", "")] {
            if let Some(name) = map.get(key).and_then(Node::as_str) {
                let place = self.names.entry(format!("{mark}{name}"));
                place.and_modify(|it| *it = None).or_insert_with(|| Some(at.pointer()));
            }
        }
        if let Some(reference) = map.get("$ref").and_then(Node::as_str) {
            let parts = reference.strip_prefix("#/components/").map(|it| it.split('/').count());
            if parts != Some(2) {
                self.references.0.insert(reference.to_owned());
            }
        }
    }

    fn after(&mut self, kind: Kind, _: &mut Node, at: &Trail<'_>) {
        if kind == Kind::Schema && !self.recursive.is_empty() {
            let at = at.pointer();
            self.recursive.pop_if(|it| *it == at);
        }
    }
}

fn node_flag(map: &Map, key: &str) -> bool {
    map.get(key).and_then(Node::as_bool).unwrap_or(false)
}

/// The component that a place is in.
fn component(at: &SpecPtr) -> SpecPtr {
    at.segments().take(3).fold(SpecPtr::root(), |at, key| at.child(&key))
}

/// Replaces references by others.
struct Renamed<'r>(&'r BTreeMap<String, String>);

impl Visitor for Renamed<'_> {
    fn before(&mut self, kind: Kind, node: &mut Node, _: &Trail<'_>) {
        let (Kind::Schema, Value::Map(map)) = (kind, &mut node.value) else { return };
        let Some(Value::Text(reference)) = map.get_mut("$ref").map(|it| &mut it.value) else {
            return;
        };
        if let Some(place) = self.0.get(reference) {
            reference.clone_from(place);
        }
    }
}
