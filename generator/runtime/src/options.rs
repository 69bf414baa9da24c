//! Options of a client and of each of its calls.

use crate::body::Progress;
use crate::retry::RetryPolicy;
use crate::wait_policy::WaitPolicy;
use std::time::Duration;

/// Options that a call sets over those of its client.
#[derive(Clone, Default)]
pub(crate) struct Options {
    pub(crate) timeout: Option<Duration>,
    pub(crate) total_timeout: Option<Duration>,
    pub(crate) stall_timeout: Option<Duration>,
    pub(crate) max_retries: Option<u32>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) max_response_bytes: Option<u64>,
    pub(crate) max_empty_pages: Option<u32>,
    pub(crate) wait: Option<WaitPolicy>,
    pub(crate) resume: Option<bool>,
    /// Leaves items that cannot be read out of pages.
    pub(crate) lenient: bool,
    pub(crate) idempotency_key: Option<String>,
    pub(crate) progress: Option<Progress>,
}
