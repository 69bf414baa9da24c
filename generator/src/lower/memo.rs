//! The lowering state of each schema, and of each group of schemas that hold at once.

use super::merge::{Choices, SchemaView};
use super::schema::Lowered;
use super::{LowerCx, bounds};
use crate::diag::SpecPtr;

/// The lowering state of a schema.
#[derive(Clone)]
pub(super) enum Memo {
    /// Under way, and without a name: who meets it again goes in a circle.
    Pending,
    /// Known, though perhaps not filled in yet.
    Known(Lowered),
    /// Reported and left out.
    Refused,
}

/// The source of a type: a single schema, or all schemas that hold at once in one place of the document.
///
/// The place is part of it, so that each user of the same schemas has a type that is named after the user.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct MemoKey {
    at: SpecPtr,
    members: Vec<(SpecPtr, Choices, bool)>,
}

impl MemoKey {
    /// The key of a single schema.
    pub(super) fn one(at: &SpecPtr) -> Self {
        Self { at: at.clone(), members: Vec::new() }
    }

    /// Schemas that hold at once, as the schema at `at`.
    pub(super) fn of(cx: &LowerCx<'_>, at: &SpecPtr, pieces: &[SchemaView<'_>]) -> Self {
        if let [one] = pieces
            && one.spot.at == *at
            && one.choices == Choices::All
            && !one.flat
        {
            return Self::one(at);
        }
        let mut members: Vec<_> =
            pieces.iter().map(|it| (it.spot.at.clone(), it.choices, it.flat)).collect();
        members.sort_by_cached_key(|it| (it.0.text(), it.1, it.2));
        members.dedup();
        // A place that the document does not have may grow without end where schemas lead back to themselves.
        Self { at: bounds::real(cx.document, at), members }
    }

    /// True if the key is that of a group of schemas.
    pub(super) fn is_group(&self) -> bool {
        !self.members.is_empty()
    }
}
