//! A point in time as a server wrote it.

mod codec;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
mod convert;
#[cfg(all(test, any(feature = "chrono", feature = "jiff", feature = "time")))]
mod tests;

pub use codec::AsTimestamp;
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
pub use convert::TimestampError;

use crate::codec::{DONE, Decode, DecodeError, Encode, Sink, Source, Texts, from_slice};
use std::fmt;

/// A date and time that keeps its text, so that nothing is lost on the way back.
///
/// The text is not judged: what a server sends arrives. Features `jiff`, `chrono` and `time` convert
/// it to `jiff::Timestamp`, `chrono::DateTime` and `time::OffsetDateTime` by `TryFrom`, and back by
/// `From`. They read RFC 3339, of which digits after the ninth of a second are left out; a leap
/// second becomes what the crate makes of it.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Timestamp(Box<str>);

impl Timestamp {
    /// The text, by custom as in RFC 3339.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl From<&str> for Timestamp {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Timestamp {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl Decode for Timestamp {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        source.string().map(Self::from)
    }

    const TEXTS: Texts = Texts::All;

    fn from_text(text: &str) -> Result<Self, DecodeError> {
        match text.trim() {
            DONE => from_slice(text.as_bytes()),
            _ => Ok(Self::from(text)),
        }
    }
}

impl Encode for Timestamp {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.text(&self.0);
    }
}

crate::__serde!(Timestamp);
