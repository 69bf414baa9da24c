//! The builder of one operation.

/// Defines the builder of an operation by the format of its response:
///
/// ```text
/// operation!(List for Datasets::list -> pages PaginatedDatasets);
/// ```
///
/// Forms: `json T`, `json T, state S` (with [`Stateful`](crate::Stateful)), `pages T` (with [`Paged`](crate::Paged)), `nothing`, `bytes`, `text`, `events T`,
/// `lines T`, `values T`, `array T`, `text_lines`, `response_enum T`. But for pages and states, `as C` behind a
/// type of JSON, events or lines names the codec that reads it.
#[macro_export]
macro_rules! operation {
    ($name:ident for $handle:ident :: $method:ident -> json $ty:ty, state $state:ty) => {
        $crate::operation!($name for $handle::$method -> json $ty);
        impl $name {
            /// Sets how often and how long `wait_until` asks.
            #[inline]
            pub fn with_wait(self, policy: $crate::WaitPolicy) -> Self {
                Self(self.0.with_wait(policy))
            }
            /// Sends the call again and again until the response has a state.
            ///
            /// Another state that is never left is an error, and so is the end of the time; the error
            /// holds the last response.
            #[inline]
            pub fn wait_until(self, state: $state) -> $crate::ResponseFuture<$ty> {
                self.0.wait_until::<Self>(&state)
            }
        }
        $crate::__waits_blocking!($name, $ty, $state);
    };
    ($name:ident for $handle:ident :: $method:ident -> json $ty:ty $(as $codec:ty)?) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $ty, $crate::response_format::JsonFormat<$ty $(, $codec)?>);
    };
    ($name:ident for $handle:ident :: $method:ident -> pages $ty:ty) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $crate::Page<$name>, $crate::response_format::PageFormat<$name>);
        impl $name {
            /// All pages, each requested when it is polled.
            #[inline]
            pub fn pages(self) -> $crate::Pages<$name> {
                self.0.pages()
            }
            /// The items of all pages.
            #[inline]
            pub fn items(self) -> $crate::Items<$name> {
                self.0.items()
            }
        }
        $crate::__pages_blocking!($name);
    };
    ($name:ident for $handle:ident :: $method:ident -> nothing) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, (), $crate::response_format::EmptyFormat);
    };
    ($name:ident for $handle:ident :: $method:ident -> bytes) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $crate::Download, $crate::response_format::BytesFormat);
    };
    ($name:ident for $handle:ident :: $method:ident -> text) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, ::std::string::String, $crate::response_format::TextFormat);
    };
    ($name:ident for $handle:ident :: $method:ident -> events $ty:ty $(as $codec:ty)?) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $crate::Events<$ty>, $crate::response_format::SseFormat<$ty $(, $codec)?>);
        impl $name {
            /// Resumes a stream that breaks off, by `Last-Event-ID`. Off by default.
            #[inline]
            pub fn with_resume(self, resume: bool) -> Self {
                Self(self.0.with_resume(resume))
            }
        }
    };
    ($name:ident for $handle:ident :: $method:ident -> lines $ty:ty $(as $codec:ty)?) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $crate::Events<$ty>, $crate::response_format::JsonLinesFormat<$ty $(, $codec)?>);
    };
    ($name:ident for $handle:ident :: $method:ident -> values $ty:ty $(as $codec:ty)?) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $crate::Events<$ty>, $crate::response_format::JsonValuesFormat<$ty $(, $codec)?>);
    };
    ($name:ident for $handle:ident :: $method:ident -> array $ty:ty $(as $codec:ty)?) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $crate::Events<$ty>, $crate::response_format::JsonArrayFormat<$ty $(, $codec)?>);
    };
    ($name:ident for $handle:ident :: $method:ident -> text_lines) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $crate::Events<::std::string::String>, $crate::response_format::TextLinesFormat);
    };
    ($name:ident for $handle:ident :: $method:ident -> response_enum $ty:ty) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $ty, $crate::response_format::EnumFormat<$ty>);
    };
}

