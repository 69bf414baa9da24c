//! `Accept`: the media types of success that are read in one way.

use super::media::Media;
use crate::load::NodeRef;
use std::collections::HashSet;

/// An entry of `content`: what it holds, its media type, and itself.
pub(super) type ContentEntry<'a> = (Media, &'a str, NodeRef<'a>);

/// The media types that are read as the first entry is: for JSON those of its schema, else all that can be given
/// as text or bytes, as the first is.
pub(super) fn like_the_first<'a>(entries: &[ContentEntry<'a>]) -> Vec<&'a str> {
    let Some((kind, first, chosen)) = entries.first() else { return Vec::new() };
    let schema = |it: &NodeRef<'a>| it.child("schema");
    let own = schema(chosen);
    let is_same = |it: Option<NodeRef<'a>>| match (&own, &it) {
        (Some(own), Some(it)) => own.says_what(it),
        (own, it) => own.is_none() && it.is_none(),
    };
    let is_like = |(other, mime, it): &&ContentEntry<'a>| {
        *mime == *first
            || match kind {
                // Of a range anything may come, which beside a type by name would not be JSON.
                Media::Json => *other == *kind && !mime.contains('*') && is_same(schema(it)),
                Media::Text => matches!(other, Media::Text | Media::Foreign),
                Media::Bytes => matches!(
                    other,
                    Media::Bytes | Media::Text | Media::Foreign | Media::Form | Media::Multipart
                ),
                Media::Any
                | Media::Multipart
                | Media::Form
                | Media::Events
                | Media::Lines
                | Media::Sequence
                | Media::Foreign => false,
            }
    };
    entries.iter().filter(is_like).map(|it| it.1).collect()
}

/// The value of `Accept`, each media type once.
pub(super) fn header<'m>(types: impl Iterator<Item = &'m str>) -> Option<String> {
    let mut known = HashSet::new();
    let types = types.map(range).filter(|it| !it.is_empty());
    let found: Vec<_> = types.filter(|it| known.insert(it.to_ascii_lowercase())).collect();
    (!found.is_empty()).then(|| found.join(", "))
}

/// A media type as it may be asked for: a range ends at its slash or its star (RFC 9110, 12.5.1).
fn range(name: &str) -> &str {
    match name.split_once("/*") {
        Some((kind, rest)) if rest.starts_with('+') => &name[..kind.len() + 2],
        None if name == "*" => "*/*",
        Some(_) | None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_type_is_named_once() {
        let types = ["text/csv", "application/json", "", "Text/CSV", "application/*+json", "*"];
        let wanted = "text/csv, application/json, application/*, */*";
        assert_eq!(header(types.into_iter()).as_deref(), Some(wanted));
        assert_eq!(header([""].into_iter()), None);
    }
}
