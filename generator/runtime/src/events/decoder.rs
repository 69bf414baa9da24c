//! Splits the bytes of a stream into items.

use super::lines::LineDecoder;
use super::sse::{Frame, SseDecoder};
use super::values::ValueDecoder;

/// The framing of the items of a stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StreamFormat {
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

/// Splits bytes into frames.
pub(super) enum StreamDecoder {
    Sse(SseDecoder),
    Lines(LineDecoder),
    Values(ValueDecoder),
}

impl StreamDecoder {
    pub(super) fn new(format: StreamFormat, max: usize) -> Self {
        match format {
            StreamFormat::Sse => Self::Sse(SseDecoder::new(max)),
            StreamFormat::Lines => Self::Lines(LineDecoder::new(max)),
            StreamFormat::Values => Self::Values(ValueDecoder::new(max)),
            StreamFormat::Array => Self::Values(ValueDecoder::of_array(max)),
            StreamFormat::Text => Self::Lines(LineDecoder::of_text(max)),
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
