//! The schemas that operations, webhooks, callbacks and `keep` refer to, at any distance: also those that come to no type of their own there.

use super::{LowerCx, components, heirs};
use crate::diag::SpecPtr;
use crate::load::{Node, Value, pointed};
use std::collections::HashSet;

/// The places of such schemas among the components.
pub(super) fn referenced(cx: &LowerCx<'_>) -> HashSet<SpecPtr> {
    let mut found = HashSet::new();
    let mut seen = HashSet::new();
    let schemas = SpecPtr::root().child("components").child("schemas");
    let of_webhooks = cx.document.tree().at(&schemas).and_then(Node::as_map).into_iter().flatten();
    let of_webhooks = of_webhooks.filter(|it| it.1.notes().webhook);
    let mut places: Vec<_> = of_webhooks.map(|(name, _)| components::place(name)).collect();
    places.push(SpecPtr::root().child("paths"));
    places.extend(cx.client.keep.iter().map(|name| components::place(name)));
    let mut queue = Queue { places, texts: HashSet::new() };
    while let Some(at) = queue.places.pop() {
        let component = component_of(&at);
        // Schemas that extend a base are its variants.
        let news = component.as_ref().filter(|it| found.insert((*it).clone()));
        let heirs = news.and_then(|it| cx.children.get(it));
        queue.places.extend(heirs.into_iter().flatten().map(|name| components::place(name)));
        // A pointer may lead through a reference: then the whole component on the way to it counts.
        let node = cx.document.tree().at(&at).or_else(|| cx.document.tree().at(&component?));
        if let Some(node) = node.filter(|_| seen.insert(at)) {
            visit(cx, node, &mut queue);
        }
    }
    found
}

/// The places to go to.
struct Queue<'a> {
    places: Vec<SpecPtr>,
    /// The references that led to them.
    texts: HashSet<&'a str>,
}

/// The schema that a place is in, or is.
fn component_of(at: &SpecPtr) -> Option<SpecPtr> {
    let mut keys = at.segments();
    let is_schema = keys.next()? == "components" && keys.next()? == "schemas";
    keys.next().filter(|_| is_schema).map(|name| components::place(&name))
}

/// Adds the targets of the references and mappings below a node.
fn visit<'a>(cx: &LowerCx<'_>, node: &'a Node, queue: &mut Queue<'a>) {
    queue.places.extend(node.notes().copy_of.clone());
    match &node.value {
        Value::Map(map) => {
            for (key, value) in map {
                match (key.as_str(), &value.value) {
                    ("$ref", Value::Text(it)) => {
                        let fragment = it.strip_prefix('#').filter(|it| queue.texts.insert(it));
                        queue.places.extend(fragment.map(pointed));
                    }
                    ("mapping", Value::Map(entries)) => {
                        let targets = entries.values().filter_map(Node::as_str);
                        queue.places.extend(targets.filter_map(|it| heirs::mapped_to(cx, it)));
                        // A property may have this name.
                        visit(cx, value, queue);
                    }
                    _ => visit(cx, value, queue),
                }
            }
        }
        Value::List(list) => list.iter().for_each(|it| visit(cx, it, queue)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}
