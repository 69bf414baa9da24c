//! Streams of events that break off and are resumed.

use crate::server::{End, Fault, Server, call, post, respond};
use client_runtime::{Call, Error, ErrorKind, RetryPolicy, codec::Json};
use std::time::Duration;

/// A stream that gives this text and then ends.
fn stream(text: &str, end: End) -> Fault {
    let head =
        "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n";
    let chunk = format!("{:x}\r\n{text}\r\n", text.len());
    respond(head).then(chunk).pause(10).end(end)
}

fn rest() -> Fault {
    stream("id: 8\ndata: 2\n\ndata: [DONE]\n\n", End::Hang)
}

/// The events of a call, and the error at the end.
async fn events(call: Call) -> (Vec<i64>, Option<Error>) {
    let mut events = call.send_events::<Json>().await.unwrap();
    let mut found = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => found.push(event.as_i64().unwrap()),
            Err(error) => return (found, Some(error)),
        }
    }
    (found, None)
}

#[tokio::test]
async fn a_stream_goes_on_after_its_last_event() {
    for end in [End::Reset, End::Close] {
        let broken = stream("retry: 5\nid: 7\ndata: 1\n\nid: 9\ndata: half", end);
        let server = Server::start(vec![broken, rest()]).await;
        let (found, error) = events(call(&server.client()).with_resume(true)).await;
        assert_eq!((found, error.is_none()), (vec![1, 2], true));
        let heads = server.heads();
        assert!(!heads[0].contains("last-event-id"), "{heads:?}");
        assert!(heads[1].contains("\r\nlast-event-id: 7"), "{heads:?}");
        assert!(heads[1].contains("\r\nauthorization: bearer canary-7f3a"), "{heads:?}");
    }
}

#[tokio::test]
async fn a_stream_that_stalls_is_gone_on_with() {
    let stalls = stream("id: 7\ndata: 1\n\n", End::Hang);
    let server = Server::start(vec![stalls, rest()]).await;
    let core = server.builder().stall_timeout(Duration::from_millis(50)).build().unwrap();
    let (found, error) = events(call(&core).with_resume(true)).await;
    assert_eq!((found, error.is_none(), server.requests()), (vec![1, 2], true, 2));
}

#[tokio::test]
async fn nothing_is_gone_on_with_unless_the_caller_wants_it() {
    let broken = || vec![stream("id: 7\ndata: 1\n\n", End::Reset), rest()];
    let server = Server::start(broken()).await;
    let (found, error) = events(call(&server.client())).await;
    assert_eq!((found, error.unwrap().kind(), server.requests()), (vec![1], ErrorKind::Stream, 1));

    let server = Server::start(broken()).await;
    let core = server.builder().resume_events(true).build().unwrap();
    let (found, error) = events(post(&core)).await;
    assert_eq!((found, error.unwrap().kind(), server.requests()), (vec![1], ErrorKind::Stream, 1));

    for (wanted, of_client) in [(Some(true), false), (None, true)] {
        let server = Server::start(broken()).await;
        let core = server.builder().resume_events(of_client).build().unwrap();
        let call = match wanted {
            Some(wanted) => post(&core).with_resume(wanted),
            None => call(&core),
        };
        assert_eq!(events(call).await.0, [1, 2]);
    }
}

#[tokio::test]
async fn without_an_id_only_a_stream_without_events_starts_again() {
    let server = Server::start(vec![stream("data: 1\n\n", End::Reset), rest()]).await;
    let (found, error) = events(call(&server.client()).with_resume(true)).await;
    assert_eq!((found, error.unwrap().kind(), server.requests()), (vec![1], ErrorKind::Stream, 1));

    let server = Server::start(vec![stream("data: 1", End::Reset), rest()]).await;
    let (found, error) = events(call(&server.client()).with_resume(true)).await;
    assert_eq!((found, error.is_none(), server.requests()), (vec![2], true, 2));
    assert!(!server.heads()[1].contains("last-event-id"));
}

#[tokio::test]
async fn tries_end_with_the_policy_and_start_anew_with_each_event() {
    let silent = || stream(": nothing\n\n", End::Reset);
    let broken = |id: u8| stream(&format!("id: {id}\ndata: {id}\n\n"), End::Reset);
    let script = vec![broken(1), silent(), broken(2), silent(), broken(3), silent()];
    let server = Server::start(script).await;
    let (found, error) = events(call(&server.client()).with_resume(true)).await;
    let error = error.unwrap();
    assert_eq!((found, error.kind(), server.requests()), (vec![1, 2, 3], ErrorKind::Stream, 7));
    assert!(server.heads()[6].contains("last-event-id: 3"));
}

#[tokio::test]
async fn tries_end_with_the_budget() {
    let server = Server::start(vec![stream("id: 1\ndata: 1\n\n", End::Reset)]).await;
    let core = server.builder().retry(RetryPolicy::default().budget(2)).build().unwrap();
    let (found, error) = events(call(&core).with_resume(true)).await;
    assert_eq!((found, error.unwrap().kind()), (vec![1, 1, 1], ErrorKind::Stream));
}

#[tokio::test]
async fn no_content_says_that_there_is_no_more_and_a_refusal_is_an_error() {
    for (status, failed) in [("204 No Content", None), ("404 Not Found", Some(ErrorKind::Status))] {
        let response = respond(&format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n"));
        let server = Server::start(vec![stream("id: 1\ndata: 1\n\n", End::Reset), response]).await;
        let (found, error) = events(call(&server.client()).with_resume(true)).await;
        assert_eq!((found, error.map(|it| it.kind())), (vec![1], failed));
    }
}
