//! Rate limits, outages, endless walks, echoed keys and odd waits, over real sockets.

use super::{KEY, NO_DATASETS};
use crate::server::{Server, Turn, response};
use generated_client::client_runtime::{ErrorKind, RetryPolicy};
use generated_client::{cartesia, fireworks};
use std::time::{Duration, Instant};

fn builder(base: &str) -> cartesia::ClientBuilder {
    cartesia::Client::builder().environment(|_| None).api_key(KEY).base_url(base)
}

fn fine() -> Turn {
    Turn::Response(response(200, &[], NO_DATASETS))
}

/// The number of concurrent calls that succeed.
async fn at_once(client: &cartesia::Client, calls: usize) -> usize {
    let calls: Vec<_> = (0..calls).map(|_| tokio::spawn(client.datasets().list().send())).collect();
    let mut good = 0;
    for call in calls {
        good += usize::from(call.await.expect("no call panics").is_ok());
    }
    good
}

#[tokio::test]
async fn a_batch_that_is_told_to_wait_succeeds_as_a_whole() {
    let busy = || Turn::Response(response(429, &[("retry-after", "1")], ""));
    let server = Server::start((0..50).map(|_| busy()).chain([fine()]));
    let client = builder(&server.url()).build().expect("the settings are fine");
    let start = Instant::now();
    assert_eq!(at_once(&client, 50).await, 50);
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(server.heads().len(), 100);
}

#[tokio::test]
async fn a_server_that_is_down_gets_the_calls_and_the_budget_and_no_more() {
    let server = Server::start([Turn::Response(response(503, &[], ""))]);
    let policy = RetryPolicy::default().backoff(Duration::from_millis(1), Duration::from_millis(2));
    let client = builder(&server.url()).retry(policy).build().expect("the settings are fine");
    assert_eq!(at_once(&client, 500).await, 0);
    assert!(server.heads().len() <= 510, "{}", server.heads().len());
    let error = client.datasets().list().send().await.expect_err("it is down");
    assert!(error.is_budget_exhausted() && error.to_string().contains("retry budget"), "{error}");
}

/// A page without items that leads on to a token that was never there.
fn empty_page(head: &str) -> String {
    let token = head.split("pageToken=t").nth(1).and_then(|it| it.split([' ', '&']).next());
    let next = token.and_then(|it| it.parse().ok()).unwrap_or(0) + 1;
    response(200, &[], &format!(r#"{{"datasets":[],"nextPageToken":"t{next}"}}"#))
}

#[tokio::test]
async fn a_walk_over_empty_pages_ends() {
    for (limit, requests) in [(None, 101), (Some(3), 4)] {
        let server = Server::start([Turn::By(empty_page)]);
        let builder = fireworks::Client::builder().environment(|_| None).api_key(KEY);
        let builder = builder.account_id("acme").base_url(&server.url());
        let builder = limit.map_or(builder.clone(), |it| builder.max_empty_pages(it));
        let client = builder.build().expect("the settings are fine");
        let mut items = client.datasets().list().items();
        let error = items.next().await.expect("an end").expect_err("an error");
        assert_eq!((error.kind(), server.heads().len()), (ErrorKind::Paging, requests));
        assert!(error.to_string().contains(&format!("\"t{requests}\"")), "{error}");
        assert!(items.next().await.is_none());
    }
}

#[tokio::test]
async fn a_key_that_a_server_repeats_in_any_spelling_is_not_shown() {
    let key = "sk/canary+7f3a";
    for echo in
        [r"sk\/canary\u002b7f3a", "sk%2Fcanary%2B7f3a", "sk&#47;canary&#x2b;7f3a", "sk/canary+7f3a"]
    {
        let server = Server::start([Turn::Response(response(401, &[], echo))]);
        let own = builder(&server.url()).default_header("x-other", key);
        for client in [builder(&server.url()).api_key(key), own] {
            let client = client.build().expect("the settings are fine");
            let error = client.datasets().list().send().await.expect_err("it is refused");
            let text = format!("{error} {error:?}");
            assert!(!text.contains("7f3a") && text.contains("[redacted]"), "{text}");
        }
    }
}

#[tokio::test]
async fn a_wait_beyond_all_time_ends_the_call_with_its_response() {
    let server = Server::start([Turn::Response(response(429, &[("retry-after", "1e19")], ""))]);
    let policy = RetryPolicy::default().max_retry_after(Duration::MAX);
    let client = builder(&server.url()).retry(policy).total_timeout(Duration::from_secs(9));
    let client = client.build().expect("the settings are fine");
    let error = client.datasets().list().send().await.expect_err("it is refused");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(429));
}

#[tokio::test]
async fn a_missing_key_is_named_by_its_setter_and_an_empty_one_is_refused() {
    let builder = || cartesia::Client::builder().environment(|_| None);
    let client = builder().build().expect("a key may be missing");
    let error = client.datasets().list().send().await.expect_err("it is needed");
    let text = error.to_string();
    assert!(text.contains("`api_key` (environment variable `CARTESIA_API_KEY`)"), "{text}");
    let error = builder().api_key("").build().expect_err("it is empty");
    assert_eq!(error.kind(), ErrorKind::Configuration);
}

#[tokio::test]
async fn options_of_a_call_take_what_a_closure_holds() {
    let server = Server::start([fine()]);
    let client = builder(&server.url()).build().expect("the settings are fine");
    let name = String::from("x-held");
    let call = client.datasets().list().with_call(|call| call.with_header(&name, "1"));
    call.send().await.expect("a page");
    assert!(server.heads()[0].contains("x-held: 1"), "{}", server.heads()[0]);
}
