//! Answers that are slow, large or without end.

use crate::server::{End, Fault, Server, call, get, ok, post, respond, silent};
use client_runtime::ErrorKind;
use std::time::{Duration, Instant};

const HEAD: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n";
const MS: fn(u64) -> Duration = Duration::from_millis;

fn hanging() -> Fault {
    silent().end(End::Hang)
}

fn between(start: Instant, from: u64, to: u64) {
    let took = start.elapsed();
    assert!(took >= MS(from) && took < MS(to), "{took:?}");
}

#[tokio::test]
async fn a_server_that_never_responds_is_given_up_on_each_try() {
    let server = Server::start(vec![hanging()]).await;
    let (core, start) = (server.builder().timeout(MS(100)).build().unwrap(), Instant::now());
    let error = get(&core).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts().len()), (ErrorKind::Timeout, 3));
    between(start, 300, 1500);
    assert!(post(&core).send().await.unwrap_err().is_timeout());
    assert_eq!(server.requests(), 4);
}

#[tokio::test]
async fn a_slow_drip_may_take_longer_than_a_try_and_ends_with_the_total_limit() {
    let drip = respond(&format!("{HEAD}content-length: 1000\r\n\r\n")).then("1").pause(50);
    let length = format!("{HEAD}content-length: 21\r\n\r\n");
    let slow = (0..20).fold(respond(&length).then("1").pause(50), |it, _| it.then(" "));
    let moving = Server::start(vec![slow]).await;
    assert_eq!(get(&moving.client()).await.unwrap(), 1);

    let server = Server::start(vec![drip.end(End::Repeat)]).await;
    let builder = server.builder().max_retries(0).total_timeout(MS(400));
    let (core, start) = (builder.build().unwrap(), Instant::now());
    assert!(get(&core).await.unwrap_err().is_timeout());
    between(start, 300, 900);
}

#[tokio::test]
async fn an_error_whose_body_stalls_gives_its_status() {
    for status in ["400 Bad Request", "401 Unauthorized", "429 Too Many", "500 Oh"] {
        let head = format!("HTTP/1.1 {status}\r\ncontent-length: 100\r\n\r\npart");
        let server = Server::start(vec![respond(&head).end(End::Hang)]).await;
        let core = server.builder().max_retries(0).timeout(MS(60_000)).build().unwrap();
        let start = Instant::now();
        let error = get(&core).await.unwrap_err();
        assert_eq!(error.status().unwrap().as_u16().to_string(), status[..3]);
        assert_eq!(error.body().unwrap(), "part");
        between(start, 0, 3000);
    }
}

#[tokio::test]
async fn an_upload_that_moves_may_take_longer_than_a_try() {
    let server = Server::start(vec![ok("1").reading(64 << 10, 2)]).await;
    let core = server.builder().timeout(MS(1000)).max_retries(0).build().unwrap();
    let body = vec![b'x'; 64 << 20];
    let start = Instant::now();
    assert_eq!(post(&core).bytes("text/plain", body).send().await.unwrap(), 1);
    assert!(start.elapsed() > MS(1500), "{:?}", start.elapsed());

    let server = Server::start(vec![ok("1").reading(1 << 10, 60_000)]).await;
    let core = server.builder().timeout(MS(300)).max_retries(0).build().unwrap();
    let start = Instant::now();
    let stuck = post(&core).bytes("text/plain", vec![b'x'; 64 << 20]).send().await;
    assert!(stuck.unwrap_err().is_timeout());
    between(start, 300, 2000);
}

#[tokio::test]
async fn the_total_limit_ends_tries_early() {
    let server = Server::start(vec![hanging()]).await;
    let (core, start) = (server.client(), Instant::now());
    let error =
        call(&core).with_total_timeout(MS(300)).with_max_retries(50).send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    between(start, 200, 900);
    assert!(server.requests() <= 3);
}

#[tokio::test]
async fn a_body_without_end_is_cut_off() {
    let endless = respond(&format!("{HEAD}transfer-encoding: chunked\r\n\r\n"))
        .then(format!("10000\r\n{}\r\n", " ".repeat(0x10000)))
        .end(End::Repeat);
    let server = Server::start(vec![endless]).await;
    let core = server.builder().max_response_bytes(1 << 20).timeout(MS(5000)).build().unwrap();
    assert_eq!(get(&core).await.unwrap_err().kind(), ErrorKind::TooLarge);
    assert!(server.written() < 32 << 20, "{}", server.written());
    assert_eq!(server.requests(), 1);
}

