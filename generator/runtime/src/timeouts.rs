//! Limits on the time in which nothing moves, and on the whole call.

use crate::call::RequestParts;
use crate::error::{Error, ErrorKind, Result};
use crate::future::BoxFuture;
use crate::timer::Timer;
use crate::transport::{Body, TransportError, UploadProgress, from_transport};
use bytes::Bytes;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

/// Limits on silence and on the whole call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeLimits {
    pub(crate) idle: Option<Duration>,
    pub(crate) deadline: Option<Instant>,
}

/// Watches progress against the limits: each step restarts the clock of `idle`.
pub(crate) struct TimeoutWatch {
    timer: Arc<dyn Timer>,
    limits: TimeLimits,
    sleep: Option<BoxFuture<'static, ()>>,
    /// True if the sleep ends with the deadline.
    is_total: bool,
    /// The time of the last movement since the sleep began.
    last: Option<Instant>,
    /// The progress of the upload, which the connection drives.
    upload: Option<Arc<UploadProgress>>,
}

impl TimeoutWatch {
    /// For the body of a response that is read as it arrives.
    pub(crate) fn new(call: &RequestParts) -> Self {
        let shared = &*call.core.0;
        let idle = call.options.stall_timeout.or(shared.limits.stall_timeout);
        Self::with(shared.timer.clone(), TimeLimits { idle, deadline: call.deadline })
    }

    pub(crate) fn with(timer: Arc<dyn Timer>, limits: TimeLimits) -> Self {
        Self { timer, limits, sleep: None, is_total: false, last: None, upload: None }
    }

    /// Counts what moves in the body of a request, too.
    pub(crate) fn watch_upload(&mut self, upload: Option<Arc<UploadProgress>>) {
        self.upload = upload;
    }

    /// Runs a future, unless a limit is reached before.
    pub(crate) async fn watch<T>(&mut self, work: impl Future<Output = T>) -> Result<T> {
        let mut work = pin!(work);
        poll_fn(|cx| match work.as_mut().poll(cx) {
            Poll::Ready(value) => {
                self.note();
                Poll::Ready(Ok(value))
            }
            Poll::Pending => self.poll_limits(cx).map(Err),
        })
        .await
    }

    /// The next chunk of a body.
    pub(crate) fn poll(
        &mut self,
        body: &mut Body,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes>>> {
        let chunk = ready!(self.poll_chunk(body, cx));
        Poll::Ready(chunk.map(|it| it?.map_err(from_transport)))
    }

    /// The next chunk of a body, with the transport's own error.
    pub(crate) fn poll_chunk(
        &mut self,
        body: &mut Body,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Result<Bytes, TransportError>>>> {
        let Poll::Ready(chunk) = body.poll_chunk(cx) else {
            return self.poll_limits(cx).map(|it| Some(Err(it)));
        };
        self.note();
        // A body that never makes one wait ends with the deadline, too.
        let is_over = || self.limits.deadline.is_some_and(|it| self.timer.now() >= it);
        match chunk {
            Some(Ok(_)) if is_over() => Poll::Ready(Some(Err(total_timeout_reached()))),
            chunk => Poll::Ready(chunk.map(Ok)),
        }
    }

    /// Notes a movement, if the timer runs.
    fn note(&mut self) {
        if self.sleep.is_some() {
            self.last = Some(self.timer.now());
        }
    }

    /// Waits for the first limit that is reached.
    fn poll_limits(&mut self, cx: &mut Context<'_>) -> Poll<Error> {
        loop {
            if self.sleep.is_none() && !self.sleep() {
                return Poll::Pending;
            }
            if let Some(sleep) = &mut self.sleep {
                ready!(sleep.as_mut().poll(cx));
            }
            self.sleep = None;
            if self.is_total {
                return Poll::Ready(total_timeout_reached());
            }
            let elsewhere = self.upload.as_ref().and_then(|it| it.last());
            self.last = self.last.max(elsewhere);
            if self.last.is_none() {
                let limit = self.limits.idle.unwrap_or_default();
                return Poll::Ready(Error::new(
                    ErrorKind::Timeout,
                    format!("nothing was sent or received for {limit:?}"),
                ));
            }
        }
    }

    /// Starts the timer for the next limit; `false` if there is no limit.
    fn sleep(&mut self) -> bool {
        let since = |it: Instant| self.timer.now().saturating_duration_since(it);
        let passed = self.last.take().map_or(Duration::ZERO, since);
        let idle = self.limits.idle.map(|it| it.saturating_sub(passed));
        let left = |it: Instant| it.saturating_duration_since(self.timer.now());
        let total = self.limits.deadline.map(left);
        self.is_total = total.is_some_and(|total| idle.is_none_or(|idle| total <= idle));
        let wait = if self.is_total { total } else { idle };
        self.sleep = wait.map(|it| self.timer.sleep(it));
        self.sleep.is_some()
    }
}

/// The whole call has taken too long.
pub(crate) fn total_timeout_reached() -> Error {
    Error::new(ErrorKind::Timeout, "the total time limit was reached")
}
