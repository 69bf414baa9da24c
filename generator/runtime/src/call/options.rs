//! Options of one call.

use super::Call;
use crate::body::BodyField;
use crate::codec::Encode;
use crate::error::ErrorKind;
use crate::param::{Style, query};
use crate::retry::RetryPolicy;
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

impl Call {
    /// Limits how long an attempt may wait for the head of its response, or for the next bytes of a body in
    /// either direction. An attempt that moves may take longer.
    pub fn with_timeout(mut self, limit: Duration) -> Self {
        self.0.options.timeout = Some(limit);
        self
    }

    /// Limits all attempts and the waits between them, and the response if that is a stream.
    pub fn with_total_timeout(mut self, limit: Duration) -> Self {
        self.0.options.total_timeout = Some(limit);
        self
    }

    /// Limits the time between two chunks of a streamed response.
    pub fn with_stall_timeout(mut self, limit: Duration) -> Self {
        self.0.options.stall_timeout = Some(limit);
        self
    }

    /// Limits the number of retries.
    pub fn with_max_retries(mut self, max_retries: u32) -> Self {
        self.0.options.max_retries = Some(max_retries);
        self
    }

    /// Replaces the retry policy.
    pub fn with_retry(mut self, policy: RetryPolicy) -> Self {
        self.0.options.retry = Some(policy);
        self
    }

    /// Limits the size of the response, in bytes after decompression.
    pub fn with_max_response_bytes(mut self, limit: u64) -> Self {
        self.0.options.max_response_bytes = Some(limit);
        self
    }

    /// Limits how many pages without items may follow each other; 100 by default. One more is
    /// an error of kind [`ErrorKind::Paging`].
    pub fn with_max_empty_pages(mut self, limit: u32) -> Self {
        self.0.options.max_empty_pages = Some(limit);
        self
    }

    /// Resumes a stream of server-sent events that breaks off or stalls, by a call with the header
    /// `Last-Event-ID`. Off by default. Turn it on where the server supports the header and may
    /// receive the call twice.
    ///
    /// The client waits as long as the stream asks for (`retry:`), or as long as before a retry.
    /// The number of attempts between two events and the budget are those of retries. A stream
    /// whose events have no id is not resumed once there was an event, nor is one whose request had
    /// a body that can be sent only once.
    pub fn with_resume(mut self, resume: bool) -> Self {
        self.0.options.resume = Some(resume);
        self
    }

    /// Adds or replaces a header.
    pub fn with_header(mut self, name: &str, value: &str) -> Self {
        self.set_header(name, value);
        self
    }

    /// Adds or replaces a query parameter: form style, exploded.
    pub fn with_query(mut self, name: &str, value: &dyn Encode) -> Self {
        if let Some(node) = self.styled(name, value, Style::FORM) {
            let text = query(name, &node, Style::FORM);
            self.0.set_query(Cow::Owned(name.to_owned()), text);
        }
        self
    }

    /// Adds or replaces a property of a body that is JSON, a form or multipart. What else is in the body stays as it
    /// is, in its order.
    pub fn with_body_field(mut self, name: &str, value: &dyn Encode) -> Self {
        match BodyField::new(name, value) {
            Ok(field) => self.0.set_field(field),
            Err(error) => {
                self.fail(ErrorKind::InvalidParameter, format!("body field `{name}`: {error}"));
            }
        }
        self
    }

    /// Sends a key that lets the server tell a repetition from a new call, which makes retries safe.
    /// The header is `Idempotency-Key` unless the client names another.
    pub fn with_idempotency_key(mut self, key: &str) -> Self {
        self.0.options.idempotency_key = Some(key.to_owned());
        self
    }

    /// Is told, while the body is sent, how many bytes were handed to the connection and how many
    /// there are in all where that is known. Each attempt starts from none again.
    pub fn with_progress(
        mut self,
        progress: impl Fn(u64, Option<u64>) + Send + Sync + 'static,
    ) -> Self {
        self.0.options.progress = Some(Arc::new(progress));
        self
    }
}
