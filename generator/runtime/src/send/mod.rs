//! Sending of calls, with retries.

mod attempt;
mod auth;
#[cfg(feature = "drift")]
mod drift;
mod error_body;
mod failed_attempt;
mod prepare;
mod renew;

pub(crate) use attempt::too_large;
pub(crate) use prepare::url;

use crate::call::RequestParts;
use crate::client::Shared;
use crate::error::{Attempt, Result};
use crate::future::BoxFuture;
use crate::response::{BodyMode, ReceivedResponse};
use crate::retry::{RetryPolicy, RetrySafety, retry_after};
use crate::timeouts::{TimeLimits, total_timeout_reached};
use crate::timer::timeout;
use crate::trace;
use failed_attempt::FailedAttempt;
use prepare::{Prepared, prepare};
use renew::{RejectedToken, Renewal};
use std::time::{Duration, Instant};

/// Sends a call. The future is boxed here, so that it is compiled once and not in each crate that calls.
pub(crate) fn start(
    call: Box<RequestParts>,
    mode: BodyMode,
) -> BoxFuture<'static, Result<ReceivedResponse>> {
    Box::pin(run(call, mode))
}

/// Sends a call: attempts, waits and retries, until there is a response or no other attempt.
pub(crate) async fn run(call: Box<RequestParts>, mode: BodyMode) -> Result<ReceivedResponse> {
    let span = trace::Span::new(&call);
    let operation = call.operation.id;
    let result = span.around(run_attempts(call, mode, &span)).await;
    span.end(&result);
    result.map_err(|error| error.with_operation(operation))
}

async fn run_attempts(
    mut call: Box<RequestParts>,
    mode: BodyMode,
    span: &trace::Span,
) -> Result<ReceivedResponse> {
    call.apply_response_kind();
    let core = call.core.clone();
    let shared = &*core.0;
    let mut prepared = prepare(&call).await?;
    let plan = RetryPlan::new(&call, shared, &prepared);
    call.deadline = plan.deadline;
    let mut attempts = Vec::new();
    let mut renewal: Option<Renewal<'_>> = None;
    loop {
        let limits = plan.limits(shared)?;
        let result = attempt::attempt(&call, &mut prepared, mode, limits, renewal.as_ref()).await;
        #[cfg(feature = "drift")]
        drift::note(&call, &result);
        let is_renewed = renewal.is_some();
        if let Some(renewal) = renewal.take() {
            renewal.end(attempt::accepts_tokens(&result));
        }
        let failed = match result {
            Ok(response) => {
                shared.budget.deposit();
                return Ok(ReceivedResponse::new(response, call, attempts));
            }
            Err(failed) => failed,
        };
        let decision = match &failed.rejected[..] {
            [] => plan.decide(&failed, &attempts, &prepared.retry, shared),
            _ if is_renewed || !plan.has_tries(&attempts) => RetryDecision::Stop,
            rejected => plan.renew(rejected, shared).await,
        };
        let delay = decision.delay();
        attempts.push(Attempt { status: failed.error.status(), kind: failed.error.kind(), delay });
        let delay = match decision {
            RetryDecision::Wait(delay) => delay,
            RetryDecision::Renew(it) => {
                renewal = Some(it);
                Duration::ZERO
            }
            RetryDecision::Stop => return failed.end(call, mode, attempts),
            RetryDecision::BudgetExhausted => {
                return failed.budget_exhausted().end(call, mode, attempts);
            }
        };
        span.retry(attempts.len(), delay, &failed.error);
        if !delay.is_zero() {
            shared.timer.sleep(delay).await;
        }
    }
}

/// The step after an attempt that failed.
enum RetryDecision<'c> {
    Wait(Duration),
    Renew(Renewal<'c>),
    Stop,
    /// Another attempt would be made, but the retry budget is exhausted.
    BudgetExhausted,
}

impl RetryDecision<'_> {
    fn delay(&self) -> Option<Duration> {
        match self {
            Self::Wait(delay) => Some(*delay),
            Self::Renew(_) => Some(Duration::ZERO),
            Self::Stop | Self::BudgetExhausted => None,
        }
    }
}

/// The settings that decide whether there is another attempt.
struct RetryPlan {
    max_retries: usize,
    /// The latest start of a retry.
    last_start: Option<Instant>,
    idle: Option<Duration>,
    deadline: Option<Instant>,
    idempotent: bool,
    can_repeat: bool,
}

impl RetryPlan {
    fn new(call: &RequestParts, shared: &Shared, prepared: &Prepared) -> Self {
        let options = &call.options;
        let policy = &prepared.retry;
        let total = options.total_timeout.or(shared.limits.total_timeout);
        let after = |limit: Option<Duration>| shared.timer.now().checked_add(limit?);
        Self {
            max_retries: policy.max_retries as usize,
            last_start: after(policy.max_elapsed),
            idle: options.timeout.or(shared.limits.timeout),
            deadline: call.deadline.or_else(|| after(total)),
            idempotent: prepared.idempotent || policy.unsafe_methods,
            can_repeat: prepared.body.can_repeat(),
        }
    }

    /// The limits of the next attempt.
    fn limits(&self, shared: &Shared) -> Result<TimeLimits> {
        match self.deadline {
            Some(deadline) if shared.timer.now() >= deadline => Err(total_timeout_reached()),
            deadline => Ok(TimeLimits { idle: self.idle, deadline }),
        }
    }

    fn has_tries(&self, attempts: &[Attempt]) -> bool {
        self.can_repeat && attempts.len() < self.max_retries
    }

    /// Renews tokens that the server has refused.
    async fn renew<'c>(&self, rejected: &[RejectedToken], shared: &'c Shared) -> RetryDecision<'c> {
        let left = |it: Instant| it.saturating_duration_since(shared.timer.now());
        let limit = [self.idle, self.deadline.map(left)].into_iter().flatten().min();
        let renewal = timeout(&*shared.timer, limit, Renewal::begin(rejected, shared)).await;
        renewal.unwrap_or(RetryDecision::Stop)
    }

    /// The next step: a wait before another attempt, or the end.
    fn decide<'c>(
        &self,
        failed: &FailedAttempt,
        attempts: &[Attempt],
        policy: &RetryPolicy,
        shared: &Shared,
    ) -> RetryDecision<'c> {
        if failed.is_connection_error() && !policy.connection_errors {
            return RetryDecision::Stop;
        }
        let worth = match failed.safety {
            RetrySafety::Safe => true,
            RetrySafety::Unsafe => self.idempotent,
            RetrySafety::Never => false,
        };
        if !worth || !self.has_tries(attempts) {
            return RetryDecision::Stop;
        }
        let (retry, timer) = (u32::try_from(attempts.len()).unwrap_or(u32::MAX), &*shared.timer);
        let asked = failed.error.headers().and_then(|it| retry_after(it, timer.wall()));
        let asked = policy.obeyed(asked);
        let delay = asked.unwrap_or_else(|| policy.backoff_delay(retry, timer));
        let start = timer.now().checked_add(delay);
        if self.deadline.is_some_and(|deadline| start.is_none_or(|it| it >= deadline))
            || self.last_start.is_some_and(|last| start.is_none_or(|it| it > last))
        {
            return RetryDecision::Stop;
        }
        // A server that names a time is at work: a wait for it multiplies no outage.
        let skips_budget = asked.is_some() && failed.is_limit();
        if skips_budget || shared.budget.withdraw() {
            RetryDecision::Wait(delay)
        } else {
            RetryDecision::BudgetExhausted
        }
    }
}
