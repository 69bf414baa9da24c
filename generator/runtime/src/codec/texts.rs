//! The text of an event: JSON, or, where the type has texts, the text as it is.

use super::fit::{Fit, measure};
use super::{Decode, DecodeError, from_slice, to_vec};

/// The usual sentinel at the end of a stream. It is not JSON, so it is an item only where any text
/// is one.
pub(crate) const DONE: &str = "[DONE]";

/// Which texts are values of a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Texts {
    /// None, or some among values of other kinds.
    Some,
    /// Words of a list, which may grow.
    Words,
    /// Texts only, none of which is judged.
    All,
}

/// Reads the text of an event.
pub(super) fn event<T: Decode>(text: &str) -> Result<T, DecodeError> {
    let (json, fit) = measure(|| from_slice::<T>(text.as_bytes()));
    if json.is_ok() && (!fit.keeps_unknown() || text.starts_with(['{', '['])) {
        return json;
    }
    match as_text(text) {
        Some((value, fit)) if !fit.keeps_unknown() => Ok(value),
        Some((value, _)) if T::TEXTS == Texts::Words && text.trim() != DONE => Ok(value),
        Some(_) | None => json,
    }
}

/// Reads a text that is a string without quotes, or else a number or a boolean.
pub(crate) fn plain<T: Decode>(text: &str) -> Result<T, DecodeError> {
    match as_text(text) {
        Some((value, fit)) if !fit.keeps_unknown() => Ok(value),
        Some((value, _)) => Ok(from_slice(text.as_bytes()).unwrap_or(value)),
        None => from_slice(text.as_bytes()),
    }
}

/// Reads a text that has no quotes around it.
pub(super) fn as_text<T: Decode>(text: &str) -> Option<(T, Fit)> {
    let quoted = to_vec(&text).ok()?;
    let (value, fit) = measure(|| from_slice::<T>(&quoted));
    Some((value.ok()?, fit))
}
