//! Responses of a script, and faults in their place.

use crate::transport::TransportErrorKind;
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

/// One response of a script.
#[derive(Clone, Debug)]
pub struct MockResponse {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) chunks: Vec<Result<Bytes, TransportErrorKind>>,
    pub(super) instead: Option<InsteadOfResponse>,
    #[cfg(feature = "websocket")]
    pub(super) socket: Option<super::ScriptedSocket>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum InsteadOfResponse {
    Fault(TransportErrorKind),
    Hang,
}

/// A response with a status and no body.
///
/// # Panics
/// If the status is not from 100 to 999.
#[must_use]
pub fn response(status: u16) -> MockResponse {
    let status = StatusCode::from_u16(status).expect("a status is from 100 to 999");
    MockResponse {
        status,
        headers: HeaderMap::new(),
        chunks: Vec::new(),
        instead: None,
        #[cfg(feature = "websocket")]
        socket: None,
    }
}

/// No response: the transport fails.
#[must_use]
pub fn fault(kind: TransportErrorKind) -> MockResponse {
    MockResponse { instead: Some(InsteadOfResponse::Fault(kind)), ..response(200) }
}

/// No response, ever.
#[must_use]
pub fn hang() -> MockResponse {
    MockResponse { instead: Some(InsteadOfResponse::Hang), ..response(200) }
}

impl MockResponse {
    /// Adds a header.
    ///
    /// # Panics
    /// If name or value are not valid for a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name: HeaderName = name.parse().expect("a test names a header");
        self.headers.append(name, HeaderValue::from_str(value).expect("a test gives a header"));
        self
    }

    /// Sets a body of JSON.
    #[must_use]
    pub fn json(self, text: &str) -> Self {
        self.header("content-type", "application/json").chunk(text.to_owned())
    }

    /// Sets a body of server-sent events, as they are on the wire.
    #[must_use]
    pub fn events(self, text: &str) -> Self {
        self.header("content-type", "text/event-stream").chunk(text.to_owned())
    }

    /// Agrees to open a socket, for a response with status 101. A header set before takes the place of the
    /// handshake's own.
    #[cfg(feature = "websocket")]
    #[must_use]
    pub fn socket(mut self, socket: &super::ScriptedSocket) -> Self {
        self.socket = Some(socket.clone());
        self
    }

    /// Adds a chunk to the body.
    #[must_use]
    pub fn chunk(mut self, bytes: impl Into<Bytes>) -> Self {
        self.chunks.push(Ok(bytes.into()));
        self
    }

    /// Breaks the body off.
    #[must_use]
    pub fn broken(mut self, kind: TransportErrorKind) -> Self {
        self.chunks.push(Err(kind));
        self
    }
}
