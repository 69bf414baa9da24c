//! Operations that have several kinds of success.

use crate::codec::{Decode, ReadAs};
use crate::error::Result;
use crate::reply::Reply;
use bytes::Bytes;
use http::header::CONTENT_TYPE;

/// One of several kinds of success: what [`outcome!`](crate::outcome!) makes of an enum.
pub trait Outcome: Sized {
    /// Reads an answer.
    ///
    /// # Errors
    /// A status that is not declared, or an answer that is not what is declared for it.
    fn read(answer: &Answer<'_>) -> Result<Self>;
}

/// An answer that is about to be read.
pub struct Answer<'r> {
    reply: &'r Reply,
}

impl<'r> Answer<'r> {
    pub(crate) fn new(reply: &'r Reply) -> Self {
        Self { reply }
    }

    /// Whether status and media type are those of a row: a code, `2XX` or `default`, and a media type,
    /// of which the part after the slash may be `*`; an empty one is any.
    pub fn is(&self, status: &str, media_type: &str) -> bool {
        self.has_status(status) && self.has_type(media_type)
    }

    fn has_status(&self, status: &str) -> bool {
        let code = self.reply.answer.status.as_u16();
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
            .reply
            .answer
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
        self.reply.json()
    }

    /// The body as JSON in another wire form than its type's.
    ///
    /// # Errors
    /// A body that does not fit the type.
    pub fn json_as<C: ReadAs<T>, T: Send>(&self) -> Result<T> {
        self.reply.json_as::<C, T>()
    }

    /// The body.
    ///
    /// # Errors
    /// None.
    pub fn bytes(&self) -> Result<Bytes> {
        Ok(self.reply.bytes().clone())
    }

    /// The body as text; what is not UTF-8 becomes `U+FFFD`.
    ///
    /// # Errors
    /// None.
    pub fn text(&self) -> Result<String> {
        Ok(String::from_utf8_lossy(self.reply.bytes()).into_owned())
    }

    /// Ends with an error: no row fits.
    ///
    /// # Errors
    /// Always.
    pub fn unexpected<T>(&self) -> Result<T> {
        Err(self.reply.refused())
    }
}

/// Implements [`Outcome`](crate::Outcome) for an enum, row by row; the first that fits wins:
///
/// `outcome!(CreateOutcome { Created = 201 json Dataset, Accepted = 202 nothing, Audio = 200 "audio/*" bytes, Ids = 203 json as codec::List<codec::Int64String>, Other = 2XX text });`
#[macro_export]
macro_rules! outcome {
    ($name:ident { $($variant:ident = $status:tt $($media_type:literal)? $kind:ident $($ty:ty)? $(as $codec:ty)?),* $(,)? }) => {
        impl $crate::Outcome for $name {
            #[inline]
            fn read(answer: &$crate::Answer<'_>) -> $crate::Result<Self> {
                $(if answer.is(stringify!($status), concat!($($media_type)?)) {
                    return $crate::__outcome!(answer $variant $kind $($codec)?);
                })*
                answer.unexpected()
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __outcome {
    ($answer:ident $variant:ident json) => {
        $answer.json().map(Self::$variant)
    };
    ($answer:ident $variant:ident json $codec:ty) => {
        $answer.json_as::<$codec, _>().map(Self::$variant)
    };
    ($answer:ident $variant:ident bytes) => {
        $answer.bytes().map(Self::$variant)
    };
    ($answer:ident $variant:ident text) => {
        $answer.text().map(Self::$variant)
    };
    ($answer:ident $variant:ident nothing) => {
        ::core::result::Result::Ok(Self::$variant)
    };
}
