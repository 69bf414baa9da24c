//! The frames that messages travel in.

use super::super::node::Node;
use super::tree::{behind, items};

/// The frame that a message travels in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum FrameKind {
    /// A text frame of JSON.
    Json,
    /// A text frame that is a plain word, not JSON.
    Word,
    Binary,
}

impl FrameKind {
    /// The frame of a content type, which may be that of the document, and of a payload's schema.
    pub(super) fn of(
        root: &Node,
        content_type: &str,
        is_stated: bool,
        payload: Option<&Node>,
    ) -> Option<Self> {
        let schema = payload.and_then(|it| behind(root, it)).map(|it| it.1);
        let is = |key: &str, value: &str| schema.and_then(|it| it.text(key)) == Some(value);
        let is_text = schema.is_some_and(is_text);
        let essence =
            content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let is_json = essence == super::JSON || essence.ends_with("+json");
        if is_text && (is("format", "binary") || is("format", "byte") && !is_json) {
            return Some(Self::Binary);
        }
        match essence.as_str() {
            _ if is_json && is_stated => Some(Self::Json),
            // A text without a type of its own is a frame as is.
            _ if is_json => Some(if is_text { Self::Word } else { Self::Json }),
            it if it.starts_with("text/") => Some(Self::Word),
            "application/octet-stream" => Some(Self::Binary),
            it if ["audio/", "video/", "image/"].iter().any(|kind| it.starts_with(kind)) => {
                Some(Self::Binary)
            }
            _ => None,
        }
    }
}

/// Tells whether a schema allows nothing but texts.
fn is_text(schema: &Node) -> bool {
    let texts = |key: &str| {
        let all = items(schema, key);
        !all.is_empty() && all.iter().all(|it| it.as_str().is_some())
    };
    match schema.get("type") {
        Some(it) if it.as_list().is_some() => {
            items(schema, "type").iter().all(|it| it.as_str() == Some("string")) && texts("type")
        }
        Some(it) => it.as_str() == Some("string"),
        None => schema.text("const").is_some() || texts("enum"),
    }
}
