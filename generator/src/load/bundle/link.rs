//! Gives components their names, and references what they lead to.

use super::super::document::reference_key;
use super::super::node::{Map, Node, Value};
use super::Bundled;
use super::collector::{BundleLocation, Collector, Component, NewReference, covered};
use super::names::{NameWords, names};
use super::target::FileLocation;
use crate::diag::{NodeId, SourceId, SpecPtr};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The places of all that was in files.
struct ComponentPlaces {
    /// Of components, by their numbers; of those that are a part of something else, where that is.
    components: Vec<SpecPtr>,
    by_target: HashMap<(FileLocation, &'static str), SpecPtr>,
}

/// Puts the components into the document and rewrites the references.
pub(super) fn link(
    cx: &mut Collector<'_, '_>,
    mut components: Vec<Component>,
    root: &mut Node,
) -> Bundled {
    let named = name(cx, &components, root);
    let places = ComponentPlaces::new(cx, &components, &named);
    let mut added: BTreeMap<&'static str, BTreeMap<String, Node>> = BTreeMap::new();
    let mut bundled = Bundled::default();
    let path = |it: &FileLocation| origin(cx.files.path(it.file), &it.at);
    bundled.origins.extend(cx.mounts.iter().map(|(it, place)| (place.clone(), path(it))));
    for (it, place) in components.iter_mut().zip(&places.components) {
        let own: Vec<_> = place.keys().collect();
        let is_own = places.is_own(&it.target, it.section, place);
        if let ([_, _, key], Some(node), true) = (&own[..], it.node.take(), is_own) {
            bundled.origins.push((place.clone(), path(&it.target)));
            added.entry(it.section).or_default().insert(key.clone().into_owned(), node);
        }
    }
    let texts = texts(cx, &places);
    for (section, nodes) in added {
        add(root, section, nodes);
    }
    rewrite(root, &texts);
    for (id, it) in &cx.bad {
        let at = places.absolute(&it.place).child("$ref");
        it.problem.report(&it.reference, *id, &at, cx.sink);
    }
    bundled.told = cx.bad.keys().copied().collect();
    bundled
}

/// The key of each component that is one of its own.
fn name(cx: &Collector<'_, '_>, components: &[Component], root: &Node) -> Vec<Option<String>> {
    let wanted: HashSet<_> = components.iter().map(|it| (&it.target, it.section)).collect();
    let is_own = |it: &Component| {
        let around = |outer: &FileLocation| {
            (*outer != it.target && wanted.contains(&(outer, it.section))).then(SpecPtr::root)
        };
        it.node.is_some()
            && cx.place_of(&it.target).is_none()
            && covered(&it.target, around).is_none()
    };
    let mut named = vec![None; components.len()];
    let own: Vec<_> = components.iter().enumerate().filter(|it| is_own(it.1)).collect();
    let sections: HashSet<_> = own.iter().map(|it| it.1.section).collect();
    for section in sections {
        let own: Vec<_> = own.iter().filter(|it| it.1.section == section).collect();
        let there = root.get("components").and_then(|it| it.get(section)).and_then(Node::as_map);
        let taken = there.into_iter().flat_map(|it| it.keys().cloned()).collect();
        let words =
            own.iter().map(|(_, it)| NameWords::of(&it.target, cx.files.path(it.target.file)));
        for ((index, _), name) in own.iter().zip(names(&words.collect::<Vec<_>>(), &taken)) {
            named[*index] = Some(name);
        }
    }
    named
}

impl ComponentPlaces {
    fn new(cx: &Collector<'_, '_>, all: &[Component], named: &[Option<String>]) -> Self {
        let own = all.iter().zip(named).filter_map(|(it, name)| {
            let at = SpecPtr::root().child("components").child(it.section).child(name.as_ref()?);
            Some(((it.target.clone(), it.section), at))
        });
        let mut places = Self { components: Vec::new(), by_target: own.collect() };
        places.components = all
            .iter()
            .map(|it| places.of(cx, &it.target, it.section).unwrap_or_default())
            .collect();
        places
    }

    /// The place of something in a file.
    fn of(
        &self,
        cx: &Collector<'_, '_>,
        target: &FileLocation,
        section: &'static str,
    ) -> Option<SpecPtr> {
        if target.file == SourceId::Document {
            return Some(target.at.clone());
        }
        let component = |it: &FileLocation| self.by_target.get(&(it.clone(), section)).cloned();
        cx.place_of(target).or_else(|| covered(target, component))
    }

    fn is_own(&self, target: &FileLocation, section: &'static str, place: &SpecPtr) -> bool {
        self.by_target.get(&(target.clone(), section)) == Some(place)
    }

    fn absolute(&self, place: &BundleLocation) -> SpecPtr {
        let start = place.component.and_then(|it| self.components.get(it)).cloned();
        place.at.keys().fold(start.unwrap_or_default(), |at, key| at.child(&key))
    }
}

/// The new text of each reference.
fn texts(cx: &Collector<'_, '_>, places: &ComponentPlaces) -> HashMap<NodeId, String> {
    let text = |it: &NewReference| match it {
        NewReference::Text(text) => Some(text.clone()),
        NewReference::To(target, section) => Some(reference(&places.of(cx, target, section)?)),
    };
    cx.links.iter().filter_map(|(id, it)| Some((*id, text(it)?))).collect()
}

fn reference(place: &SpecPtr) -> String {
    let keys = place.keys().map(|it| format!("/{}", reference_key(&it)));
    format!("#{}", keys.collect::<String>())
}

/// A place in a file, for people.
fn origin(path: &str, at: &SpecPtr) -> String {
    if *at == SpecPtr::root() { path.to_owned() } else { format!("{path}{at}") }
}

/// Adds components to a section, behind those that are there.
fn add(root: &mut Node, section: &str, nodes: BTreeMap<String, Node>) {
    let Some(id) = nodes.values().next().map(|it| it.id) else { return };
    let nothing = || Node::new(id, Value::Map(Map::new()));
    let Value::Map(map) = &mut root.value else { return };
    let components = map.entry("components".to_owned()).or_insert_with(nothing);
    let Value::Map(components) = &mut components.value else { return };
    let there = components.entry(section.to_owned()).or_insert_with(nothing);
    let Value::Map(there) = &mut there.value else { return };
    there.extend(nodes);
}

fn rewrite(node: &mut Node, texts: &HashMap<NodeId, String>) {
    match &mut node.value {
        Value::List(list) => list.iter_mut().for_each(|it| rewrite(it, texts)),
        Value::Map(map) => map.values_mut().for_each(|it| rewrite(it, texts)),
        Value::Text(text) => {
            if let Some(new) = texts.get(&node.id) {
                text.clone_from(new);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
