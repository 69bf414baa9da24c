//! Futures and streams that are dropped, at each place where they wait.

use super::pages::{CURSOR, Walk};
use super::retries::Empty;
use super::waits::Job;
use super::{POST, SERVICE, get};
use crate::codec::Json;
use crate::future::BoxFuture;
use crate::testing::{MockResponse, Scripted, fault, response};
use crate::transport::{Body, Request, Response, Transport, TransportError};
use crate::{
    BoxError, Builder, Call, Core, ErrorKind, FilePart, Multipart, RequestBody, Secret,
    TokenSource, TransportErrorKind,
};
use bytes::Bytes;
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, Weak};
use std::task::{Context, Poll};
use std::time::Duration;

/// A scripted server that makes one wait for each head and each chunk of a body, and knows how many
/// requests are under way.
#[derive(Clone)]
struct Slow {
    script: Arc<Mutex<Scripted>>,
    /// Whoever is under way holds a weak pointer.
    running: Arc<()>,
}

impl Slow {
    fn new(responses: Vec<MockResponse>) -> Self {
        Self { script: Arc::new(Mutex::new(Scripted::repeating(responses))), running: Arc::new(()) }
    }

    fn client(&self) -> Core {
        let builder = Builder::new(&SERVICE).environment(|_| None).token_source(None, Tokens);
        builder.transport(self.clone()).build().unwrap()
    }

    fn script(&self) -> Scripted {
        self.script.lock().unwrap().clone()
    }

    fn running(&self) -> usize {
        Arc::weak_count(&self.running)
    }
}

impl Transport for Slow {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let (script, running) = (self.script(), Arc::downgrade(&self.running));
        Box::pin(async move {
            tokio::task::yield_now().await;
            let (head, body) = script.send(request).await?.into_parts();
            let body = SlowBody { body, waited: false, _running: running };
            Ok(Response::from_parts(head, Body::stream(Box::pin(body), None)))
        })
    }
}

struct SlowBody {
    body: Body,
    waited: bool,
    _running: Weak<()>,
}

impl Stream for SlowBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.waited = !self.waited;
        if self.waited {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.body.poll_chunk(cx)
    }
}

/// Tokens that have to be waited for.
struct Tokens;

impl TokenSource for Tokens {
    fn token<'a>(&'a self, _: Option<&'a Secret>) -> BoxFuture<'a, Result<Secret, BoxError>> {
        Box::pin(async {
            tokio::task::yield_now().await;
            Ok("canary-7f3a".into())
        })
    }
}

/// Polls some work so many times, and drops it; what it came to, if it was over by then.
async fn cut<T>(work: impl Future<Output = T>, polls: usize) -> Option<T> {
    let (mut work, mut left) = (Box::pin(work), polls);
    poll_fn(|cx| {
        for _ in 0..left.min(1) {
            left -= 1;
            if let Poll::Ready(value) = work.as_mut().poll(cx) {
                return Poll::Ready(Some(value));
            }
        }
        if left == 0 { Poll::Ready(None) } else { Poll::Pending }
    })
    .await
}

/// Some work over several requests.
struct Case {
    name: &'static str,
    responses: Vec<MockResponse>,
    work: fn(Core) -> BoxFuture<'static, ()>,
    /// The number of requests in all.
    requests: usize,
}

fn json(text: &str) -> MockResponse {
    response(200).json(text)
}

