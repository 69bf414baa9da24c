//! Security schemes that `client.yaml` adds to those of the document.

use crate::diag::{BAD_CLIENT, Sink, SourceId, SpecPtr};
use crate::ir::SchemeKind;
use crate::load::Node;

/// The kind of an added scheme. Its name is there where the kind has one: that was checked.
pub(super) fn kind(word: &str, name: Option<String>) -> Option<SchemeKind> {
    Some(match word {
        "bearer" => SchemeKind::Bearer,
        "basic" => SchemeKind::Basic,
        "header" => SchemeKind::Header(name?),
        "query" => SchemeKind::Query(name?),
        "cookie" => SchemeKind::Cookie(name?),
        _ => return None,
    })
}

/// Objects to entries under `auth` whose keys do not go together.
pub(super) fn fit(root: &Node, sink: &mut Sink) -> bool {
    let entries = root.get("auth").and_then(Node::as_list).unwrap_or_default();
    let mut fits = true;
    for (index, it) in entries.iter().enumerate() {
        let text = |key: &str| it.get(key).and_then(Node::as_str);
        let at = SpecPtr::parse("/auth").item(index);
        let mut bad = |key: &str, message: &str| {
            fits = false;
            sink.report_in(SourceId::Client, &BAD_CLIENT, &at.child(key), message);
        };
        match (text("type"), text("name")) {
            (Some("header" | "query" | "cookie"), None) => {
                bad("type", "a scheme of this type needs `name`: what it is sent as");
            }
            (Some("bearer" | "basic"), Some(_)) => {
                bad(
                    "name",
                    "a scheme of this type is sent as `Authorization` and has no other name",
                );
            }
            (None, Some(_)) => {
                bad("name", "only a scheme that is added has a name: it lacks `type`");
            }
            _ => {}
        }
        let is_limited = it.get("operations").and_then(Node::as_list).is_some();
        if is_limited && text("type").is_none() {
            bad("operations", "only a scheme that is added has these: it lacks `type`");
        }
    }
    fits
}
