//! Lists: every item of every page once and in order, and always an end.

use super::{cartesia, fireworks, ok, server, strict};
use generated_client::client_runtime::ErrorKind;
use generated_client::client_runtime::testing::{MockResponse, RecordedRequest, Scripted};

/// A page of files with these ids.
fn files(ids: &[&str], has_more: bool) -> MockResponse {
    let file =
        |id: &&str| format!(r#"{{"id":"{id}","filename":"{id}.wav","created_at":"","size":1}}"#);
    let data: Vec<_> = ids.iter().map(file).collect();
    ok(&format!(r#"{{"data":[{}],"has_more":{has_more}}}"#, data.join(",")))
}

/// A page of datasets with these names, and a token if there is a next one.
fn datasets(names: &[&str], token: Option<&str>) -> MockResponse {
    let dataset = |name: &&str| format!(r#"{{"name":"{name}","exampleCount":"1"}}"#);
    let all: Vec<_> = names.iter().map(dataset).collect();
    let token = token.map(|it| format!(r#","nextPageToken":"{it}""#)).unwrap_or_default();
    ok(&format!(r#"{{"datasets":[{}]{token}}}"#, all.join(",")))
}

fn targets(server: &Scripted) -> Vec<String> {
    server.requests().iter().map(|it: &RecordedRequest| it.target().to_owned()).collect()
}

/// More items than any list here has: a walk that does not end fails.
const MAX_ITEMS: usize = 100;

/// The ids of all files, or what stopped the walk.
async fn all_files(server: &Scripted) -> Result<Vec<String>, ErrorKind> {
    let mut items = cartesia(server).datasets().files().list("ds_1").limit(2).items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.map_err(|it| it.kind())?.id);
        assert!(found.len() < MAX_ITEMS, "the walk does not end");
    }
    Ok(found)
}

/// The names of all datasets, or what stopped the walk.
async fn all_datasets(server: &Scripted) -> Result<Vec<String>, ErrorKind> {
    let list = fireworks(server).datasets().list().filter("state = READY").page_size(2);
    let mut items = list.items();
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        found.push(item.map_err(|it| it.kind())?.name.expect("each has a name"));
        assert!(found.len() < MAX_ITEMS, "the walk does not end");
    }
    Ok(found)
}

#[tokio::test]
async fn three_pages_by_cursor_come_once_and_in_order() {
    let server = server([files(&["a", "b"], true), files(&["c", "d"], true), files(&["e"], false)]);
    assert_eq!(all_files(&server).await, Ok(["a", "b", "c", "d", "e"].map(str::to_owned).to_vec()));
    let path = "/datasets/ds_1/files?limit=2";
    let expected =
        [path.to_owned(), format!("{path}&starting_after=b"), format!("{path}&starting_after=d")];
    assert_eq!(targets(&server), expected);
    for request in server.requests() {
        strict::check("cartesia", &request).expect("each request is declared");
    }
}

#[tokio::test]
async fn three_pages_by_token_come_once_and_in_order() {
    let pages = [
        datasets(&["a", "b"], Some("t/1=")),
        datasets(&["c", "d"], Some("t2")),
        datasets(&["e"], None),
    ];
    let server = server(pages);
    assert_eq!(
        all_datasets(&server).await,
        Ok(["a", "b", "c", "d", "e"].map(str::to_owned).to_vec())
    );
    let path = "/v1/accounts/acme/datasets?filter=state%20%3D%20READY&pageSize=2";
    let expected =
        [path.to_owned(), format!("{path}&pageToken=t%2F1%3D"), format!("{path}&pageToken=t2")];
    assert_eq!(targets(&server), expected);
    for request in server.requests() {
        strict::check("fireworks", &request).expect("each request is declared");
    }
}

#[tokio::test]
async fn an_empty_or_null_token_ends_a_list() {
    for end in [r#"{"datasets":[],"nextPageToken":""}"#, r#"{"nextPageToken":null}"#, "{}"] {
        let server = server([datasets(&["a"], Some("t")), ok(end)]);
        assert_eq!(all_datasets(&server).await, Ok(vec!["a".to_owned()]), "{end}");
        assert_eq!(server.requests().len(), 2);
    }
}

#[tokio::test]
async fn a_cursor_that_comes_for_ever_is_an_error() {
    let server = server([files(&["a", "b"], true)]);
    assert_eq!(all_files(&server).await, Err(ErrorKind::Paging));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn a_token_that_comes_for_ever_is_an_error() {
    let server = server([datasets(&["a"], Some("t"))]);
    assert_eq!(all_datasets(&server).await, Err(ErrorKind::Paging));
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn cursors_that_come_by_turns_are_an_error() {
    let turns = (0..20).map(|it| datasets(&["a"], Some(if it % 2 == 0 { "x" } else { "y" })));
    let server = server(turns);
    assert_eq!(all_datasets(&server).await, Err(ErrorKind::Paging));
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn an_empty_page_that_promises_more_is_an_error() {
    let server = server([files(&[], true)]);
    assert_eq!(all_files(&server).await, Err(ErrorKind::Paging));
    assert_eq!(server.requests().len(), 1);
}

#[tokio::test]
async fn a_list_is_walked_backwards_by_its_first_items() {
    let server = server([files(&["c", "d"], true), files(&["a", "b"], false)]);
    let call = cartesia(&server).datasets().files().list("ds_1").ending_before("e");
    let mut pages = call.pages();
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        found.extend(page.expect("a page").data.into_iter().map(|it| it.id));
    }
    assert_eq!(found, ["c", "d", "a", "b"]);
    let path = "/datasets/ds_1/files?ending_before=";
    assert_eq!(targets(&server), [format!("{path}e"), format!("{path}c")]);
}

#[tokio::test]
async fn a_page_in_hand_leads_to_the_next() {
    let server = server([files(&["a"], true), files(&["b"], false)]);
    let first = cartesia(&server).datasets().files().list("ds_1").send().await.expect("a page");
    assert!(first.has_next());
    let second = first.next_page().expect("there is one").await.expect("a page");
    assert_eq!(second.data[0].id, "b");
    assert!(second.next_page().is_none());
}

#[tokio::test]
async fn a_failure_ends_the_walk_after_what_came_before_it() {
    let server =
        server([files(&["a"], true), generated_client::client_runtime::testing::response(404)]);
    let mut items = cartesia(&server).datasets().files().list("ds_1").items();
    assert_eq!(items.next().await.expect("an item").expect("it came").id, "a");
    let error = items.next().await.expect("a failure").expect_err("it failed");
    assert_eq!(error.kind(), ErrorKind::Status);
    assert!(items.next().await.is_none());
}
