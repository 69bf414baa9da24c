//! Splits the bytes of a stream into items.

use super::lines::Lines;
use super::sse::{Frame, Sse};
use super::values::Values;

/// The framing of the items of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Sse,
    /// JSON, a line or a record each.
    Lines,
    /// JSON, one value after another.
    Values,
    /// The items of an array.
    Array,
    /// Lines of text.
    Text,
}

/// Takes bytes as they come, gives frames.
pub(super) enum Decoder {
    Sse(Sse),
    Lines(Lines),
    Values(Values),
}

impl Decoder {
    pub(super) fn new(format: Format, max: usize) -> Self {
        match format {
            Format::Sse => Self::Sse(Sse::new(max)),
            Format::Lines => Self::Lines(Lines::new(max)),
            Format::Values => Self::Values(Values::new(max)),
            Format::Array => Self::Values(Values::of_array(max)),
            Format::Text => Self::Lines(Lines::of_text(max)),
        }
    }

    pub(super) fn next(&mut self) -> Option<Frame> {
        match self {
            Self::Sse(sse) => sse.next(),
            Self::Lines(lines) => lines.next(),
            Self::Values(values) => values.next(),
        }
    }

    pub(super) fn push(&mut self, bytes: &[u8]) -> Result<(), usize> {
        match self {
            Self::Sse(sse) => sse.push(bytes),
            Self::Lines(lines) => lines.push(bytes),
            Self::Values(values) => values.push(bytes),
        }
    }

    /// The rest, when the stream ends. An SSE event without an empty line after it is dropped.
    pub(super) fn finish(&mut self) -> Option<Frame> {
        match self {
            Self::Sse(_) => None,
            Self::Lines(lines) => lines.finish(),
            Self::Values(values) => values.finish(),
        }
    }
}
