//! Why a call failed.

use crate::codec::{Decode, DecodeError, from_slice};
use crate::redact::{excerpt, redact};
use crate::retry::retry_after;
use crate::secret::Secret;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::fmt;
use std::time::Duration;

/// The cause of an error, for `source()`.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The result of a call.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call failed. It is one pointer wide.
pub struct Error(Box<ErrorInner>);

struct ErrorInner {
    kind: ErrorKind,
    message: String,
    operation: &'static str,
    response: Option<ErrorResponse>,
    path: String,
    attempts: Vec<Attempt>,
    budget_exhausted: bool,
    /// The code and the reason that a socket was closed with.
    close: Option<(u16, String)>,
    source: Option<BoxError>,
}

/// The response of a failed call.
struct ErrorResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    /// The start of the body as `Display` shows it, without credentials.
    excerpt: String,
    /// The server's name for the request, likewise.
    request: String,
}

/// The kind of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The client is not set up for the call: a credential, URL or parameter of the client is missing or wrong.
    Configuration,
    /// A required parameter was not set.
    MissingParameter,
    /// A parameter has a value that cannot be sent, such as `..` in a path.
    InvalidParameter,
    /// The connection could not be established; nothing was sent.
    Connect,
    /// TLS failed: an untrusted certificate, another host's, or no common version.
    Tls,
    /// A time limit was reached.
    Timeout,
    /// The connection broke while the request was sent or the response was read.
    Transport,
    /// The server pointed to another place, which is never followed.
    Redirect,
    /// The server responded with an error status.
    Status,
    /// The response is not what the operation declares.
    Decode,
    /// The response is larger than the limit.
    TooLarge,
    /// A stream of events, lines or bytes broke off or held an error.
    Stream,
    /// The server's pages do not end: a cursor came twice or a page that has more is empty.
    Paging,
    /// The server closed a socket with a code that is no normal end: see [`Error::close_code`].
    Closed,
    /// A resource has a state that the one waited for never follows.
    State,
    /// The request body could not be read, or cannot be sent twice.
    Body,
}

/// One attempt at a call.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The status of the response, if there was one.
    pub status: Option<StatusCode>,
    /// The kind of the error.
    pub kind: ErrorKind,
    /// The time that the client waited before the next attempt.
    pub delay: Option<Duration>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        let inner = ErrorInner {
            kind,
            message: message.into(),
            operation: "",
            response: None,
            path: String::new(),
            attempts: Vec::new(),
            budget_exhausted: false,
            close: None,
            source: None,
        };
        Self(Box::new(inner))
    }

    pub(crate) fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn with_message(mut self, message: String) -> Self {
        self.0.message = message;
        self
    }

    pub(crate) fn with_operation(mut self, operation: &'static str) -> Self {
        self.0.operation = operation;
        self
    }

    pub(crate) fn with_attempts(mut self, attempts: Vec<Attempt>) -> Self {
        self.0.attempts = attempts;
        self
    }

    #[cfg(feature = "websocket")]
    pub(crate) fn with_close(mut self, code: u16, reason: String) -> Self {
        self.0.close = Some((code, reason));
        self
    }

    pub(crate) fn with_budget_exhausted(mut self) -> Self {
        self.0.budget_exhausted = true;
        self
    }

    /// Adds the response. Credentials that a server repeats in it are not shown.
    pub(crate) fn with_response(
        mut self,
        status: StatusCode,
        headers: HeaderMap,
        body: Bytes,
        secrets: &[Secret],
    ) -> Self {
        let excerpt = shown(&body, secrets);
        let request = redact(request_id(&headers).unwrap_or_default().to_owned(), secrets);
        self.0.message = redact(self.0.message, secrets);
        self.0.path = redact(self.0.path, secrets);
        self.0.response = Some(ErrorResponse { status, headers, body, excerpt, request });
        self
    }

    pub(crate) fn decode(error: DecodeError) -> Self {
        let message = format!("the response is not what was declared: {}", error.message());
        let mut it = Self::new(ErrorKind::Decode, message);
        it.0.path = error.path();
        it.with_source(error)
    }

    /// The kind of error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The name of the operation; empty for errors outside of a call.
    #[must_use]
    pub fn operation(&self) -> &'static str {
        self.0.operation
    }

    /// The status, if the server responded.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.0.response.as_ref().map(|it| it.status)
    }

    /// The headers, if the server responded.
    #[must_use]
    pub fn headers(&self) -> Option<&HeaderMap> {
        self.0.response.as_ref().map(|it| &it.headers)
    }

    /// The body, if the server responded; for a decode error the whole body.
    #[must_use]
    pub fn body(&self) -> Option<&Bytes> {
        self.0.response.as_ref().map(|it| &it.body)
    }

    /// The body as a type that the document declares for errors.
    ///
    /// # Errors
    /// An empty or missing body, or one that does not fit the type.
    pub fn body_as<T: Decode>(&self) -> Result<T, DecodeError> {
        from_slice(self.body().map_or(&[][..], |it| it))
    }

    /// The server's name for the request: `x-request-id` or a header like it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers()?)
    }

    /// The time that the server asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after(self.headers()?, std::time::SystemTime::now())
    }

    /// The code that the server closed a socket with (RFC 6455, section 7.4).
    #[must_use]
    pub fn close_code(&self) -> Option<u16> {
        self.0.close.as_ref().map(|it| it.0)
    }

    /// The reason that the server closed a socket with, as it was sent; it may be empty.
    #[must_use]
    pub fn close_reason(&self) -> Option<&str> {
        self.0.close.as_ref().map(|it| it.1.as_str())
    }

    /// The path to a decode error in the response, such as `data[3].size`.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        (!self.0.path.is_empty()).then_some(&self.0.path)
    }

    /// The attempts that failed, this one last. More than one means that retries are exhausted.
    #[must_use]
    pub fn attempts(&self) -> &[Attempt] {
        &self.0.attempts
    }

    /// True if the budget of retries kept the call from another attempt: see
    /// [`RetryPolicy::budget`](crate::RetryPolicy::budget).
    #[must_use]
    pub fn is_budget_exhausted(&self) -> bool {
        self.0.budget_exhausted
    }

    /// True if a later attempt of the same call may succeed: the state of network or server is to
    /// blame.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self.0.kind {
            ErrorKind::Connect | ErrorKind::Timeout | ErrorKind::Transport => true,
            ErrorKind::Status => self.status().is_some_and(crate::retry::is_retryable_status),
            // Going away, no code, an internal error, a restart, "try again later", a gateway's error.
            ErrorKind::Closed => {
                matches!(self.close_code(), Some(1001 | 1005 | 1011 | 1012 | 1013 | 1014))
            }
            _ => false,
        }
    }

    /// True if a time limit was reached.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.kind == ErrorKind::Timeout
    }
}

