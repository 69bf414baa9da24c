//! State that the halves of a socket and its driving task share.

use super::end::End;
use super::raw::RawMessage;
use crate::codec::DecodeError;
use crate::error::{Error, ErrorKind};
use crate::redact::redact;
use crate::secret::Secret;
use http::{HeaderMap, StatusCode};
use std::collections::VecDeque;
use std::sync::{Mutex, OnceLock, PoisonError};
use tokio::runtime::Handle;

pub(super) struct Link {
    pub(super) operation: &'static str,
    /// The URL without its query, and without credentials.
    pub(super) address: String,
    pub(super) secrets: Vec<Secret>,
    pub(super) headers: HeaderMap,
    pub(super) runtime: Handle,
    pub(super) end: OnceLock<End>,
    /// Messages that the server may not have read yet, oldest first, if the caller wants them back.
    pub(super) unacknowledged: Option<Mutex<VecDeque<RawMessage>>>,
}

impl Link {
    pub(super) fn error(&self, kind: ErrorKind, message: String) -> Error {
        let message: String = redact(message, &self.secrets).chars().take(300).collect();
        let shown: String = message.chars().flat_map(visible).collect();
        let message = format!("socket `{}`: {shown}", self.address);
        Error::new(kind, message).with_operation(self.operation)
    }

    pub(super) fn error_of(&self, end: &End) -> Error {
        match end {
            End::Closed { code, reason, .. } => {
                let shown = if reason.is_empty() { String::new() } else { format!(": {reason}") };
                let message = format!("the server closed it with code {code}{shown}");
                self.error(ErrorKind::Closed, message).with_close(*code, reason.clone())
            }
            End::Failed { kind, message } => self.error(*kind, message.clone()),
        }
    }

    /// Why nothing can be sent any more.
    pub(super) fn is_over(&self) -> Error {
        match self.end.get() {
            Some(end) => self.error_of(end),
            None => self.error(ErrorKind::Closed, "it has been closed here".to_owned()),
        }
    }

    /// A message that is not what was declared: the error holds it whole.
    pub(super) fn undecodable(&self, raw: &RawMessage, error: DecodeError) -> Error {
        let error = error.redacted(&self.secrets);
        let message = format!(
            "socket `{}`: the message is not what was declared: {}",
            self.address,
            error.message()
        );
        Error::decode(error).with_message(message).with_operation(self.operation).with_response(
            StatusCode::SWITCHING_PROTOCOLS,
            self.headers.clone(),
            raw.bytes(),
            &self.secrets,
        )
    }

    /// Hands a message to the queue and keeps it, in one step, so that both have the same order.
    pub(super) fn keep(&self, message: &RawMessage, queue: impl FnOnce()) {
        let Some(kept) = &self.unacknowledged else { return queue() };
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push_back(message.clone());
        queue();
    }

    /// The server has read the oldest `count` messages.
    pub(super) fn acknowledge(&self, count: usize) {
        if let Some(kept) = &self.unacknowledged {
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            let count = count.min(kept.len());
            kept.drain(..count);
        }
    }

    pub(super) fn take_unacknowledged(&self) -> Vec<RawMessage> {
        let Some(kept) = &self.unacknowledged else { return Vec::new() };
        kept.lock().unwrap_or_else(PoisonError::into_inner).drain(..).collect()
    }
}

/// Quotes stay as they are; the rest of what is escaped might move the cursor of a terminal.
fn visible(symbol: char) -> Vec<char> {
    match symbol {
        '"' | '\'' | '\\' => vec![symbol],
        other => other.escape_debug().collect(),
    }
}
