//! Operations that have several kinds of success.

use crate::codec::{Decode, ReadAs};
use crate::error::Result;
use crate::response::ReceivedResponse;
use bytes::Bytes;
use http::header::CONTENT_TYPE;

/// An enum of several kinds of success, implemented by [`response_enum!`](crate::response_enum!).
pub trait ResponseEnum: Sized {
    /// Reads a response.
    ///
    /// # Errors
    /// A status that is not declared, or a response that is not what is declared for it.
    fn read(response: &UnreadResponse<'_>) -> Result<Self>;
}

/// A response whose body is not read yet.
pub struct UnreadResponse<'r> {
    received: &'r ReceivedResponse,
}

impl<'r> UnreadResponse<'r> {
    pub(crate) fn new(received: &'r ReceivedResponse) -> Self {
        Self { received }
    }

    /// True if status and media type are those of a row: a code, `2XX` or `default`, and a media
    /// type, of which the part after the slash may be `*`; an empty one is any.
    pub fn is(&self, status: &str, media_type: &str) -> bool {
        self.has_status(status) && self.has_type(media_type)
    }

    fn has_status(&self, status: &str) -> bool {
        let code = self.received.parts.status.as_u16();
        match status.as_bytes() {
            b"default" => true,
            [class, b'X' | b'x', b'X' | b'x'] => u16::from(*class - b'0') == code / 100,
            _ => status.parse() == Ok(code),
        }
    }

    fn has_type(&self, wanted: &str) -> bool {
        if wanted.is_empty() || wanted == "*/*" {
            return true;
        }
        let found = self
            .received
            .parts
            .headers
            .get(CONTENT_TYPE)
            .and_then(|it| it.to_str().ok())
            .unwrap_or_default();
        let found = found.split(';').next().unwrap_or_default().trim();
        match wanted.strip_suffix('*') {
            Some(start) => {
                found.get(..start.len()).is_some_and(|it| it.eq_ignore_ascii_case(start))
            }
            None => found.eq_ignore_ascii_case(wanted.split(';').next().unwrap_or_default().trim()),
        }
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// A body that does not fit the type.
    pub fn json<T: Decode>(&self) -> Result<T> {
        self.received.json()
    }

    /// The body as JSON in another wire form than its type's.
    ///
    /// # Errors
    /// A body that does not fit the type.
    pub fn json_as<C: ReadAs<T>, T: Send>(&self) -> Result<T> {
        self.received.json_as::<C, T>()
    }

    /// The body.
    ///
    /// # Errors
    /// None.
    pub fn bytes(&self) -> Result<Bytes> {
        Ok(self.received.bytes().clone())
    }

    /// The body as text; what is not UTF-8 becomes `U+FFFD`.
    ///
    /// # Errors
    /// None.
    pub fn text(&self) -> Result<String> {
        Ok(String::from_utf8_lossy(self.received.bytes()).into_owned())
    }

    /// Ends with an error: no row fits.
    ///
    /// # Errors
    /// Always.
    pub fn unexpected<T>(&self) -> Result<T> {
        Err(self.received.error_response())
    }
}

/// Implements [`Outcome`](crate::ResponseEnum) for an enum, row by row; the first that fits wins:
///
/// `response_enum!(CreateOutcome { Created = 201 json Dataset, Accepted = 202 nothing, Audio = 200 "audio/*" bytes, Ids = 203 json as codec::List<codec::Int64String>, Other = 2XX text });`
#[macro_export]
macro_rules! response_enum {
    ($name:ident { $($variant:ident = $status:tt $($media_type:literal)? $kind:ident $($ty:ty)? $(as $codec:ty)?),* $(,)? }) => {
        impl $crate::ResponseEnum for $name {
            #[inline]
            fn read(response: &$crate::UnreadResponse<'_>) -> $crate::Result<Self> {
                $(if response.is(stringify!($status), concat!($($media_type)?)) {
                    return $crate::__response_enum!(response $variant $kind $($codec)?);
                })*
                response.unexpected()
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __response_enum {
    ($response:ident $variant:ident json) => {
        $response.json().map(Self::$variant)
    };
    ($response:ident $variant:ident json $codec:ty) => {
        $response.json_as::<$codec, _>().map(Self::$variant)
    };
    ($response:ident $variant:ident bytes) => {
        $response.bytes().map(Self::$variant)
    };
    ($response:ident $variant:ident text) => {
        $response.text().map(Self::$variant)
    };
    ($response:ident $variant:ident nothing) => {
        ::core::result::Result::Ok(Self::$variant)
    };
}
