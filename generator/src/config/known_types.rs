//! Types of well-kept crates that texts may become, with the way in which each is read and written.

use super::types::TypeForm;

/// A type of another crate that `client.yaml` may name without saying more.
#[derive(Debug)]
pub(crate) struct KnownType {
    /// Its path, as it is written in `client.yaml`.
    pub(crate) path: &'static str,
    /// The format whose texts it is usually made of.
    pub(crate) format: &'static str,
    pub(crate) form: TypeForm,
    /// It is small, and passed by value.
    pub(crate) is_copy: bool,
    /// Traits beyond `Clone`, `Debug` and `PartialEq`.
    pub(crate) traits: &'static [&'static str],
    /// Texts that it writes as it reads them, for tests.
    pub(crate) samples: &'static [&'static str],
}

/// A crate of known types.
#[derive(Debug)]
pub(crate) struct KnownCrate {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    pub(crate) features: &'static [&'static str],
    /// The feature of the runtime that converts its points in time.
    pub(crate) runtime_feature: Option<&'static str>,
}

const ALL: &[&str] = &["Eq", "PartialOrd", "Ord", "Hash"];
const TIMES: &[&str] = &["2026-01-01T03:04:05Z", "2026-01-02T03:04:05Z", "2026-01-03T03:04:05Z"];
const DATES: &[&str] = &["2026-01-02", "2026-01-03", "2026-01-04"];
const CLOCKS: &[&str] = &["03:04:05", "04:05:06"];
const URIS: &[&str] = &["https://example.com/a", "https://example.com/b"];

/// A row of the table whose values are texts that are read by `FromStr` and written by `Display`.
const fn text(
    format: &'static str,
    path: &'static str,
    samples: &'static [&'static str],
) -> KnownType {
    KnownType { path, format, form: TypeForm::Text, is_copy: true, traits: ALL, samples }
}

/// The types of crates for time print dates in ways of their own, so these go by way of the runtime's timestamps.
const fn time(path: &'static str) -> KnownType {
    KnownType {
        path,
        format: "date-time",
        form: TypeForm::Timestamp,
        is_copy: true,
        traits: ALL,
        samples: TIMES,
    }
}

/// The types. Those that are not here, such as `chrono::NaiveDateTime`, print a text that is not what their format asks
/// for, or read none.
pub(crate) const TYPES: &[KnownType] = &[
    text(
        "uuid",
        "uuid::Uuid",
        &["3fa85f64-5717-4562-b3fc-2c963f66afa6", "9b2d1c5e-0f6a-4d8e-8a37-6f1f0e5c4b3a"],
    ),
    text("date", "chrono::NaiveDate", DATES),
    text("date", "jiff::civil::Date", DATES),
    time("chrono::DateTime<chrono::FixedOffset>"),
    time("chrono::DateTime<chrono::Utc>"),
    time("jiff::Timestamp"),
    time("time::OffsetDateTime"),
    text("date-time-local", "jiff::civil::DateTime", &["2026-01-02T03:04:05"]),
    text("time-local", "chrono::NaiveTime", CLOCKS),
    text("time-local", "jiff::civil::Time", CLOCKS),
    text("duration", "jiff::SignedDuration", &["PT1H30M", "PT5S"]),
    text("decimal", "rust_decimal::Decimal", &["1.50", "-2.25"]),
    KnownType { is_copy: false, ..text("uri", "url::Url", URIS) },
    text("ipv4", "std::net::Ipv4Addr", &["192.0.2.1", "192.0.2.2"]),
    text("ipv6", "std::net::Ipv6Addr", &["2001:db8::1", "2001:db8::2"]),
    text("ip", "std::net::IpAddr", &["192.0.2.1", "2001:db8::1"]),
    KnownType {
        path: "bytes::Bytes",
        format: "byte",
        form: TypeForm::Bytes,
        is_copy: false,
        traits: ALL,
        samples: &["c2FtcGxl"],
    },
];

/// A crate with the features that its types need, and none of its usual ones.
const fn krate(
    name: &'static str,
    version: &'static str,
    runtime_feature: Option<&'static str>,
) -> KnownCrate {
    KnownCrate { name, version, features: &["std"], runtime_feature }
}

/// The crates of these types and traits.
pub(crate) const CRATES: &[KnownCrate] = &[
    krate("bytes", "1.11", None),
    krate("chrono", "0.4", Some("chrono")),
    krate("jiff", "0.2", Some("jiff")),
    krate("rust_decimal", "1.43", None),
    // Of no type, but of a trait that types may be given.
    krate("schemars", "1.2", None),
    krate("time", "0.3", Some("time")),
    krate("url", "2.5", None),
    krate("uuid", "1.29", None),
];

/// The type of a path.
pub(crate) fn known_type(path: &str) -> Option<&'static KnownType> {
    TYPES.iter().find(|it| it.path == path)
}
