//! The body of a request as a stream of its chunks, which are counted.

use super::file::FileStream;
use super::{BodyChunk, RequestBody, sent_already};
use crate::error::Result;
use crate::transport::{Body, ByteStream, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

/// Told how many bytes were handed to the connection, and how many there are in all if that is known.
pub(crate) type Progress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// The body that a transport sends in one attempt, whose length in bytes is known to be `len`.
pub(crate) fn to_transport(
    body: &RequestBody,
    len: Option<u64>,
    progress: Option<&Progress>,
) -> Result<Body> {
    match (&body.chunks[..], progress) {
        ([], _) => return Ok(Body::empty()),
        ([BodyChunk::Bytes(bytes)], None) => return Ok(Body::from(bytes.clone())),
        _ => {}
    }
    let mut rest = Vec::with_capacity(body.chunks.len());
    for chunk in body.chunks.iter().rev() {
        rest.push(match chunk {
            BodyChunk::Bytes(bytes) => OpenChunk::Bytes(bytes.clone()),
            BodyChunk::File(path) => OpenChunk::Stream(Box::pin(FileStream::new(path.clone()))),
            BodyChunk::Many(make, _) => OpenChunk::Stream(make()),
            BodyChunk::Once(once, _) => {
                let taken = once.lock().unwrap_or_else(PoisonError::into_inner).take();
                OpenChunk::Stream(taken.ok_or_else(sent_already)?)
            }
        });
    }
    let rest = Mutex::new(rest);
    let stream = ChunkStream { rest, sent: 0, len, progress: progress.cloned() };
    Ok(Body::stream(Box::pin(stream), len))
}

enum OpenChunk {
    Bytes(Bytes),
    Stream(ByteStream),
}

/// The chunks that are left, the next one last. The mutex is never locked: it makes the stream `Sync`.
struct ChunkStream {
    rest: Mutex<Vec<OpenChunk>>,
    sent: u64,
    len: Option<u64>,
    progress: Option<Progress>,
}

impl ChunkStream {
    fn poll_open_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        let rest = self.rest.get_mut().unwrap_or_else(PoisonError::into_inner);
        while let Some(chunk) = rest.last_mut() {
            let polled = match chunk {
                OpenChunk::Bytes(bytes) if bytes.is_empty() => None,
                OpenChunk::Bytes(bytes) => Some(Ok(std::mem::take(bytes))),
                OpenChunk::Stream(stream) => ready!(stream.as_mut().poll_next(cx)),
            };
            match polled {
                Some(item) => return Poll::Ready(Some(item)),
                None => drop(rest.pop()),
            }
        }
        Poll::Ready(None)
    }
}

impl Stream for ChunkStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.poll_open_chunk(cx));
        if let (Some(Ok(bytes)), Some(progress)) = (&item, self.progress.clone()) {
            self.sent += bytes.len() as u64;
            progress(self.sent, self.len);
        }
        Poll::Ready(item)
    }
}
