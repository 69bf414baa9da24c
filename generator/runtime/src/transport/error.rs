//! Why a request got no response, and what a call makes of that.

use crate::error::{BoxError, Error, ErrorKind};
use crate::redact::redact;
use crate::secret::Secret;
use http::Uri;
use std::fmt;

/// Why a request got no response, or a response no end.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
    proxy: Option<Box<str>>,
}

/// The kind of error that a transport met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The connection could not be established; the server saw nothing of the request.
    Connect,
    /// Connecting took too long: the server saw nothing of the request.
    ConnectTimeout,
    /// TLS failed: the server saw nothing of the request.
    Tls,
    /// A time limit of the transport's own was reached.
    Timeout,
    /// The request body could not be read.
    RequestBody,
    /// The response cannot be understood: broken compression or broken HTTP.
    Malformed,
    /// The connection broke.
    Broken,
}

impl TransportError {
    /// An error and its cause.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self { kind, source: source.into(), proxy: None }
    }

    /// Names the proxy through which the request was to go, as `host:port`.
    #[must_use]
    pub fn with_proxy(self, proxy: &str) -> Self {
        Self { proxy: Some(proxy.into()), ..self }
    }

    /// The proxy through which the request was to go.
    pub fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref()
    }

    /// The kind of error.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// True if the server saw nothing of the request.
    fn is_before_request(&self) -> bool {
        use TransportErrorKind::{Connect, ConnectTimeout, Tls};
        matches!(self.kind, Connect | ConnectTimeout | Tls)
    }

    /// The first cause: the error behind all others.
    fn cause(&self) -> &(dyn std::error::Error + 'static) {
        let mut cause: &(dyn std::error::Error + 'static) = &*self.source;
        while let Some(next) = behind(cause) {
            cause = next;
        }
        cause
    }

    fn error_kind(&self) -> ErrorKind {
        match self.kind {
            TransportErrorKind::Connect => ErrorKind::Connect,
            TransportErrorKind::ConnectTimeout | TransportErrorKind::Timeout => ErrorKind::Timeout,
            TransportErrorKind::Tls => ErrorKind::Tls,
            TransportErrorKind::RequestBody => ErrorKind::Body,
            TransportErrorKind::Malformed => ErrorKind::Decode,
            TransportErrorKind::Broken => ErrorKind::Transport,
        }
    }
}

/// The error behind an error. An `io::Error` hides the one that it wraps from `source`.
pub(crate) fn behind<'e>(
    error: &'e (dyn std::error::Error + 'static),
) -> Option<&'e (dyn std::error::Error + 'static)> {
    match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::ConnectTimeout => "connecting took too long",
            TransportErrorKind::Tls => "TLS failed",
            TransportErrorKind::Timeout => "the transport's time limit was reached",
            TransportErrorKind::RequestBody => "the request body could not be read",
            TransportErrorKind::Malformed => "the response cannot be understood",
            TransportErrorKind::Broken => "the connection broke",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}

/// A transport's error as a call's.
pub(crate) fn from_transport(error: TransportError) -> Error {
    Error::new(error.error_kind(), error.to_string()).with_source(error)
}

/// Converts the error of one attempt. If no connection was established, the message names the host and the first
/// cause.
pub(crate) fn broken(
    error: TransportError,
    url: Option<&Uri>,
    secrets: impl FnOnce() -> Vec<Secret>,
) -> Error {
    let host = url.and_then(Uri::authority).filter(|_| error.is_before_request());
    let Some(host) = host else { return from_transport(error) };
    let (cause, secrets) = (error.cause().to_string(), secrets());
    let through = error.proxy().map(|it| format!(" through the proxy `{it}`")).unwrap_or_default();
    let message = format!("{error} to `{host}`{through}: {:.300}", redact(cause, &secrets));
    Error::new(error.error_kind(), message).with_source(error)
}
