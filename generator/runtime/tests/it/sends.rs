//! Values that are sent to other threads; that this compiles is the test.

use client_runtime::{
    Call, Core, Download, Error, Events, Items, Json, NextPage, Page, Paged, Pages, RawResponse,
    RequestBody, ResponseFuture, Stateful, WithMeta,
};

fn is_send<T: Send + 'static>() {}
fn is_sync<T: Sync>() {}

#[test]
fn futures_streams_and_errors_are_send_and_static() {
    is_send::<ResponseFuture<Json>>();
    is_send::<ResponseFuture<WithMeta<Vec<String>>>>();
    is_send::<ResponseFuture<Download>>();
    is_send::<Events<Json>>();
    is_send::<Download>();
    is_send::<RawResponse>();
    is_send::<RequestBody>();
    is_send::<Call>();
    is_send::<Error>();
    is_send::<Core>();
    is_sync::<Core>();
    is_sync::<Error>();
    is_sync::<Call>();
    is_send_future(next_event);
    is_send::<Pages<List>>();
    is_send::<Items<List>>();
    is_send::<Page<List>>();
    is_send_future(next_page);
    is_send_future(next_item);
    is_send_future(next_chunk);
}

/// Futures that are made of a call or its response by value.
#[test]
fn what_ends_a_call_is_send_and_static() {
    fn is(_: impl Future + Send + 'static) {}
    let _ = |call: Call| is(call.send());
    let _ = |call: Call| is(call.send_raw());
    let _ = |call: Call| is(call.send_bytes());
    let _ = |call: Call| is(call.send_events::<Json>());
    let _ = |call: Call| is(call.wait_until::<List>(&"READY"));
    let _ = |page: Page<List>| page.next_page().map(is);
    let _ = |download: Download| is(download.bytes());
    let _ = |download: Download| is(download.save("speech.wav"));
}

struct List;

impl Paged for List {
    type Page = Json;
    type Item = Json;

    fn items(_: Json) -> Vec<Json> {
        Vec::new()
    }

    fn peek(_: &Json) -> &[Json] {
        &[]
    }

    fn next(_: &Json) -> NextPage {
        NextPage::if_any()
    }
}

impl Stateful for List {
    type Value = Json;
    const DONE: &'static [&'static str] = &[];
    const FAILED: &'static [&'static str] = &[];

    fn state(value: &Json) -> Option<&str> {
        value.as_str()
    }
}

fn is_send_future<'e, T: 'e, F: Future + Send>(_: fn(&'e mut T) -> F) {}

fn next_page(pages: &mut Pages<List>) -> impl Future + Send {
    pages.next()
}

fn next_item(items: &mut Items<List>) -> impl Future + Send {
    items.next()
}

fn next_chunk(download: &mut Download) -> impl Future + Send {
    download.next()
}

fn next_event(events: &mut Events<Json>) -> impl Future + Send {
    events.next()
}
