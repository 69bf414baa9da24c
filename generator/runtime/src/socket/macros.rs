//! The messages and the builder of one channel.

/// Says how an enum of several kinds of messages is sent or received, row by row; of those received, the first row
/// that fits wins:
///
/// ```text
/// messages!(send ClientMessage { Audio(it) = binary, Finalize = word "finalize", Configure(it) = json });
/// messages!(receive ServerMessage { Audio(it) = binary, Done = word "done", Event(it) = json, Unknown(it) = raw });
/// ```
///
/// Kinds: `json`, `text` (a string without quotes), `binary` ([`Bytes`](crate::Bytes)), `word` (one text, a variant
/// without payload), `raw` (a [`RawMessage`](crate::socket::RawMessage) of any kind). `as C` behind `json` names
/// a codec, such as [`Boxed`](crate::Boxed).
#[macro_export]
macro_rules! messages {
    (send $name:ident { $($variant:ident $(($it:ident))? = $kind:ident $($word:literal)? $(as $codec:ty)?),* $(,)? }) => {
        impl $crate::socket::SendMessage for $name {
            fn to_raw(
                &self,
            ) -> ::core::result::Result<$crate::socket::RawMessage, $crate::codec::EncodeError> {
                match self {
                    $(Self::$variant $(($it))? => $crate::__send_message!($kind $($it)? $($word)? $($codec)?),)*
                }
            }
        }
    };
    (receive $name:ident { $($variant:ident $(($it:ident))? = $kind:ident $($word:literal)? $(as $codec:ty)?),* $(,)? }) => {
        impl $crate::socket::ReceiveMessage for $name {
            fn from_raw(
                raw: &$crate::socket::RawMessage,
            ) -> ::core::result::Result<Self, $crate::codec::DecodeError> {
                let error = ::core::option::Option::None;
                $($crate::__receive_message!(raw error $variant $kind $($word)? $($codec)?);)*
                match error {
                    ::core::option::Option::Some(error) => ::core::result::Result::Err(error),
                    ::core::option::Option::None => raw.unexpected(),
                }
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __send_message {
    (json $it:ident) => {
        $crate::socket::RawMessage::json($it)
    };
    (json $it:ident $codec:ty) => {
        $crate::socket::RawMessage::json(&$crate::coded::<$codec, _>($it))
    };
    (text $it:ident) => {
        $crate::socket::RawMessage::bare_text($it)
    };
    (binary $it:ident) => {
        ::core::result::Result::Ok($crate::socket::RawMessage::binary($it.clone()))
    };
    (raw $it:ident) => {
        ::core::result::Result::Ok($it.clone())
    };
    (word $word:literal) => {
        ::core::result::Result::Ok($crate::socket::RawMessage::text($word))
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __receive_message {
    ($raw:ident $error:ident $variant:ident json) => {
        let $error = $crate::__receive_message!(@ $error $variant $raw.read());
    };
    ($raw:ident $error:ident $variant:ident json $codec:ty) => {
        let $error = $crate::__receive_message!(@ $error $variant $raw.read_as::<$codec, _>());
    };
    ($raw:ident $error:ident $variant:ident text) => {
        let $error = if $raw.as_text().is_some() {
            $crate::__receive_message!(@ $error $variant $raw.read())
        } else {
            $error
        };
    };
    ($raw:ident $error:ident $variant:ident binary) => {
        if let ::core::option::Option::Some(it) = $raw.as_binary() {
            return ::core::result::Result::Ok(Self::$variant(it.clone()));
        }
    };
    ($raw:ident $error:ident $variant:ident raw) => {
        if true {
            return ::core::result::Result::Ok(Self::$variant($raw.clone()));
        }
    };
    ($raw:ident $error:ident $variant:ident word $word:literal) => {
        if $raw.as_text() == ::core::option::Option::Some($word) {
            return ::core::result::Result::Ok(Self::$variant);
        }
    };
    (@ $error:ident $variant:ident $read:expr) => {
        match $read {
            ::core::result::Result::Ok(it) => return ::core::result::Result::Ok(Self::$variant(it)),
            ::core::result::Result::Err(found) => {
                ::core::option::Option::or($error, ::core::option::Option::Some(found))
            }
        }
    };
}

/// Defines the builder of one channel:
///
/// ```text
/// channel!(Websocket for Tts::websocket -> send GenerationRequest, receive ServerMessage);
/// ```
#[macro_export]
macro_rules! channel {
    ($name:ident for $handle:ident :: $method:ident -> send $send:ty, receive $receive:ty) => {
        #[doc = concat!("A socket to open, from [`", stringify!($handle), "::", stringify!($method), "`].")]
        #[derive(Clone, Debug)]
        #[must_use = "a socket does nothing until it is connected"]
        pub struct $name($crate::socket::Connect);

        impl $name {
            /// Opens the socket.
            ///
            /// # Errors
            /// Those of a call: the server refuses with a status, or cannot be reached.
            #[inline]
            pub async fn connect(
                self,
            ) -> $crate::Result<$crate::socket::Socket<$send, $receive>> {
                self.0.connect().await
            }
            /// Changes how the socket is opened, and its limits.
            #[inline]
            pub fn with(
                self,
                change: impl ::core::ops::FnOnce($crate::socket::Connect) -> $crate::socket::Connect,
            ) -> Self {
                Self(change(self.0))
            }
        }
        $crate::__channel_blocking!($name, $send, $receive);
        $crate::__mocks_socket!($name);
    };
}

#[cfg(not(feature = "testing"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __mocks_socket {
    ($name:ident) => {};
}

#[cfg(feature = "testing")]
#[doc(hidden)]
#[macro_export]
macro_rules! __mocks_socket {
    ($name:ident) => {
        impl $crate::testing::MockedCall for $name {
            type Format = $crate::testing::SocketFormat;
            fn into_call(self) -> $crate::Call {
                self.0.into_call()
            }
        }
    };
}

#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __channel_blocking {
    ($name:ident, $send:ty, $receive:ty) => {
        impl $name {
            /// Opens the socket and waits for that.
            #[inline]
            pub fn connect_blocking(
                self,
            ) -> $crate::Result<$crate::socket::Socket<$send, $receive>> {
                self.0.connect_blocking()
            }
        }
    };
}

#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __channel_blocking {
    ($name:ident, $send:ty, $receive:ty) => {};
}
