//! Limits on time: of what does not move, and of the whole.

use super::{builder, get, json, now, post};
use crate::codec::Json;
use crate::testing::{Scripted, TestClock, response};
use crate::{
    Body, BoxFuture, Builder, Core, ErrorKind, Request, RequestBody, Response, Timer, Transport,
    TransportError,
};
use bytes::Bytes;
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

const SECOND: Duration = Duration::from_secs(1);

/// tokio's clock, which a test stops.
struct Paused;

impl Timer for Paused {
    fn now(&self) -> Instant {
        tokio::time::Instant::now().into_std()
    }

    fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}

/// Pieces, each after a pause, and then silence or the end.
struct Drip {
    left: usize,
    pause: Duration,
    sleep: Option<Pin<Box<tokio::time::Sleep>>>,
    is_silent_then: bool,
}

fn drip(chunks: usize, pause: Duration, is_silent_then: bool) -> Drip {
    Drip { left: chunks, pause, sleep: None, is_silent_then }
}

impl Drip {
    fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        if self.left == 0 {
            return if self.is_silent_then { Poll::Pending } else { Poll::Ready(None) };
        }
        let pause = self.pause;
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(tokio::time::sleep(pause)));
        std::task::ready!(sleep.as_mut().poll(cx));
        (self.sleep, self.left) = (None, self.left - 1);
        Poll::Ready(Some(Bytes::from_static(b"1")))
    }
}

impl Stream for Drip {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx).map(|it| it.map(Ok))
    }
}

/// The same as what a caller sends.
struct Sent(Drip);

impl Stream for Sent {
    type Item = std::io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_chunk(cx).map(|it| it.map(Ok))
    }
}

/// Takes the body of a request, waits, and gives a status and a body.
struct Server {
    status: u16,
    before_head: Duration,
    body: fn() -> Drip,
}

impl Transport for Server {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let (status, before_head, body) = (self.status, self.before_head, (self.body)());
        Box::pin(async move {
            let mut sent = request.into_body();
            // A connection takes the body in a task of its own, whatever waits for the head.
            let taken = tokio::spawn(async move {
                while let Some(chunk) = sent.chunk().await {
                    chunk?;
                }
                Ok::<_, TransportError>(())
            });
            taken.await.unwrap()?;
            tokio::time::sleep(before_head).await;
            let mut response = Response::new(Body::stream(Box::pin(body), None));
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            Ok(response)
        })
    }
}

fn core(server: Server, set: impl FnOnce(Builder) -> Builder) -> Core {
    let builder = Builder::new(&super::SERVICE).environment(|_| None).timer(Paused);
    let builder = builder.credential("Token", "canary-7f3a").transport(server).max_retries(0);
    set(builder.timeout(SECOND).stall_timeout(SECOND)).build().unwrap()
}

fn slow(chunks: usize) -> RequestBody {
    RequestBody::streams(move || Sent(drip(chunks, SECOND / 2, false)), None)
}

