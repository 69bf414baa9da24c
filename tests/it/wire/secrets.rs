//! The key is in no text that a program could log.

use super::{KEY, NO_DATASETS, cartesia, cartesia_builder, fireworks, ok, server};
use generated_client::cartesia as api;
use generated_client::client_runtime::testing::{fault, response};
use generated_client::client_runtime::{Error, ErrorKind, TransportErrorKind};
use std::fmt::Debug;

#[track_caller]
fn hides(what: &dyn Debug) {
    for text in [format!("{what:?}"), format!("{what:#?}")] {
        assert!(!text.contains(KEY), "the key is in {text}");
    }
}

/// An error, what is behind it, and what is behind that.
#[track_caller]
fn hides_all(error: &Error) {
    let mut next: Option<&dyn std::error::Error> = Some(error);
    while let Some(it) = next {
        hides(&it);
        assert!(!it.to_string().contains(KEY), "the key is in {it}");
        next = it.source();
    }
}

#[tokio::test]
async fn builders_clients_handles_calls_and_answers_hide_the_key() {
    let server = server([ok(NO_DATASETS)]);
    hides(&cartesia_builder(&server));
    hides(&api::Client::builder().default_header("x-token", KEY));
    let client = cartesia(&server);
    hides(&client);
    hides(&client.datasets());
    let call = client.datasets().list().with_header("x-token", KEY).with_query("key", &KEY);
    hides(&call);
    hides(&call.clone().send());
    hides(&call.clone().items());
    hides(&call.clone().send_with_meta().await.expect("a page"));
    hides(&call.send().await.expect("a page"));
    hides(&server);
    hides(&server.requests());
    hides(&fireworks(&server));
}

#[tokio::test]
async fn errors_hide_the_key_that_a_server_repeats() {
    let echo = format!(r#"{{"message":"invalid key {KEY}"}}"#);
    for (status, kind) in [(401, ErrorKind::Status), (200, ErrorKind::Decode)] {
        let server = server([response(status).json(&echo)]);
        let error = cartesia(&server).datasets().list().send().await.expect_err("it fails");
        assert_eq!(error.kind(), kind);
        hides_all(&error);
    }
}

#[tokio::test]
async fn errors_of_the_transport_hide_the_key() {
    for kind in
        [TransportErrorKind::Connect, TransportErrorKind::Timeout, TransportErrorKind::Broken]
    {
        let server = server([fault(kind)]);
        hides_all(&cartesia(&server).datasets().list().send().await.expect_err("it fails"));
    }
}

#[tokio::test]
async fn a_key_that_no_header_can_hold_is_refused_without_being_shown() {
    let server = server([ok(NO_DATASETS)]);
    for end in ["\r\nx: y", "\n", "\u{7f}", "\0"] {
        let key = format!("{KEY}{end}");
        let built = cartesia_builder(&server).api_key(&key).build();
        let error = match built {
            Ok(client) => client.datasets().list().send().await.expect_err("it cannot be sent"),
            Err(error) => error,
        };
        hides_all(&error);
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_refused_without_the_key() {
    let server = server([]);
    let url = format!("https://user:{KEY}@example.com");
    hides_all(&cartesia_builder(&server).base_url(&url).build().expect_err("it has a password"));
    let url = format!("https://example.com/?key={KEY}");
    hides_all(&cartesia_builder(&server).base_url(&url).build().expect_err("it has a query"));
}
