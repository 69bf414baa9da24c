//! Retries: after which failures, and how often.

use super::{builder, client, get, json, now, post};
use crate::testing::{Scripted, TestClock, fault, hang, response};
use crate::{Builder, ErrorKind, Method, Operation, RetryPolicy, TransportErrorKind};
use std::time::Duration;

fn seconds(waits: &[f64]) -> Vec<Duration> {
    waits.iter().map(|it| Duration::from_secs_f64(*it)).collect()
}

#[test]
fn two_retries_with_growing_waits_and_then_the_error() {
    let (core, server, clock) = client([response(500)]);
    let error = json(get(&core)).unwrap_err();
    assert_eq!((error.kind(), error.status().unwrap().as_u16()), (ErrorKind::Status, 500));
    assert_eq!((server.requests().len(), error.attempts().len()), (3, 3));
    assert_eq!(clock.waits(), seconds(&[0.5, 1.0]));
    assert!(error.is_retryable());
}

#[test]
fn waits_end_at_eight_seconds_less_up_to_a_quarter() {
    let (server, clock) = (Scripted::repeating([response(500)]), TestClock::with_random(1.0));
    let core = builder(&server, &clock).max_retries(6).build().unwrap();
    json(get(&core)).unwrap_err();
    assert_eq!(clock.waits(), seconds(&[0.375, 0.75, 1.5, 3.0, 6.0, 6.0]));
}

#[test]
fn these_statuses_are_repeated_and_these_are_not() {
    for (status, tries) in [
        (408, 3),
        (409, 3),
        (429, 3),
        (500, 3),
        (503, 3),
        (599, 3),
        (400, 1),
        (401, 1),
        (403, 1),
        (404, 1),
        (422, 1),
    ] {
        let (core, server, _) = client([response(status)]);
        json(get(&core)).unwrap_err();
        assert_eq!(server.requests().len(), tries, "{status}");
    }
}

#[test]
fn a_call_that_is_not_idempotent_is_repeated_only_where_nothing_was_done() {
    let asked = |it: crate::testing::MockResponse| it.header("retry-after", "1");
    let cases = [
        (response(500), 1),
        (response(409), 1),
        (response(408), 1),
        (response(503), 1),
        (asked(response(503)), 3),
        (asked(response(500)), 1),
        (response(429), 3),
        (fault(TransportErrorKind::Connect), 3),
        (fault(TransportErrorKind::ConnectTimeout), 3),
        (fault(TransportErrorKind::Broken), 1),
        (fault(TransportErrorKind::Timeout), 1),
        (fault(TransportErrorKind::Tls), 1),
        (response(200).chunk("{").broken(TransportErrorKind::Broken), 1),
    ];
    for (response, tries) in cases {
        let (core, server, _) = client([response.clone()]);
        json(post(&core)).unwrap_err();
        assert_eq!(server.requests().len(), tries, "{response:?}");
    }
}

#[test]
fn an_idempotency_key_or_the_caller_makes_every_call_repeatable() {
    let (core, server, _) = client([response(500)]);
    json(post(&core).with_idempotency_key("k1")).unwrap_err();
    json(post(&core).with_retry(RetryPolicy::default().retry_unsafe_methods(true))).unwrap_err();
    assert_eq!(server.requests().len(), 6);
    assert!(server.requests()[..3].iter().all(|it| it.header("idempotency-key") == Some("k1")));
}

#[test]
fn a_configured_idempotency_header_is_the_same_on_each_try_and_another_on_each_call() {
    let (server, clock) = (Scripted::repeating([response(500)]), TestClock::default());
    let core = builder(&server, &clock).idempotency_header("X-Once").build().unwrap();
    for call in [post(&core), post(&core), get(&core)] {
        json(call).unwrap_err();
    }
    let keys: Vec<_> =
        server.requests().iter().map(|it| it.header("x-once").map(str::to_owned)).collect();
    assert!(keys[0].is_some() && keys[..3].iter().all(|it| *it == keys[0]));
    assert!(keys[3] != keys[0] && keys[6..].iter().all(Option::is_none));
}

