//! A call, the request that it must make, and the responses that it must understand.

use super::Wire;
use super::check::{describe, differences, json_or_text, same};
use super::record;
use super::request::ExpectedRequest;
use crate::codec::{Decode, Encode, Json, Same, WriteAs, coded, to_json};
use crate::download::Download;
use crate::error::{Error, Result};
use crate::events::Events;
use crate::page::{Page, Paged};
use crate::response_future::ResponseFuture;
use crate::testing::{MockResponse, Scripted, response};
use std::fmt;

/// A call and the request that it must make; each method sends it once against a response.
///
/// With `WIRE_BASE_URL` in the environment the call goes to that server as well, once: a status of
/// success and a response that can be read are expected. With `WIRE_LEAST` the call of required values alone
/// goes there, too.
#[must_use = "what is wrong comes out in `finish`"]
pub struct Exchange<C, B> {
    operation: &'static str,
    request: ExpectedRequest,
    connect: fn(&Wire) -> C,
    call: Box<dyn Fn(&C) -> B>,
    runtime: tokio::runtime::Runtime,
    /// The server to call as well, until it is called.
    server: Option<String>,
    /// The same for the call with what is required alone.
    server_of_least: Option<String>,
    /// The values of the call, until its request is recorded.
    given: Option<&'static str>,
    failures: Vec<String>,
}

