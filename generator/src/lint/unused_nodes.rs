//! Reports keywords that have no effect and of which nothing was told.

use super::extensions::where_read;
use crate::diag::{
    Exact, NO_EFFECT, NodeId, OVERLAY_HELP, Severity, Sink, SourceId, SpecPtr, UNKNOWN_KEYWORD,
    UNREAD, UNUSED_COMPONENT,
};
use crate::ir::{Api, Shape};
use crate::load::{Document, Reach, UnknownKeyword, UnusedCause, UnusedNode};

/// Reports each node, the outermost of those within each other.
pub(super) fn run(api: &Api, document: &Document, sink: &mut Sink) {
    let reach = reach(api, document, sink);
    for it in document.unread(&reach, |key| where_read(key).is_some()) {
        tell(&it, sink);
    }
}

fn tell(it: &UnusedNode, sink: &mut Sink) {
    let (key, exact) = (&it.key, Exact::Key(it.id));
    match &it.cause {
        UnusedCause::Unknown(unknown) => {
            let UnknownKeyword { within, near, hint } = unknown;
            let message =
                format_args!("OpenAPI has no `{key}` in {within}: it has no effect on the client");
            let found = sink.report(&UNKNOWN_KEYWORD, &it.at, message).exactly(exact);
            match (near, hint) {
                (Some(near), _) => {
                    found.label(format_args!("did you mean `{near}`?")).edit(OVERLAY_HELP)
                }
                (None, Some(hint)) => found.help(hint),
                (None, None) => found.edit("remove it in {overlay}, or say it as OpenAPI does"),
            };
        }
        UnusedCause::Not => {
            let message = "`not` has no effect: a type cannot leave values out";
            sink.report(&NO_EFFECT, &it.at, message).exactly(exact).help(
                "whoever calls sees to it; what else is allowed can be said by `enum` or `oneOf`",
            );
        }
        UnusedCause::Extension => {
            let message = format_args!("nothing reads `{key}` here");
            let found = sink.report(&UNREAD, &it.at, message).exactly(exact);
            if let Some(help) = where_read(key) {
                found.help(help);
            }
        }
        UnusedCause::Other => {
            let message = format_args!("`{key}` has no effect on the client");
            sink.report(&UNREAD, &it.at, message).exactly(exact);
        }
    }
}

/// Which parts of a document became something, and what was told of it.
pub(crate) fn reach(api: &Api, document: &Document, sink: &Sink) -> Reach {
    let mut reach = Reach::default();
    let operations = api.operations.iter().filter_map(|(_, it)| document.id_at(&it.at));
    reach.operations.extend(operations);
    // The reason is told where it is, perhaps behind a reference.
    let broken = api.types.iter().filter(|(_, it)| matches!(it.shape, Shape::Broken));
    reach.left_out.extend(broken.filter_map(|(_, it)| document.id_at(&it.at)));
    let of_document = |it: &NodeId| it.source == SourceId::Document;
    for found in sink.iter() {
        let exact = match found.exact {
            Some(Exact::Node(id) | Exact::Key(id)) => Some(id),
            Some(Exact::Offset(_)) | None => None,
        };
        let place = Some(&found.place.at).filter(|_| found.place.source == SourceId::Document);
        let by_place = |it: &SpecPtr| document.id_at(it).or_else(|| document.id_at(&it.written()));
        let at = exact.filter(of_document).or_else(|| by_place(place?));
        let skips = found.rule.severity == Severity::Skipped || *found.rule == UNUSED_COMPONENT;
        reach.left_out.extend(at.filter(|_| skips));
        reach.told.extend(at);
        reach.told.extend(found.also.as_ref().map(|it| it.0));
    }
    reach
}
