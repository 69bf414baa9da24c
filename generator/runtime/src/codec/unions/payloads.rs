//! Unions from the payloads of their variants.

/// Implements `From` for payloads that name their variant:
/// `payloads!(Input { Text(String | &str), Count(i64), Object(Box<Object>) })`.
#[macro_export]
macro_rules! payloads {
    ($name:ident { $($variant:ident $payload:tt),* $(,)? }) => {
        $($crate::__payload!($name $variant $payload);)*
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __payload {
    ($name:ident $variant:ident (Box<$ty:ty>)) => {
        impl ::core::convert::From<$ty> for $name {
            #[inline]
            fn from(it: $ty) -> Self {
                Self::$variant(::std::boxed::Box::new(it))
            }
        }
    };
    ($name:ident $variant:ident ($ty:ty | &str)) => {
        $crate::__payload!($name $variant ($ty));
        impl ::core::convert::From<&str> for $name {
            #[inline]
            fn from(it: &str) -> Self {
                Self::$variant(it.to_owned())
            }
        }
    };
    ($name:ident $variant:ident ($ty:ty)) => {
        impl ::core::convert::From<$ty> for $name {
            #[inline]
            fn from(it: $ty) -> Self {
                Self::$variant(it)
            }
        }
    };
}
