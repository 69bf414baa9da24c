//! How much a document may ask for beyond its own size: what `allOf` multiplies, and what is nested by
//! references.

use super::Cx;
use crate::diag::{CYCLIC_REF, LIMIT, SpecPtr};
use crate::ir::longest_chain;
use crate::load::{Document, Refused};

/// Properties that all schemas may have, those of `allOf` counted wherever they hold.
const PROPERTIES: usize = 300_000;
/// Schemas that may be read within each other.
const NESTED: usize = 2_000;
/// Schemas that may be nested at places which the document does not have.
const ADDITIONS: usize = 64;
/// The same, where one of them never ends.
const ADDITIONS_LEFT_OUT: usize = 2;
/// Schemas that may lead to each other in a chain; what goes in circles counts whole.
const CHAIN: usize = 4_000;

/// Counts a property.
pub(super) fn property(cx: &mut Cx<'_>, at: &SpecPtr) -> Result<(), Refused> {
    cx.properties += 1;
    if cx.properties <= PROPERTIES {
        return Ok(());
    }
    let message =
        format_args!("the schemas have more than {PROPERTIES} properties, `allOf` applied");
    stop(cx, at, message)
}

/// Looks at how deep schemas are nested.
pub(super) fn nested(cx: &mut Cx<'_>, depth: usize, at: &SpecPtr) -> Result<(), Refused> {
    // Behind a limit nothing is read any more: it would be thrown away.
    if cx.stopped {
        return Err(Refused);
    }
    if depth <= NESTED {
        return Ok(());
    }
    stop(cx, at, format_args!("more than {NESTED} schemas are nested by references"))
}

/// Looks for a schema that `allOf` makes out of itself with additions, again and again: each time it
/// stands at a place that the document does not have, below the last one.
pub(super) fn endless(cx: &mut Cx<'_>, at: &SpecPtr) -> Result<(), Refused> {
    if cx.nested == 0 {
        cx.endless = false;
    }
    // What is left out is not looked through to its ends, of which there may be many.
    let most = if cx.endless { ADDITIONS_LEFT_OUT } else { ADDITIONS };
    if cx.nested <= most || cx.document.tree.at(at).is_some() {
        return Ok(());
    }
    if !cx.endless {
        cx.endless = true;
        let message = "`allOf` makes this schema out of itself again and again, without an end";
        cx.sink.report(&CYCLIC_REF, &real(cx.document, at), message);
    }
    Err(Refused)
}

/// The last place on the way to another that the document has.
fn real(document: &Document, at: &SpecPtr) -> SpecPtr {
    let mut found = SpecPtr::root();
    for key in at.segments() {
        let next = found.child(&key);
        if document.tree.at(&next).is_none() {
            break;
        }
        found = next;
    }
    found
}

/// Looks at the types that came out.
pub(super) fn chain(cx: &mut Cx<'_>) -> Result<(), Refused> {
    let length = longest_chain(&cx.types);
    if length <= CHAIN {
        return Ok(());
    }
    let at = SpecPtr::root().child("components").child("schemas");
    stop(cx, &at, format_args!("a chain of {length} schemas lead to each other, more than {CHAIN}"))
}

/// Says so once: what follows is refused in silence.
fn stop(cx: &mut Cx<'_>, at: &SpecPtr, message: impl std::fmt::Display) -> Result<(), Refused> {
    if !std::mem::replace(&mut cx.stopped, true) {
        cx.sink.report(&LIMIT, at, message);
    }
    Err(Refused)
}