#[tokio::test(start_paused = true)]
async fn what_moves_may_take_longer_than_a_try() {
    let server =
        Server { status: 200, before_head: SECOND / 2, body: || drip(20, SECOND / 2, false) };
    let core = core(server, |it| it);
    let start = tokio::time::Instant::now();
    let value = core.call(&super::POST).bytes("text/plain", slow(20)).send().await.unwrap();
    assert_eq!(value.to_string(), "1".repeat(20));
    assert!(start.elapsed() > 20 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn the_head_of_a_response_is_a_movement() {
    let before_head = SECOND * 7 / 10;
    let server = Server { status: 200, before_head, body: || drip(1, SECOND / 2, false) };
    let sent = RequestBody::from("a");
    assert!(
        core(server, |it| it).call(&super::POST).bytes("text/plain", sent).send().await.is_ok()
    );
}

#[tokio::test(start_paused = true)]
async fn a_body_of_no_bytes_that_does_not_end_is_a_timeout() {
    let server = Server { status: 200, before_head: SECOND / 2, body: || drip(0, SECOND, false) };
    let sent = RequestBody::streams(|| Sent(drip(0, SECOND, true)), Some(0));
    let core = core(server, |it| it);
    let sent = core.call(&super::POST).bytes("text/plain", sent).send();
    let error = tokio::time::timeout(9 * SECOND, sent).await.expect("it ends").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
}

#[tokio::test(start_paused = true)]
async fn what_does_not_move_ends_after_the_limit_and_no_later() {
    let silent: fn() -> Drip = || drip(3, SECOND / 2, true);
    let quick: fn() -> Drip = || drip(1, SECOND / 2, false);
    let stuck = || RequestBody::streams(|| Sent(drip(3, SECOND / 2, true)), None);
    let cases = [
        ("the body of the request", stuck(), Duration::ZERO, quick, 2.5),
        ("the head", slow(3), 9 * SECOND, quick, 2.5),
        ("the body of the response", slow(0), Duration::ZERO, silent, 2.5),
    ];
    for (what, sent, before_head, body, seconds) in cases {
        let core = core(Server { status: 200, before_head, body }, |it| it);
        let start = tokio::time::Instant::now();
        let error = core.call(&super::POST).bytes("text/plain", sent).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{what}");
        assert!(error.to_string().contains("nothing was sent or received for 1s"), "{error}");
        let took = start.elapsed().as_secs_f64();
        assert!((took - seconds).abs() < 0.1, "{what}: {took}");
    }
}

#[tokio::test(start_paused = true)]
async fn bytes_in_hand_move_chunk_by_chunk() {
    struct Narrow;
    impl Transport for Narrow {
        fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
            let mut body = request.into_body();
            Box::pin(async move {
                let mut len = 0;
                while let Some(chunk) = body.chunk().await {
                    len += chunk?.len();
                    tokio::time::sleep(SECOND / 2).await;
                }
                Ok(Response::new(Body::from(len.to_string())))
            })
        }
    }
    let builder = Builder::new(&super::SERVICE).environment(|_| None).timer(Paused);
    let builder = builder.credential("Token", "canary-7f3a").transport(Narrow);
    let core = builder.timeout(SECOND).max_retries(0).build().unwrap();
    let large = vec![b'x'; 1 << 20];
    let value = core.call(&super::POST).bytes("text/plain", large).send().await.unwrap();
    assert_eq!(value, 1 << 20);
}

#[tokio::test(start_paused = true)]
async fn an_error_whose_body_stalls_is_the_error_of_its_status_with_what_came() {
    for status in [400, 401, 429, 500] {
        for body in
            [(|| drip(3, SECOND / 10, true)) as fn() -> Drip, || drip(999, SECOND / 2, true)]
        {
            let server = Server { status, before_head: Duration::ZERO, body };
            let core = core(server, |it| it.timeout(60 * SECOND).stall_timeout(60 * SECOND));
            let start = tokio::time::Instant::now();
            let error = post(&core).send().await.unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), status);
            assert!(error.body().unwrap().len() >= 3);
            assert!(start.elapsed() < 6 * SECOND, "{:?}", start.elapsed());
            let raw = post(&core).send_raw().await.unwrap();
            assert_eq!(raw.status().as_u16(), status);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_total_limit_holds_for_what_is_read_as_it_arrives() {
    let bodies: [fn() -> Drip; 2] =
        [|| drip(999, SECOND / 2, false), || drip(999, Duration::ZERO, true)];
    for body in bodies {
        let server = || Server { status: 200, before_head: Duration::ZERO, body };
        let core = core(server(), |it| it.total_timeout(3 * SECOND).stall_timeout(9 * SECOND));
        let start = tokio::time::Instant::now();
        let error = get(&core).send_bytes().await.unwrap().bytes().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(error.to_string().contains("the total time limit was reached"), "{error}");
        let took = start.elapsed();
        assert!(took >= 3 * SECOND && took < 4 * SECOND, "{took:?}");
        let start = tokio::time::Instant::now();
        let error = get(&core).send().await.unwrap_err();
        assert_eq!((error.kind(), start.elapsed() < 4 * SECOND), (ErrorKind::Timeout, true));
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_gone_on_with_has_the_total_limit_of_its_call() {
    let event = response(200).events("retry: 1000\nid: 7\ndata: 1\n\n");
    let (server, clock) = (
        Scripted::repeating([event.broken(crate::TransportErrorKind::Broken)]),
        TestClock::default(),
    );
    let core = builder(&server, &clock).build().unwrap();
    let call = get(&core).with_resume(true).with_total_timeout(Duration::from_millis(4500));
    let mut events = call.send_events::<Json>().await.unwrap();
    let mut count = 0;
    while let Some(event) = events.next().await {
        match event {
            Ok(_) => count += 1,
            Err(error) => assert!(error.is_timeout(), "{error}"),
        }
    }
    assert_eq!(count, 5);
}

#[test]
fn each_page_has_the_total_limit_for_itself() {
    let pages = [r#"{"data":["a"],"more":true}"#, r#"{"data":["b"],"more":false}"#];
    let script = pages.iter().flat_map(|it| [response(503), response(200).json(it)]);
    let (server, clock) = (Scripted::repeating(script), TestClock::with_random(0.0));
    let core = builder(&server, &clock).total_timeout(Duration::from_millis(700)).build().unwrap();
    let mut items = core.call(&super::pages::CURSOR).items::<super::pages::Walk>();
    now(async {
        for id in ["a", "b"] {
            assert_eq!(items.next().await.unwrap().unwrap(), id);
        }
    });
}

#[test]
fn a_stream_has_the_length_that_was_declared() {
    struct ChunkStream(Vec<&'static str>);
    impl Stream for ChunkStream {
        type Item = std::io::Result<Bytes>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            Poll::Ready((!self.0.is_empty()).then(|| Ok(self.0.remove(0).into())))
        }
    }
    let cases: [(&[&'static str], u64, bool); 9] = [
        (&["ab", "c"], 3, true),
        (&["abc", ""], 3, true),
        (&["ab", "c"], 2, false),
        (&["ab", "c"], 1, false),
        (&["abc"], 2, false),
        (&["abc"], 4, false),
        (&[], 1, false),
        (&["a"], 0, false),
        (&[""], 0, true),
    ];
    for (chunks, len, fits) in cases {
        let (server, clock) =
            (Scripted::repeating([response(200).json("1")]), TestClock::default());
        let core = builder(&server, &clock).build().unwrap();
        let body = RequestBody::streams(move || ChunkStream(chunks.to_vec()), Some(len));
        let result = json(core.call(&super::POST).bytes("text/plain", body));
        match fits {
            true => drop(result.unwrap()),
            false => {
                assert_eq!(result.unwrap_err().kind(), ErrorKind::Body, "{chunks:?} {len}");
            }
        }
        assert_eq!(server.requests().len(), usize::from(fits), "{chunks:?} {len}");
    }
}
