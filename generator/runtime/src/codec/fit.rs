//! How well a value fits a variant of a union that has no tag: what a variant does not know counts.

use std::cell::Cell;

thread_local! {
    static MISFITS: Cell<usize> = const { Cell::new(0) };
}

/// Counts something that does not fit: an unknown key, an unknown enum value, another constant.
pub(super) fn misfit() {
    MISFITS.with(|it| it.set(it.get() + 1));
}

/// Runs `read`, and says how many things did not fit.
pub(crate) fn measure<T>(read: impl FnOnce() -> T) -> (T, usize) {
    let before = MISFITS.with(|it| it.replace(0));
    let value = read();
    (value, MISFITS.with(|it| it.replace(before)))
}
