//! The budget of retries: what is charged to it, and what an error says of it.

use super::{SERVICE, builder, client, get, json, post};
use crate::testing::{MockResponse, Scripted, TestClock, fault, response};
use crate::{
    BoxError, BoxFuture, Builder, ErrorKind, RetryPolicy, Secret, Timer, TokenSource,
    TransportErrorKind,
};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

fn busy(status: u16) -> MockResponse {
    response(status).header("retry-after", "1")
}

#[test]
fn a_wait_that_the_server_asks_for_is_not_charged() {
    for status in [429, 503] {
        for (name, value) in [("retry-after", "1"), ("retry-after-ms", "5")] {
            let script = (0..100).map(|it| match it % 2 {
                0 => response(status).header(name, value),
                _ => response(200).json("1"),
            });
            let (server, clock) = (Scripted::repeating(script), TestClock::default());
            let core = builder(&server, &clock).retry(RetryPolicy::default().budget(0));
            let core = core.build().unwrap();
            for call in 0..50 {
                json(post(&core)).unwrap_or_else(|it| panic!("{status} {name}, call {call}: {it}"));
            }
        }
    }
}

#[test]
fn waits_that_are_asked_for_are_bounded_by_tries_and_by_the_total_time() {
    let (core, server, _) = client([busy(429)]);
    let error = json(get(&core)).unwrap_err();
    assert_eq!((server.requests().len(), error.is_budget_exhausted()), (3, false));
    let call = get(&core).with_max_retries(99).with_total_timeout(Duration::from_millis(5500));
    let error = json(call).unwrap_err();
    assert_eq!((error.attempts().len(), error.is_budget_exhausted()), (6, false));
}

#[test]
fn other_retries_are_charged_and_an_error_says_that_the_budget_is_spent() {
    let asked_in_vain = || response(429).header("retry-after", "3600");
    for failing in [
        response(503),
        response(429),
        response(500).header("retry-after", "1"),
        asked_in_vain(),
        fault(TransportErrorKind::Connect),
    ] {
        let (server, clock) = (Scripted::repeating([failing.clone()]), TestClock::default());
        let policy = RetryPolicy::default().budget(3);
        let core = builder(&server, &clock).retry(policy).build().unwrap();
        let first = json(get(&core)).unwrap_err();
        assert!(!first.is_budget_exhausted() && !first.to_string().contains("budget"), "{first}");
        let second = json(get(&core)).unwrap_err();
        assert_eq!(
            (second.attempts().len(), second.is_budget_exhausted()),
            (2, true),
            "{failing:?}"
        );
        assert!(second.to_string().contains("the client's retry budget is spent"), "{second}");
        let third = json(get(&core)).unwrap_err();
        assert_eq!((third.attempts().len(), third.is_budget_exhausted()), (1, true));
        assert_eq!(server.requests().len(), 6);
    }
}

#[test]
fn waits_of_any_length_never_panic() {
    struct Odd(TestClock, f64);
    impl Timer for Odd {
        fn now(&self) -> std::time::Instant {
            self.0.now()
        }
        fn sleep(&self, duration: Duration) -> BoxFuture<'static, ()> {
            self.0.sleep(duration)
        }
        fn random(&self) -> f64 {
            self.1
        }
    }
    let max = Duration::MAX;
    let policy = RetryPolicy::default().max_retry_after(max).backoff(max, max).max_retries(40);
    for text in ["1e19", "1e99", "18446744073709551615", "9e-99"] {
        for chance in [0.0, 1.0, f64::NAN, f64::INFINITY, -1.0] {
            let script = [response(429).header("retry-after", text), response(500)];
            let (server, clock) = (Scripted::repeating(script), TestClock::default());
            let builder = builder(&server, &clock).timer(Odd(clock.clone(), chance));
            let core = builder.retry(policy.clone()).build().unwrap();
            let limit = Duration::from_secs(3600);
            let error = json(get(&core).with_total_timeout(limit)).unwrap_err();
            assert_eq!(error.status().unwrap().as_u16(), 429, "{text} {chance}");
            json(get(&core)).unwrap_err();
        }
    }
}

/// A source whose tokens are good from the second one on, or never.
struct Source {
    asked: AtomicUsize,
    is_ever_good: bool,
}

impl TokenSource for std::sync::Arc<Source> {
    fn token<'a>(
        &'a self,
        rejected: Option<&'a Secret>,
    ) -> BoxFuture<'a, Result<Secret, BoxError>> {
        let count = match rejected {
            Some(_) => self.asked.fetch_add(1, Ordering::SeqCst) + 1,
            None => self.asked.load(Ordering::SeqCst),
        };
        Box::pin(async move {
            tokio::task::yield_now().await;
            let is_good = self.is_ever_good && count > 0;
            Ok(format!("{}-{count}", if is_good { "good" } else { "bad" }).into())
        })
    }
}

/// A server that knows good tokens from bad ones.
#[derive(Clone)]
struct Gate(std::sync::Arc<AtomicUsize>);

impl crate::Transport for Gate {
    fn send(
        &self,
        request: crate::Request,
    ) -> BoxFuture<'static, Result<crate::Response, crate::TransportError>> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move {
            tokio::time::sleep(Duration::from_millis(5)).await;
            let token = request.headers()["authorization"].to_str().unwrap();
            let mut response = crate::Response::new(crate::Body::from("1"));
            if token.contains("bad") {
                *response.status_mut() = http::StatusCode::UNAUTHORIZED;
            }
            Ok(response)
        })
    }
}

async fn storm(is_ever_good: bool, calls: usize) -> (usize, usize, usize) {
    let requests = std::sync::Arc::new(AtomicUsize::new(0));
    let source = std::sync::Arc::new(Source { asked: AtomicUsize::new(0), is_ever_good });
    let core = Builder::new(&SERVICE).environment(|_| None).transport(Gate(requests.clone()));
    let core = core.token_source(None, source.clone()).build().unwrap();
    let calls: Vec<_> = (0..calls)
        .map(|_| {
            let call = post(&core);
            tokio::spawn(async move { call.send().await })
        })
        .collect();
    let mut good = 0;
    for call in calls {
        good += usize::from(call.await.unwrap().is_ok());
    }
    (good, requests.load(Ordering::SeqCst), source.asked.load(Ordering::SeqCst))
}

#[tokio::test(start_paused = true)]
async fn one_new_token_serves_all_that_wait() {
    assert_eq!(storm(true, 100).await, (100, 200, 1), "calls that succeed, requests, renewals");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_refuses_every_token_is_asked_once_more_for_all() {
    assert_eq!(storm(false, 100).await, (0, 101, 1));
}

#[test]
fn renewing_a_token_is_a_retry() {
    let (server, clock) = (Scripted::repeating([response(401)]), TestClock::default());
    let source = std::sync::Arc::new(Source { asked: AtomicUsize::new(0), is_ever_good: false });
    let builder = Builder::new(&SERVICE).environment(|_| None).timer(clock);
    let core = builder.token_source(None, source).transport(server.clone());
    let core = core.timeout(None).build().unwrap();
    let error = json(get(&core)).unwrap_err();
    assert_eq!((error.attempts().len(), error.kind()), (2, ErrorKind::Status));
    assert_eq!(json(get(&core).with_max_retries(0)).unwrap_err().attempts().len(), 1);
    for _ in 0..100 {
        json(get(&core)).unwrap_err();
    }
    assert_eq!(server.requests().len(), 2 + 1 + 100 + 9, "the budget holds ten");
}
