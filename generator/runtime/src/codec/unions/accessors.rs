//! The payloads of unions by methods.

/// Implements methods that lend the payload of a variant, or give it away:
/// `accessors!(Input { Text => as_text -> &str | into_text -> String })`. `(Box)` marks a payload
/// behind a pointer, `(Copy)` one that is lent by value.
#[macro_export]
macro_rules! accessors {
    ($name:ident { $(
        $variant:ident $(($how:ident))? => $lend:ident -> $lent:ty | $give:ident -> $ty:ty
    ),* $(,)? }) => {
        #[allow(clippy::result_large_err)]
        impl $name {$(
            #[doc = ::core::concat!("The payload of [`", ::core::stringify!($variant), "`](Self::", ::core::stringify!($variant), "), if it is that.")]
            #[must_use]
            #[inline]
            pub fn $lend(&self) -> ::core::option::Option<$lent> {
                match self {
                    Self::$variant(it) => ::core::option::Option::Some($crate::__lent!(it $($how)?)),
                    _ => ::core::option::Option::None,
                }
            }

            #[doc = ::core::concat!("The payload of [`", ::core::stringify!($variant), "`](Self::", ::core::stringify!($variant), ").")]
            ///
            /// # Errors
            ///
            /// The union itself, if it is something else.
            #[inline]
            pub fn $give(self) -> ::core::result::Result<$ty, Self> {
                match self {
                    Self::$variant(it) => ::core::result::Result::Ok($crate::__given!(it $($how)?)),
                    it => ::core::result::Result::Err(it),
                }
            }
        )*}
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __lent {
    ($it:ident Copy) => {
        *$it
    };
    ($it:ident $(Box)?) => {
        $it
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __given {
    ($it:ident Box) => {
        *$it
    };
    ($it:ident $(Copy)?) => {
        $it
    };
}
