//! A limit on the time between two pieces of a body.

use crate::call::Draft;
use crate::error::{Error, ErrorKind, Result, from_transport};
use crate::timer::Timer;
use crate::transport::{Body, BoxFuture};
use bytes::Bytes;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

/// Watches a body: each piece starts the clock anew.
pub(crate) struct Stall {
    timer: Arc<dyn Timer>,
    limit: Option<Duration>,
    sleep: Option<BoxFuture<'static, ()>>,
}

impl Stall {
    pub(crate) fn new(draft: &Draft) -> Self {
        let shared = &*draft.core.0;
        let limit = draft.options.stall_timeout.or(shared.limits.stall_timeout);
        Self { timer: shared.timer.clone(), limit, sleep: None }
    }

    pub(crate) fn poll(
        &mut self,
        body: &mut Body,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes>>> {
        if let Poll::Ready(item) = body.poll_chunk(cx) {
            self.sleep = None;
            return Poll::Ready(item.map(|it| it.map_err(from_transport)));
        }
        let Some(limit) = self.limit else { return Poll::Pending };
        let sleep = self.sleep.get_or_insert_with(|| self.timer.sleep(limit));
        if sleep.as_mut().poll(cx).is_pending() {
            return Poll::Pending;
        }
        self.sleep = None;
        Poll::Ready(Some(Err(Error::new(
            ErrorKind::Timeout,
            format!("nothing arrived for {limit:?}"),
        ))))
    }
}
