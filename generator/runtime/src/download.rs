//! A body that is read as it arrives.

use crate::error::{Error, ErrorKind, Result};
use crate::response::{Content, ReceivedResponse, ResponseHead};
use crate::send::too_large;
use crate::timeouts::TimeoutWatch;
use crate::transport::Body;
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::future::poll_fn;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncWrite, AsyncWriteExt as _};

/// A body that is read as it arrives. Dropping it ends the request.
pub struct Download {
    body: Body,
    head: ResponseHead,
    watch: TimeoutWatch,
    max: u64,
    done: bool,
}

impl Download {
    pub(crate) fn new(response: ReceivedResponse) -> Self {
        let (head, watch) = (response.head(), TimeoutWatch::new(&response.call));
        let max = response.call.max_response_bytes();
        let body = match response.parts.content {
            Content::Bytes(bytes) => Body::from(bytes),
            Content::Stream(body) => body,
        };
        Self { body, head, watch, max, done: false }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The value of `Content-Type`.
    pub fn content_type(&self) -> Option<&str> {
        self.head.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The length in bytes, where the server says it.
    pub fn len(&self) -> Option<u64> {
        self.body.len()
    }

    /// True if the body is known to have no bytes.
    pub fn is_empty(&self) -> bool {
        self.body.is_empty()
    }

    /// The next chunk; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes>> {
        poll_fn(|cx| self.poll_chunk(cx)).await
    }

    /// The whole body, as long as it is within the client's limit on responses.
    ///
    /// # Errors
    /// A body that is too large, stalls or breaks off.
    pub async fn bytes(mut self) -> Result<Bytes> {
        if self.body.len().is_some_and(|len| len > self.max) {
            return Err(too_large(self.max));
        }
        let mut all = BytesMut::new();
        while let Some(chunk) = self.next().await {
            let chunk = chunk?;
            if (all.len() + chunk.len()) as u64 > self.max {
                return Err(too_large(self.max));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all.freeze())
    }

    /// Writes the body to a writer, which is flushed; returns the number of bytes.
    ///
    /// # Errors
    /// A body that stalls or breaks off, and those of the writer.
    pub async fn write_to(mut self, writer: &mut (dyn AsyncWrite + Send + Unpin)) -> Result<u64> {
        let mut written = 0;
        while let Some(chunk) = self.next().await {
            let chunk = chunk?;
            writer.write_all(&chunk).await.map_err(unwritable)?;
            written += chunk.len() as u64;
        }
        writer.flush().await.map_err(unwritable)?;
        Ok(written)
    }

    /// Writes the body to a file, which is created or truncated first; returns the number of bytes.
    /// After an error the file holds what had arrived.
    ///
    /// # Errors
    /// A body that stalls or breaks off, and those of the file.
    pub async fn save(self, path: impl AsRef<Path>) -> Result<u64> {
        let mut file = tokio::fs::File::create(path.as_ref()).await.map_err(unwritable)?;
        self.write_to(&mut file).await
    }

    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes>>> {
        if self.done {
            return Poll::Ready(None);
        }
        let polled = ready!(self.watch.poll(&mut self.body, cx));
        self.done = !matches!(polled, Some(Ok(_)));
        Poll::Ready(polled)
    }
}

fn unwritable(error: io::Error) -> Error {
    Error::new(ErrorKind::Stream, "the bytes that arrived could not be written").with_source(error)
}

impl Stream for Download {
    type Item = Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("status", &self.head.status)
            .field("len", &self.len())
            .finish_non_exhaustive()
    }
}
