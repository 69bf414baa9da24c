//! The policy by which a call asks for the state of a resource again and again.

use std::time::Duration;

/// The intervals and the time limit of `wait_until`.
///
/// The first question comes at once, the second 1 s later; each wait is twice the one before, up to
/// 30 s. After 10 min there is one last question, and then an error. Waits have no jitter: those who
/// wait have started at different times.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitPolicy {
    pub(crate) first_delay: Duration,
    pub(crate) max_delay: Duration,
    multiplier: f64,
    pub(crate) timeout: Option<Duration>,
}

impl Default for WaitPolicy {
    fn default() -> Self {
        Self {
            first_delay: Duration::from_secs(1),
            max_delay: Duration::from_secs(30),
            multiplier: 2.0,
            timeout: Some(Duration::from_secs(600)),
        }
    }
}

impl WaitPolicy {
    /// The first wait and the longest one; 1 s and 30 s by default.
    #[must_use]
    pub fn delay(mut self, first: Duration, max: Duration) -> Self {
        (self.first_delay, self.max_delay) = (first, max);
        self
    }

    /// Multiplies each wait for the next one; 2 by default. A factor below 1 counts as 1.
    #[must_use]
    pub fn multiplier(mut self, multiplier: f64) -> Self {
        self.multiplier = multiplier;
        self
    }

    /// Limits the whole; 10 min by default, `None` for no limit.
    #[must_use]
    pub fn timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.timeout = limit.into();
        self
    }

    /// The wait after a wait. Whatever the multiplier, a duration has no room for NaN and infinity.
    pub(crate) fn next(&self, delay: Duration) -> Duration {
        let longer = delay.as_secs_f64() * self.multiplier.max(1.0);
        Duration::try_from_secs_f64(longer).unwrap_or(self.max_delay).min(self.max_delay)
    }
}
