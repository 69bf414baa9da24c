//! Unions without a tag: the variant that fits best is kept.

use crate::codec::choices::{self, Choice, Pass};
use crate::codec::codecs::CodecSlot;
use crate::codec::fit::{self, Fit};
use crate::codec::{Decode, Json, JsonNode, ReadAs, growth, limits, tree};

/// The variants of an untagged union, tried in turn: the one that fits best is kept.
pub struct VariantTrials<'j, U> {
    json: &'j Json,
    best: Option<BestVariant<U>>,
    /// The number of the next variant.
    next: usize,
    /// The only variant to read, if it is known.
    only: Option<usize>,
    parts: usize,
    exhaustive: bool,
    done: bool,
}

struct BestVariant<U> {
    value: U,
    fit: Fit,
    variant: usize,
    is_complete: bool,
    memory: usize,
}

/// Reads the variant that fits a value best. `variants` tries each variant, all of them if it is `exhaustive`: a
/// constant may speak for a later one, even if an earlier one fits perfectly.
pub fn best_variant<U: 'static>(
    node: &mut JsonNode<'_, '_>,
    exhaustive: bool,
    variants: fn(&mut VariantTrials<'_, U>),
    unknown: fn(Json) -> U,
) -> Option<U> {
    let json = node.value();
    let choose = |only| {
        let mut attempts = VariantTrials::new(json, exhaustive, only);
        variants(&mut attempts);
        attempts.best
    };
    let pass = choices::pass();
    let choice = match pass {
        Pass::Outermost => None,
        Pass::Trial | Pass::Final => choices::known::<U>(json),
    };
    let best = match choice {
        Some(choice) if pass == Pass::Trial => {
            choice.fit.add();
            choices::stand_in();
            return Some(unknown(Json::Null));
        }
        Some(choice) => choice.variant.and_then(|it| choose(Some(it))),
        None => {
            let best = choices::in_pass(Pass::Trial, || choose(None));
            let best = match best {
                Some(it) if !it.is_complete && pass != Pass::Trial => {
                    choices::in_pass(Pass::Final, || choose(Some(it.variant)))
                }
                best => best,
            };
            if pass == Pass::Outermost {
                choices::forget();
            }
            best
        }
    };
    let fit = best.as_ref().map_or(Fit::UNKNOWN, |it| it.fit);
    fit.add();
    if pass == Pass::Trial {
        choices::keep::<U>(json, Choice { variant: best.as_ref().map(|it| it.variant), fit });
    }
    match best {
        Some(best) => {
            if !best.is_complete {
                choices::stand_in();
            }
            Some(best.value)
        }
        None if pass == Pass::Trial && (json.is_array() || json.is_object()) => {
            choices::stand_in();
            Some(unknown(Json::Null))
        }
        None => node.copy().map(unknown),
    }
}

impl<'j, U> VariantTrials<'j, U> {
    fn new(json: &'j Json, exhaustive: bool, only: Option<usize>) -> Self {
        let parts = growth::parts(json);
        Self { json, best: None, next: 0, only, parts, exhaustive, done: false }
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
        let variant = self.next;
        self.next += 1;
        if self.done || self.only.is_some_and(|it| it != variant) {
            return;
        }
        let (mut value, before) = (None, limits::memory());
        let measured = || fit::measure(|| read(self.json, &mut value));
        let ((done, fit), is_complete) = choices::is_complete(measured);
        let fits = done && !fit.is_blank();
        let better = self.best.as_ref().is_none_or(|best| fit.is_better_than(&best.fit));
        let Some(value) = value.filter(|_| fits && better) else {
            return limits::release(before);
        };
        let memory = before - limits::memory();
        if let Some(replaced) = &self.best {
            limits::release(before - memory + replaced.memory);
        }
        self.done = !self.exhaustive && fit.is_perfect(self.parts);
        self.best = Some(BestVariant { value: wrap(value), fit, variant, is_complete, memory });
    }
}

/// Implements the traits of a union without a tag:
/// `untagged_union!(Input { Text, Count as Int64String, Object(Box) })`.
///
/// The enum has one variant with one payload per row, behind a pointer where `(Box)` says so, and
/// `Unknown(Json)`. The row that fits best wins; of several, the first. Rows are tried until one
/// fits perfectly, or all of them, if the values may have constants:
/// `untagged_union!(Input: exhaustive { … })`.
#[macro_export]
macro_rules! untagged_union {
    ($name:ident $(: $exhaustive:ident)? { $($variant:ident $(($pointer:ident))? $(as $codec:ty)?),* $(,)? }) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                $crate::codec::read_union(source, |node| {
                    $crate::codec::best_variant(
                        node,
                        $crate::__is_exhaustive!($($exhaustive)?),
                        |attempts| {
                            $($crate::__attempt!(attempts $variant $(($pointer))? $($codec)?);)*
                        },
                        Self::Unknown,
                    )
                })
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
macro_rules! __is_exhaustive {
    () => {
        false
    };
    (exhaustive) => {
        true
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
