//! Retry policies: growth of waits, statuses, limits on time, and whose policy counts.

use super::{builder, get, json, now, post};
use crate::testing::{MockResponse, Scripted, TestClock, fault, hang, response};
use crate::{Builder, Core, Method, Operation, RetryPolicy, Service, TransportErrorKind};
use std::time::Duration;

/// Waits of 1, 2, 3 … seconds, and only after 404 and 503.
fn of_document() -> RetryPolicy {
    RetryPolicy::default()
        .max_retries(u32::MAX)
        .backoff(Duration::from_secs(1), Duration::from_secs(9))
        .multiplier(3.0)
        .max_elapsed(Duration::from_secs(15))
        .statuses([404, 503])
        .connection_errors(false)
}

static DESCRIBED: Service = Service::new("described", "https://api.example.com").retry(of_document);
static PLAIN: Operation = Operation::new("plain", Method::Get, "/plain");
static OWN: Operation = Operation::new("own", Method::Get, "/own")
    .retry(|| RetryPolicy::default().max_retries(1).statuses(400..=499));
static NONE: Operation = Operation::new("none", Method::Get, "/none").retry(RetryPolicy::none);

/// A client with a policy, and its clock.
fn with(
    policy: RetryPolicy,
    script: impl IntoIterator<Item = MockResponse>,
) -> (Core, Scripted, TestClock) {
    let (server, clock) = (Scripted::repeating(script), TestClock::with_random(0.0));
    let core = Builder::retry(builder(&server, &clock), policy).build().unwrap();
    (core, server, clock)
}

fn described(server: &Scripted) -> Builder {
    Builder::new(&DESCRIBED)
        .environment(|_| None)
        .transport(server.clone())
        .timer(TestClock::with_random(0.0))
}

/// The attempts of a call of an operation at a server that fails.
fn tries(core: &Core, operation: &'static Operation) -> usize {
    json(core.call(operation)).unwrap_err().attempts().len()
}

fn seconds(waits: &[f64]) -> Vec<Duration> {
    waits.iter().map(|it| Duration::from_secs_f64(*it)).collect()
}

#[test]
fn waits_grow_by_the_factor_up_to_the_longest() {
    let backoff = |it: RetryPolicy| it.backoff(Duration::from_secs(2), Duration::from_secs(10));
    let cases = [
        (1.5, [2.0, 3.0, 4.5, 6.75, 10.0]),
        (1.0, [2.0, 2.0, 2.0, 2.0, 2.0]),
        (4.0, [2.0, 8.0, 10.0, 10.0, 10.0]),
        (0.5, [2.0, 2.0, 2.0, 2.0, 2.0]),
        (f64::INFINITY, [2.0, 10.0, 10.0, 10.0, 10.0]),
        (f64::NAN, [2.0, 2.0, 2.0, 2.0, 2.0]),
    ];
    for (factor, waits) in cases {
        let policy = backoff(RetryPolicy::default()).max_retries(5).multiplier(factor);
        let (core, _, clock) = with(policy, [response(500)]);
        json(get(&core)).unwrap_err();
        assert_eq!(clock.waits(), seconds(&waits), "{factor}");
    }
}

#[test]
fn no_wait_stays_none_however_often_it_grows() {
    let policy = RetryPolicy::default().budget(2000).max_retries(2000).multiplier(9.0);
    let policy = policy.backoff(Duration::ZERO, Duration::from_secs(1));
    let (core, server, clock) = with(policy, [response(500)]);
    json(get(&core)).unwrap_err();
    assert_eq!((server.requests().len(), clock.waits()), (2001, Vec::new()));
}

#[test]
fn the_statuses_of_a_policy_are_repeated_and_no_others() {
    let cases = [
        (RetryPolicy::default().statuses([404, 503]), [(404, 3), (503, 3), (500, 1), (429, 1)]),
        (RetryPolicy::default().statuses(500..=599), [(500, 3), (599, 3), (429, 1), (408, 1)]),
        (
            RetryPolicy::default().statuses((500..=509).chain([400, 499])),
            [(400, 3), (499, 3), (509, 3), (510, 1)],
        ),
        (RetryPolicy::default().statuses([]), [(500, 1), (429, 1), (503, 1), (409, 1)]),
        (
            RetryPolicy::default().statuses([0, 99, 600, u16::MAX]),
            [(500, 1), (404, 1), (599, 1), (429, 1)],
        ),
    ];
    for (policy, cases) in cases {
        for (status, wanted) in cases {
            let (core, server, _) = with(policy.clone(), [response(status)]);
            json(get(&core)).unwrap_err();
            assert_eq!(server.requests().len(), wanted, "{status} {policy:?}");
        }
    }
}

#[test]
fn a_status_of_a_policy_is_not_safe_by_that() {
    let asked = response(503).header("retry-after", "1");
    for (response, wanted) in [(response(404), 1), (response(503), 1), (asked, 3)] {
        let (core, server, _) = with(RetryPolicy::default().statuses([404, 503]), [response]);
        json(post(&core)).unwrap_err();
        assert_eq!(server.requests().len(), wanted);
    }
    let (core, server, _) = with(RetryPolicy::default().statuses([500]), [response(429)]);
    json(post(&core)).unwrap_err();
    assert_eq!(server.requests().len(), 1, "a limit that the policy does not name");
}

