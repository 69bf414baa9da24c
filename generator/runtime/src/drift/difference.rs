//! A difference between a response and the document.

use super::words;
use serde_json::Value;

/// The kinds, by the names that they have in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DifferenceKind {
    MissingProperty,
    Null,
    OtherType,
    UndocumentedBody,
    UndocumentedProperty,
    UndocumentedStatus,
    UnknownValue,
    UnknownVariant,
}

impl DifferenceKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::MissingProperty => "missing property",
            Self::Null => "null",
            Self::OtherType => "other type",
            Self::UndocumentedBody => "undocumented body",
            Self::UndocumentedProperty => "undocumented property",
            Self::UndocumentedStatus => "undocumented status",
            Self::UnknownValue => "unknown value",
            Self::UnknownVariant => "unknown variant",
        }
    }

    /// The word that stands for details that are not kept, or too many.
    pub(super) fn other_details(self) -> &'static str {
        match self {
            Self::MissingProperty | Self::UndocumentedProperty => words::OTHER_NAMES,
            Self::Null
            | Self::OtherType
            | Self::UndocumentedBody
            | Self::UndocumentedStatus
            | Self::UnknownValue
            | Self::UnknownVariant => words::NOT_KEPT,
        }
    }
}

/// A difference at a place of the document.
#[derive(Clone, Debug)]
pub(super) struct Difference<'v> {
    /// The JSON pointer in the document.
    pub(super) at: String,
    pub(super) kind: DifferenceKind,
    /// The value, type, property or status that was met.
    pub(super) detail: String,
    /// The value whose shape is kept, too.
    pub(super) value: Option<&'v Value>,
}
