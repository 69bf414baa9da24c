//! Responses, before and after they are read.

use crate::call::{RequestParts, secrets};
use crate::codec::{Decode, DecodeError, DecodedAs, ReadAs, from_slice, from_slice_lenient};
use crate::error::{Attempt, Error, ErrorKind, Result, request_id};
use crate::redact::redact;
use crate::secret::Secret;
use crate::transport::Body;
use crate::uri::Url;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{Extensions, HeaderMap, StatusCode};
use serde::de::DeserializeOwned;
use std::fmt;

/// The way in which the body of a response is received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyMode {
    /// The whole body of a success.
    Buffered,
    /// The body of a success as it arrives.
    Streamed,
    /// The whole body of any response.
    Raw,
    /// The connection itself, which the server agrees to speak another protocol on.
    #[cfg(feature = "websocket")]
    Upgraded,
}

impl BodyMode {
    /// True for statuses that are a success.
    pub(crate) fn accepts(self, status: StatusCode) -> bool {
        match self {
            Self::Buffered | Self::Streamed | Self::Raw => status.is_success(),
            #[cfg(feature = "websocket")]
            Self::Upgraded => status == StatusCode::SWITCHING_PROTOCOLS,
        }
    }

    pub(crate) fn is_streamed(self) -> bool {
        match self {
            Self::Buffered | Self::Raw => false,
            Self::Streamed => true,
            #[cfg(feature = "websocket")]
            Self::Upgraded => true,
        }
    }

    pub(crate) fn accepts_error_status(self) -> bool {
        self == Self::Raw
    }
}

/// A response as it came.
pub(crate) struct ResponseParts {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) content: Content,
    /// Tokens of the request besides the client's own credentials, which errors and logs leave out.
    pub(crate) tokens: Vec<Secret>,
    /// Data that the transport adds to the response, such as its connection.
    #[cfg_attr(not(feature = "websocket"), expect(dead_code, reason = "only sockets need it"))]
    pub(crate) extensions: Extensions,
}

pub(crate) enum Content {
    Bytes(Bytes),
    Stream(Body),
}

/// A response together with its call, from which formats read the value.
pub struct ReceivedResponse {
    pub(crate) parts: ResponseParts,
    pub(crate) call: Box<RequestParts>,
    pub(crate) attempts: Vec<Attempt>,
}

impl ReceivedResponse {
    pub(crate) fn new(
        parts: ResponseParts,
        call: Box<RequestParts>,
        attempts: Vec<Attempt>,
    ) -> Self {
        Self { parts, call, attempts }
    }

    /// The body, which was received as a whole.
    pub(crate) fn bytes(&self) -> &Bytes {
        static EMPTY: Bytes = Bytes::new();
        match &self.parts.content {
            Content::Bytes(bytes) => bytes,
            Content::Stream(_) => &EMPTY,
        }
    }

    /// Reads the body as JSON.
    pub(crate) fn json<T: Decode>(&self) -> Result<T> {
        from_slice(self.bytes()).map_err(|error| self.undecodable(error))
    }

    /// Reads the body as JSON by a codec.
    pub(crate) fn json_as<C: ReadAs<T>, T: Send>(&self) -> Result<T> {
        self.json::<DecodedAs<C, T>>().map(DecodedAs::into_value)
    }

    /// Reads the body of a success as JSON, by serde.
    pub(crate) fn foreign<T: DeserializeOwned>(&self) -> Result<T> {
        if !self.parts.status.is_success() {
            return Err(self.error_response());
        }
        match &self.parts.content {
            Content::Bytes(bytes) => serde_json::from_slice(bytes)
                .map_err(|error| self.undecodable(DecodeError::of_text(error.to_string()))),
            Content::Stream(_) => Err(self.explain(Error::new(
                ErrorKind::Decode,
                "the response comes as a stream, which is read by its own type alone",
            ))),
        }
    }

    /// The secrets that errors must not show.
    pub(crate) fn secrets(&self) -> Vec<Secret> {
        secrets(&self.call, &self.parts.tokens)
    }

    #[cold]
    pub(crate) fn undecodable(&self, error: DecodeError) -> Error {
        self.explain(Error::decode(error.redacted(&self.secrets())))
    }

    /// Adds the response to an error.
    pub(crate) fn explain(&self, error: Error) -> Error {
        error.with_operation(self.call.operation.id).with_response(
            self.parts.status,
            self.parts.headers.clone(),
            self.bytes().clone(),
            &self.secrets(),
        )
    }

    /// The error for a status that is no success, or none that was declared.
    pub(crate) fn error_response(&self) -> Error {
        let (parts, core) = (&self.parts, &self.call.core);
        let error = error_response(
            parts.status,
            &parts.headers,
            self.bytes(),
            &self.secrets(),
            &core.0.server.base,
        );
        error.with_operation(self.call.operation.id).with_attempts(self.attempts.clone())
    }

