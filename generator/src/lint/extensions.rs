//! Extensions that the generator does not know.

use crate::diag::{Sink, SpecPtr, UNKNOWN_EXTENSION};
use crate::load::Document;
use crate::lower::is_method;

/// An extension that says something to the generator, and where.
struct KnownExtension(&'static str, &'static str);

const BESIDE_ENUM: &str = "it counts at a schema beside `enum`, once for all its values";
const DEPRECATED: &str =
    "it counts at an operation, a parameter, a schema or a property, of several such the first";
const OPERATION: &str = "it counts at an operation";

const KNOWN: &[KnownExtension] = &[
    KnownExtension("x-deprecated-reason", DEPRECATED),
    KnownExtension("x-deprecation-message", DEPRECATED),
    KnownExtension("x-enum-descriptions", BESIDE_ENUM),
    KnownExtension("x-enum-names", BESIDE_ENUM),
    KnownExtension("x-enum-varnames", BESIDE_ENUM),
    KnownExtension("x-enumDescriptions", BESIDE_ENUM),
    KnownExtension("x-enumNames", BESIDE_ENUM),
    KnownExtension(
        "x-extensible-enum",
        "it counts as `true` at a schema, beside the values of `enum`",
    ),
    // Fern: how a stream is read, and what asks for it.
    KnownExtension("x-fern-streaming", OPERATION),
    KnownExtension(
        "x-multi-segment",
        "it counts as `true` at a parameter of a path, of style `simple`",
    ),
    KnownExtension("x-line-schema", "it counts at the schema of a response that is read as lines"),
    KnownExtension(
        "x-rust-name",
        "it counts as a text at an operation, a parameter, a schema or a property",
    ),
    // Speakeasy: how a list goes on, how a failed call is retried, what ends a stream, and what asks for it.
    KnownExtension(
        "x-speakeasy-pagination",
        "it counts at an operation that responds with a list, or an object with one",
    ),
    KnownExtension(RETRIES, "it counts at the document's root and at operations"),
    KnownExtension("x-speakeasy-sse-sentinel", "it counts as a text at a media type of events"),
    KnownExtension("x-speakeasy-stream-request-field", OPERATION),
    KnownExtension("x-stainless-deprecation-message", DEPRECATED),
];

/// Read at the root and at operations; elsewhere it says nothing.
const RETRIES: &str = "x-speakeasy-retries";

/// Where an extension counts, if it does anywhere.
pub(super) fn where_read(key: &str) -> Option<&'static str> {
    KNOWN.iter().find(|it| it.0 == key).map(|it| it.1)
}

/// Reports each extension that says nothing to the generator, wherever it is.
pub(super) fn run(document: &Document, sink: &mut Sink) {
    document.extensions(&mut |key, at| {
        if where_read(key).is_none() || key == RETRIES && !may_have_retries(at) {
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