#[test]
fn a_server_still_says_what_is_worth_a_try() {
    for (word, wanted) in [("true", 3), ("false", 1)] {
        let script = [response(404).header("x-should-retry", word)];
        let (core, server, _) = with(RetryPolicy::default().statuses([500]), script);
        json(get(&core)).unwrap_err();
        assert_eq!(server.requests().len(), wanted);
    }
}

#[test]
fn connection_errors_are_repeated_unless_the_policy_says_no() {
    use TransportErrorKind::{Broken, Connect, ConnectTimeout, Timeout};
    for kind in [Connect, ConnectTimeout, Broken, Timeout] {
        for (retried, wanted) in [(true, 3), (false, 1)] {
            let policy = RetryPolicy::default().connection_errors(retried);
            let (core, server, _) = with(policy, [fault(kind)]);
            json(get(&core)).unwrap_err();
            assert_eq!(server.requests().len(), wanted, "{kind:?} {retried}");
        }
    }
    let (core, server, _) = with(RetryPolicy::default().connection_errors(false), [hang()]);
    assert!(json(get(&core)).unwrap_err().is_timeout());
    assert_eq!(server.requests().len(), 1);
    let (core, server, _) = with(RetryPolicy::default().connection_errors(false), [response(500)]);
    json(get(&core)).unwrap_err();
    assert_eq!(server.requests().len(), 3, "a response is no connection error");
}

#[test]
fn no_retry_starts_after_the_time_for_all_attempts() {
    // Attempts would start at 0, 1, 3, 7 and 15 s.
    let backoff = |it: RetryPolicy| it.backoff(Duration::from_secs(1), Duration::from_secs(60));
    let policy = |limit| backoff(RetryPolicy::default()).max_retries(u32::MAX).max_elapsed(limit);
    for (limit, wanted) in [(0, 1), (1, 2), (6, 3), (7, 4), (8, 4), (15, 5)] {
        let (core, server, _) = with(policy(Duration::from_secs(limit)), [response(500)]);
        json(get(&core)).unwrap_err();
        assert_eq!(server.requests().len(), wanted, "{limit}");
    }
    let asked = [response(429).header("retry-after", "4")];
    let (core, server, _) = with(policy(Duration::from_secs(10)), asked);
    json(get(&core)).unwrap_err();
    assert_eq!(server.requests().len(), 3, "waits that the server asks for are within it");
    let (core, server, _) = with(policy(Duration::MAX), [response(500)]);
    assert!(json(get(&core)).unwrap_err().is_budget_exhausted());
    assert_eq!(server.requests().len(), 11, "the budget bounds what time does not");
}

#[test]
fn the_time_for_all_attempts_ends_none_that_is_under_way() {
    let script = [response(500), hang()];
    let policy = RetryPolicy::default().max_elapsed(Duration::from_secs(1));
    let (core, server, _) = with(policy, script);
    let error = json(get(&core).with_timeout(Duration::from_secs(30))).unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(error.attempts().last().unwrap().delay, None);
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn the_policy_of_the_document_is_the_default() {
    let server = Scripted::repeating([response(503)]);
    let core = described(&server).build().unwrap();
    let error = json(core.call(&PLAIN)).unwrap_err();
    let waits: Vec<_> = error.attempts().iter().filter_map(|it| it.delay).collect();
    assert_eq!(waits, seconds(&[1.0, 3.0, 9.0]), "the next would start after 22 s");
    let server = Scripted::repeating([response(500)]);
    assert_eq!(tries(&described(&server).build().unwrap(), &PLAIN), 1);
    let raw = described(&server).build().unwrap().request(Method::Get, "/other");
    assert_eq!(now(raw.send_raw()).unwrap().status().as_u16(), 500);
}

#[test]
fn an_operation_has_its_own_and_the_program_overrules_both() {
    let server = Scripted::repeating([response(404)]);
    let counts = |change: fn(Builder) -> Builder| {
        let core = change(described(&server)).build().unwrap();
        [&PLAIN, &OWN, &NONE].map(|it| tries(&core, it))
    };
    assert_eq!(counts(|it| it), [4, 2, 1]);
    assert_eq!(counts(|it| it.max_retries(3)), [4, 4, 1]);
    assert_eq!(counts(|it| it.max_retries(0)), [1, 1, 1]);
    let all = |it: Builder| it.retry(RetryPolicy::default().statuses([404]));
    assert_eq!(counts(all), [3, 3, 3]);
    assert_eq!(counts(|it| it.retry(RetryPolicy::default())), [1, 1, 1]);
    assert_eq!(
        counts(|it| it.max_retries(0).retry(RetryPolicy::default().statuses([404]))),
        [3; 3]
    );

    let core = described(&server).max_retries(0).build().unwrap();
    let of_call = RetryPolicy::default().statuses([404]);
    for operation in [&PLAIN, &OWN, &NONE] {
        let call = core.call(operation).with_retry(of_call.clone());
        assert_eq!(json(call.clone()).unwrap_err().attempts().len(), 3);
        assert_eq!(json(call.with_max_retries(1)).unwrap_err().attempts().len(), 2);
    }
}
