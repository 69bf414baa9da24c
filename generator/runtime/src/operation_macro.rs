//! The builder of one operation.

/// Defines the builder of an operation by the form of its answer:
///
/// ```text
/// operation!(List for Datasets::list -> pages PaginatedDatasets);
/// ```
///
/// Forms: `json T`, `json T, state S` (with [`Stateful`](crate::Stateful)), `pages T` (with [`Paged`](crate::Paged)), `nothing`, `bytes`, `text`, `events T`,
/// `lines T`, `json T, events U`, `json T, lines U`, `outcome T`. But for pages and states, `as C` behind a
/// type of JSON, events or lines names the codec that reads it.
#[macro_export]
macro_rules! operation {
    ($name:ident for $handle:ident :: $method:ident -> json $ty:ty $(as $json:ty)?, events $event:ty $(as $codec:ty)?) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $ty, $crate::form::Json<$ty $(, $json)?>, .streaming(false));
        impl $name {
            /// Whether a stream that breaks off is gone on with by `Last-Event-ID`; not by default.
            #[inline]
            pub fn with_resume(self, resume: bool) -> Self {
                Self(self.0.with_resume(resume))
            }
            /// Sends the call, for the answer as a stream of events.
            #[inline]
            pub fn send_events(self) -> $crate::Sending<$crate::Events<$event>> {
                self.0.streaming(true).send_as::<$crate::form::Sse<$event $(, $codec)?>>()
            }
        }
        $crate::__streams_blocking!($name, send_events_blocking, $event, $crate::form::Sse<$event $(, $codec)?>);
    };
    ($name:ident for $handle:ident :: $method:ident -> json $ty:ty $(as $json:ty)?, lines $line:ty $(as $codec:ty)?) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $ty, $crate::form::Json<$ty $(, $json)?>, .streaming(false));
        impl $name {
            /// Sends the call, for the answer as a stream of lines.
            #[inline]
            pub fn send_lines(self) -> $crate::Sending<$crate::Events<$line>> {
                self.0.streaming(true).send_as::<$crate::form::Lines<$line $(, $codec)?>>()
            }
        }
        $crate::__streams_blocking!($name, send_lines_blocking, $line, $crate::form::Lines<$line $(, $codec)?>);
    };
    ($name:ident for $handle:ident :: $method:ident -> json $ty:ty, state $state:ty) => {
        $crate::operation!($name for $handle::$method -> json $ty);
        impl $name {
            /// Sets how often and how long `wait_until` asks.
            #[inline]
            pub fn with_wait(self, policy: $crate::WaitPolicy) -> Self {
                Self(self.0.with_wait(policy))
            }
            /// Sends the call again and again until the answer has a state.
            ///
            /// Another state that is never left is an error, and so is the end of the time; the error
            /// holds the last answer.
            #[inline]
            pub fn wait_until(self, state: $state) -> $crate::Sending<$ty> {
                self.0.wait_until::<Self>(&state)
            }
        }
        $crate::__waits_blocking!($name, $ty, $state);
    };
    ($name:ident for $handle:ident :: $method:ident -> json $ty:ty $(as $codec:ty)?) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $ty, $crate::form::Json<$ty $(, $codec)?>);
    };
    ($name:ident for $handle:ident :: $method:ident -> pages $ty:ty) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $crate::Page<$name>, $crate::form::Pages<$name>);
        impl $name {
            /// All pages, one request each, made as they are asked for.
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
        $crate::__sends!($name, (), $crate::form::Nothing);
    };
    ($name:ident for $handle:ident :: $method:ident -> bytes) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $crate::Download, $crate::form::Bytes);
    };
    ($name:ident for $handle:ident :: $method:ident -> text) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, ::std::string::String, $crate::form::Text);
    };
    ($name:ident for $handle:ident :: $method:ident -> events $ty:ty $(as $codec:ty)?) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $crate::Events<$ty>, $crate::form::Sse<$ty $(, $codec)?>);
        impl $name {
            /// Whether a stream that breaks off is gone on with by `Last-Event-ID`; not by default.
            #[inline]
            pub fn with_resume(self, resume: bool) -> Self {
                Self(self.0.with_resume(resume))
            }
        }
    };
    ($name:ident for $handle:ident :: $method:ident -> lines $ty:ty $(as $codec:ty)?) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $crate::Events<$ty>, $crate::form::Lines<$ty $(, $codec)?>);
    };
    ($name:ident for $handle:ident :: $method:ident -> outcome $ty:ty) => {
        $crate::__operation!($name $handle $method);
        $crate::__sends!($name, $ty, $crate::form::Any<$ty>);
    };
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
            /// Sends the call, for status, headers and bytes of any answer.
            #[inline]
            pub fn send_raw(self) -> $crate::Sending<$crate::RawResponse> {
                self.0.send_raw()
            }
            /// Limits each try.
            #[inline]
            pub fn with_timeout(self, limit: ::core::time::Duration) -> Self {
                Self(self.0.with_timeout(limit))
            }
            /// Limits all tries and the waits between them.
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
            /// Sends a key that lets the server tell a repetition from a new call.
            #[inline]
            pub fn with_idempotency_key(self, key: &str) -> Self {
                Self(self.0.with_idempotency_key(key))
            }
            /// Changes the call in ways that have no method here.
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
    ($name:ident, $value:ty, $form:ty $(, .$before:ident($flag:literal))?) => {
        impl $name {
            /// Sends the call.
            #[inline]
            pub fn send(self) -> $crate::Sending<$value> {
                self.0$(.$before($flag))?.send_as::<$form>()
            }
            /// Sends the call; the value comes with status and headers.
            #[inline]
            pub fn send_with_meta(self) -> $crate::Sending<$crate::WithMeta<$value>> {
                self.0$(.$before($flag))?.send_with_meta_as::<$form>()
            }
        }
    };
}

