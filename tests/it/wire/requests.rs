//! Requests: paths, queries, headers, servers.

use super::{
    KEY, NO_DATASETS, cartesia, cartesia_builder, fireworks, fireworks_builder, ok, server,
};
use generated_client::client_runtime::ErrorKind;
use generated_client::client_runtime::testing::{RecordedRequest, Scripted};
use generated_client::{cartesia as cartesia_api, fireworks as fireworks_api};

/// The one request that a server got.
fn only(server: &Scripted) -> RecordedRequest {
    let mut requests = server.requests();
    assert_eq!(requests.len(), 1, "requests");
    requests.remove(0)
}

#[tokio::test]
async fn the_version_is_sent_without_being_asked_for() {
    let server = server([ok(NO_DATASETS)]);
    cartesia(&server).datasets().list().send().await.expect("a page");
    assert_eq!(only(&server).header("cartesia-version"), Some("2026-03-01"));
}

#[tokio::test]
async fn another_version_can_be_set_on_the_client_and_for_a_call() {
    let server = server([ok(NO_DATASETS)]);
    let client =
        cartesia_builder(&server).cartesia_version("2027-01-01").build().expect("a client");
    client.datasets().list().send().await.expect("a page");
    let call = client.datasets().list().with_header("Cartesia-Version", "2028-01-01");
    call.send().await.expect("a page");
    let sent = server.requests();
    let versions: Vec<_> = sent
        .iter()
        .map(|it| it.headers.get_all("cartesia-version").iter().collect::<Vec<_>>())
        .collect();
    assert_eq!(versions, [["2027-01-01"], ["2028-01-01"]]);
}

#[tokio::test]
async fn slashes_at_the_end_are_kept() {
    let server = server([ok(NO_DATASETS)]);
    let client = cartesia(&server);
    client.datasets().list().send().await.expect("a page");
    client.fine_tunes().list().send().await.expect("a page");
    client.datasets().files().list("ds_1").send().await.expect("a page");
    let sent = server.requests();
    let targets: Vec<_> = sent.iter().map(RecordedRequest::target).collect();
    assert_eq!(targets, ["/datasets/", "/fine-tunes/", "/datasets/ds_1/files"]);
}

#[tokio::test]
async fn an_id_fills_its_segment_whatever_it_holds() {
    let server = server([ok(NO_DATASETS)]);
    let client = cartesia(&server);
    client.datasets().files().list("a/b?c#d é").send().await.expect("a page");
    assert_eq!(only(&server).target(), "/datasets/a%2Fb%3Fc%23d%20%C3%A9/files");
}

#[tokio::test]
async fn an_id_that_would_lead_elsewhere_is_refused_before_anything_is_sent() {
    let server = server([ok(NO_DATASETS)]);
    let client = cartesia(&server);
    for id in ["", ".", "..", "%2e%2e", "%2E.", "%252e%252e", "../fine-tunes", "a/../b", "..\\x"] {
        let error = client.datasets().get(id).send().await.expect_err("it is refused");
        assert_eq!(error.kind(), ErrorKind::InvalidParameter, "{id:?}");
        assert!(error.to_string().starts_with("datasets_get: path parameter `id`"), "{error}");
    }
    for account in ["", "..", "%2e%2e"] {
        let error = fireworks(&server).datasets().list().account_id(account).send().await;
        assert_eq!(
            error.expect_err("it is refused").kind(),
            ErrorKind::InvalidParameter,
            "{account:?}"
        );
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn query_values_are_encoded_and_what_was_not_set_is_not_sent() {
    let server = server([ok("{}")]);
    let list = fireworks(&server).datasets().list().filter("state = READY & a=b+c");
    list.order_by("createTime desc,name").page_size(7).send().await.expect("a page");
    assert_eq!(
        only(&server).target(),
        "/v1/accounts/acme/datasets?filter=state%20%3D%20READY%20%26%20a%3Db%2Bc&orderBy=createTime%20desc%2Cname&pageSize=7"
    );
}

#[tokio::test]
async fn the_key_is_a_bearer_token_and_the_client_names_itself() {
    let server = server([ok(NO_DATASETS)]);
    cartesia(&server).datasets().list().send().await.expect("a page");
    let request = only(&server);
    assert_eq!(request.header("authorization"), Some(&*format!("Bearer {KEY}")));
    assert_eq!(request.header("accept"), Some("application/json"));
    assert!(request.header("user-agent").is_some_and(|it| it.starts_with("generated-client/")));
}

#[tokio::test]
async fn the_account_comes_from_the_call_then_the_client_then_the_environment() {
    let server = server([ok("{}")]);
    let from_environment = |name: &str| match name {
        "FIREWORKS_API_KEY" => Some(KEY.to_owned()),
        "FIREWORKS_ACCOUNT_ID" => Some("environment".to_owned()),
        _ => None,
    };
    let builder =
        || fireworks_api::Client::builder().environment(from_environment).transport(server.clone());
    let plain = builder().build().expect("a client");
    let own = builder().account_id("client").build().expect("a client");
    plain.datasets().list().send().await.expect("a page");
    own.datasets().list().send().await.expect("a page");
    own.datasets().list().account_id("call").send().await.expect("a page");
    let sent = server.requests();
    let paths: Vec<_> = sent.iter().map(|it| it.uri.path()).collect();
    assert_eq!(
        paths,
        ["environment", "client", "call"].map(|it| format!("/v1/accounts/{it}/datasets"))
    );
}

#[tokio::test]
async fn a_missing_account_is_an_error_that_says_where_it_could_come_from() {
    let server = server([ok("{}")]);
    let client = fireworks_builder(&server).build().expect("other calls need none");
    let error = client.datasets().list().send().await.expect_err("it is missing");
    assert!(
        matches!(error.kind(), ErrorKind::Configuration | ErrorKind::MissingParameter),
        "{error:?}"
    );
    let text = error.to_string();
    assert!(text.contains("account_id") && text.contains("FIREWORKS_ACCOUNT_ID"), "{text}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_missing_key_is_an_error_that_names_the_variable() {
    let server = server([ok(NO_DATASETS)]);
    let builder = cartesia_api::Client::builder().environment(|_| None).transport(server.clone());
    let client = builder.build().expect("other calls may need none");
    let error = client.datasets().list().send().await.expect_err("there is no key");
    assert_eq!(error.kind(), ErrorKind::Configuration);
    assert!(error.to_string().contains("CARTESIA_API_KEY"), "{error}");
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_base_url_replaces_the_server_and_keeps_its_path() {
    let server = server([ok(NO_DATASETS)]);
    let from_environment = |name: &str| {
        (name == "CARTESIA_BASE_URL").then(|| "https://proxy.example.com/v9".to_owned())
    };
    let builder = || cartesia_builder(&server).environment(from_environment);
    let plain = cartesia(&server);
    let moved = builder().build().expect("a client");
    let stated = builder().base_url("https://own.example.com/prefix/").build().expect("a client");
    for client in [plain, moved, stated] {
        client.datasets().list().send().await.expect("a page");
    }
    let sent: Vec<_> = server.requests().iter().map(|it| it.uri.to_string()).collect();
    assert_eq!(
        sent,
        [
            "https://api.cartesia.ai/datasets/",
            "https://proxy.example.com/v9/datasets/",
            "https://own.example.com/prefix/datasets/",
        ]
    );
}

#[test]
fn a_base_url_that_would_show_the_key_on_the_way_is_refused() {
    let server = server([]);
    let error = cartesia_builder(&server).base_url("http://example.com").build();
    assert_eq!(error.expect_err("it is not https").kind(), ErrorKind::Configuration);
}
