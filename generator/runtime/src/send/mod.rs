//! The one way in which every call is sent.

mod attempt;
mod auth;
mod limit;
mod prepare;
mod refusal;

pub(crate) use attempt::too_large;
pub(crate) use limit::within;
pub(crate) use prepare::url;
pub(crate) use refusal::error as refused;

use crate::call::{Draft, Options};
use crate::error::{Attempt, Error, ErrorKind, Result};
use crate::reply::{Reply, Want};
use crate::retry::{RetryPolicy, Verdict};
use crate::{client::Shared, trace};
use attempt::Failed;
use prepare::{Prepared, prepare};
use std::time::{Duration, Instant};

/// Sends a call: tries, waits and tries again, until there is an answer or no hope.
pub(crate) async fn run(draft: Box<Draft>, want: Want) -> Result<Reply> {
    let span = trace::Span::new(&draft);
    let operation = draft.operation.id;
    let result = span.around(tries(draft, want, &span)).await;
    span.end(&result);
    result.map_err(|error| error.with_operation(operation))
}

async fn tries(draft: Box<Draft>, want: Want, span: &trace::Span) -> Result<Reply> {
    let core = draft.core.clone();
    let shared = &*core.0;
    let mut prepared = prepare(&draft).await?;
    let plan = Plan::new(&draft.options, shared, &prepared);
    let mut attempts = Vec::new();
    loop {
        let limit = plan.limit(shared)?;
        let failed = match attempt::attempt(&draft, &mut prepared, want, limit).await {
            Ok(answer) => {
                shared.budget.give();
                return Ok(Reply::new(answer, draft, attempts));
            }
            Err(failed) => failed,
        };
        let delay = plan.delay(&failed, &attempts, shared);
        attempts.push(Attempt { status: failed.error.status(), kind: failed.error.kind(), delay });
        let Some(delay) = delay else { return failed.end(draft, want, attempts) };
        span.retry(attempts.len(), delay, &failed.error);
        shared.timer.sleep(delay).await;
    }
}

/// What decides whether there is another try.
struct Plan<'c> {
    policy: &'c RetryPolicy,
    max_retries: usize,
    timeout: Option<Duration>,
    deadline: Option<Instant>,
    idempotent: bool,
    can_repeat: bool,
}

impl<'c> Plan<'c> {
    fn new(options: &'c Options, shared: &'c Shared, prepared: &Prepared) -> Self {
        let policy = options.retry.as_ref().unwrap_or(&shared.retry);
        let total = options.total_timeout.or(shared.limits.total_timeout);
        Self {
            policy,
            max_retries: options.max_retries.unwrap_or(policy.max_retries) as usize,
            timeout: options.timeout.or(shared.limits.timeout),
            deadline: total.and_then(|total| shared.timer.now().checked_add(total)),
            idempotent: prepared.idempotent || policy.unsafe_methods,
            can_repeat: prepared.body.can_repeat(),
        }
    }

    /// The limit of the next try.
    fn limit(&self, shared: &Shared) -> Result<Option<Duration>> {
        let Some(deadline) = self.deadline else { return Ok(self.timeout) };
        let left = deadline.saturating_duration_since(shared.timer.now());
        if left.is_zero() {
            return Err(Error::new(ErrorKind::Timeout, "the total time limit was reached"));
        }
        Ok(Some(self.timeout.map_or(left, |it| it.min(left))))
    }

    /// How long to wait before the next try; `None` if there is none.
    fn delay(&self, failed: &Failed, attempts: &[Attempt], shared: &Shared) -> Option<Duration> {
        let worth = match failed.verdict {
            Verdict::Safe => true,
            Verdict::Unsafe => self.idempotent,
            Verdict::Never => false,
        };
        if !worth || !self.can_repeat || attempts.len() >= self.max_retries {
            return None;
        }
        let retry = u32::try_from(attempts.len()).unwrap_or(u32::MAX);
        let delay = self.policy.delay(retry, failed.error.headers(), &*shared.timer);
        let in_time = self.deadline.is_none_or(|it| shared.timer.now() + delay < it);
        (in_time && shared.budget.take()).then_some(delay)
    }
}
