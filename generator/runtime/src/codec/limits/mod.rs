//! Limits of reading: the stack it may use, and the memory that values may take beside the text.
//!
//! A type of many fields has large frames, above all in a debug build, and an empty object of it takes as much
//! memory as a full one. So a short response could end the process; here it ends in an error. Reading starts
//! on the stack of the caller. What is nested too deeply for it is read again on a thread with a large stack.

#[cfg(test)]
mod tests;

use super::DecodeError;
use super::choices::Outermost;
use super::error::Path;
use super::{Json, fit, lenient};
use std::cell::Cell;

/// Memory that values may take beside a text of any length.
const MEMORY: usize = 64 << 20;
/// Memory that values may take for each byte of the text. Untyped values are larger where their keys keep an order.
const MEMORY_PER_BYTE: usize = 32 + size_of::<Json>();
/// Stack of the caller that reading may use; the caller may have 1 MiB in all.
const STACK: usize = 512 << 10;
/// The stack of the thread for values that are nested more deeply.
const LARGE_STACK: usize = 64 << 20;
/// Its reserve for the innermost frames, whose size is known only once they are there.
const LARGE_STACK_RESERVE: usize = 8 << 20;
/// Stack of the caller for a serde format, which cannot start again.
const FOREIGN_STACK: usize = 1 << 20;

pub(super) const TOO_DEEP: &str = "the value is nested too deeply";
const TOO_LARGE: &str = "the value would take far more memory than its text";

#[derive(Clone, Copy)]
struct ReadLimits {
    stack: Stack,
    /// Bytes that may still be taken.
    memory: usize,
    exceeded: Option<&'static str>,
}

const NONE: ReadLimits = ReadLimits { stack: Stack::UNLIMITED, memory: usize::MAX, exceeded: None };

thread_local! {
    static LIMITS: Cell<ReadLimits> = const { Cell::new(NONE) };
}

fn change(how: impl FnOnce(&mut ReadLimits)) {
    let mut limits = LIMITS.get();
    how(&mut limits);
    LIMITS.set(limits);
}

/// The part of the stack that reading may use.
#[derive(Clone, Copy)]
pub(super) struct Stack {
    start: usize,
    size: usize,
}

impl Stack {
    const UNLIMITED: Self = Self { start: 0, size: usize::MAX };

    /// The part that the current read may use.
    pub(super) fn current() -> Self {
        LIMITS.get().stack
    }

    /// True if there is room for one more level.
    #[inline]
    pub(super) fn has_room(self) -> bool {
        self.start.abs_diff(address()) <= self.size || too_deep()
    }
}

/// About where the stack is.
#[inline]
fn address() -> usize {
    let here = 0_u8;
    std::ptr::from_ref(&here).addr()
}

#[cold]
fn too_deep() -> bool {
    change(|it| it.exceeded = Some(TOO_DEEP));
    false
}

/// Takes memory for a value; an error if the limit is reached.
#[cold]
pub(super) fn allocate(bytes: usize) -> Result<(), &'static str> {
    let mut limits = LIMITS.get();
    match limits.memory.checked_sub(bytes) {
        Some(left) => limits.memory = left,
        None => limits.exceeded = Some(TOO_LARGE),
    }
    LIMITS.set(limits);
    limits.exceeded.map_or(Ok(()), Err)
}

/// True once a limit was exceeded.
pub(super) fn is_exceeded() -> bool {
    LIMITS.get().exceeded.is_some()
}

/// The memory that is left.
pub(super) fn memory() -> usize {
    LIMITS.get().memory
}

/// Resets the memory that is left.
pub(super) fn release(memory: usize) {
    change(|it| it.memory = memory);
}

/// Reads a text of so many bytes, or a value in memory, within the limits.
pub(super) fn guard(
    bytes: Option<usize>,
    read: &mut (dyn FnMut() -> Result<(), DecodeError> + Send),
) -> Result<(), DecodeError> {
    let _outermost = Outermost::new();
    if LIMITS.get().stack.start != 0 {
        return read();
    }
    let memory = match bytes {
        Some(bytes) => bytes.saturating_mul(MEMORY_PER_BYTE).saturating_add(MEMORY),
        None => usize::MAX,
    };
    let (mut result, mut fit) = fit::measure(|| attempt(STACK, memory, read));
    if let Err(LimitExceeded(TOO_DEEP)) = result {
        (result, fit) = on_large_stack(memory, read);
    }
    fit.add();
    result.unwrap_or_else(|it| Err(DecodeError::new(Path::default(), it.0.to_owned())))
}

/// The message about the limit that was exceeded. A union may have passed it over while trying variants.
struct LimitExceeded(&'static str);

type ReadAttempt = Result<Result<(), DecodeError>, LimitExceeded>;

/// Reads within limits.
fn attempt(
    stack: usize,
    memory: usize,
    read: &mut (dyn FnMut() -> Result<(), DecodeError> + Send),
) -> ReadAttempt {
    let _active = ActiveLimits::new(stack, memory);
    let result = read();
    match (LIMITS.get().exceeded, result) {
        (None, result) => Ok(result),
        (Some(message), Err(error)) if error.message() == message && message != TOO_DEEP => {
            Ok(Err(error))
        }
        (Some(message), _) => Err(LimitExceeded(message)),
    }
}

fn on_large_stack(
    memory: usize,
    read: &mut (dyn FnMut() -> Result<(), DecodeError> + Send),
) -> (ReadAttempt, fit::Fit) {
    let room = LARGE_STACK - LARGE_STACK_RESERVE;
    // The items that the first attempt left out are found again.
    let is_lenient = lenient::start().is_some();
    let (read, skipped) = std::thread::scope(|scope| {
        let builder = std::thread::Builder::new().stack_size(LARGE_STACK);
        let thread = builder.spawn_scoped(scope, || {
            lenient::finish(is_lenient.then(Vec::new));
            (fit::measure(|| attempt(room, memory, read)), lenient::start())
        });
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(read)) => read,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => ((Err(LimitExceeded(TOO_DEEP)), fit::Fit::default()), None),
        }
    });
    lenient::finish(skipped);
    read
}

/// Limits that hold until this is dropped.
pub(super) struct ActiveLimits(());

impl ActiveLimits {
    fn new(stack: usize, memory: usize) -> Self {
        let stack = Stack { start: address(), size: stack };
        LIMITS.set(ReadLimits { stack, memory, exceeded: None });
        Self(())
    }

    /// Limits for a serde format, unless there are some.
    pub(super) fn foreign() -> Option<Self> {
        (LIMITS.get().stack.start == 0).then(|| Self::new(FOREIGN_STACK, usize::MAX))
    }
}

impl Drop for ActiveLimits {
    fn drop(&mut self) {
        LIMITS.set(NONE);
    }
}
