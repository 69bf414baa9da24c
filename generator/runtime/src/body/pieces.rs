//! A body on its way: its pieces in turn, counted.

use super::file::FileStream;
use super::{Piece, RequestBody, sent_already};
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

/// Turns a body into what a transport takes.
pub(crate) struct Sent;

impl Sent {
    /// The body for one try, whose length in bytes is known to be `len`.
    pub(crate) fn body(
        body: &RequestBody,
        len: Option<u64>,
        progress: Option<&Progress>,
    ) -> Result<Body> {
        match (&body.pieces[..], progress) {
            ([], _) => return Ok(Body::empty()),
            ([Piece::Bytes(bytes)], None) => return Ok(Body::from(bytes.clone())),
            _ => {}
        }
        let mut parts = Vec::with_capacity(body.pieces.len());
        for piece in body.pieces.iter().rev() {
            parts.push(match piece {
                Piece::Bytes(bytes) => Part::Bytes(bytes.clone()),
                Piece::File(path) => Part::Stream(Box::pin(FileStream::new(path.clone()))),
                Piece::Many(make, _) => Part::Stream(make()),
                Piece::Once(once, _) => {
                    let taken = once.lock().unwrap_or_else(PoisonError::into_inner).take();
                    Part::Stream(taken.ok_or_else(sent_already)?)
                }
            });
        }
        let parts = Mutex::new(parts);
        Ok(Body::stream(Box::pin(Pieces { parts, sent: 0, len, progress: progress.cloned() }), len))
    }
}

enum Part {
    Bytes(Bytes),
    Stream(ByteStream),
}

/// The pieces that are left, the next one last. The mutex is never locked: it makes the stream `Sync`.
struct Pieces {
    parts: Mutex<Vec<Part>>,
    sent: u64,
    len: Option<u64>,
    progress: Option<Progress>,
}

impl Pieces {
    fn poll_part(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let parts = self.parts.get_mut().unwrap_or_else(PoisonError::into_inner);
        while let Some(part) = parts.last_mut() {
            let polled = match part {
                Part::Bytes(bytes) if bytes.is_empty() => None,
                Part::Bytes(bytes) => Some(Ok(std::mem::take(bytes))),
                Part::Stream(stream) => ready!(stream.as_mut().poll_next(cx)),
            };
            match polled {
                Some(item) => return Poll::Ready(Some(item)),
                None => drop(parts.pop()),
            }
        }
        Poll::Ready(None)
    }
}

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(self.poll_part(cx));
        if let (Some(Ok(bytes)), Some(progress)) = (&item, self.progress.clone()) {
            self.sent += bytes.len() as u64;
            progress(self.sent, self.len);
        }
        Poll::Ready(item)
    }
}
