//! Why a webhook is not accepted.

use crate::codec::DecodeError;
use std::fmt;

/// Why a webhook is not accepted. Nothing in it is secret.
#[derive(Debug)]
pub struct WebhookError {
    kind: WebhookErrorKind,
    message: String,
    source: Option<DecodeError>,
}

/// The kind of reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WebhookErrorKind {
    /// The secret cannot be used: it is empty, or no base64.
    Configuration,
    /// A header that the signature needs is missing or cannot be read.
    Header,
    /// No signature is that of the body: it was signed with another secret, or changed on the way.
    Signature,
    /// The time of signing is too long ago, or too far ahead.
    Timestamp,
    /// It was accepted before.
    Replay,
    /// It is genuine, but not what was declared.
    Decode,
}

impl WebhookError {
    pub(super) fn new(kind: WebhookErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), source: None }
    }

    pub(super) fn decode(error: DecodeError) -> Self {
        let message = format!("the webhook is not what was declared: {}", error.message());
        Self { kind: WebhookErrorKind::Decode, message, source: Some(error) }
    }

    /// The kind of reason.
    #[must_use]
    pub fn kind(&self) -> WebhookErrorKind {
        self.kind
    }
}

impl fmt::Display for WebhookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for WebhookError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_ref().map(|it| it as &(dyn std::error::Error + 'static))
    }
}
