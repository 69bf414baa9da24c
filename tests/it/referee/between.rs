//! Prism between the client and a server of ours: it checks what each of them says to the other.

use super::{Prism, cartesia, document, fireworks, run, unobjected};
use crate::server::{Server, Turn, response};
use std::path::Path;

/// Prism before a server; what does not fit the document is an error of Prism's.
fn before(server: &Server, document: &Path) -> Option<Prism> {
    run(&["proxy", "--errors"], document, &[&server.url()])
}

/// The response of this test's server to a request: a full one of each operation.
fn answer(head: &str) -> String {
    let path = head.split([' ', '?']).nth(1).unwrap_or_default();
    let dataset = r#"{"id":"ds_1","name":"n","created_at":"t","description":"d"}"#;
    let file = r#"{"id":"f","filename":"a.wav","created_at":"t","size":5000000000}"#;
    let tune = r#"{"id":"t","name":"n","description":"d","language":"en","model_id":"m","dataset":"ds_1","status":"training"}"#;
    let theirs = r#"{"datasets":[{"name":"accounts/a/datasets/d","state":"READY","exampleCount":"42"}],"totalSize":1}"#;
    let page = |item: &str| format!(r#"{{"data":[{item}],"has_more":false}}"#);
    let body = match path {
        "/datasets/" => page(dataset),
        "/datasets/ds_1" => dataset.to_owned(),
        "/datasets/ds_1/files" => page(file),
        "/fine-tunes/" => page(tune),
        _ if path.ends_with("/datasets") => theirs.to_owned(),
        _ => return response(404, &[], "{}"),
    };
    response(200, &[], &body)
}

#[tokio::test]
async fn prism_finds_nothing_wrong_with_either_side_of_cartesia() {
    let server = Server::start([Turn::By(answer)]);
    let Some(prism) = before(&server, &document("cartesia")) else { return };
    let client = cartesia(&prism);
    let (datasets, tunes) = (client.datasets(), client.fine_tunes());
    let page = unobjected(datasets.list().limit(5).starting_after("a").send_with_meta().await);
    assert_eq!(page.data[0].name, "n");
    let page = unobjected(datasets.files().list("ds_1").limit(5).send_with_meta().await);
    assert_eq!(page.data[0].size, 5_000_000_000);
    let dataset = unobjected(datasets.get("ds_1").send_with_meta().await);
    assert_eq!(dataset.id, "ds_1");
    let page = unobjected(tunes.list().send_with_meta().await);
    assert_eq!(page.data[0].status.as_str(), "training");
    assert_eq!(server.heads().len(), 4, "each went all the way");
}

#[tokio::test]
async fn prism_finds_nothing_wrong_with_either_side_of_fireworks() {
    let server = Server::start([Turn::By(answer)]);
    let Some(prism) = before(&server, &document("fireworks")) else { return };
    let list = fireworks(&prism).datasets().list().page_size(5).filter("state = READY");
    let page = unobjected(list.send_with_meta().await);
    let datasets = page.datasets.as_deref().unwrap_or_default();
    assert_eq!((datasets[0].example_count, page.total_size), (42, Some(1)));
    assert_eq!(server.heads().len(), 1);
}

#[tokio::test]
async fn prism_would_find_what_either_side_does_wrong() {
    let lacking = response(200, &[], r#"{"id":"ds_1"}"#);
    let server = Server::start([Turn::Response(lacking)]);
    let Some(prism) = before(&server, &document("cartesia")) else { return };
    let datasets = cartesia(&prism).datasets();
    let error = datasets.list().with_query("limit", &"many").send().await;
    let error = error.expect_err("the client says what it must not");
    assert_eq!((error.status().map(|it| it.as_u16()), server.heads().len()), (Some(422), 0));
    let error = datasets.get("ds_1").send().await;
    let error = error.expect_err("the server leaves out what it must say");
    assert_eq!((error.status().map(|it| it.as_u16()), server.heads().len()), (Some(500), 1));
    let words = String::from_utf8_lossy(error.body().expect("it is kept")).into_owned();
    assert!(words.contains("created_at"), "{words}");
}
