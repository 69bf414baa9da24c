//! The parts of a document that chosen operations refer to, at any distance.

use super::super::document::pointed;
use super::super::lookup::{METHODS, mapped_to, schema_place};
use super::super::node::{Node, Value};
use super::choice::DeclaredOperation;
use super::schemas_place;
use crate::config::Client;
use crate::diag::SpecPtr;
use std::collections::{HashMap, HashSet};

/// The places that are reached: components, and places in path items that a reference leads into.
pub(super) fn reached(
    tree: &Node,
    declared: &[DeclaredOperation<'_>],
    chosen: &HashSet<SpecPtr>,
    client: &Client,
) -> HashSet<SpecPtr> {
    let mut reach = ReachVisitor {
        tree,
        heirs: heirs(tree),
        found: HashSet::new(),
        texts: HashSet::new(),
        queue: Vec::new(),
        by_name: false,
    };
    for it in declared.iter().filter(|it| chosen.contains(&it.at)) {
        reach.operation(it);
    }
    client.keep.iter().for_each(|name| reach.place(&schema_place(name)));
    let streams = client.streams.operations.iter().filter(|it| chosen.contains(&it.target));
    streams.filter_map(|it| it.item.as_ref()).for_each(|it| reach.place(it));
    while let Some(node) = reach.queue.pop() {
        reach.visit(node);
    }
    reach.found
}

struct ReachVisitor<'t> {
    tree: &'t Node,
    /// The schemas that extend a schema, by its name.
    heirs: HashMap<String, Vec<&'t str>>,
    found: HashSet<SpecPtr>,
    /// References that were followed.
    texts: HashSet<&'t str>,
    queue: Vec<&'t Node>,
    /// True once the schemas that have a name for references are found.
    by_name: bool,
}

impl<'t> ReachVisitor<'t> {
    fn operation(&mut self, it: &DeclaredOperation<'t>) {
        self.queue.push(it.node);
        let shared = it.item.as_map().into_iter().flatten();
        let shared = shared.filter(|(key, _)| !METHODS.contains(&key.as_str()));
        self.queue.extend(shared.map(|it| it.1));
        let security = it.node.get("security").or_else(|| self.tree.get("security"));
        let schemes = SpecPtr::root().child("components").child("securitySchemes");
        for requirement in security.and_then(Node::as_list).into_iter().flatten() {
            let names = requirement.as_map().into_iter().flatten();
            names.for_each(|(name, _)| self.place(&schemes.child(name)));
        }
    }

    /// Adds the component that a place is in, or else what is at the place.
    fn place(&mut self, at: &SpecPtr) {
        let mut node = self.tree;
        let mut place = SpecPtr::root();
        let is_component = at.keys().next().is_some_and(|it| it == "components");
        let mut steps = 0;
        for key in at.keys().take(if is_component { 3 } else { usize::MAX }) {
            // A pointer may lead through a reference, whose target is found by itself.
            let Some(next) = node.step(&key) else { break };
            (node, place, steps) = (next, place.child(&key), steps + 1);
        }
        let least = if is_component { 3 } else { 1 };
        if steps < least || !self.found.insert(place.clone()) {
            return;
        }
        self.queue.push(node);
        if is_component && node.get("discriminator").is_some() {
            self.variants(&place);
        }
    }

    /// Adds the schemas that extend one whose discriminator chooses between them.
    fn variants(&mut self, base: &SpecPtr) {
        let Some(name) = base.segments().last().filter(|it| *base == schema_place(it)) else {
            return;
        };
        let mut queue = vec![name];
        let mut seen = HashSet::new();
        while let Some(name) = queue.pop() {
            let heirs = self.heirs.get(&name).cloned().unwrap_or_default();
            for heir in heirs.into_iter().filter(|it| seen.insert(*it)) {
                self.place(&schema_place(heir));
                queue.push(heir.to_owned());
            }
        }
    }

    /// Follows the references and mappings in a node.
    fn visit(&mut self, node: &'t Node) {
        match &node.value {
            Value::Map(map) => {
                for (key, value) in map {
                    match (key.as_str(), &value.value) {
                        ("$ref" | "$dynamicRef", Value::Text(text)) => self.reference(text),
                        ("mapping", Value::Map(entries)) => {
                            let targets = entries.values().filter_map(Node::as_str);
                            for target in targets {
                                if let Some(place) = mapped_to(self.tree, target) {
                                    self.place(&place);
                                }
                            }
                            // A property may have this name.
                            self.visit(value);
                        }
                        _ => self.visit(value),
                    }
                }
            }
            Value::List(list) => list.iter().for_each(|it| self.visit(it)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }

    fn reference(&mut self, text: &'t str) {
        if !self.texts.insert(text) {
            return;
        }
        match text.strip_prefix('#').filter(|it| it.starts_with('/')) {
            Some(fragment) => self.place(&pointed(fragment)),
            // Which of the schemas with a name is meant is found out later.
            None if !std::mem::replace(&mut self.by_name, true) => {
                let schemas = self.tree.at(&schemas_place()).and_then(Node::as_map);
                let named = schemas.into_iter().flatten().filter(|it| is_named(it.1));
                named.for_each(|(name, _)| self.place(&schema_place(name)));
            }
            None => {}
        }
    }
}

/// True if a schema, or one in it, has a name that references may use.
fn is_named(node: &Node) -> bool {
    match &node.value {
        Value::Map(map) => map.iter().any(|(key, it)| {
            matches!(key.as_str(), "$id" | "$anchor" | "$dynamicAnchor") || is_named(it)
        }),
        Value::List(list) => list.iter().any(is_named),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => false,
    }
}

/// The names of the schemas that extend a schema, by its name.
fn heirs(tree: &Node) -> HashMap<String, Vec<&str>> {
    let mut found: HashMap<String, Vec<&str>> = HashMap::new();
    let schemas = tree.at(&schemas_place()).and_then(Node::as_map);
    for (name, schema) in schemas.into_iter().flatten() {
        let mut queue = vec![schema];
        while let Some(node) = queue.pop() {
            let base = node.text("$ref").and_then(|it| it.strip_prefix("#/components/schemas/"));
            if let Some(base) = base.and_then(|it| pointed(it).segments().last()) {
                found.entry(base).or_default().push(name);
            }
            queue.extend(node.get("allOf").and_then(Node::as_list).into_iter().flatten());
        }
    }
    found
}
