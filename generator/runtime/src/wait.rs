//! Waiting until a resource has some state.

use crate::call::{Call, RequestParts};
use crate::codec::Decode;
use crate::error::{Error, ErrorKind, Result};
use crate::redact::redact;
use crate::response::{BodyMode, ReceivedResponse};
use crate::response_format::{self, ResponseFormat};
use crate::response_future::ResponseFuture;
use crate::send::run;
use crate::timer::timeout;
use crate::wait_policy::WaitPolicy;
use std::fmt;
use std::time::Duration;

/// A call whose response has a state that changes by itself.
pub trait Stateful: 'static {
    /// The response.
    type Value: Decode + 'static;
    /// The states that end well and are never left.
    const DONE: &'static [&'static str];
    /// The states that end badly and are never left.
    const FAILED: &'static [&'static str];
    /// The state of a response, as the server writes it.
    fn state(value: &Self::Value) -> Option<&str>;
}

impl Call {
    /// Sets how often and how long [`wait_until`](Self::wait_until) asks.
    pub fn with_wait(mut self, policy: WaitPolicy) -> Self {
        self.0.options.wait = Some(policy);
        self
    }

    /// Sends the call again and again until the response has a state.
    ///
    /// Each question is a call with retries and limits of its own; if one fails, that is the error. A
    /// state that is not known, or none, is one to wait on in.
    ///
    /// # Errors
    /// [`ErrorKind::State`] at another state that is never left, [`ErrorKind::Timeout`] when the time
    /// is over: the last response is in [`Error::body_as`].
    pub fn wait_until<S: Stateful>(self, state: &dyn fmt::Display) -> ResponseFuture<S::Value> {
        let watch = StateWatch {
            wanted: state.to_string(),
            ends: [S::DONE, S::FAILED],
            read: |response| Ok(S::state(&response.json()?).map(str::to_owned)),
        };
        ResponseFuture::new(
            Box::pin(until(self.0, watch)),
            response_format::JsonFormat::<S::Value>::read,
        )
    }
}

/// The state to wait for, without the type of the response.
struct StateWatch {
    wanted: String,
    ends: [&'static [&'static str]; 2],
    read: fn(&ReceivedResponse) -> Result<Option<String>>,
}

/// The time limit of the last request, once the time is over: 1 s.
const LAST: Duration = Duration::from_secs(1);

async fn until(call: Box<RequestParts>, watch: StateWatch) -> Result<ReceivedResponse> {
    let timer = call.core.0.timer.clone();
    let policy = call.options.wait.clone().unwrap_or_default();
    let deadline = policy.timeout.and_then(|it| timer.now().checked_add(it));
    let left = || deadline.map(|it| it.saturating_duration_since(timer.now()));
    let mut delay = policy.first_delay.min(policy.max_delay);
    let mut last = None;
    loop {
        let question = run(call.clone(), BodyMode::Buffered);
        let Some(response) = timeout(&*timer, left().map(|it| it.max(LAST)), question).await else {
            return Err(timed_out(&call, &watch, &policy, last.as_ref()));
        };
        let response = response?;
        let state = (watch.read)(&response)?;
        match state.as_deref() {
            Some(state) if state == watch.wanted => return Ok(response),
            Some(state) if watch.ends.iter().any(|it| it.contains(&state)) => {
                let state = redact(state.to_owned(), &response.secrets());
                let message = format!(
                    "the state is `{state:.60}`, which `{:.60}` never follows",
                    watch.wanted
                );
                return Err(response.explain(Error::new(ErrorKind::State, message)));
            }
            Some(_) | None => {}
        }
        last = Some((state, response));
        let wait = left().map_or(delay, |it| delay.min(it));
        if left() == Some(Duration::ZERO) {
            return Err(timed_out(&call, &watch, &policy, last.as_ref()));
        }
        timer.sleep(wait).await;
        delay = policy.next(delay);
    }
}

#[cold]
fn timed_out(
    call: &RequestParts,
    watch: &StateWatch,
    policy: &WaitPolicy,
    last: Option<&(Option<String>, ReceivedResponse)>,
) -> Error {
    let limit = policy.timeout.unwrap_or_default();
    let state =
        last.and_then(|(state, response)| Some(redact(state.clone()?, &response.secrets())));
    let found = state.map_or_else(|| "none".to_owned(), |it| format!("`{it:.60}`"));
    let message =
        format!("the state `{:.60}` was not reached within {limit:?}, it is {found}", watch.wanted);
    let error = Error::new(ErrorKind::Timeout, message).with_operation(call.operation.id);
    match last {
        Some((_, response)) => response.explain(error),
        None => error,
    }
}
