//! Security schemes: those that OpenAPI has under another name, and which of them a socket needs.

use super::super::node::{Map, Node, Value};
use super::tree::{behind, entries, items, node, put, text};
use crate::diag::{Exact, NodeId, Sink, SpecPtr, UNSUPPORTED_SCHEME};
use std::collections::{HashMap, HashSet};

/// The keys of a scheme in OpenAPI.
const KEYS: &[&str] =
    &["type", "description", "name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl"];

/// The schemes of a document, as OpenAPI has them.
#[derive(Default)]
pub(super) struct Schemes {
    pub(super) found: Map,
    /// The names by the nodes of the document.
    names: HashMap<NodeId, String>,
    /// Those that say nothing of the handshake.
    others: HashSet<String>,
    counts: HashMap<String, usize>,
}

pub(super) fn schemes(root: &Node, sink: &mut Sink) -> Schemes {
    let mut schemes = Schemes::default();
    let Some(components) = root.get("components") else { return schemes };
    let at = SpecPtr::root().child("components").child("securitySchemes");
    for (name, entry) in entries(components, "securitySchemes") {
        let Some((_, source)) = behind(root, entry) else { continue };
        match scheme(source) {
            Some(it) => {
                schemes.names.entry(source.id).or_insert_with(|| name.clone());
                schemes.found.insert(name.clone(), it);
            }
            None => {
                schemes.others.insert(name.clone());
                unsupported(name, source, &at.child(name), sink);
            }
        }
    }
    schemes
}

fn unsupported(name: &str, source: &Node, at: &SpecPtr, sink: &mut Sink) {
    let kind = source.text("type").unwrap_or_default();
    let message = format_args!("`{name}` is of type `{kind}`, which says nothing of the handshake");
    sink.report(&UNSUPPORTED_SCHEME, at, message).exactly(Exact::Node(source.id));
}

fn scheme(source: &Node) -> Option<Node> {
    let mut scheme = source.clone();
    let Value::Map(map) = &mut scheme.value else { return None };
    let kind = match source.text("type")? {
        "httpApiKey" => "apiKey",
        "userPassword" => {
            map.insert("scheme".to_owned(), text(source.id, "basic"));
            "http"
        }
        kind @ ("http" | "oauth2" | "openIdConnect") => kind,
        _ => return None,
    };
    map.retain(|key, _| key.starts_with("x-") || KEYS.contains(&key.as_str()));
    map.insert("type".to_owned(), text(source.id, kind));
    Some(scheme)
}

impl Schemes {
    /// The alternatives that `security` of a server or an operation states, if it states any.
    pub(super) fn required(&mut self, root: &Node, holder: &Node, sink: &mut Sink) -> Option<Node> {
        let list = holder.get("security")?;
        let alternatives = items(holder, "security")
            .iter()
            .filter_map(|entry| self.alternative(root, entry, sink));
        Some(node(list.id, Value::List(alternatives.collect())))
    }

    /// One alternative: AsyncAPI 2 lists names with scopes, 3 lists schemes.
    fn alternative(&mut self, root: &Node, entry: &Node, sink: &mut Sink) -> Option<Node> {
        if entry.get("$ref").is_none() && entry.get("type").is_none() {
            let Value::Map(names) = &entry.value else { return None };
            return (!names.keys().any(|it| self.others.contains(it))).then(|| entry.clone());
        }
        let Some((name, source)) = behind(root, entry) else {
            // A name that no scheme has is told as it is in any document.
            let to = entry.text("$ref").unwrap_or_default();
            return Some(one(to, entry));
        };
        if let Some(name) = self.names.get(&source.id) {
            return Some(one(name, source));
        }
        if name.is_some_and(|it| self.others.contains(&it)) {
            return None;
        }
        let kind = source.text("type").unwrap_or("scheme");
        let Some(scheme) = scheme(source) else {
            let at = SpecPtr::root().child("servers");
            unsupported(kind, source, &at, sink);
            return None;
        };
        let name = put(&mut self.found, &mut self.counts, kind, scheme);
        let made = one(&name, source);
        self.names.insert(source.id, name);
        Some(made)
    }
}

fn one(name: &str, at: &Node) -> Node {
    let none = node(at.id, Value::List(Vec::new()));
    node(at.id, Value::Map(Map::from_iter([(name.to_owned(), none)])))
}
