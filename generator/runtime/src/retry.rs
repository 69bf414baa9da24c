//! The retry policy: which failures are retried, and after which delay.

use crate::timer::Timer;
use http::{HeaderMap, StatusCode};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

/// The policy by which a client retries failed calls.
///
/// The defaults are those of the SDKs that vendors generate with Stainless (November 2026): two
/// retries; after connect errors, timeouts, 408, 409, 429 and 5xx, and whatever else the server's
/// `x-should-retry` says is worth it; waits of 0.5 s, doubled each time up to 8 s, with up to 25 % downward jitter; a wait
/// that the server asks for is kept up to 60 s. Unlike there, a call that is not idempotent is
/// repeated only where it cannot have been acted on: after connect errors, 429, and 503 with
/// `Retry-After`.
#[derive(Clone, Debug, PartialEq)]
pub struct RetryPolicy {
    pub(crate) max_retries: u32,
    pub(crate) first_delay: Duration,
    pub(crate) max_delay: Duration,
    multiplier: f64,
    pub(crate) max_elapsed: Option<Duration>,
    pub(crate) statuses: StatusSet,
    pub(crate) connection_errors: bool,
    pub(crate) max_retry_after: Duration,
    pub(crate) unsafe_methods: bool,
    pub(crate) budget: u32,
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            max_retries: 2,
            first_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            multiplier: 2.0,
            max_elapsed: None,
            statuses: StatusSet::USUAL,
            connection_errors: true,
            max_retry_after: Duration::from_secs(60),
            unsafe_methods: false,
            budget: 10,
        }
    }
}

impl RetryPolicy {
    /// No retries.
    #[must_use]
    pub fn none() -> Self {
        Self { max_retries: 0, ..Self::default() }
    }

    /// The number of retries after the first attempt; 2 by default.
    #[must_use]
    pub fn max_retries(mut self, max_retries: u32) -> Self {
        self.max_retries = max_retries;
        self
    }

    /// The first wait and the longest one; 0.5 s and 8 s by default.
    #[must_use]
    pub fn backoff(mut self, first: Duration, max: Duration) -> Self {
        (self.first_delay, self.max_delay) = (first, max);
        self
    }

    /// Multiplies each wait for the next one; 2 by default. A factor below 1 counts as 1.
    #[must_use]
    pub fn multiplier(mut self, multiplier: f64) -> Self {
        self.multiplier = multiplier;
        self
    }

    /// Starts no retry later than this after the first attempt; `None` by default. Unlike a total timeout it ends no
    /// attempt that is under way.
    #[must_use]
    pub fn max_elapsed(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.max_elapsed = limit.into();
        self
    }

    /// Retries after these error statuses and no others: `[429, 503]`, `500..=599`, `(500..=599).chain([429])`.
    /// By default 408, 409, 429 and 5xx. Numbers that are no status have no effect, and `x-should-retry` of a
    /// response still counts more.
    #[must_use]
    pub fn statuses(mut self, statuses: impl IntoIterator<Item = u16>) -> Self {
        self.statuses = StatusSet::of(statuses);
        self
    }

    /// Retries after failures that bring no response: connect errors, broken connections and timeouts. On by
    /// default.
    #[must_use]
    pub fn connection_errors(mut self, retried: bool) -> Self {
        self.connection_errors = retried;
        self
    }

    /// The longest wait that a server may ask for; 60 s by default. A longer one is not obeyed: the
    /// client's own wait is used instead.
    #[must_use]
    pub fn max_retry_after(mut self, max: Duration) -> Self {
        self.max_retry_after = max;
        self
    }

    /// Retries calls that are not idempotent after every failure too, as the vendors' own SDKs do;
    /// a server may then act twice. Off by default.
    #[must_use]
    pub fn retry_unsafe_methods(mut self, all: bool) -> Self {
        self.unsafe_methods = all;
        self
    }

    /// Limits the retries of a client in a row, over all of its calls, without a success between
    /// them; 10 by default. Each success gives back a tenth of one.
    ///
    /// A retry after a wait that the server asked for, by `Retry-After` on a 429 or 503, takes nothing
    /// from the budget: it is no sign of an outage. The number of attempts and the total time bound it.
    /// An error says when the budget was what kept a call from another attempt.
    #[must_use]
    pub fn budget(mut self, retries: u32) -> Self {
        self.budget = retries;
        self
    }

    /// The wait that a server asks for, unless it is zero or too long.
    pub(crate) fn obeyed(&self, asked: Option<Duration>) -> Option<Duration> {
        asked.filter(|it| !it.is_zero() && *it <= self.max_retry_after)
    }

