//! Calls without async: they wait on a runtime of this crate's own.

use crate::call::Call;
use crate::codec::ReadAs;
use crate::download::Download;
use crate::error::{Error, ErrorKind, Result};
use crate::events;
use crate::page::{self, Paged};
use crate::response_format::{self, ResponseFormat};
use crate::response_future::LenientFuture;
use bytes::Bytes;
use std::path::Path;
use std::sync::OnceLock;
use tokio::runtime::{Builder, Handle, Runtime};

/// Waits for a call on the runtime that all blocking calls share:
/// `blocking::wait(client.pets().get("p_1").send().read_as::<Pet>())`.
///
/// # Errors
/// Those of the call, and a call from within an async runtime.
pub fn wait<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    if Handle::try_current().is_ok() {
        let message =
            "a blocking call inside of an async runtime would block that: await the call instead";
        return Err(Error::new(ErrorKind::Configuration, message));
    }
    runtime()?.block_on(work)
}

fn runtime() -> Result<&'static Runtime> {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    if let Some(runtime) = RUNTIME.get() {
        return Ok(runtime);
    }
    let built = Builder::new_multi_thread()
        .worker_threads(1)
        .thread_name("client-runtime")
        .enable_all()
        .build();
    let invalid = |error| {
        Error::new(ErrorKind::Configuration, "the runtime of blocking calls could not be started")
            .with_source(error)
    };
    let runtime = built.map_err(invalid)?;
    Ok(RUNTIME.get_or_init(|| runtime))
}

/// All pages of a list, as an iterator.
#[derive(Debug)]
#[must_use = "nothing is sent until a page is asked for"]
pub struct PageIter<O: Paged>(page::Pages<O>);

impl<O: Paged> PageIter<O> {
    #[doc(hidden)]
    pub fn new(pages: page::Pages<O>) -> Self {
        Self(pages)
    }
}

impl<O: Paged> Iterator for PageIter<O> {
    type Item = Result<O::Page>;

    fn next(&mut self) -> Option<Self::Item> {
        wait(async { self.0.next().await.transpose() }).transpose()
    }
}

/// The items of all pages of a list, as an iterator.
#[derive(Debug)]
#[must_use = "nothing is sent until an item is asked for"]
pub struct ItemIter<O: Paged>(page::Items<O>);

impl<O: Paged> ItemIter<O> {
    #[doc(hidden)]
    pub fn new(items: page::Items<O>) -> Self {
        Self(items)
    }

    /// Continues after items that do not fit their type: each is an error that names its place.
    pub fn lenient(self) -> Self {
        Self(self.0.lenient())
    }
}

impl<O: Paged> Iterator for ItemIter<O> {
    type Item = Result<O::Item>;

    fn next(&mut self) -> Option<Self::Item> {
        wait(async { self.0.next().await.transpose() }).transpose()
    }
}

/// The value of a blocking call, in which a stream is an iterator.
#[doc(hidden)]
pub trait BlockingFormat: ResponseFormat {
    /// The value for the caller.
    type Output;
    /// Converts the value of the async call.
    fn to_blocking(value: Self::Value) -> Self::Output;
}

macro_rules! blocking_formats {
    ($($format:ident)*) => {$(
        impl<C: ReadAs<T>, T: Send> BlockingFormat for response_format::$format<T, C> {
            type Output = EventIter<T>;
            fn to_blocking(value: events::Events<T>) -> EventIter<T> {
                EventIter::new(value)
            }
        }
    )*};
}

blocking_formats!(SseFormat JsonLinesFormat JsonValuesFormat JsonArrayFormat);

impl BlockingFormat for response_format::TextLinesFormat {
    type Output = EventIter<String>;
    fn to_blocking(value: events::Events<String>) -> EventIter<String> {
        EventIter::new(value)
    }
}

impl BlockingFormat for response_format::BytesFormat {
    type Output = Download;
    fn to_blocking(value: Download) -> Download {
        value
    }
}

impl BlockingFormat for response_format::TextFormat {
    type Output = String;
    fn to_blocking(value: String) -> String {
        value
    }
}

/// A stream of events or lines, as an iterator.
#[derive(Debug)]
#[must_use = "nothing is read until an event is asked for"]
pub struct EventIter<T>(events::Events<T>);

impl<T> EventIter<T> {
    #[doc(hidden)]
    pub fn new(events: events::Events<T>) -> Self {
        Self(events)
    }

    /// The stream itself: its status, headers and last id.
    pub fn stream(&self) -> &events::Events<T> {
        &self.0
    }
}

impl<T> Iterator for EventIter<T> {
    type Item = Result<events::Event<T>>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next_blocking()
    }
}

impl<T> events::Events<T> {
    /// The next event, waited for; `None` at the end of the stream.
    pub fn next_blocking(&mut self) -> Option<Result<events::Event<T>>> {
        wait(async { self.next().await.transpose() }).transpose()
    }
}

impl Download {
    /// Waits for the next chunk; `None` at the end.
    pub fn next_blocking(&mut self) -> Option<Result<Bytes>> {
        wait(async { self.next().await.transpose() }).transpose()
    }

    /// The whole body, waited for.
    ///
    /// # Errors
    /// A body that is too large, stalls or breaks off.
    pub fn bytes_blocking(self) -> Result<Bytes> {
        wait(self.bytes())
    }

    /// Writes the body to a file, and waits for that; returns the number of bytes.
    ///
    /// # Errors
    /// A body that stalls or breaks off, and those of the file.
    pub fn save_blocking(self, path: impl AsRef<Path>) -> Result<u64> {
        wait(self.save(path))
    }
}

impl<T> LenientFuture<T> {
    /// Waits for the response instead of being awaited.
    ///
    /// # Errors
    /// Those of the call; a configuration error inside of an async runtime, where waiting is no use.
    pub fn wait_blocking(self) -> Result<(T, Vec<Error>)> {
        wait(self)
    }
}

impl Call {
    /// Sends the call and waits for the response.
    ///
    /// # Errors
    /// Those of the call; a configuration error inside of an async runtime, where waiting is no use.
    pub fn send_blocking_as<F: ResponseFormat>(self) -> Result<F::Value> {
        wait(self.send_as::<F>())
    }
}
