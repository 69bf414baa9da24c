//! The variants that were chosen while the variants of a union around them are tried.
//!
//! Unions within unions would multiply the attempts at each level. So each value is judged once for each union,
//! and the choice is kept: where another variant of the union around leads to the same value again, the choice and
//! its fit are taken, with a stand-in in place of the value. If that variant is the one that fits best, it is
//! read again at the end, and each union in it reads only the variant that it chose before.

use super::Json;
use super::fit::Fit;
use std::any::TypeId;
use std::cell::{Cell, RefCell};
use std::collections::HashMap;

/// The variant that fits a value best, if any does, and how well it does.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    pub(super) variant: Option<usize>,
    pub(super) fit: Fit,
}

/// A union, and the address of a value in the current tree.
type ChoiceKey = (TypeId, usize);

/// Why a union is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pass {
    /// No union around it is being read.
    Outermost,
    /// A variant of a union around it is being tried.
    Trial,
    /// A variant of a union around it was chosen, and is read again.
    Final,
}

thread_local! {
    static PASS: Cell<Pass> = const { Cell::new(Pass::Outermost) };
    static CHOICES: RefCell<HashMap<ChoiceKey, Choice>> = RefCell::new(HashMap::new());
    /// True if a stand-in was read in place of a value.
    static STANDS_IN: Cell<bool> = const { Cell::new(false) };
}

/// The current pass.
pub(super) fn pass() -> Pass {
    PASS.get()
}

/// Runs `read` in a pass.
pub(super) fn in_pass<T>(pass: Pass, read: impl FnOnce() -> T) -> T {
    struct Restore(Pass);
    impl Drop for Restore {
        fn drop(&mut self) {
            PASS.set(self.0);
        }
    }
    let _restore = Restore(PASS.replace(pass));
    read()
}

/// The earlier choice for a value.
pub(super) fn known<U: 'static>(json: &Json) -> Option<Choice> {
    CHOICES.with_borrow(|it| it.get(&key::<U>(json)).copied())
}

/// Keeps what was chosen for a value. Scalars are not kept: judging them again is cheap.
pub(super) fn keep<U: 'static>(json: &Json, choice: Choice) {
    if json.is_array() || json.is_object() {
        CHOICES.with_borrow_mut(|it| it.insert(key::<U>(json), choice));
    }
}

/// Forgets all choices before their tree is dropped, since addresses are reused.
pub(super) fn forget() {
    CHOICES.with_borrow_mut(|it| match it.capacity() {
        0 => {}
        // A small table is kept for the next value.
        1..1024 => it.clear(),
        _ => *it = HashMap::new(),
    });
}

fn key<U: 'static>(json: &Json) -> ChoiceKey {
    (TypeId::of::<U>(), std::ptr::from_ref(json).addr())
}

/// Records that a stand-in was read in place of a value.
pub(super) fn stand_in() {
    STANDS_IN.set(true);
}

/// Runs `read`; the flag is true if no stand-in was read.
pub(super) fn is_complete<T>(read: impl FnOnce() -> T) -> (T, bool) {
    let before = STANDS_IN.replace(false);
    let value = read();
    let is_complete = !STANDS_IN.get();
    STANDS_IN.set(before);
    (value, is_complete)
}

/// Sets the choices aside while another tree is read within a trial; dropping it restores them.
pub(super) struct Outermost(Option<(Pass, HashMap<ChoiceKey, Choice>)>);

impl Outermost {
    pub(super) fn new() -> Self {
        let pass = PASS.get();
        let is_nested = pass != Pass::Outermost;
        Self(is_nested.then(|| (PASS.replace(Pass::Outermost), CHOICES.take())))
    }
}

impl Drop for Outermost {
    fn drop(&mut self) {
        if let Some((pass, choices)) = self.0.take() {
            PASS.set(pass);
            CHOICES.set(choices);
        }
    }
}
