//! Extensions that the generator does not know.

use crate::diag::{Sink, UNKNOWN_EXTENSION};
use crate::load::Document;

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
    // Speakeasy: how a list goes on, what ends a stream, and what asks for it.
    "x-speakeasy-pagination",
    "x-speakeasy-sse-sentinel",
    "x-speakeasy-stream-request-field",
    "x-stainless-deprecation-message",
];

/// Reports each extension that says nothing to the generator, wherever it is.
pub(super) fn run(document: &Document, sink: &mut Sink) {
    document.extensions(&mut |key, at| {
        if !KNOWN.contains(&key) {
            let message = format_args!("`{key}` says nothing to the generator");
            let found = sink.report(&UNKNOWN_EXTENSION, &at.child(key), message);
            if key == "x-speakeasy-retries" {
                found
                    .help("a client has a policy of its own; `retry` of its builder takes another");
            }
        }
    });
}
