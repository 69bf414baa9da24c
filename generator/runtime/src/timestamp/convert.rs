//! Conversions of timestamps to and from crates for time.

use super::Timestamp;
use crate::error::BoxError;
use std::borrow::Cow;
use std::fmt;

/// A timestamp that is no date and time of RFC 3339, or none that a crate for time can hold.
#[derive(Debug)]
pub struct TimestampError {
    /// The start of the text.
    text: Box<str>,
    source: BoxError,
}

/// The number of characters of a text that an error shows.
const SHOWN: usize = 60;

impl TimestampError {
    fn new(text: &str, source: impl fmt::Display) -> Self {
        let shown: String = text.chars().take(SHOWN).collect();
        let more = if shown.len() < text.len() { "…" } else { "" };
        // The words of a source may hold the text again, which is shown here once and bounded.
        let words: String = source.to_string().chars().take(2 * SHOWN).collect();
        Self { text: format!("{shown}{more}").into(), source: words.into() }
    }
}

impl fmt::Display for TimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} is no date and time of RFC 3339", self.text)
    }
}

impl std::error::Error for TimestampError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

/// The text with nine digits of a second at most: crates for time differ in what they make of more.
fn bounded(text: &str) -> Cow<'_, str> {
    let Some(dot) = text.find('.') else { return Cow::Borrowed(text) };
    let digits = text[dot + 1..].bytes().take_while(u8::is_ascii_digit).count();
    if digits <= 9 {
        return Cow::Borrowed(text);
    }
    Cow::Owned([&text[..dot + 10], &text[dot + 1 + digits..]].concat())
}

macro_rules! by_value {
    ($feature:literal: $($ty:ty),*) => {$(
        #[cfg(feature = $feature)]
        impl TryFrom<Timestamp> for $ty {
            type Error = TimestampError;

            fn try_from(it: Timestamp) -> Result<Self, TimestampError> {
                Self::try_from(&it)
            }
        }
    )*};
}

by_value!("jiff": jiff::Timestamp);
by_value!("chrono": chrono::DateTime<chrono::FixedOffset>, chrono::DateTime<chrono::Utc>);
by_value!("time": time::OffsetDateTime);

/// An instant.
#[cfg(feature = "jiff")]
impl TryFrom<&Timestamp> for jiff::Timestamp {
    type Error = TimestampError;

    fn try_from(it: &Timestamp) -> Result<Self, TimestampError> {
        bounded(it.as_str()).parse().map_err(|error| TimestampError::new(it.as_str(), error))
    }
}

/// In UTC.
#[cfg(feature = "jiff")]
impl From<jiff::Timestamp> for Timestamp {
    fn from(it: jiff::Timestamp) -> Self {
        it.to_string().into()
    }
}

/// With the offset of the text.
#[cfg(feature = "chrono")]
impl TryFrom<&Timestamp> for chrono::DateTime<chrono::FixedOffset> {
    type Error = TimestampError;

    fn try_from(it: &Timestamp) -> Result<Self, TimestampError> {
        chrono::DateTime::parse_from_rfc3339(&bounded(it.as_str()))
            .map_err(|error| TimestampError::new(it.as_str(), error))
    }
}

/// In UTC.
#[cfg(feature = "chrono")]
impl TryFrom<&Timestamp> for chrono::DateTime<chrono::Utc> {
    type Error = TimestampError;

    fn try_from(it: &Timestamp) -> Result<Self, TimestampError> {
        chrono::DateTime::<chrono::FixedOffset>::try_from(it).map(|it| it.to_utc())
    }
}

#[cfg(feature = "chrono")]
impl<Z: chrono::TimeZone> From<chrono::DateTime<Z>> for Timestamp {
    fn from(it: chrono::DateTime<Z>) -> Self {
        it.fixed_offset().to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true).into()
    }
}

/// With the offset of the text.
#[cfg(feature = "time")]
impl TryFrom<&Timestamp> for time::OffsetDateTime {
    type Error = TimestampError;

    fn try_from(it: &Timestamp) -> Result<Self, TimestampError> {
        let text = bounded(it.as_str());
        Self::parse(&text, &time::format_description::well_known::Rfc3339)
            .map_err(|error| TimestampError::new(it.as_str(), error))
    }
}

/// Seconds of an offset have no place in RFC 3339 and are left out of it; the instant stays.
#[cfg(feature = "time")]
impl From<time::OffsetDateTime> for Timestamp {
    fn from(it: time::OffsetDateTime) -> Self {
        use fmt::Write as _;
        let minutes = it.offset().whole_minutes();
        let offset = time::UtcOffset::from_hms(
            i8::try_from(minutes / 60).unwrap_or(0),
            i8::try_from(minutes % 60).unwrap_or(0),
            0,
        );
        let it = it.to_offset(offset.unwrap_or(time::UtcOffset::UTC));
        let (date, clock) = (it.date(), it.time());
        let mut text = format!(
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
            date.year(),
            u8::from(date.month()),
            date.day(),
            clock.hour(),
            clock.minute(),
            clock.second(),
        );
        if clock.nanosecond() != 0 {
            let digits = format!(".{:09}", clock.nanosecond());
            text.push_str(digits.trim_end_matches('0'));
        }
        match it.offset().whole_minutes() {
            0 => text.push('Z'),
            minutes => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                let _ = write!(text, "{sign}{:02}:{:02}", minutes / 60, minutes % 60);
            }
        }
        text.into()
    }
}
