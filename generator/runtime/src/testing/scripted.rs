//! A transport that answers from a script.

use super::recorder::{Recorded, collect};
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

/// A transport that gives one answer after the other and keeps the requests. Clones share both.
///
/// A request that nobody scripted an answer for panics, so that the test fails and names it. Retries are
/// requests, too: script each of them, or use [`repeating`](Self::repeating).
#[derive(Clone, Debug)]
pub struct Scripted(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    answers: VecDeque<Answer>,
    /// Gives the last response again and again.
    repeats: bool,
    requests: Vec<Recorded>,
}

/// One answer of a script.
#[derive(Clone, Debug)]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    chunks: Vec<Result<Bytes, TransportErrorKind>>,
    instead: Option<Instead>,
    #[cfg(feature = "websocket")]
    socket: Option<super::ScriptedSocket>,
}

#[derive(Clone, Copy, Debug)]
enum Instead {
    Fault(TransportErrorKind),
    Hang,
}

/// An answer with a status and no body.
///
/// # Panics
/// If the status is not from 100 to 999.
#[must_use]
pub fn answer(status: u16) -> Answer {
    let status = StatusCode::from_u16(status).expect("a status is from 100 to 999");
    Answer {
        status,
        headers: HeaderMap::new(),
        chunks: Vec::new(),
        instead: None,
        #[cfg(feature = "websocket")]
        socket: None,
    }
}

/// No answer: the transport fails.
#[must_use]
pub fn fault(kind: TransportErrorKind) -> Answer {
    Answer { instead: Some(Instead::Fault(kind)), ..answer(200) }
}

/// No answer, ever.
#[must_use]
pub fn hang() -> Answer {
    Answer { instead: Some(Instead::Hang), ..answer(200) }
}

impl Answer {
    /// Adds a header.
    ///
    /// # Panics
    /// If name or value are none of a header.
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

    /// Sets a body of server-sent events, as they stand on the wire.
    #[must_use]
    pub fn events(self, text: &str) -> Self {
        self.header("content-type", "text/event-stream").chunk(text.to_owned())
    }

    /// Agrees to open a socket, for an answer with status 101. A header set before takes the place of the
    /// handshake's own.
    #[cfg(feature = "websocket")]
    #[must_use]
    pub fn socket(mut self, socket: &super::ScriptedSocket) -> Self {
        self.socket = Some(socket.clone());
        self
    }

    /// Adds a piece to the body.
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
    /// A transport that gives these answers and no more.
    #[must_use]
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::with(answers, false)
    }

    /// A transport that gives these answers, and the last of them from then on.
    #[must_use]
    pub fn repeating(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self::with(answers, true)
    }

    fn with(answers: impl IntoIterator<Item = Answer>, repeats: bool) -> Self {
        let answers = answers.into_iter().collect();
        Self(Arc::new(Mutex::new(State { answers, repeats, requests: Vec::new() })))
    }

    /// The number of responses left in the script; a repeated last one stays in it.
    #[must_use]
    pub fn left(&self) -> usize {
        self.state(|it| it.answers.len())
    }

    /// The requests so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.state(|it| it.requests.clone())
    }

    fn state<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The answer to a request; none if nobody scripted one.
    fn next(&self, request: Recorded) -> Option<Answer> {
        self.state(|it| {
            it.requests.push(request);
            match it.answers.len() {
                1 if it.repeats => it.answers.front().cloned(),
                _ => it.answers.pop_front(),
            }
        })
    }
}

/// # Panics
/// At a request for which there is no answer.
impl Transport for Scripted {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let script = self.clone();
        Box::pin(async move {
            let recorded = collect(request).await?;
            #[cfg(feature = "websocket")]
            let offer = recorded.headers.clone();
            let (method, path) = (recorded.method.clone(), recorded.uri.path().to_owned());
            let Some(answer) = script.next(recorded) else {
                let count = script.state(|it| it.requests.len());
                panic!("no answer is scripted for request {count}, {method} {path}");
            };
            match answer.instead {
                None => {}
                Some(Instead::Fault(kind)) => {
                    return Err(TransportError::new(kind, "a fault of the script"));
                }
                Some(Instead::Hang) => std::future::pending().await,
            }
            let stream: ByteStream = Box::pin(Chunks(answer.chunks.into()));
            let mut response = Response::new(Body::stream(stream, None));
            *response.status_mut() = answer.status;
            *response.headers_mut() = answer.headers;
            #[cfg(feature = "websocket")]
            if let Some(socket) = &answer.socket {
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
    use super::{Scripted, answer};
    use crate::tests::now;
    use crate::transport::{Body, Request, Transport as _};

    fn request(path: &str) -> Request {
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = format!("https://api.example.com{path}?key=secret").parse().unwrap();
        request
    }

    #[test]
    #[should_panic(expected = "no answer is scripted for request 2, GET /b")]
    fn a_request_that_nobody_scripted_panics_with_its_name() {
        let server = Scripted::new([answer(204)]);
        assert_eq!(server.left(), 1);
        now(server.send(request("/a"))).unwrap();
        assert_eq!(server.left(), 0);
        let _ = now(server.send(request("/b")));
    }

    #[test]
    #[should_panic(expected = "request 1, GET /a")]
    fn an_empty_script_answers_nothing_even_if_it_repeats() {
        let _ = now(Scripted::repeating([]).send(request("/a")));
    }

    #[test]
    fn the_last_answer_is_repeated_only_if_that_is_wanted() {
        let server = Scripted::repeating([answer(204), answer(500)]);
        let statuses =
            [204, 500, 500].map(|it| (it, now(server.send(request("/a"))).unwrap().status()));
        assert!(statuses.iter().all(|(wanted, found)| found.as_u16() == *wanted));
        assert_eq!(server.requests().len(), 3);
    }
}
