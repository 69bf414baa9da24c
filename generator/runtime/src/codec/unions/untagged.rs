//! Unions without a tag: the variant that fits best is kept.

use crate::codec::codecs::CodecSlot;
use crate::codec::effort::Effort;
use crate::codec::fit::{self, Fit};
use crate::codec::{Decode, Json, ReadAs, tree};

/// The variants of an untagged union, tried in turn: the one that fits best is kept.
///
/// Where unions within unions would take too long, the rest is not tried.
pub struct Attempts<'j, U> {
    json: &'j Json,
    effort: Effort,
    best: Option<(Fit, U)>,
    exhaustive: bool,
    done: bool,
}

impl<'j, U> Attempts<'j, U> {
    /// Nothing is tried yet.
    #[must_use]
    pub fn new(json: &'j Json) -> Self {
        let effort = Effort::of_value(json);
        Self { json, effort, best: None, exhaustive: false, done: false }
    }

    /// Tries all variants: a constant may speak for a later one, even if an earlier one fits perfectly.
    #[must_use]
    pub fn exhaustive(self) -> Self {
        Self { exhaustive: true, ..self }
    }

    /// Tries a variant.
    pub fn attempt<T: Decode>(&mut self, wrap: fn(T) -> U) {
        self.keep(wrap, |json, slot| tree::try_read(json, slot));
    }

    /// Tries a variant by a codec.
    pub fn attempt_as<C: ReadAs<T>, T>(&mut self, wrap: fn(T) -> U) {
        self.keep(wrap, |json, slot| tree::try_read(json, &mut CodecSlot::<C, T>::new(slot)));
    }

    fn keep<T>(&mut self, wrap: fn(T) -> U, read: impl FnOnce(&Json, &mut Option<T>) -> bool) {
        if self.done || !self.effort.spend() {
            return;
        }
        let mut value = None;
        let (done, fit) = fit::measure(|| read(self.json, &mut value));
        let fits = done && !fit.is_blank();
        let better = self.best.as_ref().is_none_or(|(best, _)| fit.is_better_than(best));
        if let Some(value) = value.filter(|_| fits && better) {
            self.done = !self.exhaustive && fit.is_perfect(self.effort.parts());
            self.best = Some((fit, wrap(value)));
        }
    }

    /// The variant that fits best.
    #[must_use]
    pub fn best(self) -> Option<U> {
        match self.best {
            Some((fit, value)) => {
                fit.add();
                Some(value)
            }
            None => {
                fit::unknown();
                None
            }
        }
    }
}

/// Implements the traits of a union without a tag:
/// `untagged_union!(Input { Text, Count as Int64String, Object(Box) })`.
///
/// The enum has one variant with one payload per row, behind a pointer where `(Box)` says so, and
/// `Unknown(Json)`. The row that fits best wins; of several, the first. Rows are tried until one fits perfectly,
/// or all of them, if constants may stand in the values: `untagged_union!(Input: exhaustive { … })`.
#[macro_export]
macro_rules! untagged_union {
    ($name:ident $(: $exhaustive:ident)? { $($variant:ident $(($pointer:ident))? $(as $codec:ty)?),* $(,)? }) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                let json = source.json()?;
                let mut attempts = $crate::codec::Attempts::new(&json)$(.$exhaustive())?;
                $($crate::__attempt!(attempts $variant $(($pointer))? $($codec)?);)*
                match attempts.best() {
                    ::core::option::Option::Some(best) => ::core::option::Option::Some(best),
                    ::core::option::Option::None => ::core::option::Option::Some(Self::Unknown(json)),
                }
            }
        }
        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn $crate::codec::Sink) {
                match self {
                    $(Self::$variant(it) => $crate::__encode!(it sink $(($pointer))? $($codec)?),)*
                    Self::Unknown(json) => $crate::codec::Encode::encode(json, sink),
                }
            }
        }
        $crate::__serde!($name);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __attempt {
    ($attempts:ident $variant:ident) => {
        $attempts.attempt(Self::$variant)
    };
    ($attempts:ident $variant:ident (Box)) => {
        $attempts.attempt_as::<$crate::codec::Boxed, _>(Self::$variant)
    };
    ($attempts:ident $variant:ident (Box) $codec:ty) => {
        $attempts.attempt_as::<$crate::codec::Boxed<$codec>, _>(Self::$variant)
    };
    ($attempts:ident $variant:ident $codec:ty) => {
        $attempts.attempt_as::<$codec, _>(Self::$variant)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __encode {
    ($it:ident $sink:ident) => {
        $crate::codec::Encode::encode($it, $sink)
    };
    ($it:ident $sink:ident (Box)) => {
        $crate::codec::Encode::encode(&**$it, $sink)
    };
    ($it:ident $sink:ident (Box) $codec:ty) => {
        <$codec as $crate::codec::WriteAs<_>>::write(&**$it, $sink)
    };
    ($it:ident $sink:ident $codec:ty) => {
        <$codec as $crate::codec::WriteAs<_>>::write($it, $sink)
    };
}
