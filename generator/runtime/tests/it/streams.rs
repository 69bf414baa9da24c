//! Streams over a socket.

use crate::server::{End, Server, call, respond};
use client_runtime::{ErrorKind, codec::Json};
use std::time::Duration;

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n";

fn chunk(text: &str) -> Vec<u8> {
    format!("{:x}\r\n{text}\r\n", text.len()).into_bytes()
}

#[tokio::test]
async fn events_arrive_one_by_one_and_end_at_the_sentinel() {
    let wire = respond(&format!("{HEAD}transfer-encoding: chunked\r\n\r\n")).pause(30);
    let wire = ["data: 1\n", "\ndata: 2\n\n", "data: [DONE]\n\n"]
        .iter()
        .fold(wire, |it, text| it.then(chunk(text)))
        .end(End::Hang);
    let server = Server::start(vec![wire]).await;
    let mut events = call(&server.client()).send_events::<Json>().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap(), 1);
    assert_eq!(events.next().await.unwrap().unwrap(), 2);
    assert!(events.next().await.is_none());
    closed(&server).await;
}

/// Waits until the server has seen that its connections are closed.
async fn closed(server: &Server) {
    for _ in 0..100 {
        if server.open() == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("a connection is still open");
}

#[tokio::test]
async fn a_stream_that_is_dropped_closes_its_connection() {
    let wire = respond(&format!("{HEAD}transfer-encoding: chunked\r\n\r\n"))
        .then(chunk("data: 1\n\n"))
        .pause(20)
        .end(End::Repeat);
    let server = Server::start(vec![wire]).await;
    let mut events = call(&server.client()).send_events::<Json>().await.unwrap();
    events.next().await.unwrap().unwrap();
    drop(events);
    closed(&server).await;
}

#[tokio::test]
async fn a_call_that_is_dropped_at_any_time_leaves_no_request_running() {
    let slow = respond(HEAD)
        .then("content-length: 4\r\n")
        .then("\r\n12")
        .then("34")
        .pause(20)
        .end(End::Hang);
    let server = Server::start(vec![slow]).await;
    let core = server.client();
    for millis in [0, 1, 5, 15, 25, 45, 65, 75] {
        let sending = call(&core).send();
        let _ = tokio::time::timeout(Duration::from_millis(millis), sending).await;
    }
    drop(core);
    closed(&server).await;
}

#[tokio::test]
async fn a_stream_that_breaks_off_says_so() {
    for end in [End::Reset, End::Close] {
        let wire = respond(&format!("{HEAD}transfer-encoding: chunked\r\n\r\n"))
            .then(chunk("data: 1\n\n"))
            .pause(20)
            .end(end);
        let server = Server::start(vec![wire]).await;
        let mut events = call(&server.client()).send_events::<Json>().await.unwrap();
        events.next().await.unwrap().unwrap();
        assert_eq!(events.next().await.unwrap().unwrap_err().kind(), ErrorKind::Stream);
        assert!(events.next().await.is_none());
    }
}

#[tokio::test]
async fn an_upload_is_streamed_from_a_file() {
    let server = Server::start(vec![crate::server::ok("1")]).await;
    let path = std::env::temp_dir().join(format!("client-runtime-it-{}.bin", std::process::id()));
    std::fs::write(&path, vec![1; 3 << 20]).unwrap();
    let mut form = client_runtime::Multipart::new();
    form.file("file", client_runtime::FilePart::file(&path).mime("audio/wav"));
    let core = server.builder().timeout(Duration::from_secs(5)).build().unwrap();
    let sent = core.request(client_runtime::Method::Post, "/up").multipart(form).send().await;
    std::fs::remove_file(&path).unwrap();
    assert_eq!(sent.unwrap(), 1);
    assert!(server.bytes_in() > 3 << 20);
}
