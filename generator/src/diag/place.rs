//! Where something stands: a JSON pointer in one of the files that we read.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// One of the files of a vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceId {
    /// The OpenAPI document.
    Document,
    /// `overlay.yaml`.
    Overlay,
    /// `client.yaml`.
    Client,
    /// `names.lock`.
    Names,
}

/// The position of a node in its file: nodes are counted in reading order, an alias anew each time
/// that it is used. Line and column are found from it only when something is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId {
    /// The file that the node came from.
    pub source: SourceId,
    /// How many nodes were read before it.
    pub serial: u32,
}

/// A JSON pointer into a file (RFC 6901, without the leading `#`).
///
/// Pointers are taken at every step of the way down a document, so one shares the keys above it with all
/// others: a step costs the same however long the keys above are.
#[derive(Clone, Default)]
pub struct SpecPtr(Option<Arc<Step>>);

/// The last key of a pointer.
struct Step {
    up: SpecPtr,
    key: Box<str>,
    /// Of all keys down to this one.
    hash: u64,
}

impl SpecPtr {
    /// The whole file.
    pub fn root() -> Self {
        Self::default()
    }

    /// A pointer from its text, with or without the leading `#` and the first `/`.
    pub fn parse(text: &str) -> Self {
        let text = text.strip_prefix('#').unwrap_or(text);
        if text.is_empty() {
            return Self::root();
        }
        let keys = text.strip_prefix('/').unwrap_or(text).split('/');
        keys.fold(Self::root(), |at, key| match key.contains('~') {
            true => at.child(&key.replace("~1", "/").replace("~0", "~")),
            false => at.child(key),
        })
    }

    /// The value of `key` in the object that this points at.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        key.hash(&mut hasher);
        Self(Some(Arc::new(Step { up: self.clone(), key: key.into(), hash: hasher.finish() })))
    }

    /// The item at `index` of the list that this points at.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        self.child(&index.to_string())
    }

    /// The place itself, or the one above where it is the value of a key of ours.
    #[must_use]
    pub(crate) fn without(&self, key: &str) -> Self {
        match self.0.as_deref() {
            Some(step) if *step.key == *key => step.up.clone(),
            Some(_) | None => self.clone(),
        }
    }

    /// The places of the schemas that were chosen on the way to this one, which may be in no document.
    pub(crate) fn choices(&self) -> Vec<Self> {
        let mut found = vec![Self::root()];
        let mut keys = self.segments();
        while let Some(key) = keys.next() {
            if key == "x-ir-with" {
                found.extend(keys.next().map(|it| Self::parse(&it)));
            } else if let Some(last) = found.last_mut() {
                *last = last.child(&key);
            }
        }
        found
    }

    /// The place as the document has it: without keys of ours and what is below them.
    #[must_use]
    pub(crate) fn written(&self) -> Self {
        let mut found = Self::root();
        for key in self.keys() {
            let key = match key {
                "x-ir-prefix-items" => "prefixItems",
                "x-ir-pattern-properties" => "patternProperties",
                "x-ir-content-schema" => "contentSchema",
                _ if key.starts_with("x-ir-") => break,
                _ => key,
            };
            found = found.child(key);
        }
        found
    }

    /// The keys and indices on the way down, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.keys().into_iter().map(str::to_owned)
    }

    /// Whether this points into the value that another points at.
    pub fn is_below(&self, other: &Self) -> bool {
        let mut up = self.0.as_deref();
        while let Some(step) = up {
            if step.up == *other {
                return true;
            }
            up = step.up.0.as_deref();
        }
        false
    }

    fn keys(&self) -> Vec<&str> {
        let steps = std::iter::successors(self.0.as_deref(), |it| it.up.0.as_deref());
        let mut keys: Vec<_> = steps.map(|it| &*it.key).collect();
        keys.reverse();
        keys
    }

    /// The pointer's text, without the leading `#`.
    pub fn text(&self) -> String {
        let keys = self.keys();
        let mut text = String::with_capacity(keys.iter().map(|it| it.len() + 1).sum());
        for key in keys {
            text.push('/');
            match key.contains(['~', '/']) {
                true => text.push_str(&key.replace('~', "~0").replace('/', "~1")),
                false => text.push_str(key),
            }
        }
        text
    }
}

/// Pointers that differ nearly always differ in their hashes, and equal ones often share their steps.
impl PartialEq for SpecPtr {
    fn eq(&self, other: &Self) -> bool {
        let (mut one, mut other) = (&self.0, &other.0);
        while let (Some(left), Some(right)) = (one, other) {
            if Arc::ptr_eq(left, right) {
                return true;
            }
            if left.hash != right.hash || left.key != right.key {
                return false;
            }
            (one, other) = (&left.up.0, &right.up.0);
        }
        one.is_none() && other.is_none()
    }
}

impl Eq for SpecPtr {}

impl Hash for SpecPtr {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.0.as_ref().map_or(0, |it| it.hash));
    }
}

impl fmt::Debug for SpecPtr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SpecPtr({:?})", self.text())
    }
}

/// With the leading `#`.
impl fmt::Display for SpecPtr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.text())
    }
}

/// A pointer and the file that it points into.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// Which file.
    pub source: SourceId,
    /// Where in it.
    pub at: SpecPtr,
}
