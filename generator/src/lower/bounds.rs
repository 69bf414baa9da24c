//! Limits on the output of a document beyond its own size: schemas that `allOf` multiplies, and nesting by
//! references.

use super::LowerCx;
use crate::diag::{LIMIT, SpecPtr, UNSUPPORTED};
use crate::ir::longest_chain;
use crate::load::{Document, Reported};

/// Properties that all schemas may have, those of `allOf` counted wherever they hold.
const PROPERTIES: usize = 300_000;
/// Schemas that may be read within each other.
const NESTED: usize = 2_000;
/// Variants that choices which hold at once may make together.
const PAIRS: usize = 400;
/// Schemas that may lead to each other in a chain; what goes in circles counts whole.
const CHAIN: usize = 4_000;
/// Bytes of a path: nobody need read longer URLs (RFC 9110, 4.1), and the place of each node below a path
/// repeats it.
const PATH: usize = 8_000;

/// Counts a property, or a group of schemas that hold at once.
pub(super) fn property(cx: &mut LowerCx<'_>, at: &SpecPtr) -> Result<(), Reported> {
    cx.properties += 1;
    if cx.properties <= PROPERTIES {
        return Ok(());
    }
    let message =
        format_args!("the schemas have more than {PROPERTIES} properties, `allOf` applied");
    stop(cx, at, message)
}

/// Looks at how deep schemas are nested.
pub(super) fn nested(cx: &mut LowerCx<'_>, depth: usize, at: &SpecPtr) -> Result<(), Reported> {
    // Behind a limit nothing is read any more: it would be thrown away.
    if cx.stopped {
        return Err(Reported);
    }
    if depth <= NESTED {
        return Ok(());
    }
    stop(cx, at, format_args!("more than {NESTED} schemas are nested by references"))
}

/// The last place on the way to another that the document has.
pub(super) fn real(document: &Document, at: &SpecPtr) -> SpecPtr {
    let mut found = SpecPtr::root();
    for key in at.written().segments() {
        let next = found.child(&key);
        if document.at(&next).is_none() {
            break;
        }
        found = next;
    }
    found
}

/// Looks at how many variants come of choices that hold at once.
pub(super) fn pairs(
    cx: &mut LowerCx<'_>,
    at: &SpecPtr,
    counts: impl Iterator<Item = usize>,
) -> Result<(), Reported> {
    let count = counts.fold(1_usize, usize::saturating_mul);
    if count <= PAIRS {
        return Ok(());
    }
    let message =
        format_args!("the choices that hold here at once make {count} variants, more than {PAIRS}");
    cx.sink.report(&UNSUPPORTED, at, message);
    Err(Reported)
}

/// Refuses a path that is too long.
pub(super) fn path(cx: &mut LowerCx<'_>, path: &str, at: &SpecPtr) -> Result<(), Reported> {
    if path.len() <= PATH {
        return Ok(());
    }
    let message = format_args!(
        "the path has {} bytes, and servers need not read URLs of more than {PATH}",
        path.len()
    );
    cx.sink.report(&UNSUPPORTED, at, message);
    Err(Reported)
}

/// Looks at the types that came out.
pub(super) fn chain(cx: &mut LowerCx<'_>) -> Result<(), Reported> {
    let length = longest_chain(&cx.types);
    if length <= CHAIN {
        return Ok(());
    }
    let at = SpecPtr::root().child("components").child("schemas");
    stop(cx, &at, format_args!("a chain of {length} schemas lead to each other, more than {CHAIN}"))
}

/// Says so once: what follows is refused in silence.
fn stop(
    cx: &mut LowerCx<'_>,
    at: &SpecPtr,
    message: impl std::fmt::Display,
) -> Result<(), Reported> {
    if !std::mem::replace(&mut cx.stopped, true) {
        cx.sink.report(&LIMIT, at, message);
    }
    Err(Reported)
}
