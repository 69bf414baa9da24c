//! Limits, to the byte and to the moment.

use super::{builder, client, get, json, now, post};
use crate::codec::Json;
use crate::retry::RetryBudget;
use crate::testing::{MockResponse, Scripted, TestClock, response};
use crate::{
    Body, BoxFuture, Core, ErrorKind, Request, Response, Transport, TransportError, response_format,
};
use bytes::Bytes;
use futures_core::Stream;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

fn core(responses: impl IntoIterator<Item = MockResponse>, max: usize) -> Core {
    let (server, clock) = (Scripted::repeating(responses), TestClock::default());
    let builder = builder(&server, &clock).max_event_bytes(max).max_response_bytes(max as u64);
    builder.build().unwrap()
}

#[test]
fn an_event_or_line_may_have_the_largest_size_and_no_byte_more() {
    let largest = |text: &'static str, end: &'static str| response(200).chunk(text).chunk(end);
    for (size, fits) in [(10, true), (9, false)] {
        let core = core([largest("data: 1234", "\n\n"), largest("1234567890", "\n")], size);
        let event = now(async {
            let mut events = post(&core).send_events::<Json>().await.unwrap();
            events.next().await.unwrap()
        });
        assert_eq!(
            event.map(crate::Event::into_data).map_err(|it| it.kind()),
            fits.then(|| 1234.into()).ok_or(ErrorKind::TooLarge)
        );
        let line = now(async {
            let mut lines =
                post(&core).send_as::<response_format::JsonLinesFormat<Json>>().await.unwrap();
            lines.next().await.unwrap()
        });
        let wanted = fits.then(|| 1_234_567_890.into()).ok_or(ErrorKind::TooLarge);
        assert_eq!(line.map(crate::Event::into_data).map_err(|it| it.kind()), wanted);
    }
}

#[test]
fn a_response_may_have_the_largest_size_and_no_byte_more() {
    for chunks in [&["1234"][..], &["12", "34"], &["1", "2", "34"]] {
        let whole = || chunks.iter().fold(response(200), |it, chunk| it.chunk(*chunk));
        assert_eq!(json(get(&core([whole()], 4))).unwrap(), 1234);
        let error = json(get(&core([whole()], 3))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge, "{chunks:?}");
    }
}

/// Responds with one chunk, and declares the length of the whole.
struct Announced(u64, &'static str);

struct BodyChunk(Option<&'static str>);

impl Stream for BodyChunk {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(|it| Ok(it.into())))
    }
}

impl Transport for Announced {
    fn send(&self, _: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let body = Body::stream(Box::pin(BodyChunk(Some(self.1))), Some(self.0));
        Box::pin(std::future::ready(Ok(Response::new(body))))
    }
}

#[test]
fn a_response_that_says_that_it_is_too_large_is_not_read() {
    let read = |len, text| {
        let builder = builder(&Scripted::repeating([]), &TestClock::default());
        let core = builder.transport(Announced(len, text)).max_response_bytes(4).build().unwrap();
        json(get(&core)).map_err(|it| it.kind())
    };
    assert_eq!(read(4, "1234"), Ok(1234.into()));
    assert_eq!(read(3, "123"), Ok(123.into()));
    assert_eq!(read(5, "1"), Err(ErrorKind::TooLarge));
}

#[test]
fn of_the_body_of_an_error_the_first_mebibyte_is_kept() {
    let chunk = vec![b'x'; 700_000];
    let (core, ..) = client([response(404).chunk(chunk.clone()).chunk(chunk.clone()).chunk(chunk)]);
    assert_eq!(json(get(&core)).unwrap_err().body().unwrap().len(), 1 << 20);
    let (core, ..) = client([response(404).chunk("a").chunk("b")]);
    assert_eq!(json(get(&core)).unwrap_err().body().unwrap(), "ab");
}

#[test]
fn a_wait_that_would_end_with_the_total_time_is_not_begun() {
    let limited = |millis| {
        let (core, server, _) = client([response(500)]);
        let limit = Duration::from_millis(millis);
        let error = json(get(&core).with_max_retries(9).with_total_timeout(limit)).unwrap_err();
        (error.kind(), server.requests().len())
    };
    assert_eq!(limited(1500), (ErrorKind::Status, 2));
    assert_eq!(limited(1501), (ErrorKind::Status, 3));
}

#[test]
fn ten_successes_give_one_retry_back_and_never_more_than_there_were() {
    let budget = RetryBudget::new(1);
    budget.deposit();
    assert!(budget.withdraw() && !budget.withdraw());
    (0..9).for_each(|_| budget.deposit());
    assert!(!budget.withdraw());
    budget.deposit();
    assert!(budget.withdraw() && !budget.withdraw());
}
