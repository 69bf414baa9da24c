//! Types of other crates, which stand where `client.yaml` says.

use super::{Id, Table};
use crate::config::{DerivedTrait, TypeForm, TypePath};
use serde_json::Value as Json;
use std::collections::{BTreeSet, HashSet};

/// A type of another crate, in the place of a type that a schema becomes by itself.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ExternalType {
    pub(crate) path: TypePath,
    pub(crate) form: ExternalForm,
    /// It is small, and passed by value.
    pub(crate) is_copy: bool,
    /// Values that it writes as it reads them; none are known of some types.
    pub(crate) samples: Vec<Json>,
    pub(crate) traits: BTreeSet<DerivedTrait>,
}

/// The form in which values of a type of another crate travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ExternalForm {
    Text,
    Timestamp,
    Json,
    Base64,
    Base64Url,
}

/// All of them, and what was met of the entries that name them.
#[derive(Debug, Default)]
pub(crate) struct Externals {
    pub(crate) types: Table<ExternalType>,
    /// The numbers of the entries that something of the document was found for.
    pub(crate) used: HashSet<usize>,
    /// The formats of texts.
    pub(crate) formats: BTreeSet<String>,
}

impl Externals {
    /// The number of a type, the same for equal ones.
    pub(crate) fn intern(&mut self, it: ExternalType) -> Id<ExternalType> {
        let known = self.types.iter().find(|(_, known)| **known == it).map(|it| it.0);
        known.unwrap_or_else(|| self.types.push(it))
    }
}

impl ExternalType {
    /// A sample; `nth` tells the items of a list apart.
    pub(crate) fn sample(&self, nth: usize) -> Option<&Json> {
        self.samples.get(nth % self.samples.len().max(1))
    }
}

impl ExternalForm {
    /// True if values are bytes in base64.
    pub(crate) fn is_bytes(self) -> bool {
        matches!(self, Self::Base64 | Self::Base64Url)
    }
}

impl From<TypeForm> for ExternalForm {
    fn from(it: TypeForm) -> Self {
        match it {
            TypeForm::Text => Self::Text,
            TypeForm::Timestamp => Self::Timestamp,
            TypeForm::Json => Self::Json,
            TypeForm::Bytes => Self::Base64,
        }
    }
}
