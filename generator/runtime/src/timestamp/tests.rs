//! The same texts for each crate for time: what they mean, and what comes back.

use super::{Timestamp, TimestampError};
use std::error::Error as _;

/// A text, the nanoseconds since 1970 that it means, and what is written for its value with the
/// offset kept, and in UTC.
const TEXTS: &[(&str, i128, &str, &str)] = &[
    ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
    ("1970-01-01t00:00:01z", 1_000_000_000, "1970-01-01T00:00:01Z", "1970-01-01T00:00:01Z"),
    (
        "2026-11-22T05:30:00+05:30",
        1_795_305_600_000_000_000,
        "2026-11-22T05:30:00+05:30",
        "2026-11-22T00:00:00Z",
    ),
    (
        "2026-11-21T21:00:00.5-03:00",
        1_795_305_600_500_000_000,
        "2026-11-21T21:00:00.5-03:00",
        "2026-11-22T00:00:00.5Z",
    ),
    (
        "2026-11-22T00:00:00.123456789Z",
        1_795_305_600_123_456_789,
        "2026-11-22T00:00:00.123456789Z",
        "2026-11-22T00:00:00.123456789Z",
    ),
    (
        "2026-11-22T00:00:00.1234567899999999Z",
        1_795_305_600_123_456_789,
        "2026-11-22T00:00:00.123456789Z",
        "2026-11-22T00:00:00.123456789Z",
    ),
    (
        "1969-12-31T23:59:59.999Z",
        -1_000_000,
        "1969-12-31T23:59:59.999Z",
        "1969-12-31T23:59:59.999Z",
    ),
];

const INVALID: &[&str] = &[
    "",
    "soon",
    "2026-13-01T00:00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-11-22T25:00:00Z",
    "2026-11-22T00:00:00",
    "2026-11-22",
    "1795305600",
    ".",
    "2026-11-22T00:00:00.Z",
    "é.1234567890é",
];

/// A leap second that there was.
const LEAP: &str = "2016-12-31T23:59:60Z";

fn refused(text: &str, error: &TimestampError) {
    assert_eq!(error.to_string(), format!("{text:?} is no date and time of RFC 3339"));
    assert!(error.source().is_some_and(|it| !it.to_string().is_empty()));
}

fn bounded(error: &TimestampError) {
    let shown = format!("{error} {error:?} {}", error.source().unwrap());
    assert!(shown.contains("xxx…") && shown.len() < 1000, "{shown}");
}

fn long() -> Timestamp {
    "x".repeat(1_000_000).into()
}

#[cfg(feature = "jiff")]
#[test]
fn jiff_reads_and_writes_them() {
    use jiff::Timestamp as Jiff;
    let read = |text: &str| Jiff::try_from(&Timestamp::from(text));
    for (text, nanos, _, utc) in TEXTS {
        let value = read(text).unwrap();
        assert_eq!(value.as_nanosecond(), *nanos, "{text}");
        let back = Timestamp::from(value);
        assert_eq!((back.as_str(), read(back.as_str()).unwrap()), (*utc, value));
    }
    for text in INVALID {
        refused(text, &read(text).unwrap_err());
    }
    bounded(&Jiff::try_from(&long()).unwrap_err());
    assert_eq!(read(LEAP).unwrap(), read("2016-12-31T23:59:59Z").unwrap());
}

#[cfg(feature = "chrono")]
#[test]
fn chrono_reads_and_writes_them() {
    use chrono::{DateTime, FixedOffset, Timelike as _, Utc};
    let read = |text: &str| DateTime::<FixedOffset>::try_from(&Timestamp::from(text));
    // chrono writes three, six or nine digits.
    let digits = |text: &str| text.replace(".5", ".500");
    for (text, nanos, kept, utc) in TEXTS {
        let value = read(text).unwrap();
        assert_eq!(value.timestamp_nanos_opt().map(i128::from), Some(*nanos), "{text}");
        let back = Timestamp::from(value);
        assert_eq!((back.as_str(), read(back.as_str()).unwrap()), (&*digits(kept), value));
        let value = DateTime::<Utc>::try_from(Timestamp::from(*text)).unwrap();
        assert_eq!(Timestamp::from(value).as_str(), digits(utc));
    }
    for text in INVALID {
        refused(text, &read(text).unwrap_err());
    }
    bounded(&DateTime::<Utc>::try_from(&long()).unwrap_err());
    let leap = read(LEAP).unwrap();
    assert_eq!((leap.second(), leap.nanosecond()), (59, 1_000_000_000));
    assert_eq!(Timestamp::from(leap).as_str(), LEAP);
}

#[cfg(feature = "time")]
#[test]
fn time_reads_and_writes_them() {
    use time::{OffsetDateTime, UtcOffset};
    let read = |text: &str| OffsetDateTime::try_from(Timestamp::from(text));
    for (text, nanos, kept, utc) in TEXTS {
        let value = read(text).unwrap();
        assert_eq!(value.unix_timestamp_nanos(), *nanos, "{text}");
        let back = Timestamp::from(value);
        assert_eq!((back.as_str(), read(back.as_str()).unwrap()), (*kept, value));
        assert_eq!(Timestamp::from(value.to_offset(UtcOffset::UTC)).as_str(), *utc);
    }
    for text in INVALID {
        refused(text, &read(text).unwrap_err());
    }
    bounded(&OffsetDateTime::try_from(&long()).unwrap_err());
    assert_eq!(read(LEAP).unwrap(), read("2016-12-31T23:59:59.999999999Z").unwrap());
    assert!(read("2026-11-22T12:00:60Z").is_err(), "there is no leap second at noon");
    let odd = UtcOffset::from_hms(-1, -2, -3).unwrap();
    let epoch = OffsetDateTime::UNIX_EPOCH.to_offset(odd);
    assert_eq!(Timestamp::from(epoch).as_str(), "1969-12-31T22:58:00-01:02");
}
