//! The progress of a request body, and the check of its length.

use super::{TransportError, TransportErrorKind};
use crate::timer::Timer;
use bytes::Bytes;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Instant;

/// Bytes in hand are sent in chunks of this size, so that progress is visible: 64 KiB.
pub(crate) const CHUNK: usize = 64 << 10;

/// When a body was last taken from.
pub(crate) struct UploadProgress {
    timer: Arc<dyn Timer>,
    last: Mutex<Option<Instant>>,
}

impl UploadProgress {
    pub(crate) fn new(timer: Arc<dyn Timer>) -> Self {
        Self { timer, last: Mutex::new(None) }
    }

    fn note(&self) {
        let now = self.timer.now();
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(now);
    }

    /// When it last moved, unless that was asked for before.
    pub(crate) fn last(&self) -> Option<Instant> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// The next chunk of a body, if it is there.
type Polled = Poll<Option<Result<Bytes, TransportError>>>;

/// The state of a body while it is sent.
pub(super) struct Upload {
    progress: Arc<UploadProgress>,
    /// Bytes that are still to come, where the length was declared.
    left: Option<u64>,
    /// The last chunk, which is sent once it is known to be the last.
    last_chunk: Option<Bytes>,
    is_done: bool,
}

impl Upload {
    pub(super) fn new(progress: Arc<UploadProgress>, len: Option<u64>) -> Self {
        Self { progress, left: len, last_chunk: None, is_done: false }
    }

    /// Returns the next chunk of `next`, which is called until it has one or ends.
    pub(super) fn poll(
        &mut self,
        next: &mut dyn FnMut(&mut Context<'_>) -> Polled,
        cx: &mut Context<'_>,
    ) -> Polled {
        while !self.is_done {
            let chunk = ready!(next(cx));
            self.progress.note();
            match chunk {
                None => self.is_done = true,
                Some(Ok(bytes)) if bytes.is_empty() => {}
                Some(Ok(bytes)) => match self.take(bytes) {
                    Ok(Some(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                    Ok(None) => {}
                    Err(error) => return self.end(error),
                },
                Some(Err(error)) => return self.end(error),
            }
        }
        let last_chunk = self.last_chunk.take();
        // A body that ends early would leave the server waiting.
        match self.left {
            Some(left) if left > 0 => self.end(invalid("shorter")),
            _ => Poll::Ready(last_chunk.map(Ok)),
        }
    }

    /// A chunk that may be sent, or none while it may be the last one.
    fn take(&mut self, bytes: Bytes) -> Result<Option<Bytes>, TransportError> {
        let Some(left) = self.left else { return Ok(Some(bytes)) };
        let left = left.checked_sub(bytes.len() as u64).ok_or_else(|| invalid("longer"))?;
        self.left = Some(left);
        if left > 0 {
            return Ok(Some(bytes));
        }
        self.last_chunk = Some(bytes);
        Ok(None)
    }

    fn end<T>(&mut self, error: TransportError) -> Poll<Option<Result<T, TransportError>>> {
        (self.is_done, self.last_chunk, self.left) = (true, None, None);
        Poll::Ready(Some(Err(error)))
    }
}

fn invalid(how: &str) -> TransportError {
    let message = format!("the body is {how} than its declared length");
    TransportError::new(TransportErrorKind::RequestBody, message)
}
