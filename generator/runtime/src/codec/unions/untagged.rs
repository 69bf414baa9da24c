//! Unions without a tag: the variant that fits best is kept.

use crate::codec::codecs::CodecSlot;
use crate::codec::de::json_into;
use crate::codec::effort::Effort;
use crate::codec::fit;
use crate::codec::{Decode, Json, ReadAs, from_json};

/// The variants of an untagged union, tried in turn: the one that fits best is kept.
///
/// Where unions within unions would take too long, the rest is not tried.
pub struct Attempts<'j, U> {
    json: &'j Json,
    effort: Effort,
    best: Option<(usize, U)>,
}

impl<'j, U> Attempts<'j, U> {
    /// Nothing is tried yet.
    #[must_use]
    pub fn new(json: &'j Json) -> Self {
        Self { json, effort: Effort::of_value(json), best: None }
    }

    /// Tries a variant.
    pub fn attempt<T: Decode>(&mut self, wrap: fn(T) -> U) {
        self.keep(wrap, |json| from_json(json).ok());
    }

    /// Tries a variant by a codec.
    pub fn attempt_as<C: ReadAs<T>, T>(&mut self, wrap: fn(T) -> U) {
        self.keep(wrap, |json| {
            let mut value = None;
            let result = json_into(json, &mut CodecSlot::<C, T>::new(&mut value));
            result.ok().and(value)
        });
    }

    fn keep<T>(&mut self, wrap: fn(T) -> U, read: impl FnOnce(&Json) -> Option<T>) {
        if self.best.as_ref().is_some_and(|(misfits, _)| *misfits == 0) || !self.effort.spend() {
            return;
        }
        let (value, misfits) = fit::measure(|| read(self.json));
        let better = self.best.as_ref().is_none_or(|(best, _)| misfits < *best);
        if let Some(value) = value.filter(|_| better) {
            self.best = Some((misfits, wrap(value)));
        }
    }

    /// The variant that fits best.
    #[must_use]
    pub fn best(self) -> Option<U> {
        self.best.map(|(misfits, value)| {
            (0..misfits).for_each(|_| fit::misfit());
            value
        })
    }
}

/// Implements the traits of a union without a tag:
/// `untagged_union!(Input { Text, Count as Int64String, Object(Box) })`.
///
/// The enum has one variant with one payload per row, behind a pointer where `(Box)` says so, and
/// `Unknown(Json)`. All rows are tried in their order until one fits without anything unknown to it;
/// else the one that fits best wins.
#[macro_export]
macro_rules! untagged_union {
    ($name:ident { $($variant:ident $(($pointer:ident))? $(as $codec:ty)?),* $(,)? }) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                let json = source.json()?;
                let mut attempts = $crate::codec::Attempts::new(&json);
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
