//! Statements of a document about values beyond their types: samples of the values are made from them.

use super::{Id, Operation, TypeDef};
use serde_json::Value as Json;
use std::collections::HashMap;

/// A document's statements about one value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct ValueHint {
    pub(crate) example: Option<Json>,
    pub(crate) default: Option<Json>,
    pub(crate) format: Option<String>,
    pub(crate) pattern: Option<String>,
    /// The least value, and whether it is itself too small.
    pub(crate) minimum: Option<(f64, bool)>,
    /// The greatest value, and whether it is itself too great.
    pub(crate) maximum: Option<(f64, bool)>,
    pub(crate) multiple_of: Option<f64>,
    pub(crate) min_length: Option<usize>,
    pub(crate) max_length: Option<usize>,
    pub(crate) min_items: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) unique: bool,
    /// The same of the items of a list, or of the values of a map.
    pub(crate) inner: Option<Box<ValueHint>>,
}

/// A document's statements about the body of a request or of an answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    /// `200`, `2XX` or `default`; empty for a request.
    pub(crate) status: String,
    /// The media type; empty where there is no body.
    pub(crate) mime: String,
    pub(crate) hint: ValueHint,
}

/// A document's statements about all its values, by the item that has them.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    pub(crate) types: HashMap<Id<TypeDef>, ValueHint>,
    /// By struct and number of the field.
    pub(crate) fields: HashMap<(Id<TypeDef>, usize), ValueHint>,
    /// By operation and number of the parameter.
    pub(crate) params: HashMap<(Id<Operation>, usize), ValueHint>,
    pub(crate) bodies: HashMap<Id<Operation>, Vec<Content>>,
    /// The declared answers, in the order of the document.
    pub(crate) answers: HashMap<Id<Operation>, Vec<Content>>,
}

impl ValueHint {
    /// Adds what another schema says that holds too.
    pub(crate) fn add(&mut self, other: Self) {
        self.example = self.example.take().or(other.example);
        self.default = self.default.take().or(other.default);
        self.format = self.format.take().or(other.format);
        self.pattern = self.pattern.take().or(other.pattern);
        self.minimum = self.minimum.or(other.minimum);
        self.maximum = self.maximum.or(other.maximum);
        self.multiple_of = self.multiple_of.or(other.multiple_of);
        self.min_length = self.min_length.or(other.min_length);
        self.max_length = self.max_length.or(other.max_length);
        self.min_items = self.min_items.or(other.min_items);
        self.max_items = self.max_items.or(other.max_items);
        self.unique |= other.unique;
        self.inner = self.inner.take().or(other.inner);
    }
}
