//! Enums of strings and of integers, which keep the values they do not know.

use super::Source;
use std::fmt;

/// A string that this version of the client does not know.
///
/// Only the `as_str` of the enum gives its text, so that code cannot depend on a value being
/// unknown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    #[doc(hidden)]
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    #[doc(hidden)]
    #[must_use]
    pub fn get(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An integer that this version of the client does not know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnknownInt(i64);

impl UnknownInt {
    #[doc(hidden)]
    #[must_use]
    pub fn new(value: i64) -> Self {
        Self(value)
    }

    #[doc(hidden)]
    #[must_use]
    pub fn get(&self) -> i64 {
        self.0
    }
}

impl fmt::Display for UnknownInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for UnknownInt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// An enum of strings, as a table: what [`text_enum!`](crate::text_enum) makes of one.
pub trait TextEnum: Clone + 'static {
    /// Each known value and its variant.
    const TABLE: &'static [(&'static str, Self)];
    /// True if the document allows all other values too.
    const OPEN: bool = false;
    /// The variant for all other values.
    fn unknown(value: UnknownValue) -> Self;
    /// The variant for a value.
    fn of(text: &str) -> Self {
        if let Some(row) = Self::TABLE.iter().find(|row| row.0 == text) {
            if Self::TABLE.len() == 1 {
                super::fit::constant();
            }
            return row.1.clone();
        }
        if !Self::OPEN {
            super::fit::unknown();
        }
        Self::unknown(UnknownValue::new(text))
    }
}

/// Reads an enum of strings.
pub fn decode_text_enum<T: TextEnum>(source: &mut dyn Source) -> Option<T> {
    let mut value = None;
    source.text(&mut |text| value = Some(T::of(text)));
    value
}

/// An enum of integers, as a table: what [`int_enum!`](crate::int_enum) makes of one.
pub trait IntEnum: Clone + 'static {
    /// Each known value and its variant.
    const TABLE: &'static [(i64, Self)];
    /// The variant for all other values.
    fn unknown(value: UnknownInt) -> Self;
    /// The variant for a value.
    fn of(value: i64) -> Self {
        if let Some(row) = Self::TABLE.iter().find(|row| row.0 == value) {
            if Self::TABLE.len() == 1 {
                super::fit::constant();
            }
            return row.1.clone();
        }
        super::fit::unknown();
        Self::unknown(UnknownInt::new(value))
    }
}

/// Reads an enum of integers.
pub fn decode_int_enum<T: IntEnum>(source: &mut dyn Source) -> Option<T> {
    source.int().map(T::of)
}

/// Implements the traits of an enum of strings: `text_enum!(Status { Ready = "ready" })`.
///
/// The enum has one variant per value and `Unknown(UnknownValue)`, for any other text if the document allows it:
/// `text_enum!(Model: open { Small = "small" })`.
#[macro_export]
macro_rules! text_enum {
    ($name:ident $(: $open:ident)? { $($variant:ident = $text:literal),* $(,)? }) => {
        impl $crate::codec::TextEnum for $name {
            const TABLE: &'static [(&'static str, Self)] = &[$(($text, Self::$variant)),*];
            $($crate::__open!($open);)?
            #[inline]
            fn unknown(value: $crate::codec::UnknownValue) -> Self {
                Self::Unknown(value)
            }
        }
        impl $name {
            /// The value as it is sent.
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::Unknown(value) => value.get(),
                }
            }
        }
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                $crate::codec::decode_text_enum(source)
            }
            const TEXTS: $crate::codec::Texts = $crate::codec::Texts::Words;
        }
        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn $crate::codec::Sink) {
                sink.text(self.as_str());
            }
        }
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(text: &str) -> Self {
                $crate::codec::TextEnum::of(text)
            }
        }
        impl ::core::convert::From<::std::string::String> for $name {
            #[inline]
            fn from(text: ::std::string::String) -> Self {
                $crate::codec::TextEnum::of(&text)
            }
        }
        impl ::core::str::FromStr for $name {
            type Err = ::core::convert::Infallible;
            // `Self::Err` could be a variant, too.
            #[inline]
            fn from_str(text: &str) -> ::core::result::Result<Self, ::core::convert::Infallible> {
                ::core::result::Result::Ok($crate::codec::TextEnum::of(text))
            }
        }
        $crate::__serde!($name);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __open {
    (open) => {
        const OPEN: bool = true;
    };
}

/// Implements the traits of an enum of integers: `int_enum!(Code { Ok = 0 })`.
///
/// The enum has one variant per value and `Unknown(UnknownInt)`.
#[macro_export]
macro_rules! int_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        impl $crate::codec::IntEnum for $name {
            const TABLE: &'static [(i64, Self)] = &[$(($value, Self::$variant)),*];
            #[inline]
            fn unknown(value: $crate::codec::UnknownInt) -> Self {
                Self::Unknown(value)
            }
        }
        impl $name {
            /// The value as it is sent.
            #[inline]
            pub fn value(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unknown(value) => value.get(),
                }
            }
        }
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                $crate::codec::decode_int_enum(source)
            }
        }
        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn $crate::codec::Sink) {
                sink.int(self.value());
            }
        }
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.value(), f)
            }
        }
        impl ::core::convert::From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                $crate::codec::IntEnum::of(value)
            }
        }
        $crate::__serde!($name);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __serde {
    ($name:ident) => {
        impl $crate::__private::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::__private::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::codec::serialize(self, serializer)
            }
        }
        impl<'de> $crate::__private::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::__private::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::codec::deserialize(deserializer)
            }
        }
    };
}

/// Lets [`Record`](crate::codec::Record)s be read and written by serde too.
#[macro_export]
macro_rules! records {
    ($($name:ident),* $(,)?) => {$(
        $crate::__serde!($name);
    )*};
}
