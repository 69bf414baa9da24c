//! Extensions that the generator does not know.

use crate::diag::{Sink, SpecPtr, UNKNOWN_EXTENSION};
use crate::load::Document;
use crate::lower::is_method;

/// The extensions that say something to the generator.
const KNOWN: &[&str] = &[
    "x-deprecated-reason",
    "x-deprecation-message",
    "x-enum-descriptions",
    "x-enum-names",
    "x-enum-varnames",
    "x-enumDescriptions",
    "x-enumNames",
    "x-extensible-enum",
    // Fern: how a stream is read, and what asks for it.
    "x-fern-streaming",
    "x-multi-segment",
    "x-line-schema",
    "x-rust-name",
    // Speakeasy: how a list goes on, how a failed call is retried, what ends a stream, and what asks for it.
    "x-speakeasy-pagination",
    RETRIES,
    "x-speakeasy-sse-sentinel",
    "x-speakeasy-stream-request-field",
    "x-stainless-deprecation-message",
];

/// Read at the root and at operations; elsewhere it says nothing.
const RETRIES: &str = "x-speakeasy-retries";

/// Reports each extension that says nothing to the generator, wherever it is.
pub(super) fn run(document: &Document, sink: &mut Sink) {
    document.extensions(&mut |key, at| {
        if !KNOWN.contains(&key) || key == RETRIES && !may_have_retries(at) {
            let message = format_args!("`{key}` says nothing to the generator");
            let found = sink.report(&UNKNOWN_EXTENSION, &at.child(key), message);
            if key == RETRIES {
                found.edit("move it to the document's root or to an operation in {overlay}");
            }
        }
    });
}

fn may_have_retries(at: &SpecPtr) -> bool {
    at.segments().last().is_none_or(|it| is_method(&it))
}
