//! The same over real sockets, against a server that does what it is told and nothing else.

use super::{KEY, NO_DATASETS};
use crate::server::{Server, Turn, response};
use generated_client::cartesia::Client;
use generated_client::client_runtime::{ErrorKind, RetryPolicy};
use std::time::Duration;

/// A client of a server on loopback that waits a millisecond between tries.
fn client(base: &str) -> Client {
    let policy = RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(2));
    let builder = Client::builder().environment(|_| None).api_key(KEY).base_url(base).retry(policy);
    builder.build().expect("the settings are fine")
}

fn fine() -> Turn {
    Turn::Response(response(200, &[], NO_DATASETS))
}

#[tokio::test]
async fn a_page_comes_over_a_socket() {
    let server = Server::start([fine()]);
    client(&server.url()).datasets().list().limit(3).send().await.expect("a page");
    let heads = server.heads();
    assert!(heads[0].starts_with("GET /datasets/?limit=3 HTTP/1.1\r\n"), "{}", heads[0]);
    assert!(heads[0].contains("cartesia-version: 2026-03-01\r\n"), "{}", heads[0]);
}

#[tokio::test]
async fn an_id_arrives_as_one_segment() {
    let server = Server::start([fine()]);
    client(&server.url()).datasets().files().list("a/b?c#d é").send().await.expect("a page");
    assert!(
        server.heads()[0].starts_with("GET /datasets/a%2Fb%3Fc%23d%20%C3%A9/files HTTP/1.1\r\n")
    );
}

#[tokio::test]
async fn too_many_requests_and_unavailable_are_tried_again() {
    let busy = Turn::Response(response(429, &[("retry-after", "0.005")], "slow down"));
    let down = || Turn::Response(response(503, &[], ""));
    let server = Server::start([busy, fine(), down(), down(), fine()]);
    let client = client(&server.url());
    client.datasets().list().send().await.expect("the second try succeeds");
    client.datasets().list().send().await.expect("the third try succeeds");
    assert_eq!(server.heads().len(), 5);
}

#[tokio::test]
async fn a_refusal_keeps_its_body() {
    let server = Server::start([Turn::Response(response(401, &[], "who are you?"))]);
    let error = client(&server.url()).datasets().list().send().await.expect_err("it is refused");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(401));
    assert_eq!(error.body().expect("it is kept"), "who are you?");
    assert!(!format!("{error:?}{error}").contains(KEY));
}

#[tokio::test]
async fn a_connection_that_breaks_is_tried_again() {
    let cut = response(200, &[], NO_DATASETS);
    let cut = cut[..cut.len() - 5].to_owned();
    let server = Server::start([Turn::Close, Turn::Response(cut), fine()]);
    client(&server.url()).datasets().list().send().await.expect("the third try succeeds");
    assert_eq!(server.heads().len(), 3);
}

#[tokio::test]
async fn an_answer_that_is_always_cut_off_is_an_error_of_the_transport() {
    let cut = response(200, &[], NO_DATASETS);
    let server = Server::start([Turn::Response(cut[..cut.len() - 5].to_owned())]);
    let error = client(&server.url()).datasets().list().send().await.expect_err("it is cut off");
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert_eq!(error.attempts().len(), 3);
}

#[tokio::test]
async fn no_redirect_is_followed_and_no_credential_arrives_elsewhere() {
    let elsewhere = Server::start([fine()]);
    for status in [301, 302, 303, 307, 308] {
        let there = format!("{}/datasets/", elsewhere.url());
        let server = Server::start([Turn::Response(response(status, &[("location", &there)], ""))]);
        let error = client(&server.url()).datasets().list().send().await.expect_err("not followed");
        assert_eq!(error.kind(), ErrorKind::Redirect, "{status}");
        assert_eq!(server.heads().len(), 1);
    }
    assert!(elsewhere.heads().is_empty());
}

#[tokio::test]
async fn a_server_that_is_not_there_is_an_error_without_the_key() {
    let gone = Server::start([]).url();
    let error = client(&gone).datasets().list().with_max_retries(0).send().await;
    let error = error.expect_err("nobody listens");
    assert!(matches!(error.kind(), ErrorKind::Connect | ErrorKind::Transport), "{error:?}");
    assert!(!format!("{error:?}{error}").contains(KEY));
}
