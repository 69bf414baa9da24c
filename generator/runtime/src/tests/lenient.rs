//! Lists with items that do not fit.

use super::pages::{OFFSET, script};
use super::{client, get, now};
use crate::testing::response;
use crate::{Error, ErrorKind, NextPage, Paged, response_format};
use std::collections::BTreeMap;

/// Pages whose items are integers.
struct Typed;

impl Paged for Typed {
    type Page = BTreeMap<String, Vec<i64>>;
    type Item = i64;

    fn items(mut page: Self::Page) -> Vec<i64> {
        page.remove("data").unwrap_or_default()
    }

    fn peek(page: &Self::Page) -> &[i64] {
        page.get("data").map_or(&[], |it| it)
    }

    fn next(_: &Self::Page) -> NextPage {
        NextPage::unknown()
    }
}

#[test]
fn one_bad_item_ends_a_walk_unless_it_is_lenient() {
    let pages = [r#"{"data":[1,"x",3,null]}"#, r#"{"data":[5]}"#, r#"{"data":[]}"#];
    let walk = |lenient: bool| {
        let (core, server, _) = client(script(&pages));
        let items = core.call(&OFFSET).items::<Typed>();
        let mut items = if lenient { items.lenient() } else { items };
        let mut found = Vec::new();
        now(async {
            while let Some(item) = items.next().await {
                found.push(item.map_err(|it| it.path().unwrap_or_default().to_owned()));
            }
        });
        let targets: Vec<String> =
            server.requests().iter().map(|it| it.target().to_owned()).collect();
        (found, targets)
    };
    let bad = |path: &str| Err(path.to_owned());
    let (found, targets) = walk(true);
    assert_eq!(found, [Ok(1), Ok(3), bad("data[1]"), bad("data[3]"), Ok(5)]);
    assert_eq!(targets, ["/l", "/l?offset=4", "/l?offset=5"]);
    let (found, targets) = walk(false);
    assert_eq!((found, targets.len()), (vec![bad("data[1]")], 1));
}

fn places(errors: &[Error]) -> Vec<String> {
    errors.iter().map(|it| it.path().unwrap_or_default().to_owned()).collect()
}

#[test]
fn a_response_is_read_without_its_bad_items_where_the_caller_wants_it() {
    let (core, ..) = client([response(200).json(r#"{"data":[1,"x",3,null]}"#)]);
    let error = now(get(&core).send_json::<BTreeMap<String, Vec<i64>>>()).unwrap_err();
    assert_eq!(error.path(), Some("data[1]"));
    let found = now(get(&core).send_json::<BTreeMap<String, Vec<i64>>>().lenient());
    let (value, skipped) = found.unwrap();
    assert_eq!((&value["data"], places(&skipped)), (&vec![1, 3], bad()));
    assert_eq!((skipped[0].operation(), skipped[0].kind()), ("get", ErrorKind::Decode));
    let found = now(get(&core).send_json::<BTreeMap<String, i64>>().lenient());
    assert_eq!(found.unwrap_err().kind(), ErrorKind::Decode, "it is wrong outside of its lists");
}

fn bad() -> Vec<String> {
    vec!["data[1]".to_owned(), "data[3]".to_owned()]
}

#[test]
fn a_page_is_read_without_its_bad_items_and_leads_on_behind_them() {
    let pages = [r#"{"data":[1,"x",3,null]}"#, r#"{"data":[5,true]}"#];
    let (core, server, _) = client(script(&pages));
    now(async {
        let page =
            core.call(&OFFSET).send_as::<response_format::PageFormat<Typed>>().lenient().await;
        let (page, skipped) = page.unwrap();
        assert_eq!((&page["data"], places(&skipped)), (&vec![1, 3], bad()));
        let next = page.next_page().unwrap();
        assert_eq!(
            next.await.unwrap_err().path(),
            Some("data[1]"),
            "each page is asked for by itself"
        );
        let (next, skipped) = page.next_page().unwrap().lenient().await.unwrap();
        assert_eq!((next.into_items(), skipped.len()), (vec![5], 1));
    });
    assert!(
        server.requests()[1].target().ends_with("offset=4"),
        "{}",
        server.requests()[1].target()
    );
}

#[test]
fn an_error_of_a_status_stays_one() {
    let (core, ..) = client([response(400).json("[]")]);
    let error = now(get(&core).send_json::<Vec<i64>>().lenient()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Status);
}
