//! Findings about a document that is otherwise understood: one function for each rule.

mod extensions;
mod stale;
mod unfit;
mod union;
mod unused_nodes;

pub(crate) use unused_nodes::reach;

use crate::analysis::{Analysis, obstacles};
use crate::config::DerivedTrait;
use crate::diag::{
    LOST_OPERATION, MISSING_DOCS, NO_SCHEME, NOT_DERIVED, SKIPPED_BY_CLIENT, Sink, SourceId,
    SpecPtr, UNUSED_COMPONENT,
};
use crate::ir::{Api, Operation, Origin, Shape};
use crate::load::Document;
use std::collections::HashSet;

/// Runs every rule, and forgets the findings that `client.yaml` accepts.
pub(crate) fn run(api: &Api, analysis: &Analysis, document: &Document, sink: &mut Sink) {
    for (_, operation) in api.operations.iter() {
        missing_docs(operation, sink);
    }
    for (id, def) in api.types.iter() {
        if let Shape::Union(it) = &def.shape
            && analysis.is_live(id)
            && analysis.is_received(id)
        {
            union::overlapping(api, it, sink);
        }
        let is_unused = analysis.is_unused(id) && !api.referenced.contains(&def.at);
        if matches!(def.origin, Origin::Component(_)) && is_unused {
            sink.report(&UNUSED_COMPONENT, &def.at, "no operation reaches this schema");
        }
    }
    for it in obstacles(api, analysis) {
        let wanted = it.wanted.name();
        let message = format_args!("neither this nor what holds it derives `{wanted}`: {}", it.why);
        let found = sink.report(&NOT_DERIVED, &it.at, message);
        if matches!(it.wanted, DerivedTrait::Path(_)) {
            found.edit("name those that can have it under `types.derive_at` in {client}");
        }
    }
    no_scheme(api, document, sink);
    extensions::run(document, sink);
    unused_nodes::run(api, document, sink);
    stale::run(document, sink);
    unfit::run(api, analysis, document, sink);
    lost_operations(api, document, sink);
    forget_skipped(document, sink);
    let accepted = document.client.lints.iter();
    let accepted: HashSet<_> = accepted.map(|it| (it.rule.as_str(), it.target.as_ref())).collect();
    if !accepted.is_empty() {
        sink.forget(|found| {
            let (code, at) = (found.rule.code, &found.place.at);
            accepted.contains(&(code, None))
                || accepted.contains(&(code, Some(at)))
                || accepted.contains(&(code, Some(&at.written())))
        });
    }
}

/// Forgets what was found in operations that `skip` of `client.yaml` leaves out, but that they are left out.
fn forget_skipped(document: &Document, sink: &mut Sink) {
    let skipped: HashSet<&SpecPtr> = document.client.skip.iter().map(|it| &it.target).collect();
    if skipped.is_empty() {
        return;
    }
    sink.forget(|found| {
        let place = &found.place;
        let operation = place.at.keys().take(3).fold(SpecPtr::root(), |at, key| at.child(&key));
        let is_document = matches!(place.source, SourceId::Document);
        is_document && *found.rule != SKIPPED_BY_CLIENT && skipped.contains(&operation)
    });
}

/// Reports operations that were generated before and are now missing.
fn lost_operations(api: &Api, document: &Document, sink: &mut Sink) {
    let skipped = document.client.skip.iter().map(|it| &it.target);
    let known: HashSet<&SpecPtr> =
        skipped.chain(api.operations.iter().map(|(_, it)| &it.at)).collect();
    for place in document.names.operations() {
        let at = SpecPtr::parse(place);
        let is_there = document.at(&at).is_some() && !document.leaves_out(&at);
        if is_there && !known.contains(&at) {
            sink.report(
                &LOST_OPERATION,
                &at,
                "this operation was generated last time, and would now be left out",
            )
            .edit(
                "correct the document in {overlay}, or list the operation under `skip` in {client}",
            );
        }
    }
}

/// Reports a document whose operations refuse whoever has no credential, but that declares none.
fn no_scheme(api: &Api, document: &Document, sink: &mut Sink) {
    let declared = document.root().child("components");
    let is_added = document.client.auth.iter().any(|it| it.added.is_some());
    if is_added || declared.is_some_and(|it| it.entries("securitySchemes").next().is_some()) {
        return;
    }
    let asks = |it: &Operation| it.errors.iter().any(|it| it.status == "401");
    let asking = || api.operations.iter().filter(|(_, it)| asks(it));
    let Some((_, first)) = asking().next() else { return };
    let count = asking().count();
    let message = format_args!(
        "{count} of {} operations respond with 401, but no security scheme is declared: the client has no \
         credential to send",
        api.operations.iter().count()
    );
    sink.report(&NO_SCHEME, &first.at.child("responses").child("401"), message).edit(
        "add one in {client}, such as `auth: [{scheme: token, type: bearer}]`, or declare it in {overlay}",
    );
}

fn missing_docs(operation: &Operation, sink: &mut Sink) {
    if operation.summary.is_none() && operation.docs.text.is_none() {
        sink.report(
            &MISSING_DOCS,
            &operation.at,
            "neither summary nor description says what this does",
        );
    }
}
