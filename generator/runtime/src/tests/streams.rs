//! Pages, items and events as streams of others: what combinators and logs see of them.

use super::pages::{CURSOR, Walk};
use super::{client, now, post};
use crate::codec::Json;
use crate::testing::response;
use futures_core::Stream;
use std::future::poll_fn;
use std::pin::Pin;

/// The number of items of a stream.
async fn count(mut stream: impl Stream + Unpin) -> usize {
    let mut count = 0;
    while poll_fn(|cx| Pin::new(&mut stream).poll_next(cx)).await.is_some() {
        count += 1;
    }
    count
}

#[test]
fn they_are_streams_for_the_combinators_of_others() {
    let pages = [r#"{"data":["a","b"],"more":true}"#, r#"{"data":["c"],"more":false}"#];
    let walk = || client(pages.map(|it| response(200).json(it))).0.call(&CURSOR);
    assert_eq!(now(count(walk().pages::<Walk>())), 2);
    assert_eq!(now(count(walk().items::<Walk>())), 3);
    let (core, ..) = client([response(200).events("data: 1\n\ndata: 2\n\n")]);
    assert_eq!(now(async { count(post(&core).send_events::<Json>().await.unwrap()).await }), 2);
}

#[test]
fn pages_come_one_by_one() {
    let pages = [r#"{"data":["a"],"more":true}"#, r#"{"data":[],"more":false}"#];
    let mut walk = client(pages.map(|it| response(200).json(it))).0.call(&CURSOR).pages::<Walk>();
    now(async {
        assert_eq!(walk.next().await.unwrap().unwrap()["more"], true);
        assert_eq!(walk.next().await.unwrap().unwrap()["more"], false);
        assert!(walk.next().await.is_none());
    });
}

#[test]
fn events_have_status_and_headers_and_show_no_content() {
    let (core, ..) =
        client([response(201).header("x-id", "7").events("data: \"canary-7f3a\"\n\n")]);
    now(async {
        let mut events = post(&core).send_events::<Json>().await.unwrap();
        assert_eq!(
            (events.status().as_u16(), &events.headers()["x-id"]),
            (201, &"7".parse().unwrap())
        );
        events.next().await.unwrap().unwrap();
        assert_eq!(format!("{events:?}"), "Events { status: 201, .. }");
    });
    let (pages, items) = (core.call(&CURSOR).pages::<Walk>(), core.call(&CURSOR).items::<Walk>());
    assert_eq!(format!("{pages:?} {items:?}"), "Pages Items");
}
