//! A transport that responds from a script.

use super::recorder::{RecordedRequest, collect};
use crate::future::BoxFuture;
use crate::transport::{
    Body, ByteStream, Request, Response, Transport, TransportError, TransportErrorKind,
};
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

/// A transport that returns scripted responses in order and keeps the requests. Clones share both.
///
/// A request without a scripted response panics, so that the test fails and names it. Retries are
/// requests, too: script each of them, or use [`repeating`](Self::repeating).
#[derive(Clone, Debug)]
pub struct Scripted(Arc<Mutex<Script>>);

#[derive(Debug)]
struct Script {
    responses: VecDeque<MockResponse>,
    /// Gives the last response again and again.
    repeats: bool,
    requests: Vec<RecordedRequest>,
}

/// One response of a script.
#[derive(Clone, Debug)]
pub struct MockResponse {
    status: StatusCode,
    headers: HeaderMap,
    chunks: Vec<Result<Bytes, TransportErrorKind>>,
    instead: Option<InsteadOfResponse>,
    #[cfg(feature = "websocket")]
    socket: Option<super::ScriptedSocket>,
}

#[derive(Clone, Copy, Debug)]
enum InsteadOfResponse {
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

impl Scripted {
    /// A transport with these responses and no more.
    #[must_use]
    pub fn new(responses: impl IntoIterator<Item = MockResponse>) -> Self {
        Self::with(responses, false)
    }

    /// A transport with these responses, of which the last is repeated.
    #[must_use]
    pub fn repeating(responses: impl IntoIterator<Item = MockResponse>) -> Self {
        Self::with(responses, true)
    }

    fn with(responses: impl IntoIterator<Item = MockResponse>, repeats: bool) -> Self {
        let responses = responses.into_iter().collect();
        Self(Arc::new(Mutex::new(Script { responses, repeats, requests: Vec::new() })))
    }

    /// The number of responses left in the script; a repeated last one stays in it.
    #[must_use]
    pub fn left(&self) -> usize {
        self.state(|it| it.responses.len())
    }

    /// The requests so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.state(|it| it.requests.clone())
    }

    fn state<T>(&self, change: impl FnOnce(&mut Script) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The response to a request, if one is scripted.
    fn next(&self, request: RecordedRequest) -> Option<MockResponse> {
        self.state(|it| {
            it.requests.push(request);
            match it.responses.len() {
                1 if it.repeats => it.responses.front().cloned(),
                _ => it.responses.pop_front(),
            }
        })
    }
}

/// # Panics
/// At a request for which there is no response.
impl Transport for Scripted {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let script = self.clone();
        Box::pin(async move {
            let recorded = collect(request).await?;
            #[cfg(feature = "websocket")]
            let offer = recorded.headers.clone();
            let (method, path) = (recorded.method.clone(), recorded.uri.path().to_owned());
            let Some(scripted) = script.next(recorded) else {
                let count = script.state(|it| it.requests.len());
                panic!("no response is scripted for request {count}, {method} {path}");
            };
            match scripted.instead {
                None => {}
                Some(InsteadOfResponse::Fault(kind)) => {
                    return Err(TransportError::new(kind, "a fault of the script"));
                }
                Some(InsteadOfResponse::Hang) => std::future::pending().await,
            }
            let stream: ByteStream = Box::pin(Chunks(scripted.chunks.into()));
            let mut response = Response::new(Body::stream(stream, None));
            *response.status_mut() = scripted.status;
            *response.headers_mut() = scripted.headers;
            #[cfg(feature = "websocket")]
            if let Some(socket) = &scripted.socket {
                socket.accept(&offer, &mut response);
            }
            Ok(response)
        })
    }
}

struct Chunks(VecDeque<Result<Bytes, TransportErrorKind>>);

impl Stream for Chunks {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = self.0.pop_front();
        Poll::Ready(
            chunk.map(|it| it.map_err(|kind| TransportError::new(kind, "a fault of the script"))),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Scripted, response};
    use crate::tests::now;
    use crate::transport::{Body, Request, Transport as _};

    fn request(path: &str) -> Request {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = format!("https://api.example.com{path}?key=secret").parse().unwrap();
        request
    }

    #[test]
    #[should_panic(expected = "no response is scripted for request 2, GET /b")]
    fn a_request_that_nobody_scripted_panics_with_its_name() {
        let server = Scripted::new([response(204)]);
        assert_eq!(server.left(), 1);
        now(server.send(request("/a"))).unwrap();
        assert_eq!(server.left(), 0);
        let _ = now(server.send(request("/b")));
    }

    #[test]
    #[should_panic(expected = "request 1, GET /a")]
    fn an_empty_script_gives_nothing_even_if_it_repeats() {
        let _ = now(Scripted::repeating([]).send(request("/a")));
    }

    #[test]
    fn the_last_response_is_repeated_only_if_that_is_wanted() {
        let server = Scripted::repeating([response(204), response(500)]);
        let statuses =
            [204, 500, 500].map(|it| (it, now(server.send(request("/a"))).unwrap().status()));
        assert!(statuses.iter().all(|(wanted, found)| found.as_u16() == *wanted));
        assert_eq!(server.requests().len(), 3);
    }
}
