//! A transport that responds from a script.

use super::mock_response::{InsteadOfResponse, MockResponse};
use super::operation_responses::{OperationAddress, OperationResponses, shown};
use super::recorder::{RecordedRequest, collect};
use crate::future::BoxFuture;
use crate::transport::{
    Body, ByteStream, Request, Response, Transport, TransportError, TransportErrorKind,
};
use bytes::Bytes;
use futures_core::Stream;
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
    /// Responses to the requests of operations.
    by_operation: Vec<OperationResponses>,
    /// Responses to all others.
    responses: VecDeque<MockResponse>,
    /// Gives the last response again and again.
    repeats: bool,
    requests: Vec<RecordedRequest>,
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
        Self(Arc::new(Mutex::new(Script {
            by_operation: Vec::new(),
            responses,
            repeats,
            requests: Vec::new(),
        })))
    }

    /// The number of responses left in the script; a repeated last one stays in it.
    #[must_use]
    pub fn left(&self) -> usize {
        let of_operations =
            |it: &Script| it.by_operation.iter().map(OperationResponses::left).sum::<usize>();
        self.state(|it| it.responses.len() + of_operations(it))
    }

    pub(super) fn add(&self, address: &OperationAddress, response: Option<MockResponse>) {
        self.state(|it| {
            let known = it.by_operation.iter().position(|it| it.address == *address);
            let index = known.unwrap_or_else(|| {
                it.by_operation.push(OperationResponses::new(address.clone()));
                it.by_operation.len() - 1
            });
            let found = &mut it.by_operation[index];
            match response {
                Some(response) => found.responses.push_back(response),
                None => found.repeats = true,
            }
        });
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
            let mut by_operation = it.by_operation.iter_mut();
            let of_operation = by_operation.find(|it| it.address.is_of(&request));
            it.requests.push(request);
            if let Some(response) = of_operation.and_then(OperationResponses::next) {
                return Some(response);
            }
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
            let operation = recorded.operation;
            let Some(scripted) = script.next(recorded) else {
                let count = script.state(|it| it.requests.len());
                let named = match operation {
                    "" => String::new(),
                    name => format!(" of `{name}`"),
                };
                let others = script.state(|it| shown(&it.by_operation));
                panic!(
                    "no response is scripted for request {count}, {method} {path}{named}{others}"
                );
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
    use super::Scripted;
    use crate::testing::response;
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
