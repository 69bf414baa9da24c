//! Resumes a stream of events that broke off, where the caller wants that.

use crate::call::RequestParts;
use crate::error::Result;
use crate::future::BoxFuture;
use crate::response::{BodyMode, ReceivedResponse};
use http::{HeaderName, HeaderValue};
use std::task::{Context, Poll};
use std::time::Duration;

static LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The call behind a stream, to be sent again from the last event on.
pub(super) struct Resume {
    call: Box<RequestParts>,
    /// Tries since the last event.
    tries: u32,
    sending: Option<BoxFuture<'static, Result<ReceivedResponse>>>,
}

impl Resume {
    /// A call that says so itself is resumed, whatever its method; one whose client says so only if
    /// doing it twice is as good as once. One whose body was a stream that is gone never is.
    pub(super) fn of(call: Box<RequestParts>) -> Option<Self> {
        let of_client = call.core.0.limits.resume == Some(true);
        let idempotent = match call.operation.custom {
            true => call.method.is_idempotent(),
            false => call.operation.idempotent,
        };
        let wanted = call.options.resume.unwrap_or(of_client && idempotent);
        (wanted && call.body.can_repeat()).then_some(Self { call, tries: 0, sending: None })
    }

    /// An event arrived, so the attempts are counted anew.
    pub(super) fn note_event(&mut self) {
        self.tries = 0;
    }

    /// Starts to resume after the event with an id, or from the start; false if the policy or the
    /// budget of the client does not permit that. The server may have asked for a wait.
    pub(super) fn start(&mut self, id: Option<&str>, asked: Option<Duration>) -> bool {
        let mut call = self.call.clone();
        if let Some(id) = id {
            let Ok(value) = HeaderValue::from_bytes(id.as_bytes()) else { return false };
            call.headers.retain(|it| it.0 != LAST_EVENT_ID);
            call.headers.push((LAST_EVENT_ID.clone(), value));
        }
        let shared = &call.core.0;
        let policy = call.retry_policy();
        if self.tries >= policy.max_retries || !shared.budget.withdraw() {
            return false;
        }
        let timer = shared.timer.clone();
        let asked = policy.obeyed(asked);
        let delay = asked.unwrap_or_else(|| policy.backoff_delay(self.tries, &*timer));
        self.tries += 1;
        self.sending = Some(Box::pin(async move {
            timer.sleep(delay).await;
            crate::send::run(call, BodyMode::Streamed).await
        }));
        true
    }

    /// The response that continues the stream, if one is requested.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<ReceivedResponse>>> {
        let Some(sending) = &mut self.sending else { return Poll::Ready(None) };
        let response = std::task::ready!(sending.as_mut().poll(cx));
        self.sending = None;
        Poll::Ready(Some(response))
    }
}
