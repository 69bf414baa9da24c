//! Goes through a document by its own structure and puts what references to files lead to in its place, or notes it
//! for the components.

use super::super::kind::NodeKind;
use super::super::limit::MAX_COPIED_DEPTH;
use super::super::node::{Node, Value};
use super::collector::{BundleLocation, Collector, Component, NewReference, Step};
use super::loaded::own_id;
use super::others::{dynamic, mapping};
use super::problem::Problem;
use super::site::{Destination, Referable, Site};
use super::target::{FileLocation, Followed, ReferenceScope};
use crate::diag::{SourceId, SpecPtr};
use crate::load::downgrade::join;

/// Collects what a document needs of files; returns the components.
pub(super) fn collect(cx: &mut Collector<'_, '_>, root: &mut Node) -> Vec<Component> {
    let scope =
        ReferenceScope { file: SourceId::Document, at: SpecPtr::root(), uri: String::new() };
    let step = Step {
        site: Site::DOCUMENT,
        scope: &scope,
        own: SpecPtr::root(),
        place: BundleLocation { component: None, at: SpecPtr::root() },
        depth: 0,
    };
    // A component that is but a reference to a file is that file: others find it there.
    for first in [true, false] {
        let Value::Map(map) = &mut root.value else { break };
        for (key, child) in map.iter_mut().filter(|it| (it.0 == "components") == first) {
            entry(cx, child, &step, key);
        }
    }
    components(cx)
}

/// Takes over the components that references lead to, and those that these lead to in turn.
fn components(cx: &mut Collector<'_, '_>) -> Vec<Component> {
    let mut components = Vec::new();
    while let Some(((target, section), it)) = cx.wanted.get_index(components.len()) {
        let (target, section, site) = (target.clone(), *section, it.site);
        let (reference, id, first) = (it.reference.clone(), it.id, it.place.clone());
        let scope = ReferenceScope::of(cx.files, &target);
        let place = BundleLocation { component: Some(components.len()), at: SpecPtr::root() };
        let step = Step { site, scope: &scope, own: target.at.clone(), place, depth: 3 };
        let node = match cx.place_of(&target) {
            Some(_) => Ok(None),
            None => cx.copy(&target),
        };
        let mut node = match node {
            Ok(node) => node,
            Err(problem) => {
                cx.refuse(problem, &reference, id, &first);
                break;
            }
        };
        if let Some(node) = &mut node {
            walk(cx, node, &step);
        }
        components.push(Component { target, section, node });
    }
    components
}

fn walk(cx: &mut Collector<'_, '_>, node: &mut Node, step: &Step<'_>) {
    let is_schema = step.site == Site::Of(Referable::Node(NodeKind::Schema));
    if is_schema && let Some(id) = own_id(node) {
        let uri = join(&step.scope.uri, id);
        let scope = ReferenceScope { file: step.scope.file, at: step.own.clone(), uri };
        let (own, place) = (step.own.clone(), step.place.clone());
        return inside(
            cx,
            node,
            &Step { site: step.site, scope: &scope, own, place, depth: step.depth },
        );
    }
    inside(cx, node, step);
}

fn inside(cx: &mut Collector<'_, '_>, node: &mut Node, step: &Step<'_>) {
    match &mut node.value {
        Value::List(list) => {
            let Some(site) = step.site.item() else { return };
            for (index, item) in list.iter_mut().enumerate() {
                walk(cx, item, &step.below(site, &index.to_string()));
            }
        }
        Value::Map(map) => {
            for (key, child) in map.iter_mut() {
                entry(cx, child, step, key);
            }
            if step.site == Site::Of(Referable::Node(NodeKind::Discriminator)) {
                mapping(cx, map, step);
            }
            dynamic(cx, map, step);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
    reference(cx, node, step);
}

fn entry(cx: &mut Collector<'_, '_>, child: &mut Node, step: &Step<'_>, key: &str) {
    if !matches!(child.value, Value::List(_) | Value::Map(_)) {
        return;
    }
    if let Some(site) = step.site.entry(key) {
        walk(cx, child, &step.below(site, key));
    }
}

/// A node that may be a reference itself.
fn reference(cx: &mut Collector<'_, '_>, node: &mut Node, step: &Step<'_>) {
    let Some(holder) = node.get("$ref") else { return };
    let (Some(text), id) = (holder.as_str().map(str::to_owned), holder.id) else { return };
    let Some(followed) = cx.follow(&text, step, id, true) else { return };
    let target = match followed {
        Followed::Location(target) => target,
        Followed::Name(name) => {
            cx.links.insert(id, NewReference::Text(name));
            return;
        }
        Followed::Left => return,
    };
    let is_alone = node.as_map().is_some_and(|it| it.len() == 1);
    let section = match step.site.destination() {
        Destination::Section(section) => section,
        Destination::First | Destination::Each => "",
    };
    if cx.is_in_place(step, &target, is_alone) {
        if let Err(problem) = in_place(cx, node, step, &target) {
            cx.refuse(problem, &text, id, &step.place);
        }
        return;
    }
    if !section.is_empty() {
        cx.want(&target, section, || step.wanted(step.site, &text, id));
    }
    cx.links.insert(id, NewReference::To(target, section));
}

/// Replaces a reference by what it leads to. What stands beside it stays.
fn in_place(
    cx: &mut Collector<'_, '_>,
    node: &mut Node,
    step: &Step<'_>,
    target: &FileLocation,
) -> Result<(), Problem> {
    if cx.open.contains(target) {
        return Err(Problem::Circle);
    }
    if step.depth > MAX_COPIED_DEPTH || cx.open.len() > MAX_COPIED_DEPTH {
        return Err(Problem::Deep);
    }
    let Some(mut inner) = cx.copy(target)? else { return Ok(()) };
    if step.place.component.is_none() {
        cx.mounts.entry(target.clone()).or_insert_with(|| step.place.at.clone());
    }
    let scope = ReferenceScope::of(cx.files, target);
    let (own, place) = (target.at.clone(), step.place.clone());
    let inner_step = Step { site: step.site, scope: &scope, own, place, depth: step.depth };
    cx.open.push(target.clone());
    walk(cx, &mut inner, &inner_step);
    cx.open.pop();
    match (&mut node.value, inner.value) {
        (Value::Map(map), Value::Map(entries)) if map.len() > 1 => {
            map.shift_remove("$ref");
            for (key, it) in entries {
                map.entry(key).or_insert(it);
            }
        }
        (_, value) => *node = Node::new(inner.id, value),
    }
    Ok(())
}
