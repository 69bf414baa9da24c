//! Bodies of requests: bytes, files and streams, one after the other.

mod chunks;
mod file;
mod file_part;
mod guess;
mod into_parts;
mod multipart;
mod parts;
mod urlencoded;
mod value;

pub(crate) use chunks::{Progress, to_transport};
pub use file_part::FilePart;
pub use into_parts::IntoParts;
pub use multipart::{IntoMultipart, Multipart, PartEncoding};
pub(crate) use urlencoded::{form, push_value};
pub(crate) use value::{BodyField, json_items};

use crate::error::{Error, ErrorKind, Result};
use crate::transport::ByteStream;
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

/// The body of a request: bytes, a file, or a stream.
///
/// Bytes and files can be sent again when an attempt fails; a stream can be sent once, unless it comes
/// from [`RequestBody::streams`].
#[derive(Clone, Debug, Default)]
pub struct RequestBody {
    pub(crate) chunks: Vec<BodyChunk>,
    mime: Option<String>,
}

#[derive(Clone)]
pub(crate) enum BodyChunk {
    Bytes(Bytes),
    File(PathBuf),
    Once(Arc<Mutex<Option<ByteStream>>>, Option<u64>),
    Many(Arc<dyn Fn() -> ByteStream + Send + Sync>, Option<u64>),
}

impl fmt::Debug for BodyChunk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "Bytes({})", bytes.len()),
            Self::File(path) => write!(f, "File({})", path.display()),
            Self::Once(_, len) | Self::Many(_, len) => write!(f, "Stream({len:?})"),
        }
    }
}

impl RequestBody {
    /// Reads a file while it is sent; its length is taken when the call starts.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self::chunk(BodyChunk::File(path.into()))
    }

    /// Sends a stream, once. With `len` in bytes the request has a `Content-Length`, otherwise it is
    /// sent in chunks.
    pub fn stream<S>(stream: S, len: Option<u64>) -> Self
    where
        S: Stream<Item = std::io::Result<Bytes>> + Send + 'static,
    {
        let stream: ByteStream = Box::pin(Fallible(Box::pin(stream)));
        Self::chunk(BodyChunk::Once(Arc::new(Mutex::new(Some(stream))), len))
    }

    /// Sends a stream that can be made anew for each attempt.
    pub fn streams<S>(make: impl Fn() -> S + Send + Sync + 'static, len: Option<u64>) -> Self
    where
        S: Stream<Item = std::io::Result<Bytes>> + Send + 'static,
    {
        let make = move || -> ByteStream { Box::pin(Fallible(Box::pin(make()))) };
        Self::chunk(BodyChunk::Many(Arc::new(make), len))
    }

    fn chunk(chunk: BodyChunk) -> Self {
        Self { chunks: vec![chunk], mime: None }
    }

    /// Says what media type it is of, such as `image/png`: needed where an API takes several, and a file's name does
    /// not say it.
    #[must_use]
    pub fn mime(mut self, mime: &str) -> Self {
        self.mime = Some(mime.to_owned());
        self
    }

    /// The media type to send it with, of those that are `allowed`: its own, the only one, the one that a file's name
    /// speaks for, or else plain bytes.
    pub(crate) fn chosen(&self, allowed: &str) -> Option<String> {
        if !allowed.contains('*') {
            return Some(self.mime.clone().unwrap_or_else(|| allowed.to_owned()));
        }
        let file = match &self.chunks[..] {
            [BodyChunk::File(path)] => path.file_name().and_then(|it| it.to_str()),
            _ => None,
        };
        let by_name = file.and_then(|it| guess::by_name(it, allowed));
        let plain = ["application/octet-stream", "text/plain"];
        let plain = plain.into_iter().find(|it| guess::fits(it, allowed));
        self.mime.clone().or_else(|| by_name.or(plain).map(str::to_owned))
    }

    /// True if it can be sent again.
    pub fn can_repeat(&self) -> bool {
        !self.chunks.iter().any(|it| matches!(it, BodyChunk::Once(..)))
    }

    /// The length in bytes, where it is known; of files it is read now.
    pub(crate) async fn len(&self) -> Result<Option<u64>> {
        let mut sum = 0_u64;
        for chunk in &self.chunks {
            let len = match chunk {
                BodyChunk::Bytes(bytes) => Some(bytes.len() as u64),
                BodyChunk::File(path) => Some(file::len(path).await?),
                BodyChunk::Once(_, len) | BodyChunk::Many(_, len) => *len,
            };
            let Some(len) = len else { return Ok(None) };
            sum = sum.saturating_add(len);
        }
        Ok(Some(sum))
    }
}

impl<T: Into<Bytes>> From<T> for RequestBody {
    fn from(bytes: T) -> Self {
        Self::chunk(BodyChunk::Bytes(bytes.into()))
    }
}

/// A user's stream with its errors as ours.
struct Fallible<S>(Pin<Box<S>>);

impl<S: Stream<Item = std::io::Result<Bytes>>> Stream for Fallible<S> {
    type Item = Result<Bytes, crate::TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let polled = self.0.as_mut().poll_next(cx);
        polled.map(|item| item.map(|result| result.map_err(file::unreadable)))
    }
}

pub(crate) fn sent_already() -> Error {
    Error::new(ErrorKind::Body, "the stream of the body was sent already and cannot be sent again")
}
