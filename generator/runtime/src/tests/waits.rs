//! Waiting until a resource has some state.

use super::{builder, client, get, now};
use crate::codec::Json;
use crate::testing::{MockResponse, Scripted, TestClock, hang, response};
use crate::{Call, Error, ErrorKind, Stateful, WaitPolicy};
use std::time::Duration;

/// A job in the form `{"state": "…"}`.
pub(super) struct Job;

impl Stateful for Job {
    type Value = Json;
    const DONE: &'static [&'static str] = &["READY", "ARCHIVED"];
    const FAILED: &'static [&'static str] = &["FAILED"];

    fn state(value: &Json) -> Option<&str> {
        value["state"].as_str()
    }
}

fn job(state: &str) -> MockResponse {
    response(200).json(&format!(r#"{{"state": "{state}", "key": "canary-7f3a"}}"#))
}

/// The result of waiting, the requests, and the waits in seconds.
fn wait_with(
    responses: impl IntoIterator<Item = MockResponse>,
    set: impl FnOnce(Call) -> Call,
) -> (Result<Json, Error>, Scripted, Vec<f64>) {
    let (core, server, clock) = client(responses);
    let result = now(set(get(&core)).wait_until::<Job>(&"READY"));
    (result, server, clock.waits().iter().map(Duration::as_secs_f64).collect())
}

fn wait(
    responses: impl IntoIterator<Item = MockResponse>,
) -> (Result<Json, Error>, usize, Vec<f64>) {
    let (result, server, waits) = wait_with(responses, |it| it);
    (result, server.requests().len(), waits)
}

#[test]
fn the_state_that_is_there_is_not_waited_for() {
    let (result, requests, waits) = wait([job("READY")]);
    assert_eq!((result.unwrap()["state"].as_str(), requests, waits.len()), (Some("READY"), 1, 0));
}

#[test]
fn questions_come_at_growing_intervals_until_the_state_is_there() {
    let script = ["NEW", "RUNNING", "A_STATE_OF_NEXT_YEAR", "NEW", "NEW", "NEW", "NEW"].map(job);
    let script = script.into_iter().chain([response(200).json("{}"), job("READY")]);
    let (result, requests, waits) = wait(script);
    assert_eq!(result.unwrap()["state"], "READY");
    assert_eq!((requests, waits), (9, vec![1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]));
}

#[test]
fn a_state_that_is_never_left_is_an_error_that_keeps_the_response() {
    for state in ["FAILED", "ARCHIVED"] {
        let (result, requests, _) = wait([job("NEW"), job(state)]);
        let error = result.unwrap_err();
        assert_eq!((error.kind(), requests, error.is_retryable()), (ErrorKind::State, 2, false));
        assert_eq!(error.body_as::<Json>().unwrap()["state"], state);
        let text = error.to_string();
        let start = format!("get: the state is `{state}`, which `READY` never follows");
        assert!(text.starts_with(&start) && !text.contains("canary-7f3a"), "{text}");
    }
}

#[test]
fn one_may_wait_for_a_bad_end_too() {
    let (core, server, _) = client([job("NEW"), job("FAILED")]);
    assert_eq!(now(get(&core).wait_until::<Job>(&"FAILED")).unwrap()["state"], "FAILED");
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn when_the_time_is_over_there_is_one_last_question_and_the_response_is_kept() {
    let (result, requests, waits) = wait([job("RUNNING")]);
    let error = result.unwrap_err();
    assert_eq!((error.kind(), error.is_timeout()), (ErrorKind::Timeout, true));
    assert!((waits.iter().sum::<f64>() - 600.0).abs() < 1e-9);
    assert_eq!(requests, waits.len() + 1);
    assert_eq!(error.body_as::<Json>().unwrap()["state"], "RUNNING");
    assert!(error.to_string().contains("not reached within 600s, it is `RUNNING`"), "{error}");
}

#[test]
fn how_often_and_how_long_is_up_to_the_caller() {
    let set = |policy: WaitPolicy| wait_with([job("NEW")], |it| it.with_wait(policy)).2;
    let seconds = Duration::from_secs;
    let policy = || WaitPolicy::default().delay(seconds(2), seconds(5)).timeout(seconds(20));
    assert_eq!(set(policy()), [2.0, 4.0, 5.0, 5.0, 4.0]);
    assert_eq!(set(policy().multiplier(1.5)), [2.0, 3.0, 4.5, 5.0, 5.0, 0.5]);
    for odd in [0.0, -1.0, f64::NAN] {
        assert_eq!(set(policy().multiplier(odd)), [2.0; 10]);
    }
    assert_eq!(set(policy().multiplier(f64::INFINITY)), [2.0, 5.0, 5.0, 5.0, 3.0]);
}

#[test]
fn a_question_is_repeated_like_any_call_and_ends_the_waiting_if_it_fails() {
    let (result, requests, _) = wait([job("NEW"), response(503), job("READY")]);
    assert_eq!((result.unwrap()["state"].as_str(), requests), (Some("READY"), 3));
    let (result, requests, _) = wait([job("NEW"), response(404)]);
    let error = result.unwrap_err();
    assert_eq!(
        (error.kind(), error.status().unwrap().as_u16(), requests),
        (ErrorKind::Status, 404, 2)
    );
    let (result, requests, _) = wait([job("NEW"), response(200).json("<html>")]);
    assert_eq!((result.unwrap_err().kind(), requests), (ErrorKind::Decode, 2));
}

#[test]
fn a_question_that_has_no_response_ends_with_the_time_and_the_response_before() {
    let waited = |script: Vec<MockResponse>| {
        let (server, clock) = (Scripted::repeating(script), TestClock::default());
        let core = builder(&server, &clock).timeout(None).build().unwrap();
        now(get(&core).wait_until::<Job>(&"READY")).unwrap_err()
    };
    let error = waited(vec![job("NEW"), hang()]);
    assert_eq!(error.kind(), ErrorKind::Timeout);
    assert_eq!(error.body_as::<Json>().unwrap()["state"], "NEW", "{error}");
    let error = waited(vec![hang()]);
    assert_eq!((error.kind(), error.body().is_none()), (ErrorKind::Timeout, true));
}

#[cfg(feature = "blocking")]
#[test]
fn one_can_wait_without_async() {
    let (core, _, _) = client([job("NEW"), job("READY")]);
    let value = crate::blocking::wait(get(&core).wait_until::<Job>(&"READY")).unwrap();
    assert_eq!(value["state"], "READY");
}
