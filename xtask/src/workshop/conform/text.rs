//! Texts of requests: percent-encoding, media types, and scalars as they are written.

use serde_json::Value;

/// A text without its percent-encoding.
pub(super) fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut index = 0;
    while index < bytes.len() {
        let triple = bytes.get(index + 1..index + 3).filter(|_| bytes[index] == b'%');
        let digits = triple.and_then(|it| std::str::from_utf8(it).ok());
        match digits.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                index += 3;
            }
            None => {
                decoded.push(bytes[index]);
                index += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

/// The pairs between separators, names decoded and values as they stand.
pub(super) fn pairs<'t>(text: &'t str, separator: &str) -> Vec<(String, &'t str)> {
    let pairs = text.split(separator).filter(|it| !it.is_empty());
    let pairs = pairs.map(|it| it.split_once('=').unwrap_or((it, "")));
    pairs.map(|(name, value)| (percent_decoded(name), value)).collect()
}

/// True if a pair of this name has this value.
pub(super) fn has_pair(text: &str, separator: &str, name: &str, value: &str) -> bool {
    pairs(text, separator).iter().any(|it| it.0 == name && percent_decoded(it.1) == value)
}

/// True if a text is how a scalar is written; null is nothing.
pub(super) fn is_scalar(text: &str, value: &Value) -> bool {
    match value {
        Value::Null => text.is_empty(),
        Value::Bool(it) => text == it.to_string(),
        Value::Number(it) => match (text.parse::<f64>(), it.as_f64()) {
            _ if text == it.to_string() => true,
            // Samples are read with the last digit uncertain.
            (Ok(sent), Some(wanted)) => {
                it.is_f64() && (sent - wanted).abs() <= wanted.abs() * 1e-14
            }
            _ => false,
        },
        Value::String(it) => text == it,
        Value::Array(_) | Value::Object(_) => false,
    }
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// True if a media type is one of a range, or the same.
pub(super) fn matches(range: &str, media_type: &str) -> bool {
    let (range, media_type) = (essence(range), essence(media_type));
    let parts = |it: &str| {
        let (kind, subtype) = it.split_once('/').unwrap_or((it, "*"));
        (kind.to_owned(), subtype.to_owned())
    };
    let ((kind, subtype), (of_kind, of_subtype)) = (parts(&range), parts(&media_type));
    let is_in = match subtype.strip_prefix('*') {
        Some(suffix) => of_subtype.ends_with(suffix),
        None => subtype == of_subtype,
    };
    (kind == "*" || kind == of_kind) && is_in
}

/// True if a body of a media type is one JSON value.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let subtype = essence.split_once('/').map_or("", |it| it.1);
    subtype == "json" || subtype.ends_with("+json") || subtype == "x-json"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ranges_take_what_they_name() {
        for (range, media_type, fits) in [
            ("image/*", "image/png", true),
            ("*/*", "text/csv", true),
            ("application/*+json", "application/hal+json", true),
            ("application/json; charset=utf-8", "application/json", true),
            ("application/json", "application/xml", false),
            ("image/*", "video/mp4", false),
        ] {
            assert_eq!(matches(range, media_type), fits, "{range} {media_type}");
        }
    }

    #[test]
    fn scalars_are_told_from_their_texts() {
        assert!(is_scalar("1", &json!(1.0)) && is_scalar("true", &json!(true)));
        assert!(!is_scalar("01", &json!(1)) && !is_scalar("a", &json!("A")));
        assert_eq!(percent_decoded("a%20b%2"), "a b%2");
    }
}
