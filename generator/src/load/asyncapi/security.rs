//! Security schemes: those that OpenAPI has under another name, and which of them a socket needs.

use super::super::node::{Map, Node, Value};
use super::tree::{behind, entries, items, node, text};
use crate::diag::{Exact, Sink, SpecPtr, UNSUPPORTED_SCHEME};

/// What OpenAPI says of a scheme.
const KEYS: &[&str] =
    &["type", "description", "name", "in", "scheme", "bearerFormat", "flows", "openIdConnectUrl"];

/// The schemes of a document, as OpenAPI has them.
pub(super) struct Schemes {
    pub(super) found: Map,
}

pub(super) fn schemes(root: &Node, sink: &mut Sink) -> Schemes {
    let mut found = Map::new();
    let Some(components) = root.get("components") else { return Schemes { found } };
    let at = SpecPtr::root().child("components").child("securitySchemes");
    for (name, entry) in entries(components, "securitySchemes") {
        let Some((_, source)) = behind(root, entry) else { continue };
        match scheme(source) {
            Some(it) => {
                found.insert(name.clone(), it);
            }
            None => {
                let kind = source.text("type").unwrap_or_default();
                let message = format_args!(
                    "`{name}` is of type `{kind}`, which says nothing of the handshake"
                );
                sink.report(&UNSUPPORTED_SCHEME, &at.child(name), message)
                    .exactly(Exact::Node(source.id));
            }
        }
    }
    Schemes { found }
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
    pub(super) fn required(&self, root: &Node, holder: &Node) -> Option<Node> {
        let list = holder.get("security")?;
        let alternatives =
            items(holder, "security").iter().filter_map(|entry| self.alternative(root, entry));
        Some(node(list.id, Value::List(alternatives.collect())))
    }

    /// One alternative: AsyncAPI 2 lists names with scopes, 3 lists schemes.
    fn alternative(&self, root: &Node, entry: &Node) -> Option<Node> {
        if entry.get("$ref").is_none() && entry.get("type").is_none() {
            let Value::Map(names) = &entry.value else { return None };
            return names.keys().all(|it| self.found.contains_key(it)).then(|| entry.clone());
        }
        let (name, source) = behind(root, entry)?;
        let name = name.or_else(|| {
            self.found.iter().find(|(_, it)| it.id == source.id).map(|(name, _)| name.clone())
        })?;
        self.found.contains_key(&name).then(|| one(&name, source))
    }
}

fn one(name: &str, at: &Node) -> Node {
    let none = node(at.id, Value::List(Vec::new()));
    node(at.id, Value::Map(Map::from_iter([(name.to_owned(), none)])))
}