/// Three pages, with one failure between them.
fn pages() -> Vec<MockResponse> {
    let page = |id: u8, more: bool| json(&format!(r#"{{"data":["{id}"],"more":{more}}}"#));
    vec![page(1, true), response(503), page(2, true), page(3, false)]
}

/// Two events, with a break and a failure between them.
fn broken_stream() -> Vec<MockResponse> {
    let start = response(200).events("id: 7\ndata: 1\n\n").chunk("da");
    let rest = response(200).events("data: 2\n\n").chunk("data: [DONE]\n\n");
    vec![start.broken(TransportErrorKind::Broken), response(503), rest]
}

async fn call(core: Core) {
    assert_eq!(get(&core).send().await.unwrap()[1], 2);
}

async fn download(core: Core) {
    let download = get(&core).send_bytes().await.unwrap();
    assert_eq!(download.bytes().await.unwrap(), "[1,2]");
}

async fn walk(core: Core) {
    let mut items = core.call(&CURSOR).items::<Walk>();
    for id in ["1", "2", "3"] {
        assert_eq!(items.next().await.unwrap().unwrap(), id);
    }
    assert!(items.next().await.is_none());
}

async fn listen(core: Core) {
    let mut events = get(&core).with_resume(true).send_events::<Json>().await.unwrap();
    for event in [1, 2] {
        assert_eq!(events.next().await.unwrap().unwrap(), event);
    }
    assert!(events.next().await.is_none());
}

async fn wait(core: Core) {
    get(&core).wait_until::<Job>(&"READY").await.unwrap();
}

fn cases() -> Vec<Case> {
    let pair = || json("[1,").chunk("2]");
    let failing = [fault(TransportErrorKind::Broken), response(401), pair()].to_vec();
    let states = [r#"{"state":"NEW"}"#, "{}", r#"{"state":"READY"}"#].map(json).to_vec();
    let case = |name, responses, work, requests| Case { name, responses, work, requests };
    vec![
        case("a call", vec![pair()], |it| Box::pin(call(it)), 1),
        case("a call that is tried again, with another token", failing, |it| Box::pin(call(it)), 3),
        case("a download", vec![pair()], |it| Box::pin(download(it)), 1),
        case("a walk over pages", pages(), |it| Box::pin(walk(it)), 4),
        case("a stream that is gone on with", broken_stream(), |it| Box::pin(listen(it)), 3),
        case("waiting for a state", states, |it| Box::pin(wait(it)), 3),
    ]
}

#[tokio::test(start_paused = true)]
async fn what_is_dropped_anywhere_leaves_nothing_running_and_the_client_at_work() {
    for case in cases() {
        for polls in 0.. {
            let place = format!("{}, after {polls} polls", case.name);
            let server = Slow::new(case.responses.clone());
            let core = server.client();
            let over = cut((case.work)(core.clone()), polls).await.is_some();
            let sent = server.script().requests().len();
            assert_eq!(server.running(), 0, "{place}: requests under way");
            // Work that was left behind would have the time to do something.
            tokio::time::sleep(Duration::from_secs(600)).await;
            let tasks = tokio::runtime::Handle::current().metrics().num_alive_tasks();
            assert_eq!((server.script().requests().len(), tasks), (sent, 0), "{place}");
            *server.script.lock().unwrap() = Scripted::repeating([json("true")]);
            assert_eq!(get(&core).send().await.unwrap(), true, "{place}: the next call");
            if over {
                assert_eq!(sent, case.requests, "{}", case.name);
                // Each request is waited for at its token, its head and its body.
                assert!(polls > 2 * sent, "{} waits {polls} times", case.name);
                break;
            }
            assert!(polls < 100, "{} does not end", case.name);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_item_or_event_whose_future_was_dropped_comes_with_the_next() {
    let server = Slow::new(pages());
    let (mut items, mut found) = (server.client().call(&CURSOR).items::<Walk>(), Vec::new());
    loop {
        match cut(items.next(), 1).await {
            Some(Some(item)) => found.push(item.unwrap()),
            Some(None) => break,
            None => tokio::time::sleep(Duration::from_secs(1)).await,
        }
    }
    assert_eq!(
        (found, server.script().requests().len()),
        (vec!["1".into(), "2".into(), "3".into()], 4)
    );

    let server = Slow::new(broken_stream());
    let call = get(&server.client()).with_resume(true);
    let (mut events, mut found) = (call.send_events::<Json>().await.unwrap(), Vec::new());
    loop {
        match cut(events.next(), 1).await {
            Some(Some(event)) => found.push(event.unwrap().into_data()),
            Some(None) => break,
            None => tokio::time::sleep(Duration::from_secs(1)).await,
        }
    }
    assert_eq!((found, server.script().requests().len()), (vec![Json::from(1), 2.into()], 3));
}

/// Gives a call a body.
type Set = fn(Call, RequestBody, Multipart) -> Call;

#[tokio::test(start_paused = true)]
async fn a_stream_whose_request_cannot_be_sent_again_is_not_gone_on_with() {
    let once = || RequestBody::stream(Empty, Some(0));
    let mut form = Multipart::new();
    form.file("file", FilePart::stream("a.wav", Empty, Some(0)));
    let ways: [(Set, usize); 3] = [
        (|call, body, _| call.bytes("text/plain", body), 1),
        (|call, _, form| call.multipart(form), 1),
        (|call, _, _| call.bytes("text/plain", "again"), 2),
    ];
    for (set, requests) in ways {
        let mut responses = broken_stream();
        responses.remove(1);
        let server = Slow::new(responses);
        let call = set(server.client().call(&POST), once(), form.clone()).with_resume(true);
        let mut events = call.send_events::<Json>().await.unwrap();
        assert_eq!(events.next().await.unwrap().unwrap(), 1);
        let next = events.next().await.unwrap();
        assert_eq!(next.err().map(|it| it.kind()), (requests == 1).then_some(ErrorKind::Stream));
        assert_eq!(server.script().requests().len(), requests);
    }
}
