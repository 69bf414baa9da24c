//! A document as plain JSON: its nodes with their places, references followed.

use serde_json::Value;

/// Steps that a chain of references may have.
const MAX_REFERENCES: usize = 32;

/// A document, and the places that the generator has told something of.
pub(super) struct CheckedDocument<'d> {
    pub(super) root: &'d Value,
    told: &'d [String],
}

/// A node and its place.
#[derive(Clone, Debug)]
pub(super) struct At<'d> {
    pub(super) node: &'d Value,
    pub(super) pointer: String,
}

impl<'d> CheckedDocument<'d> {
    pub(super) fn new(root: &'d Value, told: &'d [String]) -> Self {
        Self { root, told }
    }

    pub(super) fn root(&self) -> At<'d> {
        At { node: self.root, pointer: "#".to_owned() }
    }

    /// The node that a reference leads to; the node itself where it is none. Nothing where it leads nowhere.
    pub(super) fn resolve(&self, at: &At<'d>) -> Option<At<'d>> {
        let mut at = at.clone();
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = at.node.get("$ref").and_then(Value::as_str) else {
                return Some(at);
            };
            at = self.target(reference)?;
        }
        None
    }

    /// The node that a local reference points at.
    pub(super) fn target(&self, reference: &str) -> Option<At<'d>> {
        let pointer = super::text::percent_decoded(reference.strip_prefix('#')?);
        let node = self.root.pointer(&pointer)?;
        Some(At { node, pointer: format!("#{pointer}") })
    }

    /// True if something was told of a place, or of what it holds.
    pub(super) fn is_told(&self, at: &At<'_>) -> bool {
        self.told.iter().any(|told| is_within(told, &at.pointer))
    }

    /// True if something was told of this place itself.
    pub(super) fn is_told_exactly(&self, at: &At<'_>) -> bool {
        self.told.contains(&at.pointer)
    }

    /// True if something of a name was told anywhere.
    pub(super) fn is_told_of(&self, name: &str) -> bool {
        let end = format!("/{}", escaped(name));
        let inner = format!("{end}/");
        self.told.iter().any(|told| told.ends_with(&end) || told.contains(&inner))
    }
}

/// True if a pointer is another or is below it.
fn is_within(pointer: &str, other: &str) -> bool {
    pointer.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn escaped(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

impl<'d> At<'d> {
    pub(super) fn child(&self, key: &str) -> Option<At<'d>> {
        let node = self.node.as_object()?.get(key)?;
        Some(At { node, pointer: format!("{}/{}", self.pointer, escaped(key)) })
    }

    /// The entries of the object at `key`.
    pub(super) fn entries(&self, key: &str) -> Vec<(&'d str, At<'d>)> {
        let Some(at) = self.child(key) else { return Vec::new() };
        at.members()
    }

    /// The entries of this object.
    pub(super) fn members(&self) -> Vec<(&'d str, At<'d>)> {
        let entries = self.node.as_object().into_iter().flatten();
        let entries = entries.map(|(key, node)| {
            (key.as_str(), At { node, pointer: format!("{}/{}", self.pointer, escaped(key)) })
        });
        entries.collect()
    }

    /// The items of the list at `key`.
    pub(super) fn items(&self, key: &str) -> Vec<At<'d>> {
        let Some(at) = self.child(key) else { return Vec::new() };
        let items = at.node.as_array().into_iter().flatten().enumerate();
        items.map(|(index, node)| At { node, pointer: format!("{}/{index}", at.pointer) }).collect()
    }

    pub(super) fn text(&self, key: &str) -> Option<&'d str> {
        self.node.get(key)?.as_str()
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        match self.node.get(key)? {
            Value::Bool(it) => Some(*it),
            Value::String(it) => it.parse().ok(),
            _ => None,
        }
    }
}
