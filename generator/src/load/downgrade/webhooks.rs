//! Webhooks and callbacks: the schemas of what a server sends become schemas like any other, and all webhooks of a
//! document one union.

use super::super::document::reference_key;
use super::super::lookup::{METHODS, resolved};
use super::super::node::{Map, Node, Value};
use crate::diag::NodeId;
use indexmap::IndexMap;
use std::collections::HashSet;

/// The names that the union may have: the first that no schema has.
const UNIONS: &[&str] = &["WebhookEvent", "AnyWebhookEvent", "AnyWebhookOfTheApi"];

/// Moves the payloads of webhooks and callbacks into the schemas of the components. Whatever has no payload of JSON
/// stays where it is, and is told.
pub(super) fn as_schemas(root: &mut Node) {
    let mut added = AddedSchemas::of(root);
    let mut variants = IndexMap::new();
    for key in ["webhooks", "x-webhooks"] {
        let items = root.get(key).and_then(Node::as_map).cloned().unwrap_or_default();
        let mut expressed = HashSet::new();
        for (name, item) in items {
            for payload in payloads(root, &item) {
                let variant = added.reference(&name, &payload);
                let to = variant.get("$ref").and_then(Node::as_str).unwrap_or_default().to_owned();
                variants.entry(to).or_insert(variant);
                expressed.insert(name.clone());
            }
        }
        if let Value::Map(map) = &mut root.value
            && let Some(Value::Map(items)) = map.get_mut(key).map(|it| &mut it.value)
        {
            items.retain(|name, _| !expressed.contains(name));
        }
    }
    callbacks(root, &mut added);
    if let Some((_, first)) = variants.first() {
        added.union(first.id, variants.into_values().collect());
    }
    added.add_to(root);
}

/// Schemas that are not in the document's components yet.
struct AddedSchemas {
    /// The names of all schemas, without what may be spelled otherwise.
    taken: HashSet<String>,
    /// The names of those of the document that callbacks send.
    sent: Vec<String>,
    schemas: Map,
}

impl AddedSchemas {
    fn of(root: &Node) -> Self {
        let schemas = root.get("components").and_then(|it| it.get("schemas"));
        let taken = schemas.and_then(Node::as_map).into_iter().flat_map(Map::keys);
        let taken = taken.map(|it| bare(it)).collect();
        Self { taken, sent: Vec::new(), schemas: Map::new() }
    }

    /// A reference to a schema, which gets the name of what has it unless it has one.
    fn reference(&mut self, owner: &str, schema: &Node) -> Node {
        if let Some(to) = schema.get("$ref").and_then(Node::as_str) {
            self.sent.extend(to.strip_prefix("#/components/schemas/").map(str::to_owned));
            return schema.clone();
        }
        let mut name = owner.to_owned();
        while !self.taken.insert(bare(&name)) {
            name.push_str(" payload");
        }
        self.schemas.insert(name.clone(), schema.clone());
        reference(schema.id, &format!("#/components/schemas/{}", reference_key(&name)))
    }

    fn union(&mut self, id: NodeId, variants: Vec<Node>) {
        let Some(name) = UNIONS.iter().find(|it| !self.taken.contains(&bare(it))) else { return };
        let text = |it: &str| Node::new(id, Value::Text(it.to_owned()));
        let union = Map::from_iter([
            ("description".to_owned(), text("Any webhook of this API.")),
            ("oneOf".to_owned(), Node::new(id, Value::List(variants))),
        ]);
        self.schemas.insert((*name).to_owned(), Node::new(id, Value::Map(union)));
    }

    fn add_to(self, root: &mut Node) {
        if self.schemas.is_empty() && self.sent.is_empty() {
            return;
        }
        let id = root.id;
        let mut node = root;
        for key in ["components", "schemas"] {
            let Value::Map(map) = &mut node.value else { return };
            node =
                map.entry(key.to_owned()).or_insert_with(|| Node::new(id, Value::Map(Map::new())));
        }
        if let Value::Map(map) = &mut node.value {
            map.extend(self.schemas.into_iter().map(|(name, it)| (name, sent(it))));
            for name in self.sent {
                if let Some(it) = map.get_mut(&name) {
                    *it = sent(it.clone());
                }
            }
        }
    }
}

/// A name without what may be spelled otherwise.
fn bare(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A schema with the note that it is of a webhook or callback.
fn sent(mut schema: Node) -> Node {
    schema.notes.get_or_insert_default().webhook = true;
    schema
}

fn reference(id: NodeId, to: &str) -> Node {
    let text = Node::new(id, Value::Text(to.to_owned()));
    Node::new(id, Value::Map(Map::from_iter([("$ref".to_owned(), text)])))
}

/// The payloads of callbacks, which a type is made of though no union.
fn callbacks(root: &mut Node, added: &mut AddedSchemas) {
    let mut expressed = Vec::new();
    let paths = root.get("paths").and_then(Node::as_map).into_iter().flatten();
    for (path, item) in paths {
        for method in METHODS {
            let callbacks = item.get(method).and_then(|it| it.get("callbacks"));
            for (name, callback) in callbacks.and_then(Node::as_map).into_iter().flatten() {
                let callback = resolved(root, callback);
                let items = callback.and_then(Node::as_map).into_iter().flatten();
                let payloads: Vec<_> = items.flat_map(|it| payloads(root, it.1)).collect();
                for payload in &payloads {
                    added.reference(name, payload);
                }
                if !payloads.is_empty() {
                    expressed.push((path.clone(), *method, name.clone()));
                }
            }
        }
    }
    for (path, method, name) in expressed {
        remove(root, &["paths", &path, method, "callbacks", &name]);
    }
}

/// The schemas of JSON that the operations of a path item send.
fn payloads(root: &Node, item: &Node) -> Vec<Node> {
    let Some(item) = resolved(root, item) else { return Vec::new() };
    let operations = METHODS.iter().filter_map(|it| item.get(it));
    let operations = operations.filter(|it| !it.notes().left_out);
    operations.filter_map(|it| payload(root, it)).cloned().collect()
}

fn payload<'n>(root: &'n Node, operation: &'n Node) -> Option<&'n Node> {
    let body = resolved(root, operation.get("requestBody")?)?;
    let mut media_types = body.get("content")?.as_map()?.iter();
    let (_, media_type) = media_types.find(|(mime, _)| is_json(mime))?;
    resolved(root, media_type)?.get("schema").filter(|it| it.as_map().is_some())
}

fn is_json(mime: &str) -> bool {
    let mime = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    mime.ends_with("/json") || mime.ends_with("+json")
}

fn remove(root: &mut Node, path: &[&str]) {
    let Some((last, above)) = path.split_last() else { return };
    let mut node = root;
    for key in above {
        let Value::Map(map) = &mut node.value else { return };
        let Some(next) = map.get_mut(*key) else { return };
        node = next;
    }
    if let Value::Map(map) = &mut node.value {
        map.shift_remove(*last);
    }
}
