//! Enums of mixed scalars, which keep the values they do not know.

use super::{Encode, Json, Sink, Source, to_json};
use std::fmt;

/// A scalar that this version of the client does not know.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct UnknownLiteral(Json);

impl fmt::Display for UnknownLiteral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for UnknownLiteral {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Encode for UnknownLiteral {
    fn encode(&self, sink: &mut dyn Sink) {
        self.0.encode(sink);
    }
}

/// An enum of mixed scalars: what [`literal_enum!`](crate::literal_enum) makes of one.
pub trait LiteralEnum: Clone + 'static {
    /// Each known value and its variant.
    fn table() -> &'static [(&'static (dyn Encode + Sync), Self)];
    /// The variant for all other values.
    fn unknown(value: UnknownLiteral) -> Self;
}

/// Reads an enum of mixed scalars.
pub fn decode_literal_enum<T: LiteralEnum>(source: &mut dyn Source) -> Option<T> {
    let json = source.json()?;
    if json.is_array() || json.is_object() {
        source.fail(&"expected a single value");
        return None;
    }
    let table = T::table();
    for (value, variant) in table {
        if to_json(*value).is_ok_and(|value| value == json) {
            if table.len() == 1 {
                super::fit::constant();
            }
            return Some(variant.clone());
        }
    }
    super::fit::unknown();
    Some(T::unknown(UnknownLiteral(json)))
}

/// Implements the traits of an enum of mixed scalars:
/// `literal_enum!(Mixed { A = "a", One = 1, Yes = true, Nothing = null })`.
///
/// The enum has one variant per value and `Unknown(UnknownLiteral)`.
#[macro_export]
macro_rules! literal_enum {
    ($name:ident { $($variant:ident = $value:expr),* $(,)? }) => {
        impl $crate::codec::LiteralEnum for $name {
            #[inline]
            fn table() -> &'static [(&'static (dyn $crate::codec::Encode + ::core::marker::Sync), Self)] {
                #[allow(unused_imports)]
                use $crate::codec::null;
                const { &[$((&$value, Self::$variant)),*] }
            }
            #[inline]
            fn unknown(value: $crate::codec::UnknownLiteral) -> Self {
                Self::Unknown(value)
            }
        }
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                $crate::codec::decode_literal_enum(source)
            }
        }
        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn $crate::codec::Sink) {
                #[allow(unused_imports)]
                use $crate::codec::null;
                match self {
                    $(Self::$variant => $crate::codec::Encode::encode(&$value, sink),)*
                    Self::Unknown(value) => $crate::codec::Encode::encode(value, sink),
                }
            }
        }
        $crate::__serde!($name);
    };
}

/// The value of `null` in a table of literals.
#[doc(hidden)]
#[expect(non_upper_case_globals, reason = "stands for the literal")]
pub const null: () = ();
