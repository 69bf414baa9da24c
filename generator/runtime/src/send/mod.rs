//! The one way in which every call is sent.

mod attempt;
mod auth;
mod limit;
mod prepare;
mod refusal;
mod renew;

pub(crate) use attempt::too_large;
pub(crate) use limit::within;
pub(crate) use prepare::url;

use crate::call::Draft;
use crate::client::Shared;
use crate::error::{Attempt, Result};
use crate::future::BoxFuture;
use crate::reply::{Reply, Want};
use crate::retry::{RetryPolicy, Verdict, retry_after};
use crate::stall::{Limits, total};
use crate::trace;
use attempt::Failed;
use prepare::{Prepared, prepare};
use renew::{Refused, Renewal};
use std::time::{Duration, Instant};

/// Sends a call. The future is boxed here, so that it is compiled once and not in each crate that calls.
pub(crate) fn start(draft: Box<Draft>, want: Want) -> BoxFuture<'static, Result<Reply>> {
    Box::pin(run(draft, want))
}

/// Sends a call: tries, waits and tries again, until there is an answer or no hope.
pub(crate) async fn run(draft: Box<Draft>, want: Want) -> Result<Reply> {
    let span = trace::Span::new(&draft);
    let operation = draft.operation.id;
    let result = span.around(tries(draft, want, &span)).await;
    span.end(&result);
    result.map_err(|error| error.with_operation(operation))
}

async fn tries(mut draft: Box<Draft>, want: Want, span: &trace::Span) -> Result<Reply> {
    draft.settle();
    let core = draft.core.clone();
    let shared = &*core.0;
    let mut prepared = prepare(&draft).await?;
    let plan = Plan::new(&draft, shared, &prepared);
    draft.deadline = plan.deadline;
    let mut attempts = Vec::new();
    let mut renewal: Option<Renewal<'_>> = None;
    loop {
        let limits = plan.limits(shared)?;
        let result = attempt::attempt(&draft, &mut prepared, want, limits, renewal.as_ref()).await;
        let is_renewed = renewal.is_some();
        if let Some(renewal) = renewal.take() {
            renewal.end(attempt::accepts_tokens(&result));
        }
        let failed = match result {
            Ok(answer) => {
                shared.budget.give();
                return Ok(Reply::new(answer, draft, attempts));
            }
            Err(failed) => failed,
        };
        let next = match &failed.refused[..] {
            [] => plan.next(&failed, &attempts, shared),
            _ if is_renewed || !plan.has_tries(&attempts) => Next::End,
            refused => plan.renew(refused, shared).await,
        };
        let delay = next.delay();
        attempts.push(Attempt { status: failed.error.status(), kind: failed.error.kind(), delay });
        let delay = match next {
            Next::Wait(delay) => delay,
            Next::Renew(it) => {
                renewal = Some(it);
                Duration::ZERO
            }
            Next::End => return failed.end(draft, want, attempts),
            Next::Spent => return failed.spent().end(draft, want, attempts),
        };
        span.retry(attempts.len(), delay, &failed.error);
        if !delay.is_zero() {
            shared.timer.sleep(delay).await;
        }
    }
}

/// The step after a try that failed.
enum Next<'c> {
    Wait(Duration),
    Renew(Renewal<'c>),
    End,
    /// There would be another try, but the budget of retries is spent.
    Spent,
}

impl Next<'_> {
    fn delay(&self) -> Option<Duration> {
        match self {
            Self::Wait(delay) => Some(*delay),
            Self::Renew(_) => Some(Duration::ZERO),
            Self::End | Self::Spent => None,
        }
    }
}

/// What decides whether there is another try.
struct Plan {
    policy: RetryPolicy,
    max_retries: usize,
    idle: Option<Duration>,
    deadline: Option<Instant>,
    idempotent: bool,
    can_repeat: bool,
}

impl Plan {
    fn new(draft: &Draft, shared: &Shared, prepared: &Prepared) -> Self {
        let options = &draft.options;
        let policy = options.retry.as_ref().unwrap_or(&shared.retry);
        let total = options.total_timeout.or(shared.limits.total_timeout);
        let end = || total.and_then(|total| shared.timer.now().checked_add(total));
        Self {
            max_retries: options.max_retries.unwrap_or(policy.max_retries) as usize,
            idle: options.timeout.or(shared.limits.timeout),
            deadline: draft.deadline.or_else(end),
            idempotent: prepared.idempotent || policy.unsafe_methods,
            can_repeat: prepared.body.can_repeat(),
            policy: policy.clone(),
        }
    }

    /// The limits of the next try.
    fn limits(&self, shared: &Shared) -> Result<Limits> {
        match self.deadline {
            Some(deadline) if shared.timer.now() >= deadline => Err(total()),
            deadline => Ok(Limits { idle: self.idle, deadline }),
        }
    }

    fn has_tries(&self, attempts: &[Attempt]) -> bool {
        self.can_repeat && attempts.len() < self.max_retries
    }

    /// Renews tokens that the server has refused.
    async fn renew<'c>(&self, refused: &[Refused], shared: &'c Shared) -> Next<'c> {
        let left = |it: Instant| it.saturating_duration_since(shared.timer.now());
        let limit = [self.idle, self.deadline.map(left)].into_iter().flatten().min();
        let renewal = within(&*shared.timer, limit, Renewal::begin(refused, shared)).await;
        renewal.unwrap_or(Next::End)
    }

    /// The next step: a wait before another try, or the end.
    fn next<'c>(&self, failed: &Failed, attempts: &[Attempt], shared: &Shared) -> Next<'c> {
        let worth = match failed.verdict {
            Verdict::Safe => true,
            Verdict::Unsafe => self.idempotent,
            Verdict::Never => false,
        };
        if !worth || !self.has_tries(attempts) {
            return Next::End;
        }
        let (retry, timer) = (u32::try_from(attempts.len()).unwrap_or(u32::MAX), &*shared.timer);
        let asked = failed.error.headers().and_then(|it| retry_after(it, timer.wall()));
        let asked = self.policy.obeyed(asked);
        let delay = asked.unwrap_or_else(|| self.policy.backoff_delay(retry, timer));
        let end = timer.now().checked_add(delay);
        if self.deadline.is_some_and(|deadline| end.is_none_or(|end| end >= deadline)) {
            return Next::End;
        }
        // A server that names a time is at work: a wait for it multiplies no outage.
        let is_free = asked.is_some() && failed.is_limit();
        if is_free || shared.budget.take() { Next::Wait(delay) } else { Next::Spent }
    }
}