    /// The same response, to explain errors with while this one is read.
    pub(crate) fn copy(&self) -> Self {
        let parts = ResponseParts {
            status: self.parts.status,
            headers: self.parts.headers.clone(),
            content: Content::Bytes(self.bytes().clone()),
            tokens: self.parts.tokens.clone(),
            extensions: Extensions::new(),
        };
        Self::new(parts, self.call.clone(), self.attempts.clone())
    }

    pub(crate) fn head(&self) -> ResponseHead {
        ResponseHead {
            status: self.parts.status,
            headers: self.parts.headers.clone(),
            attempts: self.attempts.len() + 1,
        }
    }
}

/// The error for a status that is no success.
pub(crate) fn error_response(
    status: StatusCode,
    headers: &HeaderMap,
    body: &Bytes,
    secrets: &[Secret],
    url: &str,
) -> Error {
    let error = match target(status, headers, url) {
        // Secrets are taken out before the rest is cut.
        Some(host) => Error::new(
            ErrorKind::Redirect,
            format!(
                "status {}: the server points to `{:.200}`, which is not followed",
                status.as_u16(),
                redact(host, secrets)
            ),
        ),
        None => Error::new(ErrorKind::Status, format!("status {status}")),
    };
    let body = match is_event_stream(headers) {
        true => first_event(body),
        false => body.clone(),
    };
    error.with_response(status, headers.clone(), body, secrets)
}

fn is_event_stream(headers: &HeaderMap) -> bool {
    let mime = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    mime.is_some_and(|it| it.trim_start().starts_with("text/event-stream"))
}

/// The data of the first event: of a stream in the place of an error, what is wrong. A body without one stays.
fn first_event(body: &Bytes) -> Bytes {
    let text = String::from_utf8_lossy(body);
    let mut data = Vec::new();
    for line in text.lines() {
        match line.strip_prefix("data:") {
            Some(rest) => data.push(rest.strip_prefix(' ').unwrap_or(rest)),
            None if line.is_empty() && !data.is_empty() => break,
            None => {}
        }
    }
    if data.is_empty() { body.clone() } else { Bytes::from(data.join("\n")) }
}

/// The host that a redirect names.
fn target(status: StatusCode, headers: &HeaderMap, url: &str) -> Option<String> {
    if !matches!(status.as_u16(), 300..=303 | 305..=308) {
        return None;
    }
    let location = headers.get(LOCATION).and_then(|it| it.to_str().ok()).unwrap_or_default();
    let target = Url::parse(url).and_then(|base| base.join(location));
    Some(target.map_or_else(|| "nowhere".to_owned(), |it| it.host().to_owned()))
}

/// The head of a response.
#[derive(Clone, Debug)]
pub(crate) struct ResponseHead {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) attempts: usize,
}

/// A value with the status and headers that it came with.
#[derive(Clone, Debug)]
pub struct WithMeta<T> {
    value: T,
    head: ResponseHead,
}

impl<T> WithMeta<T> {
    pub(crate) fn new(value: T, head: ResponseHead) -> Self {
        Self { value, head }
    }

    /// The value.
    pub fn value(&self) -> &T {
        &self.value
    }

    /// The value.
    pub fn into_value(self) -> T {
        self.value
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The server's name for the request: `x-request-id` or a header like it.
    pub fn request_id(&self) -> Option<&str> {
        request_id(&self.head.headers)
    }

    /// The number of attempts it took.
    pub fn attempts(&self) -> usize {
        self.head.attempts
    }
}

/// Status, headers and bytes of a response, whatever the status is.
#[derive(Clone)]
pub struct RawResponse {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
}

impl RawResponse {
    pub(crate) fn new(response: ReceivedResponse) -> Self {
        let body = response.bytes().clone();
        Self { status: response.parts.status, headers: response.parts.headers, body }
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The value of `Content-Type`.
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// The body.
    pub fn bytes(&self) -> &Bytes {
        &self.body
    }

    /// The body.
    pub fn into_bytes(self) -> Bytes {
        self.body
    }

    /// The body as text; what is not UTF-8 becomes `U+FFFD`.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Errors
    /// A body that does not fit the type.
    pub fn json<T: Decode>(&self) -> Result<T, DecodeError> {
        from_slice(&self.body)
    }

    /// The body as JSON without the items of lists that do not fit the type, and their errors.
    ///
    /// # Errors
    /// A body that does not fit the type outside of its lists.
    pub fn json_lenient<T: Decode>(&self) -> Result<(T, Vec<DecodeError>), DecodeError> {
        from_slice_lenient(&self.body)
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status)
            .field("bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}
