//! Media types, as one table: what a body of each type holds.

use super::LowerCx;
use super::through::{choices, types};
use crate::diag::{NOT_EXPRESSED, Sink};
use crate::load::NodeRef;

/// The kind of a body, by its media type. The order is that of preference among bodies that are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Media {
    Json,
    Multipart,
    Form,
    /// Server-sent events.
    Events,
    /// One JSON value a line.
    Lines,
    /// One JSON value a record (RFC 7464).
    Sequence,
    Text,
    Bytes,
    /// A range that says nothing of the form: `*/*` and `application/*`.
    Any,
    /// XML: structured, in a form that is not spoken here.
    Foreign,
}

/// The table: a pattern of the type, one of the subtype without a leading `x-`, and what such a body holds. An
/// empty pattern fits all, one with `+` fits endings. The first row that fits counts.
const ROWS: &[(&str, &str, Media)] = &[
    ("*", "*", Media::Any),
    ("application", "*", Media::Any),
    ("multipart", "", Media::Multipart),
    ("application", "www-form-urlencoded", Media::Form),
    ("text", "event-stream", Media::Events),
    ("", "json-seq", Media::Sequence),
    ("", "+json-seq", Media::Sequence),
    ("", "ndjson", Media::Lines),
    ("", "+ndjson", Media::Lines),
    ("", "jsonl", Media::Lines),
    ("", "+jsonl", Media::Lines),
    ("", "jsonlines", Media::Lines),
    ("", "json-lines", Media::Lines),
    ("", "ldjson", Media::Lines),
    ("", "json-stream", Media::Lines),
    ("", "stream+json", Media::Lines),
    ("", "json", Media::Json),
    ("", "+json", Media::Json),
    ("", "xml", Media::Foreign),
    ("", "+xml", Media::Foreign),
    ("text", "", Media::Text),
    ("*", "", Media::Any),
    ("", "", Media::Bytes),
];

/// The kind of a body by the name of its media type: neither its case nor its parameters count.
pub(super) fn media(name: &str) -> Media {
    let essence = essence(name);
    let (kind, subtype) = essence.split_once('/').unwrap_or((&essence, ""));
    let subtype = subtype.strip_prefix("x-").unwrap_or(subtype);
    let row = ROWS.iter().find(|(kinds, subtypes, _)| {
        let ends = subtypes.starts_with('+') && subtype.ends_with(subtypes);
        (kinds.is_empty() || *kinds == kind)
            && (subtypes.is_empty() || *subtypes == subtype || ends)
    });
    row.expect("the last row fits all").2
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(name: &str) -> String {
    name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// True if a name has the form of a media type (RFC 9110, 8.3.1), or of a media range.
pub(super) fn is_media_type(name: &str) -> bool {
    let token = |it: &str| {
        let allowed = |it: u8| it.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&it);
        !it.is_empty() && it.bytes().all(allowed)
    };
    let essence = essence(name);
    essence == "*" || essence.split_once('/').is_some_and(|(kind, it)| token(kind) && token(it))
}

/// True if the schema of a media type is that of a file.
pub(super) fn is_binary(cx: &LowerCx<'_>, entry: &NodeRef<'_>) -> bool {
    let inner = entry.child("schema");
    let target = inner.and_then(|it| cx.document.resolve(it, &mut Sink::default()).ok());
    target.is_some_and(|it| it.text("format") == Some("binary"))
}

/// True if a media type, or each one of a comma-separated list, is of bytes that are not text.
pub(super) fn is_octets(names: &str) -> bool {
    names.split(',').map(essence).all(|it| match it.split_once('/') {
        Some(("image", subtype)) => !subtype.starts_with("svg"),
        Some(
            ("audio" | "video" | "font", _)
            | ("application", "octet-stream" | "pdf" | "zip" | "gzip" | "x-tar" | "wasm"),
        ) => true,
        Some(_) | None => false,
    })
}

/// The media type that was meant, where a name is a known misspelling.
fn meant(name: &str) -> Option<&'static str> {
    let plain: String = essence(name).chars().filter(char::is_ascii_alphanumeric).collect();
    match essence(name).as_str() {
        "multipart/form-data" | "application/x-www-form-urlencoded" => None,
        _ if plain.contains("urlencode") => Some("application/x-www-form-urlencoded"),
        _ if plain.ends_with("formdata") || plain == "multipartform" => Some("multipart/form-data"),
        _ => None,
    }
}

