//! The methods that send a call.

use crate::call::Call;
use crate::codec::{Decode, Json};
use crate::download::Download;
use crate::events::Events;
use crate::page::{Items, Paged, Pages};
use crate::response::{RawResponse, WithMeta};
use crate::response_format::{self, ResponseFormat};
use crate::response_future::ResponseFuture;
use crate::response_kind::ResponseKind;
use crate::send::start;

impl Call {
    /// Sends the call and reads the response in a format. Generated code calls this.
    pub fn send_as<F: ResponseFormat>(self) -> ResponseFuture<F::Value> {
        ResponseFuture::new(start(self.0, F::BODY_MODE), F::read)
    }

    /// Sends the call; the value comes with status and headers.
    pub fn send_with_meta_as<F: ResponseFormat>(self) -> ResponseFuture<WithMeta<F::Value>> {
        ResponseFuture::new(start(self.0, F::BODY_MODE), response_format::with_meta::<F>)
    }

    /// Sends the call, for status, headers and bytes of any response.
    pub fn send_raw(mut self) -> ResponseFuture<RawResponse> {
        self.0.accepts_any_response = true;
        self.send_as::<response_format::RawFormat>()
    }

    /// Sends the call, for one JSON value.
    pub fn send_json<T: Decode>(self) -> ResponseFuture<T> {
        self.send_as::<response_format::JsonFormat<T>>()
    }

    /// Sends the call, for untyped JSON.
    pub fn send(self) -> ResponseFuture<Json> {
        self.send_as::<response_format::JsonFormat<Json>>()
    }

    /// Sends the call; the body of a success is ignored.
    pub fn send_nothing(self) -> ResponseFuture<()> {
        self.send_as::<response_format::EmptyFormat>()
    }

    /// Sends the call, for bytes as they arrive.
    pub fn send_bytes(self) -> ResponseFuture<Download> {
        self.send_as::<response_format::BytesFormat>()
    }

    /// Sends the call, for server-sent events.
    pub fn send_events<T: Decode>(self) -> ResponseFuture<Events<T>> {
        self.send_as::<response_format::SseFormat<T>>()
    }

    /// All pages, each requested when it is polled.
    pub fn pages<O: Paged>(self) -> Pages<O> {
        Pages::new(self)
    }

    /// The items of all pages.
    pub fn items<O: Paged>(self) -> Items<O> {
        Items::new(self)
    }

    /// Requests another kind of response than `send` does. Generated code calls this.
    pub fn requesting(mut self, kind: ResponseKind) -> Self {
        self.0.terminal = self.0.operation.terminals.iter().find(|it| it.kind == kind);
        self
    }
}