#[test]
fn the_server_may_overrule_what_is_worth_a_try_and_not_what_is_safe() {
    let (core, server, _) = client([response(500).header("x-should-retry", "false")]);
    json(get(&core)).unwrap_err();
    assert_eq!(server.requests().len(), 1);
    for (status, of_get, of_post) in [(400, 3, 1), (500, 3, 1), (404, 3, 1), (429, 3, 3)] {
        let (core, server, _) = client([response(status).header("x-should-retry", "true")]);
        json(get(&core)).unwrap_err();
        assert_eq!(server.requests().len(), of_get, "{status}");
        json(post(&core)).unwrap_err();
        let of_posts = server.requests().len() - of_get;
        assert_eq!(of_posts, of_post, "{status}: what is worth a try may not be safe");
    }
}

#[test]
fn retry_after_is_read_in_every_spelling() {
    let own = 0.5;
    let cases = [
        ("retry-after", "3", 3.0),
        ("retry-after", "1.5", 1.5),
        ("retry-after", "60", 60.0),
        ("retry-after", "61", own),
        ("retry-after", "99999", own),
        ("retry-after", "0", own),
        ("retry-after", "-1", own),
        ("retry-after", "1e99", own),
        ("retry-after", "NaN", own),
        ("retry-after", "inf", own),
        ("retry-after", "soon", own),
        ("retry-after", "Wed, 21 Oct 2015 07:28:00 GMT", own),
        ("retry-after-ms", "250", 0.25),
        ("retry-after-ms", "-5", own),
    ];
    for (name, value, wait) in cases {
        let (core, _, clock) = client([response(429).header(name, value), response(200).json("1")]);
        json(get(&core)).unwrap();
        assert_eq!(clock.waits(), seconds(&[wait]), "{name}: {value}");
    }
}

#[test]
fn milliseconds_come_before_seconds_and_a_date_is_counted_from_now() {
    let (core, _, clock) = client([
        response(429).header("retry-after", "9").header("retry-after-ms", "100"),
        response(200).json("1"),
    ]);
    json(get(&core)).unwrap();
    assert_eq!(clock.waits(), seconds(&[0.1]));

    let date = httpdate::fmt_http_date(std::time::SystemTime::now() + Duration::from_secs(30));
    let (core, _, clock) =
        client([response(429).header("retry-after", &date), response(200).json("1")]);
    json(get(&core)).unwrap();
    let wait = clock.waits()[0].as_secs_f64();
    assert!((27.0..=30.0).contains(&wait), "{wait}");
}

#[test]
fn of_two_waits_in_one_response_the_first_counts() {
    let twice = response(429).header("retry-after", "3").header("retry-after", "9");
    let (core, _, clock) = client([twice, response(200).json("1")]);
    json(get(&core)).unwrap();
    assert_eq!(clock.waits(), seconds(&[3.0]));
}

#[test]
fn an_outage_is_not_multiplied() {
    let (core, server, _) = client([response(503)]);
    for _ in 0..100 {
        json(get(&core)).unwrap_err();
    }
    assert_eq!(server.requests().len(), 110);
}

#[test]
fn ten_successes_pay_for_one_retry() {
    let ok = || response(200).json("1");
    let script = std::iter::repeat_with(|| response(503))
        .take(15)
        .chain(std::iter::repeat_with(ok).take(10))
        .chain([response(503)]);
    let (core, server, _) = client(script);
    let count = |calls: usize| {
        let before = server.requests().len();
        (0..calls).for_each(|_| drop(json(get(&core))));
        server.requests().len() - before
    };
    assert_eq!(count(5), 15, "the budget holds ten");
    assert_eq!(count(10), 10, "successes");
    assert_eq!(count(2), 3, "one retry was paid for");
}

#[test]
fn the_total_time_limit_covers_tries_and_waits() {
    let (core, server, clock) = client([response(500)]);
    let error = json(get(&core).with_max_retries(9).with_total_timeout(Duration::from_secs(3)))
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!((server.requests().len(), clock.waits()), (3, seconds(&[0.5, 1.0])));
}

