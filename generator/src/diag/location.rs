//! Locations: JSON pointers into the files that the generator reads.

use std::borrow::Cow;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// One of the files of a vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SourceId {
    /// The OpenAPI document, or an AsyncAPI document alone.
    Document,
    /// One of the files that the document refers to, by its number.
    File(u16),
    /// The AsyncAPI document beside it.
    Asyncapi,
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
    /// The number of nodes that were read before it.
    pub serial: u32,
}

/// A JSON pointer into a file (RFC 6901, without the leading `#`).
///
/// Pointers are taken at every step of the way down a document, so one shares the keys above it with all
/// others: a step costs the same however long the keys above are.
#[derive(Clone, Default)]
pub struct SpecPtr(Option<Arc<PointerStep>>);

/// The last step of a pointer.
struct PointerStep {
    up: SpecPtr,
    key: PointerKey,
    /// Of all steps down to this one.
    hash: u64,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum PointerKey {
    /// A key or an index, as a document has them.
    Written(Box<str>),
    Derived(Box<Derived>),
}

/// A step from a schema to a type that is derived from it and is not itself in the document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Derived {
    /// The schema there combined with the one at a place, which was chosen.
    With(SpecPtr),
    /// A schema that chooses between those that extend it, as one of them.
    Own,
    /// A variant once more, for another of its tags.
    Tag(String),
    /// The number of one of the variants that are several others at once.
    Combined(usize),
    /// The choice between the kinds of properties that have no name.
    Choice,
    /// The JSON that the data of an event is.
    Data,
    /// The same with files as parts of a body.
    Parts,
    /// The same where its place is taken.
    Other,
}

impl Derived {
    /// The words that name it.
    pub(crate) fn words(&self) -> Vec<String> {
        let word = match self {
            Self::With(place) => return vec!["with".to_owned(), place.text()],
            Self::Tag(tag) => return vec!["tag".to_owned(), tag.clone()],
            Self::Combined(index) => return vec!["combined".to_owned(), index.to_string()],
            Self::Own => "base",
            Self::Choice => "choice",
            Self::Data => "data",
            Self::Parts => "parts",
            Self::Other => "other",
        };
        vec![word.to_owned()]
    }
}

/// A step on the way down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PointerSegment<'p> {
    /// A key or an index.
    Written(&'p str),
    Derived(&'p Derived),
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
        self.below(PointerKey::Written(key.into()))
    }

    /// The item at `index` of the list that this points at.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        self.child(&index.to_string())
    }

    /// The place of what is derived from the schema that this points at.
    #[must_use]
    pub(crate) fn derived(&self, it: Derived) -> Self {
        self.below(PointerKey::Derived(Box::new(it)))
    }

    fn below(&self, key: PointerKey) -> Self {
        let mut hasher = DefaultHasher::new();
        self.hash(&mut hasher);
        key.hash(&mut hasher);
        Self(Some(Arc::new(PointerStep { up: self.clone(), key, hash: hasher.finish() })))
    }

    /// The place itself, or the one above where it is that of something derived in this way.
    #[must_use]
    pub(crate) fn without(&self, it: &Derived) -> Self {
        match self.0.as_deref() {
            Some(PointerStep { up, key: PointerKey::Derived(last), .. }) if **last == *it => {
                up.clone()
            }
            Some(_) | None => self.clone(),
        }
    }

    /// The places of the schemas that were chosen on the way to this one, which may be in no document.
    pub(crate) fn choices(&self) -> Vec<Self> {
        let mut found = vec![Self::root()];
        for step in self.steps() {
            match (&step.key, found.last_mut()) {
                (PointerKey::Derived(it), last) => match (&**it, last) {
                    (Derived::With(place), _) => found.push(place.clone()),
                    (_, Some(last)) => *last = last.below(step.key.clone()),
                    (_, None) => {}
                },
                (PointerKey::Written(key), Some(last)) => *last = last.child(key),
                (PointerKey::Written(_), None) => {}
            }
        }
        found
    }

    /// The place as the document has it: without what is derived and what is below that.
    #[must_use]
    pub(crate) fn written(&self) -> Self {
        let first = self.steps().into_iter().find(|it| matches!(it.key, PointerKey::Derived(_)));
        first.map_or_else(|| self.clone(), |it| it.up.clone())
    }

    /// The steps on the way down.
    pub(crate) fn way(&self) -> Vec<PointerSegment<'_>> {
        let steps = self.steps().into_iter();
        let segments = steps.map(|it| match &it.key {
            PointerKey::Written(key) => PointerSegment::Written(key),
            PointerKey::Derived(it) => PointerSegment::Derived(it),
        });
        segments.collect()
    }

    /// The keys and indices on the way down, unescaped; what is derived as no document spells a key.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.keys().map(Cow::into_owned)
    }

    /// The same, borrowed where a document spells them.
    pub(crate) fn keys(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.steps().into_iter().map(|it| match &it.key {
            PointerKey::Written(key) => Cow::Borrowed(&**key),
            PointerKey::Derived(it) => Cow::Owned(spelled(it)),
        })
    }

    /// True if this points into the value that another points at.
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

    fn steps(&self) -> Vec<&PointerStep> {
        let mut steps: Vec<_> =
            std::iter::successors(self.0.as_deref(), |it| it.up.0.as_deref()).collect();
        steps.reverse();
        steps
    }

    /// The pointer's text, without the leading `#`.
    pub fn text(&self) -> String {
        let steps = self.steps();
        let length = |it: &&PointerStep| match &it.key {
            PointerKey::Written(key) => key.len() + 1,
            PointerKey::Derived(_) => 16,
        };
        let mut text = String::with_capacity(steps.iter().map(length).sum());
        for step in steps {
            text.push('/');
            match &step.key {
                PointerKey::Written(key) => text.push_str(&pointer_key(key)),
                PointerKey::Derived(it) => text.push_str(&spelled(it)),
            }
        }
        text
    }
}

/// The text of a key in a pointer.
pub(crate) fn pointer_key(key: &str) -> Cow<'_, str> {
    match key.contains(['~', '/']) {
        true => Cow::Owned(key.replace('~', "~0").replace('/', "~1")),
        false => Cow::Borrowed(key),
    }
}

/// The text of a derived step in a pointer. No other step has a tilde before a letter.
fn spelled(it: &Derived) -> String {
    let words = it.words().into_iter().map(|it| pointer_key(&it).into_owned());
    format!("~{}", words.collect::<Vec<_>>().join("/"))
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
pub struct Location {
    /// The file.
    pub source: SourceId,
    /// The pointer into the file.
    pub at: SpecPtr,
}
