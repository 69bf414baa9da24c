//! The body of a request or response: bytes in hand or a stream of them.

use super::TransportError;
use super::upload::{CHUNK, Upload, UploadProgress};
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// A stream of bytes in a box.
pub type ByteStream = Pin<Box<dyn Stream<Item = Result<Bytes, TransportError>> + Send>>;

/// The body of a request or response.
pub struct Body {
    inner: BodyContent,
    /// The watch on a request's body.
    upload: Option<Box<Upload>>,
}

enum BodyContent {
    Bytes(Bytes),
    Stream(ByteStream, Option<u64>),
}

impl Body {
    fn new(inner: BodyContent) -> Self {
        Self { inner, upload: None }
    }

    /// True if sending takes long enough to be watched.
    pub(crate) fn is_long(&self) -> bool {
        self.as_bytes().is_none_or(|it| it.len() > CHUNK)
    }

    /// Records each chunk that is taken, and rejects more or less than the length in bytes.
    pub(crate) fn watched(mut self, progress: Arc<UploadProgress>, len: Option<u64>) -> Self {
        self.upload = Some(Box::new(Upload::new(progress, len)));
        self
    }

    /// No body.
    pub fn empty() -> Self {
        Self::new(BodyContent::Bytes(Bytes::new()))
    }

    /// A body from a stream, with its length in bytes where it is known.
    pub fn stream(stream: ByteStream, len: Option<u64>) -> Self {
        Self::new(BodyContent::Stream(stream, len))
    }

    /// The bytes, unless they still have to arrive.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.inner {
            BodyContent::Bytes(bytes) => Some(bytes),
            BodyContent::Stream(..) => None,
        }
    }

    /// The length in bytes, where it is known.
    pub fn len(&self) -> Option<u64> {
        match &self.inner {
            BodyContent::Bytes(bytes) => Some(bytes.len() as u64),
            BodyContent::Stream(_, len) => *len,
        }
    }

    /// True if the body is known to have no bytes.
    pub fn is_empty(&self) -> bool {
        self.len() == Some(0)
    }

    /// True if the body is known to be at its end.
    #[cfg(feature = "hyper")]
    pub(super) fn is_spent(&self) -> bool {
        self.upload.is_none() && self.as_bytes().is_some_and(Bytes::is_empty)
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    /// Errors of the connection.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        poll_fn(|cx| self.poll_chunk(cx)).await
    }

    pub(crate) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let Self { inner, upload } = self;
        match upload {
            Some(upload) => upload.poll(&mut |cx| inner.poll(CHUNK, cx), cx),
            None => inner.poll(usize::MAX, cx),
        }
    }
}

impl BodyContent {
    /// The next chunk, of at most `max` bytes if they are in hand.
    fn poll(
        &mut self,
        max: usize,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match self {
            Self::Bytes(bytes) if bytes.is_empty() => Poll::Ready(None),
            Self::Bytes(bytes) => Poll::Ready(Some(Ok(bytes.split_to(max.min(bytes.len()))))),
            Self::Stream(stream, _) => stream.as_mut().poll_next(cx),
        }
    }
}

impl<T: Into<Bytes>> From<T> for Body {
    fn from(bytes: T) -> Self {
        Self::new(BodyContent::Bytes(bytes.into()))
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.len() {
            Some(len) => write!(f, "Body({len} bytes)"),
            None => f.write_str("Body(stream)"),
        }
    }
}
