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
        let doubled = self.first_delay.saturating_mul(1_u32.checked_shl(retry).unwrap_or(u32::MAX));
        let longest = doubled.min(self.max_delay);
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

/// Classifies an error response.
pub(crate) fn classify(status: StatusCode, headers: &HeaderMap) -> RetrySafety {
    match headers.get("x-should-retry").map(http::HeaderValue::as_bytes) {
        Some(b"false") => return RetrySafety::Never,
        // It says that an attempt is worth it, and not that the server has done nothing.
        Some(b"true") if !is_limit(status, headers) => return RetrySafety::Unsafe,
        _ => {}
    }
    match status.as_u16() {
        _ if is_limit(status, headers) => RetrySafety::Safe,
        _ if is_retryable_status(status) => RetrySafety::Unsafe,
        _ => RetrySafety::Never,
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
    matches!(status.as_u16(), 408 | 409 | 429) || status.is_server_error()
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
