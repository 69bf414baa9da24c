//! Lists that come in pages, and end.

use super::client;
use crate::codec::Json;
use crate::testing::{MockResponse, response};
use crate::{Core, Error, ErrorKind, Method, NextPage, Operation, Paged, Paging, response_format};

pub(super) struct Walk;

/// Pages in the form `{"data": […], …}`, whose other properties say what follows.
impl Paged for Walk {
    type Page = Json;
    type Item = Json;

    fn items(page: Json) -> Vec<Json> {
        page["data"].as_array().cloned().unwrap_or_default()
    }

    fn peek(page: &Json) -> &[Json] {
        page["data"].as_array().map_or(&[], |it| it)
    }

    fn next(page: &Json) -> NextPage {
        match page {
            it if it.get("more").is_some() => NextPage::if_more(&it["more"]),
            it if it.get("total").is_some() => NextPage::of_total(&it["total"]),
            it if it.get("token").is_some() => NextPage::token(&it["token"]),
            _ => NextPage::unknown(),
        }
    }

    fn id(item: &Json) -> Option<String> {
        item.as_str().map(str::to_owned)
    }
}

pub(super) static CURSOR: Operation =
    Operation::new("list", Method::Get, "/l").paging(Paging::cursor("after").backwards("before"));
static TOKEN: Operation = Operation::new("list", Method::Get, "/l").paging(Paging::token("token"));
pub(super) static OFFSET: Operation =
    Operation::new("list", Method::Get, "/l").paging(Paging::offset("offset"));
static PAGE: Operation =
    Operation::new("list", Method::Get, "/l").paging(Paging::page("page").limit_param("size"));
static LINK: Operation = Operation::new("list", Method::Get, "/l").paging(Paging::link());
static URL: Operation = Operation::new("list", Method::Get, "/l").paging(Paging::next_url());

pub(super) fn script(pages: &[&str]) -> Vec<MockResponse> {
    pages.iter().map(|it| response(200).json(it)).collect()
}

/// The items, the targets of the requests, and the error at the end, if any.
fn walk(
    operation: &'static Operation,
    responses: Vec<MockResponse>,
) -> (Vec<String>, Vec<String>, Option<Error>) {
    walk_from(responses, |core| core.call(operation).query("q", &"x"))
}

fn walk_from(
    responses: Vec<MockResponse>,
    call: impl FnOnce(&Core) -> crate::Call,
) -> (Vec<String>, Vec<String>, Option<Error>) {
    let (core, server, _) = client(responses);
    let mut items = call(&core).items::<Walk>();
    let (mut found, mut failed) = (Vec::new(), None);
    super::now(async {
        while let Some(item) = items.next().await {
            match item {
                Ok(item) => {
                    found.push(item.as_str().map_or_else(|| item.to_string(), str::to_owned));
                }
                Err(error) => failed = Some(error),
            }
            assert!(found.len() < 100, "the walk never ends");
        }
        assert!(items.next().await.is_none(), "the end is the end");
    });
    (found, server.requests().iter().map(|it| it.target().to_owned()).collect(), failed)
}

fn refused(found: (Vec<String>, Vec<String>, Option<Error>), requests: usize) {
    assert_eq!(found.1.len(), requests);
    assert_eq!(found.2.expect("an error").kind(), ErrorKind::Paging);
}

