//! The documentation in a document.

use super::LowerCx;
use crate::ir::Docs;
use crate::load::{Json, NodeRef};

/// The words of a schema, parameter or property.
pub(super) fn of<'a>(spot: &NodeRef<'a>) -> Docs {
    let words = |it: &NodeRef<'a>, key| it.text(key).map(str::trim).filter(|it| !it.is_empty());
    // A member of `allOf` that is no reference speaks of the whole.
    let members = || spot.items("allOf").filter(|it| it.reference().is_none());
    let of_member = || members().find_map(|it| words(&it, "description"));
    let text = words(spot, "description").or_else(|| words(spot, "title")).or_else(of_member);
    Docs {
        text: text.map(str::to_owned),
        deprecated: deprecated(spot).or_else(|| members().find_map(|it| deprecated(&it))),
    }
}

/// Why something is deprecated; empty where the document does not say.
pub(super) fn deprecated(spot: &NodeRef<'_>) -> Option<String> {
    let reasons =
        ["x-deprecated-reason", "x-stainless-deprecation-message", "x-deprecation-message"];
    let reason = reasons.iter().find_map(|key| spot.text(key));
    (spot.flag("deprecated") || reason.is_some()).then(|| reason.unwrap_or_default().to_owned())
}

/// The Rust name that a document asks for a type, where the same schema may give a field its name.
pub(super) fn type_wish(spot: &NodeRef<'_>) -> Option<String> {
    wish(spot).filter(|it| it.starts_with(char::is_uppercase))
}

/// The Rust name that a document asks for a field, where the same schema may give a type its name.
pub(super) fn value_wish(spot: &NodeRef<'_>) -> Option<String> {
    wish(spot).filter(|it| !it.starts_with(char::is_uppercase))
}

/// The Rust name that a document asks for the only thing that has a name there.
pub(super) fn wish(spot: &NodeRef<'_>) -> Option<String> {
    spot.text("x-rust-name").map(str::to_owned)
}

/// Title, version, description and notices of the API.
pub(super) fn info(
    cx: &mut LowerCx<'_>,
) -> (String, String, Option<String>, Vec<(&'static str, String)>) {
    let Some(spot) = cx.document.root().child("info") else {
        return ("API".to_owned(), String::new(), None, Vec::new());
    };
    let within =
        |key: &str, inner: &str| spot.child(key).and_then(|it| it.text(inner)).map(str::to_owned);
    let notices = [
        ("Terms of service", spot.scalar("termsOfService")),
        ("Contact", within("contact", "url").or_else(|| within("contact", "email"))),
        ("Licence of the API", within("license", "url").or_else(|| within("license", "name"))),
        (
            "Documentation",
            cx.document
                .root()
                .child("externalDocs")
                .and_then(|it| it.text("url"))
                .map(str::to_owned),
        ),
    ];
    let notices = notices.into_iter().filter_map(|(label, text)| Some((label, text?))).collect();
    let docs = spot.scalar("description").filter(|it| !it.trim().is_empty());
    let title = spot.scalar("title").filter(|it| !it.trim().is_empty());
    let title = title.unwrap_or_else(|| "API".to_owned());
    (title, spot.scalar("version").unwrap_or_default(), docs, notices)
}

/// The range of a value by its schema, in words.
pub(super) fn limits(spot: &NodeRef<'_>) -> Option<String> {
    const WORDS: &[(&str, &str, &str)] = &[
        ("minimum", "at least", ""),
        ("maximum", "at most", ""),
        ("minLength", "at least", " characters"),
        ("maxLength", "at most", " characters"),
        ("minItems", "at least", " items"),
        ("maxItems", "at most", " items"),
        ("pattern", "matches", ""),
    ];
    let said = WORDS.iter().filter_map(|(key, words, unit)| {
        Some(match spot.json(key)? {
            Json::String(text) => format!("{words} `{text}`"),
            value => format!("{words} {value}{unit}"),
        })
    });
    let said: Vec<_> = said.collect();
    (!said.is_empty()).then(|| said.join(", "))
}