#[test]
fn a_try_that_takes_too_long_is_repeated_if_that_is_safe() {
    let (core, server, _) = client([hang()]);
    let error = json(get(&core).with_timeout(Duration::from_secs(9))).unwrap_err();
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Timeout, 3));
    let (core, server, _) = client([hang()]);
    assert!(json(post(&core)).unwrap_err().is_timeout());
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_stream_is_sent_once_and_one_that_can_be_made_again_is_repeated() {
    let (core, server, _) = client([response(429)]);
    let once = || crate::RequestBody::stream(Empty, Some(0));
    let error = json(core.call(&super::POST).bytes("text/plain", once())).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
    assert_eq!(server.requests().len(), 1);
    json(core.call(&super::POST).bytes("text/plain", crate::RequestBody::streams(|| Empty, None)))
        .unwrap_err();
    assert_eq!(server.requests().len(), 4);

    let call = core.call(&super::POST).bytes("text/plain", once()).with_max_retries(0);
    json(call.clone()).unwrap_err();
    assert_eq!(json(call).unwrap_err().kind(), ErrorKind::Body);
}

/// A stream of nothing.
pub(super) struct Empty;

impl futures_core::Stream for Empty {
    type Item = std::io::Result<bytes::Bytes>;

    fn poll_next(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(None)
    }
}

#[test]
fn raw_responses_are_not_judged_but_tried_again() {
    let (core, server, _) = client([response(503).json("{}")]);
    let raw = now(get(&core).send_raw()).unwrap();
    assert_eq!((raw.status().as_u16(), server.requests().len()), (503, 3));
}

#[test]
fn without_a_policy_nothing_is_repeated() {
    let (server, clock) = (Scripted::repeating([response(500)]), TestClock::default());
    let core = Builder::retry(builder(&server, &clock), RetryPolicy::none()).build().unwrap();
    json(get(&core)).unwrap_err();
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn what_broke_decides_whether_there_is_another_try() {
    use TransportErrorKind::{
        Broken, Connect, ConnectTimeout, Malformed, RequestBody, Timeout, Tls,
    };
    // The requests of a GET and those of a POST.
    let kinds = [
        (Connect, [3, 3]),
        (ConnectTimeout, [3, 3]),
        (Timeout, [3, 1]),
        (Broken, [3, 1]),
        (Tls, [1, 1]),
        (RequestBody, [1, 1]),
        (Malformed, [1, 1]),
    ];
    for (kind, wanted) in kinds {
        let (core, server, _) = client([fault(kind)]);
        json(get(&core)).unwrap_err();
        let of_get = server.requests().len();
        json(post(&core)).unwrap_err();
        assert_eq!([of_get, server.requests().len() - of_get], wanted, "{kind:?}");
    }
    let (core, server, _) = client([response(200).broken(Connect)]);
    json(post(&core)).unwrap_err();
    assert_eq!(server.requests().len(), 1, "once there was a head, the server has acted");
}

#[test]
fn an_operation_that_is_declared_idempotent_is_repeated() {
    static SAFE: Operation = Operation::new("safe", Method::Post, "/items").idempotent();
    let (core, server, _) = client([response(500)]);
    json(core.call(&SAFE)).unwrap_err();
    assert_eq!(server.requests().len(), 3);
    json(core.request(Method::Post, "/items")).unwrap_err();
    assert_eq!(server.requests().len(), 4);
    json(core.request(Method::Put, "/items")).unwrap_err();
    assert_eq!(server.requests().len(), 7);
}

#[test]
fn a_policy_is_what_it_was_set_to() {
    let policy = RetryPolicy::default()
        .max_retries(4)
        .backoff(Duration::from_secs(1), Duration::from_secs(3))
        .max_retry_after(Duration::from_secs(5))
        .budget(6);
    let responses =
        || [response(500), response(500), response(500), response(429).header("retry-after", "6")];
    let (server, clock) = (Scripted::repeating(responses()), TestClock::with_random(0.0));
    let core = builder(&server, &clock).retry(policy).build().unwrap();
    json(get(&core)).unwrap_err();
    assert_eq!(clock.waits(), seconds(&[1.0, 2.0, 3.0, 3.0]));
    json(get(&core)).unwrap_err();
    assert_eq!(clock.waits().len(), 6, "the budget is used up");
}
