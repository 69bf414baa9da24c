//! Where something stands: a JSON pointer in one of the files that we read.

use std::fmt;

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
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct SpecPtr(String);

impl SpecPtr {
    /// The whole file.
    pub fn root() -> Self {
        Self::default()
    }

    /// A pointer from its text, with or without the leading `#`.
    pub fn parse(text: &str) -> Self {
        Self(text.strip_prefix('#').unwrap_or(text).to_owned())
    }

    /// The value of `key` in the object that this points at.
    #[must_use]
    pub fn child(&self, key: &str) -> Self {
        let mut text = String::with_capacity(self.0.len() + key.len() + 1);
        text.push_str(&self.0);
        text.push('/');
        for c in key.chars() {
            match c {
                '~' => text.push_str("~0"),
                '/' => text.push_str("~1"),
                c => text.push(c),
            }
        }
        Self(text)
    }

    /// The item at `index` of the list that this points at.
    #[must_use]
    pub fn item(&self, index: usize) -> Self {
        Self(format!("{}/{index}", self.0))
    }

    /// The keys and indices on the way down, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(|it| it.replace("~1", "/").replace("~0", "~"))
    }

    /// The pointer's text, without the leading `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SpecPtr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// A pointer and the file that it points into.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// Which file.
    pub source: SourceId,
    /// Where in it.
    pub at: SpecPtr,
}