impl<C, B> Exchange<C, B> {
    /// A call: how it is made, and the request that it must make.
    ///
    /// # Panics
    /// If no async runtime can be set up.
    pub fn new(
        operation: &'static str,
        request: ExpectedRequest,
        connect: fn(&Wire) -> C,
        call: impl Fn(&C) -> B + 'static,
    ) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let server = std::env::var("WIRE_BASE_URL").ok().filter(|it| !it.is_empty());
        Self {
            operation,
            request,
            connect,
            call: Box::new(call),
            runtime: runtime.expect("a thread can have a runtime"),
            server_of_least: server.clone().filter(|_| std::env::var_os("WIRE_LEAST").is_some()),
            server,
            given: None,
            failures: Vec::new(),
        }
    }

    /// Says that the call goes to another server than the client's, and so not to a server of tests.
    pub fn stay_local(&mut self) {
        self.server = None;
        self.server_of_least = None;
    }

    /// Says in JSON which operation is called, and with which values. With `WIRE_RECORD` in the environment, the
    /// request is written into the file of that name, beside these values, for whoever checks it.
    pub fn given(&mut self, given: &'static str) {
        self.given = Some(given);
    }

    /// Makes the call once more with the values of `given` alone, which are all that the document requires.
    pub fn least<T>(
        &mut self,
        given: &'static str,
        call: impl Fn(&C) -> B,
        send: impl Fn(B) -> ResponseFuture<T>,
    ) {
        let script = Scripted::new([response(200)]);
        let client = (self.connect)(&Wire::Scripted(script.clone()));
        let result = self.runtime.block_on(send(call(&client)));
        match (&script.requests()[..], result) {
            ([sent], _) => record::write(given, sent),
            (_, Err(error)) => self.fail(format_args!("with what is required alone: {error}")),
            (other, Ok(_)) => self.fail(format_args!("{} requests instead of one", other.len())),
        }
        if let Some(server) = self.server_of_least.take() {
            let client = (self.connect)(&Wire::Server(server));
            if let Err(error) = self.runtime.block_on(send(call(&client))) {
                self.fail(format_args!(
                    "server, with what is required alone: {}",
                    describe(&error)
                ));
            }
        }
    }

    /// A response of JSON.
    pub fn json<T: Decode + Encode>(
        &mut self,
        status: u16,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<T>,
    ) {
        let value = self.run(response(status).json(sample), send, async |it| Ok(it));
        self.compare(value.map(|it| to_json(&it)), sample);
    }

    /// A response of JSON that a codec reads.
    pub fn json_as<W: WriteAs<T>, T>(
        &mut self,
        status: u16,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<T>,
    ) {
        let value = self.run(response(status).json(sample), send, async |it| Ok(it));
        self.compare(value.map(|it| to_json(&coded::<W, T>(&it))), sample);
    }

    /// A response of JSON that is a page of a list.
    pub fn page<O: Paged>(
        &mut self,
        status: u16,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<Page<O>>,
    ) where
        O::Page: Encode,
    {
        let value = self.run(response(status).json(sample), send, async |it| Ok(it));
        self.compare(value.map(|it| to_json(&it.into_inner())), sample);
    }

    /// A response of JSON that is a page of a list and that a codec reads.
    pub fn page_as<W: WriteAs<O::Page>, O: Paged>(
        &mut self,
        status: u16,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<Page<O>>,
    ) {
        let value = self.run(response(status).json(sample), send, async |it| Ok(it));
        self.compare(value.map(|it| to_json(&coded::<W, O::Page>(&it.into_inner()))), sample);
    }

    /// A response without a body.
    pub fn nothing(&mut self, status: u16, send: impl Fn(B) -> ResponseFuture<()>) {
        self.run(response(status), send, async |()| Ok(()));
    }

    /// A response of text.
    pub fn text(
        &mut self,
        status: u16,
        mime: &str,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<String>,
    ) {
        let response = of_type(status, mime).chunk(sample.to_owned());
        if let Some(text) = self.run(response, send, async |it| Ok(it))
            && text != sample
        {
            self.fail(format_args!("response: {sample:?} was read as {text:?}"));
        }
    }

    /// A response of bytes.
    pub fn bytes(&mut self, status: u16, mime: &str, send: impl Fn(B) -> ResponseFuture<Download>) {
        const SAMPLE: &[u8] = b"\x00\xffbytes";
        let response = of_type(status, mime).chunk(SAMPLE);
        let bytes = self.run(response, send, async |it| it.bytes().await);
        if let Some(bytes) = bytes.filter(|it| it != SAMPLE) {
            self.fail(format_args!("response: {SAMPLE:?} was read as {bytes:?}"));
        }
    }

    /// A response of one server-sent event.
    pub fn events<T: Decode + Encode>(
        &mut self,
        status: u16,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<Events<T>>,
    ) {
        self.events_as::<Same, T>(status, sample, send);
    }

    /// A response of one server-sent event that a codec reads.
    pub fn events_as<W: WriteAs<T>, T>(
        &mut self,
        status: u16,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<Events<T>>,
    ) {
        let response = response(status).events(&format!("data: {sample}\n\n"));
        self.stream::<W, T>(response, sample, send);
    }

    /// A response of one server-sent event, whose name tells which of several kinds it is.
    pub fn named_event<T: Decode + Encode>(
        &mut self,
        status: u16,
        name: &str,
        data: &str,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<Events<T>>,
    ) {
        let response = response(status).events(&format!("event: {name}\ndata: {data}\n\n"));
        self.stream::<Same, T>(response, sample, send);
    }

    /// A response of one line of JSON.
    pub fn lines<T: Decode + Encode>(
        &mut self,
        status: u16,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<Events<T>>,
    ) {
        self.lines_as::<Same, T>(status, sample, send);
    }

    /// A response of one line of JSON that a codec reads.
    pub fn lines_as<W: WriteAs<T>, T>(
        &mut self,
        status: u16,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<Events<T>>,
    ) {
        let response = of_type(status, "application/x-ndjson").chunk(format!("{sample}\n"));
        self.stream::<W, T>(response, sample, send);
    }

    fn stream<W: WriteAs<T>, T>(
        &mut self,
        response: MockResponse,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<Events<T>>,
    ) {
        let read = async |mut events: Events<T>| {
            let mut found = Vec::new();
            while let Some(event) = events.next().await {
                found.push(event?.into_data());
            }
            Ok(found)
        };
        let Some(events) = self.run(response, send, read) else { return };
        match &events[..] {
            [one] => self.compare(Some(to_json(&coded::<W, T>(one))), sample),
            other => self.fail(format_args!("response: {} events instead of one", other.len())),
        }
    }

    /// A response that is one of several kinds.
    pub fn response_enum<T>(
        &mut self,
        status: u16,
        mime: &str,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<T>,
        is_right: fn(&T) -> bool,
    ) {
        let response = of_type(status, mime).chunk(sample.to_owned());
        let value = self.run(response, send, async |it| Ok(it));
        if value.is_some_and(|it| !is_right(&it)) {
            self.fail(format_args!("response: status {status} was read as another kind"));
        }
    }

    /// A status of failure.
    pub fn error<T>(&mut self, status: u16, send: impl Fn(B) -> ResponseFuture<T>) {
        self.error_response(response(status), status, send);
    }

    /// A status of failure with JSON that says why.
    pub fn error_as<E: Decode + Encode, T>(
        &mut self,
        status: u16,
        sample: &str,
        send: impl Fn(B) -> ResponseFuture<T>,
    ) {
        let Some(error) = self.error_response(response(status).json(sample), status, send) else {
            return;
        };
        match error.body_as::<E>() {
            Ok(body) => self.compare(Some(to_json(&body)), sample),
            Err(why) => self.fail(format_args!("error {status}: {why}, in {sample}")),
        }
    }

    /// Ends the test.
    ///
    /// # Panics
    /// If anything was wrong.
    pub fn finish(self) {
        assert!(self.failures.is_empty(), "{}", self.failures.join("\n"));
    }

    fn fail(&mut self, what: fmt::Arguments<'_>) {
        let failure = format!("{}: {what}", self.operation);
        if !self.failures.contains(&failure) {
            self.failures.push(failure);
        }
    }

    fn compare<E: fmt::Display>(&mut self, value: Option<Result<Json, E>>, sample: &str) {
        let Some(value) = value else { return };
        let wanted = json_or_text(sample);
        match value {
            Ok(value) if value == *sample || same(&value, &wanted) => {}
            Ok(value) => self.fail(format_args!("response: {wanted} was read as {value}")),
            Err(error) => self.fail(format_args!("response: {error}")),
        }
    }

    /// Sends the call against a response, and to the server that is to be called as well.
    fn run<T, V>(
        &mut self,
        response: MockResponse,
        send: impl Fn(B) -> ResponseFuture<T>,
        read: impl AsyncFn(T) -> Result<V>,
    ) -> Option<V> {
        let value = match self.scripted(response, &send, &read) {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(format_args!("response: {}", describe(&error)));
                None
            }
        };
        if let Some(server) = self.server.take() {
            let client = (self.connect)(&Wire::Server(server));
            let sending = send((self.call)(&client));
            let result = self.runtime.block_on(async { read(sending.await?).await });
            if let Err(error) = result {
                self.fail(format_args!("server: {}", describe(&error)));
            }
        }
        value
    }

    fn scripted<T, V>(
        &mut self,
        response: MockResponse,
        send: impl Fn(B) -> ResponseFuture<T>,
        read: impl AsyncFn(T) -> Result<V>,
    ) -> Result<V> {
        let script = Scripted::new([response]);
        let client = (self.connect)(&Wire::Scripted(script.clone()));
        let sending = send((self.call)(&client));
        let result = self.runtime.block_on(async { read(sending.await?).await });
        match &script.requests()[..] {
            [sent] => {
                if let Some(given) = self.given.take() {
                    record::write(given, sent);
                }
                for difference in differences(sent, &self.request) {
                    self.fail(format_args!("{difference}"));
                }
            }
            other => self.fail(format_args!("{} requests were sent instead of one", other.len())),
        }
        result
    }

    fn error_response<T>(
        &mut self,
        response: MockResponse,
        status: u16,
        send: impl Fn(B) -> ResponseFuture<T>,
    ) -> Option<Error> {
        match self.scripted(response, send, async |_| Ok(())) {
            Err(error) if error.status().is_some_and(|it| it.as_u16() == status) => Some(error),
            Err(error) => {
                self.fail(format_args!("error {status}: {}", describe(&error)));
                None
            }
            Ok(()) => {
                self.fail(format_args!("error {status} counted as success"));
                None
            }
        }
    }
}

/// A response of a media type.
fn of_type(status: u16, mime: &str) -> MockResponse {
    match mime {
        "" => response(status),
        // A range is replaced by any type of it.
        _ => response(status).header("content-type", &mime.replace('*', "x")),
    }
}

impl<C, B> fmt::Debug for Exchange<C, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exchange").field("operation", &self.operation).finish_non_exhaustive()
    }
}