/// Headers in which servers name a request, the most common first.
pub(crate) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let names = ["x-request-id", "request-id", "x-amzn-requestid", "x-correlation-id", "cf-ray"];
    names.iter().find_map(|name| headers.get(*name)?.to_str().ok())
}

/// The number of characters of a body that an error shows.
const SHOWN: usize = 300;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.0;
        if !inner.operation.is_empty() {
            write!(f, "{}: ", inner.operation)?;
        }
        f.write_str(&inner.message)?;
        if !inner.path.is_empty() {
            write!(f, " at `{:.200}`", inner.path)?;
        }
        if inner.attempts.len() > 1 {
            write!(f, " after {} attempts", inner.attempts.len())?;
        }
        if inner.budget_exhausted {
            f.write_str(", and the client's retry budget is spent")?;
        }
        let Some(response) = &inner.response else { return Ok(()) };
        if !response.request.is_empty() {
            write!(f, " (request {:.100})", response.request)?;
        }
        if response.excerpt.is_empty() {
            return Ok(());
        }
        write!(f, ": {}", response.excerpt)
    }
}

/// Bytes of a body that are searched for the excerpt: 1 MiB.
const LOOKED_AT: usize = 1 << 20;

/// The start of a body in one line.
pub(crate) fn shown(body: &[u8], secrets: &[Secret]) -> String {
    let start = &body[..body.len().min(LOOKED_AT)];
    let is_cut = start.len() < body.len();
    let (text, more) = excerpt(&String::from_utf8_lossy(start), secrets, SHOWN, is_cut);
    let mut shown = String::new();
    for symbol in text.chars() {
        match symbol {
            // Quotes are what JSON is made of; the rest might move the cursor of a terminal.
            '"' | '\'' | '\\' => shown.push(symbol),
            other => shown.extend(other.escape_debug()),
        }
    }
    shown + if more { "…" } else { "" }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = f.debug_struct("Error");
        out.field("kind", &self.0.kind).field("message", &format_args!("{self}"));
        if let Some(source) = &self.0.source {
            out.field("source", source);
        }
        out.finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|it| it as &(dyn std::error::Error + 'static))
    }
}
