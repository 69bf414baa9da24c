//! The policy by which a document wants failed calls to be retried.

use std::ops::RangeInclusive;

#[derive(Clone, Debug)]
pub(crate) enum RetryRule {
    /// No retries.
    Never,
    Backoff(Box<RetryBackoff>),
}

/// Waits that grow, until a time is over.
#[derive(Clone, Debug)]
pub(crate) struct RetryBackoff {
    /// The first wait, in milliseconds.
    pub(crate) first: u64,
    /// The longest wait, in milliseconds.
    pub(crate) longest: u64,
    /// The factor from one wait to the next.
    pub(crate) factor: f64,
    /// The time in which retries may start, in milliseconds.
    pub(crate) elapsed: u64,
    pub(crate) statuses: Vec<u16>,
    pub(crate) ranges: Vec<RangeInclusive<u16>>,
    /// True if calls without a response are retried too.
    pub(crate) connection_errors: bool,
}
