//! A document as plain JSON: its nodes with their places, references followed.

use super::choice::UndeclaredStream;
use serde_json::Value;

/// Steps that a chain of references may have.
const MAX_REFERENCES: usize = 32;

/// A document, and what the generator has told of it.
pub(super) struct CheckedDocument<'d> {
    pub(super) root: &'d Value,
    /// Findings of the generator: something that it has told and left out is no fault of the client.
    told: &'d [Finding],
    /// Streams of operations that are not in the document.
    pub(super) streams: &'d [UndeclaredStream],
}

/// A finding of the generator.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub(super) code: &'static str,
    pub(super) pointer: String,
    /// True if what the place is about is left out.
    pub(super) is_left_out: bool,
}

/// The subject of a check: a finding excuses no other one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Concern {
    /// That a parameter is given.
    Presence,
    /// The type of a parameter, which callers write as a text.
    Nesting,
    /// The type and the values of a schema.
    Values,
    /// The media type and the style of a part or of a form's property.
    Encoding,
    /// The schema that a tag names.
    Tag,
}

impl Concern {
    /// The findings that say so.
    fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Presence => &["no-effect"],
            Self::Nesting => &["not-expressed"],
            Self::Values => &["merge-conflict", "mistyped", "no-effect"],
            Self::Encoding => &["not-expressed", "no-effect"],
            Self::Tag => &["dangling-ref", "external-ref", "no-effect", "not-expressed"],
        }
    }

    /// True if a finding at a place below the one that is checked is about it: `below` is the way there.
    fn reaches(self, below: &[&str]) -> bool {
        match self {
            Self::Presence | Self::Nesting => below.is_empty(),
            Self::Encoding => matches!(below, [] | ["contentType" | "style" | "explode"]),
            Self::Tag => true,
            Self::Values => match below {
                [] | ["type" | "enum" | "const" | "format"] => true,
                ["allOf" | "oneOf" | "anyOf", _, rest @ ..] => self.reaches(rest),
                _ => false,
            },
        }
    }
}

/// A node and its place.
#[derive(Clone, Debug)]
pub(super) struct At<'d> {
    pub(super) node: &'d Value,
    pub(super) pointer: String,
}

impl<'d> CheckedDocument<'d> {
    pub(super) fn new(
        root: &'d Value,
        told: &'d [Finding],
        streams: &'d [UndeclaredStream],
    ) -> Self {
        Self { root, told, streams }
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

    /// True if what is checked of a place was told.
    pub(super) fn is_told(&self, at: &At<'_>, concern: Concern) -> bool {
        self.told.iter().filter(|it| concern.codes().contains(&it.code)).any(|it| {
            let below = way(&it.pointer, &at.pointer);
            below.is_some_and(|it| concern.reaches(&it))
        })
    }

    /// True if an operation was told to be left out, with its path or for what it holds.
    pub(super) fn is_left_out(&self, item: &At<'_>, operation: &At<'_>) -> bool {
        self.told.iter().any(|it| {
            let is_at = [item, operation].iter().any(|at| it.pointer == at.pointer);
            is_at || it.is_left_out && way(&it.pointer, &operation.pointer).is_some()
        })
    }
}

/// The keys that lead from a pointer to another that is the same or below it.
fn way<'p>(pointer: &'p str, from: &str) -> Option<Vec<&'p str>> {
    let rest = pointer.strip_prefix(from)?;
    if rest.is_empty() {
        return Some(Vec::new());
    }
    Some(rest.strip_prefix('/')?.split('/').collect())
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
