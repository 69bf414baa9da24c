//! What is sent to other threads; that this compiles is the test.

use client_runtime::{
    Call, Core, Download, Error, Events, Json, RawResponse, RequestBody, Sending, WithMeta,
};

fn is_send<T: Send + 'static>() {}
fn is_sync<T: Sync>() {}

#[test]
fn futures_streams_and_errors_are_send_and_static() {
    is_send::<Sending<Json>>();
    is_send::<Sending<WithMeta<Vec<String>>>>();
    is_send::<Sending<Download>>();
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
}

fn is_send_future<'e, F: Future + Send>(_: fn(&'e mut Events<Json>) -> F) {}

fn next_event(events: &mut Events<Json>) -> impl Future + Send {
    events.next()
}