#[tokio::test]
async fn an_announced_gigabyte_is_not_read_at_all() {
    let server = Server::start(vec![
        respond(&format!("{HEAD}content-length: 1000000000\r\n\r\n1")).end(End::Hang),
    ])
    .await;
    let start = Instant::now();
    assert_eq!(get(&server.client()).await.unwrap_err().kind(), ErrorKind::TooLarge);
    between(start, 0, 150);
}

#[tokio::test]
async fn an_error_body_without_end_still_gives_the_error() {
    let endless = respond("HTTP/1.1 400 Bad Request\r\ntransfer-encoding: chunked\r\n\r\n")
        .then(format!("10000\r\n{}\r\n", "x".repeat(0x10000)))
        .end(End::Repeat);
    let server = Server::start(vec![endless]).await;
    let core = server.builder().timeout(MS(5000)).build().unwrap();
    let error = get(&core).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.body().map(client_runtime::bytes::Bytes::len)),
        (ErrorKind::Status, Some(1 << 20))
    );
}

#[tokio::test]
async fn a_stream_that_stalls_ends_with_a_timeout() {
    let stalls = respond(&format!("{HEAD}transfer-encoding: chunked\r\n\r\n"))
        .then("3\r\nabc\r\n")
        .end(End::Hang);
    let server = Server::start(vec![stalls]).await;
    let core = server.builder().stall_timeout(MS(100)).build().unwrap();
    let mut download = call(&core).send_bytes().await.unwrap();
    assert_eq!(download.next().await.unwrap().unwrap(), "abc");
    assert!(download.next().await.unwrap().unwrap_err().is_timeout());
    assert!(download.next().await.is_none());
}

#[tokio::test]
async fn a_stream_that_moves_may_take_longer_than_a_try() {
    let slow = respond(&format!("{HEAD}content-length: 10\r\n\r\n")).pause(50);
    let slow = (0..10).fold(slow, |it, _| it.then("x"));
    let server = Server::start(vec![slow]).await;
    let core = server.builder().stall_timeout(MS(200)).build().unwrap();
    assert_eq!(call(&core).send_bytes().await.unwrap().bytes().await.unwrap().len(), 10);
}

/// The number of concurrent calls that succeed.
async fn at_once(core: &client_runtime::Core, calls: usize) -> usize {
    let calls: Vec<_> = (0..calls)
        .map(|_| {
            let core = core.clone();
            tokio::spawn(async move { get(&core).await.map(drop) })
        })
        .collect();
    let mut good = 0;
    for it in calls {
        good += usize::from(it.await.unwrap().is_ok());
    }
    good
}

#[tokio::test]
async fn a_storm_is_not_multiplied_one_at_a_time_or_all_at_once() {
    for status in ["503 Service Unavailable", "429 Too Many Requests"] {
        let fault =
            respond(&format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\n\r\n")).end(End::KeepAlive);
        let server = Server::start(vec![fault.clone()]).await;
        let core = server.client();
        for _ in 0..100 {
            get(&core).await.unwrap_err();
        }
        let error = get(&core).await.unwrap_err();
        assert!(error.is_budget_exhausted() && error.to_string().contains("budget"), "{error}");
        assert!(server.requests() <= 111, "{}", server.requests());

        let server = Server::start(vec![fault]).await;
        let core = server.builder().timeout(MS(5000)).build().unwrap();
        assert_eq!(at_once(&core, 500).await, 0);
        assert!(server.requests() <= 510, "{}", server.requests());
    }
}

#[tokio::test]
async fn a_storm_against_a_server_that_resets_is_not_multiplied() {
    let server = Server::start(vec![silent().end(End::Reset)]).await;
    let core = server.builder().timeout(MS(5000)).build().unwrap();
    assert_eq!(at_once(&core, 500).await, 0);
    assert!(server.requests() <= 510, "{}", server.requests());
}

#[tokio::test]
async fn all_of_a_batch_succeed_that_the_server_asks_to_wait() {
    let busy = respond("HTTP/1.1 429 Slow\r\ncontent-length: 0\r\nretry-after: 1\r\n\r\n");
    let faults = vec![busy.end(End::KeepAlive); 50];
    let server = Server::start(faults.into_iter().chain([ok("1")]).collect()).await;
    let core = server.builder().timeout(MS(5000)).build().unwrap();
    let start = Instant::now();
    assert_eq!(at_once(&core, 50).await, 50);
    between(start, 1000, 4000);
    assert_eq!(server.requests(), 100);
}

#[tokio::test]
async fn after_a_storm_a_success_comes_through() {
    let server = Server::start(vec![
        respond("HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nretry-after-ms: 5\r\n\r\n")
            .end(End::KeepAlive),
        ok("7"),
    ])
    .await;
    assert_eq!(post(&server.client()).send().await.unwrap(), 7);
}
