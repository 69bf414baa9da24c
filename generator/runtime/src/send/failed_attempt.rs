//! An attempt that failed, and the right to another one.

use super::renew::RejectedToken;
use crate::call::RequestParts;
use crate::error::{Attempt, Error, ErrorKind, Result};
use crate::response::{BodyMode, ReceivedResponse, ResponseParts};
use crate::retry::{RetrySafety, is_limit};

/// A failed attempt.
pub(super) struct FailedAttempt {
    pub(super) error: Error,
    pub(super) safety: RetrySafety,
    /// The response itself, for callers who judge it themselves.
    pub(super) response: Option<Box<ResponseParts>>,
    /// The tokens that the server refused and that can be renewed.
    pub(super) rejected: Vec<RejectedToken>,
}

impl FailedAttempt {
    pub(super) fn new(error: Error, safety: RetrySafety) -> Self {
        Self { error, safety, response: None, rejected: Vec::new() }
    }

    pub(super) fn never(error: Error) -> Self {
        Self::new(error, RetrySafety::Never)
    }

    /// A limit on time was reached.
    pub(super) fn timed_out(error: Error) -> Self {
        Self::new(error, RetrySafety::Unsafe)
    }

    /// True if the server has too many requests.
    pub(super) fn is_limit(&self) -> bool {
        let (status, headers) = (self.error.status(), self.error.headers());
        status.zip(headers).is_some_and(|(status, headers)| is_limit(status, headers))
    }

    /// True if it brought no response.
    pub(super) fn is_connection_error(&self) -> bool {
        let kind = self.error.kind();
        matches!(kind, ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport)
    }

    /// Says that the budget of retries kept the call from another attempt.
    pub(super) fn budget_exhausted(self) -> Self {
        Self { error: self.error.with_budget_exhausted(), ..self }
    }

    /// The result for the caller when there is no other attempt.
    pub(super) fn end(
        self,
        call: Box<RequestParts>,
        mode: BodyMode,
        attempts: Vec<Attempt>,
    ) -> Result<ReceivedResponse> {
        match self.response {
            Some(response) if mode.accepts_error_status() => {
                Ok(ReceivedResponse::new(*response, call, attempts))
            }
            _ => Err(self.error.with_attempts(attempts)),
        }
    }
}