/// Adds the terminals of the other kinds of response that an operation has:
/// `terminals!(Chat { events ChatChunk, lines ChatChunk as Codec, bytes, text })`.
#[macro_export]
macro_rules! terminals {
    ($name:ident { $($format:ident $($ty:ty $(as $codec:ty)?)?),* $(,)? }) => {
        $($crate::__terminal!($name $format $($ty $(, $codec)?)?);)*
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __terminal {
    ($name:ident events $ty:ty $(, $codec:ty)?) => {
        $crate::__asks!($name Events send_events send_events_blocking $crate::Events<$ty>, $crate::response_format::SseFormat<$ty $(, $codec)?>,
            "Sends the call, for the response as a stream of events.");
        impl $name {
            /// Resumes a stream that breaks off, by `Last-Event-ID`. Off by default.
            #[inline]
            pub fn with_resume(self, resume: bool) -> Self {
                Self(self.0.with_resume(resume))
            }
        }
    };
    ($name:ident lines $ty:ty $(, $codec:ty)?) => {
        $crate::__asks!($name Lines send_lines send_lines_blocking $crate::Events<$ty>, $crate::response_format::JsonLinesFormat<$ty $(, $codec)?>,
            "Sends the call, for the response as a stream of lines.");
    };
    ($name:ident values $ty:ty $(, $codec:ty)?) => {
        $crate::__asks!($name Lines send_lines send_lines_blocking $crate::Events<$ty>, $crate::response_format::JsonValuesFormat<$ty $(, $codec)?>,
            "Sends the call, for the response as a stream of values.");
    };
    ($name:ident array $ty:ty $(, $codec:ty)?) => {
        $crate::__asks!($name Lines send_lines send_lines_blocking $crate::Events<$ty>, $crate::response_format::JsonArrayFormat<$ty $(, $codec)?>,
            "Sends the call, for the items of the response as they come.");
    };
    ($name:ident text_lines) => {
        $crate::__asks!($name Lines send_lines send_lines_blocking $crate::Events<::std::string::String>, $crate::response_format::TextLinesFormat,
            "Sends the call, for the response as a stream of lines.");
    };
    ($name:ident bytes) => {
        $crate::__asks!($name Bytes send_bytes send_bytes_blocking $crate::Download, $crate::response_format::BytesFormat,
            "Sends the call, for the response as bytes.");
    };
    ($name:ident text) => {
        $crate::__asks!($name Text send_text send_text_blocking ::std::string::String, $crate::response_format::TextFormat,
            "Sends the call, for the response as text.");
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __asks {
    ($name:ident $kind:ident $method:ident $blocking:ident $value:ty, $format:ty, $docs:literal) => {
        impl $name {
            #[doc = $docs]
            #[inline]
            pub fn $method(self) -> $crate::ResponseFuture<$value> {
                self.0.requesting($crate::ResponseKind::$kind).send_as::<$format>()
            }
        }
        $crate::__asks_blocking!($name $kind $blocking $format, $docs);
    };
}

#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __asks_blocking {
    ($name:ident $kind:ident $blocking:ident $format:ty, $docs:literal) => {
        impl $name {
            #[doc = concat!($docs, " Waits for its head.")]
            #[inline]
            pub fn $blocking(
                self,
            ) -> $crate::Result<<$format as $crate::blocking::BlockingFormat>::Output> {
                let value =
                    self.0.requesting($crate::ResponseKind::$kind).send_blocking_as::<$format>()?;
                Ok(<$format as $crate::blocking::BlockingFormat>::to_blocking(value))
            }
        }
    };
}

#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __asks_blocking {
    ($name:ident $kind:ident $blocking:ident $format:ty, $docs:literal) => {};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __operation {
    ($name:ident $handle:ident $method:ident) => {
        #[doc = concat!("A call, from [`", stringify!($handle), "::", stringify!($method), "`].")]
        #[derive(Clone, Debug)]
        #[must_use = "a call does nothing until it is sent"]
        pub struct $name($crate::Call);

        impl $name {
            /// Sends the call, for status, headers and bytes of any response.
            #[inline]
            pub fn send_raw(self) -> $crate::ResponseFuture<$crate::RawResponse> {
                self.0.send_raw()
            }
            /// Limits each attempt.
            #[inline]
            pub fn with_timeout(self, limit: ::core::time::Duration) -> Self {
                Self(self.0.with_timeout(limit))
            }
            /// Limits all attempts and the waits between them.
            #[inline]
            pub fn with_total_timeout(self, limit: ::core::time::Duration) -> Self {
                Self(self.0.with_total_timeout(limit))
            }
            /// Limits the number of retries.
            #[inline]
            pub fn with_max_retries(self, max_retries: u32) -> Self {
                Self(self.0.with_max_retries(max_retries))
            }
            /// Replaces the retry policy.
            #[inline]
            pub fn with_retry(self, policy: $crate::RetryPolicy) -> Self {
                Self(self.0.with_retry(policy))
            }
            /// Adds or replaces a header.
            #[inline]
            pub fn with_header(self, name: &str, value: &str) -> Self {
                Self(self.0.with_header(name, value))
            }
            /// Adds or replaces a query parameter.
            #[inline]
            pub fn with_query(self, name: &str, value: &dyn $crate::codec::Encode) -> Self {
                Self(self.0.with_query(name, value))
            }
            /// Adds or replaces a property of the body.
            #[inline]
            pub fn with_body_field(self, name: &str, value: &dyn $crate::codec::Encode) -> Self {
                Self(self.0.with_body_field(name, value))
            }
            /// Sends a key by which the server recognizes a repeated call.
            #[inline]
            pub fn with_idempotency_key(self, key: &str) -> Self {
                Self(self.0.with_idempotency_key(key))
            }
            /// Changes the call by methods of `Call` that are not here.
            #[inline]
            pub fn with_call(
                self,
                change: impl ::core::ops::FnOnce($crate::Call) -> $crate::Call,
            ) -> Self {
                Self(change(self.0))
            }
        }
    };
}

#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __sends {
    ($name:ident, $value:ty, $format:ty) => {
        impl $name {
            /// Sends the call.
            #[inline]
            pub fn send(self) -> $crate::ResponseFuture<$value> {
                self.0.send_as::<$format>()
            }
            /// Sends the call; the value comes with status and headers.
            #[inline]
            pub fn send_with_meta(self) -> $crate::ResponseFuture<$crate::WithMeta<$value>> {
                self.0.send_with_meta_as::<$format>()
            }
        }
        $crate::__mocks!($name, $format);
    };
}

#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __sends {
    ($name:ident, $value:ty, $format:ty) => {
        impl $name {
            /// Sends the call.
            #[inline]
            pub fn send(self) -> $crate::ResponseFuture<$value> {
                self.0.send_as::<$format>()
            }
            /// Sends the call; the value comes with status and headers.
            #[inline]
            pub fn send_with_meta(self) -> $crate::ResponseFuture<$crate::WithMeta<$value>> {
                self.0.send_with_meta_as::<$format>()
            }
            /// Sends the call and waits for the response.
            #[inline]
            pub fn send_blocking(self) -> $crate::Result<$value> {
                self.0.send_blocking_as::<$format>()
            }
        }
        $crate::__mocks!($name, $format);
    };
}

#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __pages_blocking {
    ($name:ident) => {};
}

