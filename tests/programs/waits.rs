//! Waits for states, and walks over pages, with a generated client: awaited, and blocking.

use client_runtime::testing::{MockResponse, Scripted, TestClock, response};
use client_runtime::{Error, ErrorKind, WaitPolicy};
use programs::waiters::types::{Job, State};
use programs::{paging_cursor, waiters};
use std::time::Duration;

fn job(state: &str) -> MockResponse {
    response(200).json(&format!(r#"{{"state": "{state}"}}"#))
}

/// What waiting for a job comes to, the number of requests, and the waits in seconds.
fn wait(states: &[&str], policy: WaitPolicy) -> (Result<Job, Error>, usize, Vec<u64>) {
    let (server, clock) = (Scripted::repeating(states.iter().map(|it| job(it))), TestClock::default());
    let builder = waiters::Client::builder().environment(|_| None).timer(clock.clone());
    let client = builder.transport(server.clone()).build().expect("a client");
    let found = now(client.jobs().get("j 1").with_wait(policy).wait_until(State::Ready));
    let sent = server.requests();
    assert!(sent.iter().all(|it| it.method == "GET" && it.target() == "/jobs/j%201"));
    (found, sent.len(), clock.waits().iter().map(Duration::as_secs).collect())
}

fn now<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(work)
}

#[test]
fn waiting_ends_in_the_wanted_state_at_growing_intervals() {
    let (found, requests, waits) = wait(&["NEW", "NEW", "NEW", "READY"], WaitPolicy::default());
    assert_eq!((found.expect("it is ready").state, requests), (State::Ready, 4));
    assert_eq!(waits, [1, 2, 4]);
}

#[test]
fn waiting_ends_in_another_state_that_is_never_left() {
    let (found, requests, _) = wait(&["NEW", "FAILED", "READY"], WaitPolicy::default());
    let error = found.expect_err("it has failed");
    assert_eq!((error.kind(), error.operation(), requests), (ErrorKind::State, "getJob", 2));
    assert_eq!(error.body_as::<Job>().expect("the answer is kept").state, State::Failed);
}

#[test]
fn waiting_ends_with_the_time_and_keeps_to_the_intervals_of_the_caller() {
    let seconds = Duration::from_secs;
    let policy = WaitPolicy::default().delay(seconds(3), seconds(5)).timeout(seconds(15));
    let (found, requests, waits) = wait(&["NEW"], policy);
    let error = found.expect_err("it stays new");
    assert_eq!((error.kind(), error.is_timeout(), requests), (ErrorKind::Timeout, true, 5));
    assert_eq!(error.body_as::<Job>().expect("the answer is kept").state, State::New);
    assert_eq!(waits, [3, 5, 5, 2]);
}

#[test]
fn states_further_down_and_mere_texts_are_waited_for() {
    let script = ["{}", r#"{"meta":{"state":"READY"}}"#, "{}", r#"{"phase":"over"}"#];
    let server = Scripted::repeating(script.map(|it| response(200).json(it)));
    let builder = waiters::Client::builder().environment(|_| None).timer(TestClock::default());
    let client = builder.transport(server.clone()).build().expect("a client");
    now(client.tunes().get("t").wait_until(State::Ready)).expect("it is ready");
    now(client.texts().get("t").wait_until("over")).expect("it is over");
    assert_eq!(server.requests().len(), 4);
}

#[test]
fn waiting_needs_no_async() {
    let server = Scripted::repeating([job("NEW"), job("READY")]);
    let builder = waiters::Client::builder().environment(|_| None).timer(TestClock::default());
    let client = builder.transport(server.clone()).build().expect("a client");
    let found = client.jobs().get("j").wait_until_blocking(State::Ready).expect("it is ready");
    assert_eq!((found.state, server.requests().len()), (State::Ready, 2));
}

#[test]
fn walking_over_pages_needs_no_async() {
    let page = |id: &str, more: bool| {
        response(200).json(&format!(r#"{{"data":[{{"id":"{id}"}}],"has_more":{more}}}"#))
    };
    let server =
        Scripted::repeating([page("a", true), page("b", false), page("a", true), page("b", false)]);
    let builder = paging_cursor::Client::builder().environment(|_| None);
    let client = builder.transport(server.clone()).build().expect("a client");
    let items = client.users().list().items_blocking();
    let ids: Vec<_> = items.map(|it| it.expect("a user").id).collect();
    let pages = client.users().list().pages_blocking();
    let sizes: Vec<_> = pages.map(|it| it.expect("a page").data.len()).collect();
    assert_eq!(
        (ids, sizes, server.requests().len()),
        (vec!["a".into(), "b".into()], vec![1, 1], 4)
    );
}
