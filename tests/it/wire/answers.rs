//! Responses: drift is kept, failures lose nothing, and requests that may be tried again are.

use super::{cartesia, cartesia_builder, fireworks, ok, server};
use generated_client::cartesia::types::FineTuneStatus;
use generated_client::client_runtime::testing::{TestClock, response};
use generated_client::client_runtime::{Error, ErrorKind};
use generated_client::fireworks::types::{Dataset, DatasetState};
use std::time::Duration;

const TUNE: &str = r#"{"id":"ft_1","name":"n","description":"","language":"en","model_id":"m","dataset":"ds_1","status":"STATUS"}"#;

/// One page of fine-tunes whose only one has this status.
async fn status(text: &str) -> FineTuneStatus {
    let page = format!(r#"{{"data":[{}],"has_more":false}}"#, TUNE.replace("STATUS", text));
    let server = server([ok(&page)]);
    let page = cartesia(&server).fine_tunes().list().send().await.expect("it is decoded");
    page.data[0].status.clone()
}

#[tokio::test]
async fn an_unknown_value_of_an_enum_is_kept() {
    assert_eq!(status("training").await, FineTuneStatus::Training);
    let unknown = status("paused by an admin").await;
    assert!(matches!(unknown, FineTuneStatus::Unknown(_)));
    assert_eq!(unknown.as_str(), "paused by an admin");
    assert_eq!(unknown, "paused by an admin".into());
}

#[tokio::test]
async fn a_size_beyond_four_bytes_is_read() {
    let server = server([ok(
        r#"{"data":[{"id":"f","filename":"a.wav","created_at":"","size":5000000000}],"has_more":false}"#,
    )]);
    let page =
        cartesia(&server).datasets().files().list("ds_1").send().await.expect("it is decoded");
    assert_eq!(page.data[0].size, 5_000_000_000);
}

/// The only dataset of a page that holds this one.
async fn dataset(json: &str) -> Result<Dataset, Error> {
    let server = server([ok(&format!(r#"{{"datasets":[{json}]}}"#))]);
    let page = fireworks(&server).datasets().list().send().await?;
    Ok(page.into_items().remove(0))
}

#[tokio::test]
async fn a_count_is_read_from_text_and_from_a_number() {
    for (json, count) in [
        (r#"{"exampleCount":"42"}"#, 42),
        (r#"{"exampleCount":42}"#, 42),
        (r#"{"exampleCount":"9223372036854775807"}"#, i64::MAX),
        (r#"{"exampleCount":-1}"#, -1),
    ] {
        assert_eq!(dataset(json).await.expect("it is decoded").example_count, count, "{json}");
    }
}

#[tokio::test]
async fn null_is_nothing_for_what_is_optional() {
    let all = r#"{"exampleCount":"1","name":null,"state":null,"createTime":null,"status":null,
        "estimatedTokenCount":null,"userUploaded":null,"averageTurnCount":null}"#;
    let one = dataset(all).await.expect("it is decoded");
    assert_eq!(one, dataset(r#"{"exampleCount":"1"}"#).await.expect("it is decoded"));
    assert_eq!((one.name, one.state), (None, None));
}

#[tokio::test]
async fn unknown_properties_are_passed_over_and_open_objects_keep_theirs() {
    let json =
        r#"{"exampleCount":"1","added":{"later":[1]},"state":"READY","userUploaded":{"by":"me"}}"#;
    let it = dataset(json).await.expect("it is decoded");
    assert_eq!(it.state, Some(DatasetState::Ready));
    let kept = it.user_uploaded.expect("it is there").additional_properties;
    assert_eq!(kept["by"], "me");
}

#[tokio::test]
async fn an_answer_that_does_not_fit_is_named_to_the_place_and_kept() {
    for (json, path) in [
        (r#"{"exampleCount":"many"}"#, "datasets[0].exampleCount"),
        (r#"{"exampleCount":"1","state":7}"#, "datasets[0].state"),
        (
            r#"{"exampleCount":"1","evaluationResult":{"evaluationJobId":[]}}"#,
            "datasets[0].evaluationResult.evaluationJobId",
        ),
    ] {
        let error = dataset(json).await.expect_err("it does not fit");
        assert_eq!((error.kind(), error.path()), (ErrorKind::Decode, Some(path)), "{error}");
        assert_eq!(error.body().expect("it is kept"), &format!(r#"{{"datasets":[{json}]}}"#));
        assert!(error.to_string().contains(path), "{error}");
    }
    let error = dataset("{}").await.expect_err("a required property is missing");
    assert!(error.to_string().contains("datasets[0]"), "{error}");
    let source = std::error::Error::source(&error).expect("it has a source").to_string();
    assert!(source.contains("exampleCount"), "{source}");
}

#[tokio::test]
async fn a_success_that_is_no_json_keeps_its_body() {
    let page = "<html>maintenance</html>";
    for body in [page, "", "{\"data\":[", "\u{fffd}"] {
        let server = server([response(200).chunk(body)]);
        let error = cartesia(&server).datasets().list().send().await.expect_err("it is no JSON");
        assert_eq!(error.kind(), ErrorKind::Decode, "{body:?}");
        assert_eq!(error.body().expect("it is kept"), body);
    }
}

#[tokio::test]
async fn a_refusal_keeps_status_headers_and_body() {
    let refusal = response(401).header("x-request-id", "req_9").json(r#"{"message":"bad key"}"#);
    let server = server([refusal]);
    let error = cartesia(&server).datasets().list().send().await.expect_err("it is refused");
    assert_eq!(
        (error.kind(), error.status().map(|it| it.as_u16())),
        (ErrorKind::Status, Some(401))
    );
    assert_eq!(error.body().expect("it is kept"), r#"{"message":"bad key"}"#);
    assert_eq!(error.request_id(), Some("req_9"));
    assert_eq!(error.operation(), "datasets_list");
    assert!(error.to_string().contains("401") && error.to_string().contains("bad key"), "{error}");
    assert_eq!(server.requests().len(), 1, "a refusal is not tried again");
}

#[tokio::test]
async fn too_many_requests_waits_as_the_server_asks() {
    let server = server([response(429).header("retry-after", "7"), ok(super::NO_DATASETS)]);
    let clock = TestClock::default();
    let client = cartesia_builder(&server).timer(clock.clone()).build().expect("a client");
    client.datasets().list().send().await.expect("the second try succeeds");
    assert_eq!(server.requests().len(), 2);
    assert_eq!(clock.waits(), [Duration::from_secs(7)]);
}

#[tokio::test]
async fn twice_unavailable_then_fine_is_fine() {
    let server = server([response(503), response(503), ok(super::NO_DATASETS)]);
    let clock = TestClock::default();
    let client = cartesia_builder(&server).timer(clock.clone()).build().expect("a client");
    let page = client.datasets().list().send_with_meta().await.expect("the third try succeeds");
    drop(page);
    assert_eq!(server.requests().len(), 3);
    assert_eq!(clock.waits().len(), 2);
    let sent = server.requests();
    assert!(sent.iter().all(|it| it.target() == sent[0].target() && it.headers == sent[0].headers));
}

#[tokio::test]
async fn a_server_that_stays_unavailable_is_given_up() {
    let server = server([response(503).chunk("overloaded")]);
    let error = cartesia(&server).datasets().list().send().await.expect_err("it stays so");
    assert_eq!(error.attempts().len(), 3);
    assert_eq!(error.body().expect("it is kept"), "overloaded");
    let none = cartesia(&server).datasets().list().with_max_retries(0).send().await;
    assert_eq!(none.expect_err("it stays so").attempts().len(), 1);
    assert_eq!(server.requests().len(), 4);
}

#[tokio::test]
async fn a_redirect_is_an_error_and_not_followed() {
    for status in [301, 302, 303, 307, 308] {
        let server =
            server([response(status).header("location", "https://elsewhere.example.com/x")]);
        let error =
            cartesia(&server).datasets().list().send().await.expect_err("it is not followed");
        assert_eq!(error.kind(), ErrorKind::Redirect, "{status}");
        assert_eq!(server.requests().len(), 1);
    }
}
