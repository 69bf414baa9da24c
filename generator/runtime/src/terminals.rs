//! How a call is sent.

use crate::call::Call;
use crate::codec::{Decode, Json};
use crate::download::Download;
use crate::events::Events;
use crate::form::{self, Form};
use crate::page::{Items, Paged, Pages};
use crate::reply::{RawResponse, WithMeta};
use crate::response_kind::ResponseKind;
use crate::send::start;
use crate::sending::Sending;

impl Call {
    /// Sends the call and reads the answer in a form: what generated code calls.
    pub fn send_as<F: Form>(self) -> Sending<F::Value> {
        Sending::new(start(self.0, F::WANT), F::read)
    }

    /// Sends the call; the value comes with status and headers.
    pub fn send_with_meta_as<F: Form>(self) -> Sending<WithMeta<F::Value>> {
        Sending::new(start(self.0, F::WANT), form::with_meta::<F>)
    }

    /// Sends the call, for status, headers and bytes of any answer.
    pub fn send_raw(mut self) -> Sending<RawResponse> {
        self.0.as_it_is = true;
        self.send_as::<form::Raw>()
    }

    /// Sends the call, for one JSON value.
    pub fn send_json<T: Decode>(self) -> Sending<T> {
        self.send_as::<form::Json<T>>()
    }

    /// Sends the call, for untyped JSON.
    pub fn send(self) -> Sending<Json> {
        self.send_as::<form::Json<Json>>()
    }

    /// Sends the call; the body of a success is ignored.
    pub fn send_nothing(self) -> Sending<()> {
        self.send_as::<form::Nothing>()
    }

    /// Sends the call, for bytes as they arrive.
    pub fn send_bytes(self) -> Sending<Download> {
        self.send_as::<form::Bytes>()
    }

    /// Sends the call, for server-sent events.
    pub fn send_events<T: Decode>(self) -> Sending<Events<T>> {
        self.send_as::<form::Sse<T>>()
    }

    /// All pages, one request each, made as they are asked for.
    pub fn pages<O: Paged>(self) -> Pages<O> {
        Pages::new(self)
    }

    /// The items of all pages.
    pub fn items<O: Paged>(self) -> Items<O> {
        Items::new(self)
    }

    /// Asks for another kind of response than `send` does: what generated code calls.
    pub fn asking(mut self, kind: ResponseKind) -> Self {
        self.0.terminal = self.0.operation.terminals.iter().find(|it| it.kind == kind);
        self
    }
}
