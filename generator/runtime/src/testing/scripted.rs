//! A transport that answers from a script.

use super::recorder::{Recorded, collect};
use crate::transport::{
    Body, BoxFuture, ByteStream, Request, Response, Transport, TransportError, TransportErrorKind,
};
use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

/// A transport that gives one answer after the other and keeps the requests. Clones share both.
#[derive(Clone, Debug)]
pub struct Scripted(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    answers: VecDeque<Answer>,
    last: Option<Answer>,
    requests: Vec<Recorded>,
}

/// One answer of a script.
#[derive(Clone, Debug)]
pub struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    chunks: Vec<Result<Bytes, TransportErrorKind>>,
    instead: Option<Instead>,
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
    Answer { status, headers: HeaderMap::new(), chunks: Vec::new(), instead: None }
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
    /// A transport that gives these answers, and the last of them from then on.
    #[must_use]
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let state =
            State { answers: answers.into_iter().collect(), last: None, requests: Vec::new() };
        Self(Arc::new(Mutex::new(state)))
    }

    /// The requests so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.state(|it| it.requests.clone())
    }

    fn state<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        change(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn next(&self) -> Answer {
        self.state(|it| {
            let answer =
                it.answers.pop_front().or_else(|| it.last.clone()).unwrap_or_else(|| answer(500));
            it.last = Some(answer.clone());
            answer
        })
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let script = self.clone();
        Box::pin(async move {
            let recorded = collect(request).await?;
            script.state(|it| it.requests.push(recorded));
            let answer = script.next();
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
