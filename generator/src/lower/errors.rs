//! Responses that are no success: what errors carry, and what is on the way to another response.

use super::accept::ContentEntry;
use super::media::{self, Media};
use super::response::{entries, words};
use super::schema::{Lowered, schema};
use super::{LowerCx, event};
use crate::diag::{NO_EFFECT, NOT_EXPRESSED};
use crate::ir::{ErrorCase, Method, Scalar, Type};
use crate::load::NodeRef;

/// The content of an error. One that cannot be understood is still an error with its status and body.
pub(super) fn error<'a>(
    cx: &mut LowerCx<'a>,
    status: &str,
    spot: &NodeRef<'a>,
    method: Method,
) -> ErrorCase {
    let entries = entries(cx, spot).unwrap_or_default();
    let of = |kind: Media| entries.iter().find(|it| it.0 == kind && method != Method::Head);
    let json = of(Media::Json).map(|it| it.2.clone());
    // The first event of a stream in the place of an error says what is wrong.
    let events = of(Media::Events).filter(|_| json.is_none()).map(|it| it.2.clone());
    untyped_errors(cx, &entries, json.as_ref().or(events.as_ref()));
    let ty = json.and_then(|it| it.child("schema")).and_then(|it| schema(cx, &it).ok());
    let ty = ty.map(Lowered::whole);
    let ty = ty.or_else(|| events.and_then(|it| event::carried(cx, &it).ok()));
    ErrorCase {
        status: status.to_owned(),
        ty: ty.filter(|it| !matches!(it, Type::Json | Type::Scalar(Scalar::Text))),
        docs: words(spot),
    }
}

/// An error gives its body as it came; of several types one is read besides, and what more the others say is told.
fn untyped_errors<'a>(
    cx: &mut LowerCx<'a>,
    entries: &[ContentEntry<'a>],
    typed: Option<&NodeRef<'a>>,
) {
    let schema = typed.and_then(|it| it.child("schema"));
    for (_, mime, entry) in entries {
        entry.use_it();
        if typed.is_some_and(|it| it.id() == entry.id()) {
            continue;
        }
        entry.pass_over();
        let same = match (&schema, entry.child("schema")) {
            (Some(known), Some(it)) => it.says_what(known),
            (None, _) | (_, None) => false,
        };
        if typed.is_some() && !same && media::says_more(cx, entry) {
            let message = format_args!("an error of `{mime}` is given as it comes");
            cx.sink.report(&NOT_EXPRESSED, &entry.at, message);
        }
    }
}

/// A response on the way to another: the transport follows it, or gives it as an error with its status.
pub(super) fn passing(cx: &mut LowerCx<'_>, status: &str, spot: &NodeRef<'_>) {
    spot.pass_over();
    if let Some(content) = spot.child("content").filter(|_| spot.fills("content")) {
        let message =
            format_args!("a response of status {status} is no result: its body is not read");
        cx.sink.report(&NO_EFFECT, &content.at, message);
    }
}

/// True if a key of `responses` is a status, a class of statuses, or `default`.
pub(super) fn is_status(key: &str) -> bool {
    let class = |it: &[u8]| matches!(it, [b'X' | b'x', b'X' | b'x']);
    match key.as_bytes() {
        [b'1'..=b'5', rest @ ..] if rest.len() == 2 => {
            rest.iter().all(u8::is_ascii_digit) || class(rest)
        }
        _ => key == "default",
    }
}

/// Tells of a response that no status leads to.
pub(super) fn no_status(cx: &mut LowerCx<'_>, key: &str, spot: &NodeRef<'_>) {
    spot.pass_over();
    let message = format_args!("`{key}` is no status: no response is read by it");
    cx.sink.report(&NO_EFFECT, &spot.at, message).edit("correct the key in {overlay}");
}
