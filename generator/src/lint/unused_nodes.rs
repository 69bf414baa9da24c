//! Reports keywords that have no effect and of which nothing was told.

use crate::diag::{Exact, NodeId, Severity, Sink, SourceId, SpecPtr, UNREAD, UNUSED_COMPONENT};
use crate::ir::Api;
use crate::load::{Document, Reach};

/// Reports each node, the outermost of those within each other.
pub(super) fn run(api: &Api, document: &Document, sink: &mut Sink) {
    let reach = reach(api, document, sink);
    for it in document.unread(&reach) {
        let message = format_args!("`{}` has no effect on the client", it.key);
        sink.report(&UNREAD, &it.at, message).exactly(Exact::Key(it.id));
    }
}

/// Which parts of a document became something, and what was told of it.
pub(crate) fn reach(api: &Api, document: &Document, sink: &Sink) -> Reach {
    let mut reach = Reach::default();
    let operations = api.operations.iter().filter_map(|(_, it)| document.id_at(&it.at));
    reach.operations.extend(operations);
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