#[test]
fn a_cursor_is_the_id_of_the_last_item() {
    let (found, targets, failed) = walk(
        &CURSOR,
        script(&[r#"{"data":["a","b"],"more":true}"#, r#"{"data":["c"],"more":false}"#]),
    );
    assert_eq!((found.join(""), failed.is_none()), ("abc".to_owned(), true));
    assert_eq!(targets, ["/l?q=x", "/l?q=x&after=b"]);
}

#[test]
fn backwards_it_is_the_id_of_the_first() {
    let pages =
        script(&[r#"{"data":["c","d"],"more":true}"#, r#"{"data":["a","b"],"more":false}"#]);
    let (_, targets, _) = walk_from(pages, |core| core.call(&CURSOR).query("before", &"e"));
    assert_eq!(targets, ["/l?before=e", "/l?before=c"]);
}

#[test]
fn a_cursor_that_comes_again_is_an_error() {
    let same = r#"{"data":["a"],"more":true}"#;
    refused(walk(&CURSOR, script(&[same])), 2);
    refused(walk(&CURSOR, script(&[same, r#"{"data":["b"],"more":true}"#, same])), 3);
    refused(walk(&TOKEN, script(&[r#"{"data":["a"],"token":"t"}"#])), 2);
    refused(
        walk(
            &TOKEN,
            script(&[
                r#"{"data":[],"token":"t"}"#,
                r#"{"data":[],"token":"u"}"#,
                r#"{"data":[],"token":"t"}"#,
            ]),
        ),
        3,
    );
}

#[test]
fn an_error_shows_the_start_of_a_long_cursor() {
    let is_short = |error: Error| {
        let text = error.to_string();
        assert!(text.contains(&"c".repeat(80)) && text.len() < 1000, "{} bytes", text.len());
    };
    let twice = format!(r#"{{"data":["a"],"token":"{}"}}"#, "c".repeat(60_000));
    is_short(walk(&TOKEN, script(&[&twice])).2.expect("it came before"));
    let empty = format!(r#"{{"data":[],"token":"{}"}}"#, "c".repeat(100_000));
    let call = |core: &Core| core.call(&TOKEN).with_max_empty_pages(0);
    is_short(walk_from(script(&[&empty]), call).2.expect("it is empty"));
}

#[test]
fn an_empty_page_that_has_more_is_an_error() {
    refused(walk(&CURSOR, script(&[r#"{"data":[],"more":true}"#])), 1);
    refused(walk(&OFFSET, script(&[r#"{"data":[],"more":true}"#])), 1);
    refused(walk(&CURSOR, script(&[r#"{"data":[1],"more":true}"#])), 1);
}

#[test]
fn a_missing_or_empty_token_ends() {
    for end in
        [r#"{"data":["b"],"token":""}"#, r#"{"data":["b"],"token":null}"#, r#"{"data":["b"]}"#]
    {
        let (found, targets, failed) =
            walk(&TOKEN, script(&[r#"{"data":["a"],"token":"t/1"}"#, end]));
        assert_eq!((found.join(""), failed.is_none()), ("ab".to_owned(), true));
        assert_eq!(targets[1], "/l?q=x&token=t%2F1");
    }
}

#[test]
fn an_offset_grows_by_what_came_and_ends_at_the_total_or_at_nothing() {
    let (_, targets, failed) =
        walk(&OFFSET, script(&[r#"{"data":[1,2],"total":3}"#, r#"{"data":[3],"total":3}"#]));
    assert_eq!(
        (targets, failed.is_none()),
        (vec!["/l?q=x".to_owned(), "/l?q=x&offset=2".to_owned()], true)
    );
    let (_, targets, failed) =
        walk(&OFFSET, script(&[r#"{"data":[1,2]}"#, r#"{"data":[3]}"#, r#"{"data":[]}"#]));
    assert_eq!((targets.last().unwrap().as_str(), failed.is_none()), ("/l?q=x&offset=3", true));
}

#[test]
fn a_server_that_pays_no_heed_to_the_offset_is_found_out() {
    refused(walk(&OFFSET, script(&[r#"{"data":[1,2],"more":true}"#])), 2);
    refused(walk(&PAGE, script(&[r#"{"data":[1,2]}"#])), 2);
}

#[test]
fn page_numbers_go_up_from_where_they_start() {
    let pages = || script(&[r#"{"data":[1,2],"more":true}"#, r#"{"data":[3],"more":false}"#]);
    assert_eq!(walk(&PAGE, pages()).1, ["/l?q=x", "/l?q=x&page=2"]);
    assert_eq!(
        walk_from(pages(), |core| core.call(&PAGE).query("page", &0)).1,
        ["/l?page=0", "/l?page=1"]
    );
}

#[test]
fn a_total_ends_page_numbers() {
    let pages = script(&[r#"{"data":[1,2],"total":4}"#, r#"{"data":[3,4],"total":4}"#]);
    let (found, targets, failed) = walk_from(pages, |core| core.call(&PAGE).query("size", &2));
    assert_eq!((found.len(), targets.len(), failed.is_none()), (4, 2, true));
}

#[test]
fn links_lead_on_and_only_on_the_same_server() {
    let to = |link: &str| response(200).header("link", link).json(r#"{"data":["a"]}"#);
    let (_, targets, failed) = walk(
        &LINK,
        vec![
            to(
                r#"</l?p=0>; rel="prev", <https://api.example.com/l?p=2>; title="x"; rel="last next""#,
            ),
            response(200).json(r#"{"data":[]}"#),
        ],
    );
    assert_eq!((targets, failed.is_none()), (vec!["/l?q=x".to_owned(), "/l?p=2".to_owned()], true));
    refused(walk(&LINK, vec![to(r"<https://evil.example/l>; rel=next")]), 1);
    refused(walk(&LINK, vec![to(r"</l?p=2>; rel=next")]), 2);
}

#[test]
fn urls_in_pages_lead_on_and_only_on_the_same_server() {
    let (_, targets, _) = walk(
        &URL,
        script(&[r#"{"data":["a"],"token":"/l?page=2"}"#, r#"{"data":["b"],"token":""}"#]),
    );
    assert_eq!(targets, ["/l?q=x", "/l?page=2"]);
    for elsewhere in [
        "http://api.example.com/l",
        "//evil.example/l",
        "https://evil.example/l",
        "https://api.example.com@evil.example/l",
        "https://api.example.com\\\\@evil.example/l",
        "https://user:password@api.example.com.evil.example/l",
        "/l\\n//evil.example",
        "https://evil\u{3002}example/l",
    ] {
        let page = format!(r#"{{"data":["a"],"token":"{elsewhere}"}}"#);
        refused(walk(&URL, script(&[&page])), 1);
    }
    // Browsers would take this for another host; by RFC 3986 it is a path.
    let (_, targets, _) = walk(
        &URL,
        script(&[r#"{"data":["a"],"token":"/\\evil.example"}"#, r#"{"data":["b"],"token":""}"#]),
    );
    assert_eq!(targets, ["/l?q=x", "/%5Cevil.example"]);
}

#[test]
fn a_page_in_hand_has_the_next_one() {
    let (core, ..) =
        client(script(&[r#"{"data":["a"],"more":true}"#, r#"{"data":["b"],"more":false}"#]));
    super::now(async {
        let page = core.call(&CURSOR).send_as::<response_format::PageFormat<Walk>>().await.unwrap();
        assert!(page.has_next() && page["data"][0] == "a");
        let next = page.next_page().unwrap().await.unwrap();
        assert!(next.next_page().is_none());
        assert_eq!(next.into_items(), ["b"]);
    });
}

#[test]
fn a_total_of_more_than_there_is_ends_with_an_empty_page() {
    let (found, targets, failed) =
        walk(&OFFSET, script(&[r#"{"data":["a"],"total":9}"#, r#"{"data":[],"total":9}"#]));
    assert_eq!((found.len(), targets.len(), failed.is_none()), (1, 2, true));
}

#[test]
fn a_page_knows_whether_there_is_another() {
    let pages = [r#"{"data":["a"],"more":true}"#, r#"{"data":["b"],"more":false}"#];
    let (core, ..) = client(script(&pages));
    super::now(async {
        let first =
            core.call(&CURSOR).send_as::<response_format::PageFormat<Walk>>().await.unwrap();
        assert!(first.has_next());
        let second = first.next_page().unwrap().await.unwrap();
        assert!(!second.has_next() && second.next_page().is_none());
        assert_eq!(format!("{second:?}"), format!("{:?}", second.into_inner()));
    });
}

/// Pages of items that have no id.
struct Nameless;

impl Paged for Nameless {
    type Page = Vec<Json>;
    type Item = Json;

    fn items(page: Vec<Json>) -> Vec<Json> {
        page
    }

    fn peek(page: &Vec<Json>) -> &[Json] {
        page
    }

    fn next(_: &Vec<Json>) -> NextPage {
        NextPage::if_more(&true)
    }
}

#[test]
fn items_without_an_id_lead_nowhere() {
    let (core, server, _) = client(script(&["[1]"]));
    let mut items = core.call(&CURSOR).items::<Nameless>();
    super::now(async {
        assert_eq!(items.next().await.unwrap().unwrap(), 1);
        assert_eq!(items.next().await.unwrap().unwrap_err().kind(), ErrorKind::Paging);
    });
    assert_eq!(server.requests().len(), 1);
}

/// Empty pages whose tokens are all new.
fn empties(count: usize, then: &str) -> Vec<MockResponse> {
    let page = |it: usize| response(200).json(&format!(r#"{{"data":[],"token":"t{it}"}}"#));
    (0..count).map(page).chain([response(200).json(then)]).collect()
}

#[test]
fn empty_pages_with_new_tokens_or_links_are_bounded() {
    for operation in [&TOKEN, &URL] {
        let endless = (0..2000)
            .map(|it| response(200).json(&format!(r#"{{"data":[],"token":"/l?page={it}"}}"#)));
        let (_, targets, failed) = walk(operation, endless.collect());
        let error = failed.unwrap();
        assert_eq!((targets.len(), error.kind()), (101, ErrorKind::Paging));
        let text = error.to_string();
        assert!(text.contains("101 pages in a row are empty"), "{text}");
        assert!(text.contains("/l?page=100") && text.contains("`max_empty_pages`"), "{text}");
    }
    let link = |it: usize| format!("</l?page={it}>; rel=next");
    let endless =
        (0..2000).map(|it| response(200).header("link", &link(it)).json(r#"{"data":[]}"#));
    refused(walk(&LINK, endless.collect()), 101);
}

#[test]
fn as_many_empty_pages_as_the_caller_wants_may_come_in_a_row() {
    let last = r#"{"data":["a"],"token":""}"#;
    assert_eq!(walk(&TOKEN, empties(100, last)).0, ["a"]);
    for (limit, fits) in [(3, true), (2, false)] {
        let call = |core: &Core| core.call(&TOKEN).with_max_empty_pages(limit);
        let (found, _, failed) = walk_from(empties(3, last), call);
        assert_eq!((found.len(), failed.is_none()), (usize::from(fits), fits), "{limit}");
    }
    let mut apart = empties(2, r#"{"data":["a"],"token":"between"}"#);
    apart.extend((5..7).map(|it| response(200).json(&format!(r#"{{"data":[],"token":"t{it}"}}"#))));
    apart.push(response(200).json(last));
    let call = |core: &Core| core.call(&TOKEN).with_max_empty_pages(2);
    assert_eq!(walk_from(apart, call).0, ["a", "a"], "those with items start the count anew");
    let (server, clock) = (
        crate::testing::Scripted::repeating(empties(3, last)),
        crate::testing::TestClock::default(),
    );
    let core = super::builder(&server, &clock).max_empty_pages(1).build().unwrap();
    let mut items = core.call(&TOKEN).items::<Walk>();
    let error = super::now(async { items.next().await.unwrap().unwrap_err() });
    assert_eq!((error.kind(), server.requests().len()), (ErrorKind::Paging, 2));
}