#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __sends {
    ($name:ident, $value:ty, $form:ty $(, .$before:ident($flag:literal))?) => {
        impl $name {
            /// Sends the call.
            #[inline]
            pub fn send(self) -> $crate::Sending<$value> {
                self.0$(.$before($flag))?.send_as::<$form>()
            }
            /// Sends the call; the value comes with status and headers.
            #[inline]
            pub fn send_with_meta(self) -> $crate::Sending<$crate::WithMeta<$value>> {
                self.0$(.$before($flag))?.send_with_meta_as::<$form>()
            }
            /// Sends the call and waits for the answer.
            #[inline]
            pub fn send_blocking(self) -> $crate::Result<$value> {
                self.0$(.$before($flag))?.send_blocking_as::<$form>()
            }
        }
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
            pub fn pages_blocking(self) -> $crate::blocking::Pages<$name> {
                $crate::blocking::Pages::new(self.0.pages())
            }
            /// The items of all pages, as an iterator that waits for them.
            #[inline]
            pub fn items_blocking(self) -> $crate::blocking::Items<$name> {
                $crate::blocking::Items::new(self.0.items())
            }
        }
    };
}

#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __streams_blocking {
    ($name:ident, $method:ident, $item:ty, $form:ty) => {};
}

#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __streams_blocking {
    ($name:ident, $method:ident, $item:ty, $form:ty) => {
        impl $name {
            /// Sends the call and waits for the head of the response; the stream is an iterator.
            #[inline]
            pub fn $method(self) -> $crate::Result<$crate::blocking::Events<$item>> {
                self.0
                    .streaming(true)
                    .send_blocking_as::<$form>()
                    .map($crate::blocking::Events::new)
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
            /// Sends the call again and again until the answer has a state, and waits for that.
            #[inline]
            pub fn wait_until_blocking(self, state: $state) -> $crate::Result<$ty> {
                $crate::blocking::wait(self.0.wait_until::<Self>(&state))
            }
        }
    };
}