    /// The client's own wait before a retry.
    pub(crate) fn backoff_delay(&self, retry: u32, timer: &dyn Timer) -> Duration {
        let retry = i32::try_from(retry).unwrap_or(i32::MAX);
        // Nothing times infinity would be no number.
        let factor = self.multiplier.max(1.0).powi(retry).min(f64::MAX);
        let grown = Duration::try_from_secs_f64(self.first_delay.as_secs_f64() * factor);
        let longest = grown.unwrap_or(Duration::MAX).min(self.max_delay);
        // A clock of the caller may give any number, and the longest duration times 1 is too long.
        let chance = Some(timer.random()).filter(|it| !it.is_nan()).unwrap_or(0.0).clamp(0.0, 1.0);
        let seconds = longest.as_secs_f64() * (1.0 - 0.25 * chance);
        Duration::try_from_secs_f64(seconds).unwrap_or(longest)
    }
}

/// The safety of another attempt after a failed one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RetrySafety {
    /// The server cannot have acted on the request.
    Safe,
    /// The server may have acted on the request.
    Unsafe,
    /// It would be no use.
    Never,
}

/// A set of the statuses from 100 to 599, one bit each: a policy is copied for each call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct StatusSet([u64; 8]);

impl StatusSet {
    /// 408, 409, 429 and 5xx.
    const USUAL: Self = {
        let mut set = Self([0; 8]).with(408).with(409).with(429);
        let mut status = 500;
        while status < 600 {
            set = set.with(status);
            status += 1;
        }
        set
    };

    fn of(statuses: impl IntoIterator<Item = u16>) -> Self {
        let real = statuses.into_iter().filter(|it| (100..600).contains(it));
        real.fold(Self([0; 8]), Self::with)
    }

    const fn with(mut self, status: u16) -> Self {
        let bit = status - 100;
        self.0[bit as usize / 64] |= 1 << (bit % 64);
        self
    }

    fn contains(&self, status: StatusCode) -> bool {
        let Some(bit) = status.as_u16().checked_sub(100) else { return false };
        self.0.get(usize::from(bit) / 64).is_some_and(|it| it & (1 << (bit % 64)) != 0)
    }
}

/// Classifies an error response, by the statuses of a policy.
pub(crate) fn classify(
    status: StatusCode,
    headers: &HeaderMap,
    statuses: &StatusSet,
) -> RetrySafety {
    match headers.get("x-should-retry").map(http::HeaderValue::as_bytes) {
        Some(b"false") => return RetrySafety::Never,
        // It says that an attempt is worth it, and not that the server has done nothing.
        Some(b"true") if !is_limit(status, headers) => return RetrySafety::Unsafe,
        _ => {}
    }
    match (statuses.contains(status), is_limit(status, headers)) {
        (true, true) => RetrySafety::Safe,
        (true, false) => RetrySafety::Unsafe,
        (false, _) => RetrySafety::Never,
    }
}

/// True if a server refused a request unprocessed, because it has too many.
pub(crate) fn is_limit(status: StatusCode, headers: &HeaderMap) -> bool {
    let asked = || headers.contains_key("retry-after") || headers.contains_key("retry-after-ms");
    match status.as_u16() {
        429 => true,
        503 => asked(),
        _ => false,
    }
}

pub(crate) fn is_retryable_status(status: StatusCode) -> bool {
    StatusSet::USUAL.contains(status)
}

/// The time that the server asks to wait: `retry-after-ms`, then `Retry-After` as seconds, whole or
/// not, or as a date. `None` for a value that is negative, not a number or too large.
pub(crate) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(millis) = text("retry-after-ms").and_then(|it| it.parse::<f64>().ok()) {
        return Duration::try_from_secs_f64(millis / 1000.0).ok();
    }
    let text = text("retry-after")?;
    if let Ok(seconds) = text.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or(Duration::ZERO))
}

/// Limits the load that retries add to an outage: each withdraws a token, each success deposits a
/// tenth.
#[derive(Debug)]
pub(crate) struct RetryBudget {
    tenths: AtomicU32,
    capacity: u32,
}

impl RetryBudget {
    pub(crate) fn new(retries: u32) -> Self {
        let capacity = retries.saturating_mul(10);
        Self { tenths: AtomicU32::new(capacity), capacity }
    }

    pub(crate) fn withdraw(&self) -> bool {
        self.change(|tenths| tenths.checked_sub(10))
    }

    pub(crate) fn deposit(&self) {
        self.change(|tenths| (tenths < self.capacity).then_some(tenths + 1));
    }

    fn change(&self, change: impl FnMut(u32) -> Option<u32>) -> bool {
        self.tenths.fetch_update(Ordering::Relaxed, Ordering::Relaxed, change).is_ok()
    }
}
