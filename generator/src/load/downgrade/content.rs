//! Binary content of strings.

use super::schema::{Schema, text};

pub(super) fn file(schema: &mut Schema<'_>) {
    if schema.text("type") == Some("file") {
        schema.set("type", text("string"));
        schema.set("format", text("binary"));
    }
}

pub(super) fn encoding(schema: &mut Schema<'_>) {
    let encoding = schema.take("contentEncoding");
    let media = schema.take("contentMediaType");
    let encoding = encoding.as_ref().and_then(|it| it.as_str());
    let media = media.as_ref().and_then(|it| it.as_str());
    let format = match (encoding, media) {
        (Some(it), _) if it.eq_ignore_ascii_case("base64") => "byte",
        (Some(it), _) if it.eq_ignore_ascii_case("base64url") => "base64url",
        (None | Some("binary"), Some(media)) if is_binary(media) => "binary",
        (Some("binary"), None) => "binary",
        _ => return,
    };
    schema.set("format", text(format));
    if !schema.has("type") {
        schema.set("type", text("string"));
    }
}

/// Media types whose bytes are no text.
fn is_binary(media: &str) -> bool {
    let (kind, rest) = media.split_once('/').unwrap_or((media, ""));
    match kind {
        "image" => !rest.starts_with("svg"),
        "audio" | "video" | "font" => true,
        "application" => {
            matches!(rest, "octet-stream" | "pdf" | "zip" | "gzip" | "x-tar" | "wasm" | "msword")
                || (rest.starts_with("vnd.") && !rest.contains('+'))
        }
        _ => false,
    }
}