#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __pages_blocking {
    ($name:ident) => {
        impl $name {
            /// All pages, one request each, as an iterator that waits for them.
            #[inline]
            pub fn pages_blocking(self) -> $crate::blocking::PageIter<$name> {
                $crate::blocking::PageIter::new(self.0.pages())
            }
            /// The items of all pages, as an iterator that waits for them.
            #[inline]
            pub fn items_blocking(self) -> $crate::blocking::ItemIter<$name> {
                $crate::blocking::ItemIter::new(self.0.items())
            }
        }
    };
}

#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __waits_blocking {
    ($name:ident, $ty:ty, $state:ty) => {};
}

#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __waits_blocking {
    ($name:ident, $ty:ty, $state:ty) => {
        impl $name {
            /// Sends the call again and again until the response has a state, and waits for that.
            #[inline]
            pub fn wait_until_blocking(self, state: $state) -> $crate::Result<$ty> {
                $crate::blocking::wait(self.0.wait_until::<Self>(&state))
            }
        }
    };
}

#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __mocks {
    ($name:ident, $format:ty) => {};
}

#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! __mocks {
    ($name:ident, $format:ty) => {
        impl $crate::testing::MockedCall for $name {
            type Format = $format;
            fn into_call(self) -> $crate::Call {
                self.0
            }
        }
    };
}
