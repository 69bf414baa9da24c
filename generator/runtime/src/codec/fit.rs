//! The fit of a value to a variant of a union that has no tag.
//!
//! The reasons are compared one after the other, from the strongest to the weakest; the decision
//! "Untagged unions keep the variant that fits best" lists them. A variant that cannot read the value, whose constant
//! differs, or that knows no property of an object is out before that.

use std::cell::Cell;
use std::cmp::Reverse;

/// The reasons for a variant and against it, at any depth of the value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Fit {
    /// Values that were kept as the `Unknown` of a union or of an enum.
    unknown: u32,
    /// Constants, tags among them, that are there and equal.
    constants: u32,
    /// Required properties that are absent, and numbers in another form than the declared one.
    departures: u32,
    /// Values of a declared type, and of declared properties.
    described: u32,
    /// Keys that no field takes.
    dropped: u32,
    /// True if the value itself is an object of which no property is known and none is kept.
    blank: bool,
}

thread_local! {
    static FIT: Cell<Fit> = const {
        Cell::new(Fit { unknown: 0, constants: 0, departures: 0, described: 0, dropped: 0, blank: false })
    };
    static TRYING: Cell<bool> = const { Cell::new(false) };
}

impl Fit {
    /// The fit of a value that is kept as something unknown.
    pub(super) const UNKNOWN: Self =
        Self { unknown: 1, constants: 0, departures: 0, described: 0, dropped: 0, blank: false };

    /// True if a variant with this fit is a better choice than one with the other.
    pub(super) fn is_better_than(&self, other: &Self) -> bool {
        self.rank() < other.rank()
    }

    fn rank(&self) -> (u32, Reverse<u32>, u32, Reverse<u32>, u32) {
        let Self { unknown, constants, departures, described, dropped, .. } = *self;
        (unknown, Reverse(constants), departures, Reverse(described), dropped)
    }

    /// True if a part of the value was kept as something unknown.
    pub(super) fn keeps_unknown(&self) -> bool {
        self.unknown > 0
    }

    /// True if no variant could fit a value of so many parts better, constants aside.
    pub(super) fn is_perfect(&self, parts: usize) -> bool {
        let Self { unknown, departures, described, dropped, .. } = *self;
        (unknown, departures, dropped) == (0, 0, 0) && described as usize >= parts
    }

    /// True if the value is an object of which nothing would be left.
    pub(super) fn is_blank(&self) -> bool {
        self.blank
    }

    /// The number of values and keys that the type does not know. Absent properties are not
    /// counted: the other side may send them.
    pub(crate) fn unfamiliar(&self) -> u32 {
        self.unknown + self.dropped
    }

    /// The fit of an object whose tag named the variant; `apart` says that the payload does not know the tag.
    pub(super) fn tagged(mut self, apart: bool) -> Self {
        self.constants = self.constants.max(1);
        if apart {
            self.dropped = self.dropped.saturating_sub(1);
            self.described += 1;
        }
        self.blank = false;
        self
    }

    /// Adds this fit of a value to that of the value it is part of.
    pub(super) fn add(self) {
        change(|it| {
            it.unknown = it.unknown.wrapping_add(self.unknown);
            it.constants = it.constants.wrapping_add(self.constants);
            it.departures = it.departures.wrapping_add(self.departures);
            it.described = it.described.wrapping_add(self.described);
            it.dropped = it.dropped.wrapping_add(self.dropped);
            it.blank = self.blank;
        });
    }
}

fn change(how: impl FnOnce(&mut Fit)) {
    FIT.with(|it| {
        let mut fit = it.get();
        how(&mut fit);
        it.set(fit);
    });
}

/// Counts a value that is kept as something unknown.
#[cold]
pub(super) fn unknown() {
    change(|it| it.unknown = it.unknown.wrapping_add(1));
}

/// Counts a constant that is there and equal.
pub(super) fn constant() {
    change(|it| it.constants = it.constants.wrapping_add(1));
}

/// Counts required properties that are absent, or numbers in another form.
#[cold]
pub(super) fn departure(count: u32) {
    change(|it| it.departures = it.departures.wrapping_add(count));
}

/// Counts a value of a declared type.
pub(super) fn described() {
    change(|it| it.described = it.described.wrapping_add(1));
}

/// Counts a key that no field takes.
pub(super) fn dropped() {
    change(|it| it.dropped = it.dropped.wrapping_add(1));
}

/// Records whether anything is left of the value that has just been read.
pub(super) fn set_blank(blank: bool) {
    change(|it| it.blank = blank);
}

/// True if nothing is left of the value that has just been read.
pub(super) fn was_blank() -> bool {
    FIT.get().blank
}

/// Reads the value of a declared property, which counts even if it may be anything.
pub(super) fn property(read: impl FnOnce()) {
    let before = FIT.get().described;
    read();
    if FIT.get().described == before {
        described();
    }
}

/// Runs `read`, and says how well the value fits.
pub(crate) fn measure<T>(read: impl FnOnce() -> T) -> (T, Fit) {
    let before = FIT.replace(Fit::default());
    let value = read();
    (value, FIT.replace(before))
}

/// Runs `read` for a variant that need not be the right one: its error is not shown, and a constant
/// that differs is one.
pub(super) fn trying<T>(read: impl FnOnce() -> T) -> T {
    let before = TRYING.replace(true);
    let value = read();
    TRYING.set(before);
    value
}

/// True while a variant is only being tried.
pub(super) fn is_trial() -> bool {
    TRYING.get()
}