/// Tells that the schema of a media type is not used, where it says more than that a body is what it is `given`
/// as (`bytes`, `text`).
pub(super) fn report_unused<'a>(
    cx: &mut LowerCx<'a>,
    name: &str,
    entry: &NodeRef<'a>,
    given: &str,
) {
    let meant = meant(name);
    entry.pass_over();
    if !says_more(cx, entry) && meant.is_none() && is_media_type(name) {
        return;
    }
    let message = match is_media_type(name) {
        true => format!("a body of `{name}` is {given}: its schema is not used"),
        false => format!("`{name}` is no media type: its body is {given}"),
    };
    let found = cx.sink.report(&NOT_EXPRESSED, &entry.at, message);
    if let Some(meant) = meant {
        found.help(format_args!("`{meant}` may be meant: correct it in an overlay"));
    }
}

/// True if the schema of a media type describes values of other types than text.
pub(super) fn says_more<'a>(cx: &LowerCx<'a>, entry: &NodeRef<'a>) -> bool {
    const MAX_DEPTH: u8 = 16;
    let items = entry.child("itemSchema");
    let inner = entry.child("schema");
    let more = |it: &NodeRef<'a>| types(cx, it, MAX_DEPTH).iter().any(|it| it != "string");
    items.is_some()
        || inner.is_some_and(|it| more(&it) || choices(cx, &it, MAX_DEPTH).iter().any(more))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_the_table() {
        let rows = [
            ("application/json", Media::Json),
            ("Application/JSON; charset=utf-8", Media::Json),
            ("application/vnd.api+json;version=1", Media::Json),
            ("application/*+json", Media::Json),
            ("text/x-json", Media::Json),
            ("application/x-ndjson", Media::Lines),
            ("application/x-jsonl", Media::Lines),
            ("text/jsonlines; charset=utf-8", Media::Lines),
            ("application/stream+json", Media::Lines),
            ("application/json-seq", Media::Sequence),
            ("application/geo+json-seq", Media::Sequence),
            ("text/event-stream;charset=UTF-8", Media::Events),
            ("application/X-WWW-Form-Urlencoded; charset=utf-8", Media::Form),
            ("application/www-form", Media::Bytes),
            ("multipart/related; type=\"application/json\"", Media::Multipart),
            ("text/csv", Media::Text),
            ("text/*", Media::Text),
            ("image/svg+xml", Media::Foreign),
            ("application/problem+xml", Media::Foreign),
            ("text/xml", Media::Foreign),
            ("application/yaml", Media::Bytes),
            ("image/*", Media::Bytes),
            ("application/*", Media::Any),
            ("*/*", Media::Any),
            ("*", Media::Any),
            ("*/*+json", Media::Json),
            ("form-data", Media::Bytes),
        ];
        for (name, wanted) in rows {
            assert_eq!(media(name), wanted, "{name}");
        }
    }

    #[test]
    fn names_without_a_type_or_a_subtype_are_no_media_types() {
        for name in ["text/plain; charset=utf-8", "image/*", "*/*", "*", "application/vnd.a.b+json"]
        {
            assert!(is_media_type(name), "{name}");
        }
        for name in ["", "json", "image/", "/png", "a/b/c", "text plain", "text/pl ain"] {
            assert!(!is_media_type(name), "{name}");
        }
    }

    #[test]
    fn misspelt_forms_are_known() {
        assert_eq!(meant("application/form-data"), Some("multipart/form-data"));
        assert_eq!(meant("multipart/form_data"), Some("multipart/form-data"));
        assert_eq!(
            meant("application/x-www-form-urlencode"),
            Some("application/x-www-form-urlencoded")
        );
        assert_eq!(meant("multipart/form-data; boundary=x"), None);
        assert_eq!(meant("application/pdf"), None);
    }
}
