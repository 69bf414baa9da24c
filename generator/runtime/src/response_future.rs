//! Futures of calls that are being sent.

use crate::codec::lenient;
use crate::error::{Error, Result};
use crate::future::BoxFuture;
use crate::response::{ReceivedResponse, WithMeta};
use serde::de::DeserializeOwned;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// A call that is being sent: a future of its value.
///
/// One future serves all calls; only the function that reads the response depends on `T`.
/// Dropping it ends the request.
#[must_use = "a call is sent only while it is awaited"]
pub struct ResponseFuture<T> {
    future: BoxFuture<'static, Result<ReceivedResponse>>,
    read: fn(ReceivedResponse) -> Result<T>,
}

impl<T> ResponseFuture<T> {
    pub(crate) fn new(
        future: BoxFuture<'static, Result<ReceivedResponse>>,
        read: fn(ReceivedResponse) -> Result<T>,
    ) -> Self {
        Self { future, read }
    }

    /// Reads a success into a type of the program's own, by serde, instead of the type that the document describes.
    /// Errors, retries and limits are those of the call.
    ///
    /// ```no_run
    /// # use client_runtime::{Call, Result};
    /// #[derive(serde::Deserialize)]
    /// struct Size {
    ///     bytes: u64,
    /// }
    ///
    /// # async fn read(call: Call) -> Result<u64> {
    /// let size = call.send().read_as::<Size>().await?;
    /// # Ok(size.bytes) }
    /// ```
    ///
    /// # Errors
    /// Besides those of the call: a body that does not fit the type, by line and column, and a response that comes
    /// as a stream.
    pub fn read_as<U: DeserializeOwned>(self) -> ResponseFuture<U> {
        ResponseFuture { future: self.future, read: |it| it.foreign() }
    }

    /// The same with status and headers.
    pub fn read_with_meta_as<U: DeserializeOwned>(self) -> ResponseFuture<WithMeta<U>> {
        let read = |it: ReceivedResponse| Ok(WithMeta::new(it.foreign()?, it.head()));
        ResponseFuture { future: self.future, read }
    }

    /// Leaves out the items of the response's lists that do not fit their type. The value comes with an error for
    /// each of them, which names its place. By default one such item fails the call.
    ///
    /// ```no_run
    /// # async fn read(call: client_runtime::Call) -> client_runtime::Result<()> {
    /// let (numbers, left_out) = call.send_json::<Vec<i64>>().lenient().await?;
    /// # Ok(()) }
    /// ```
    pub fn lenient(self) -> LenientFuture<T> {
        LenientFuture(self)
    }
}

impl<T> Future for ResponseFuture<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.future.as_mut().poll(cx).map(|response| response.and_then(self.read))
    }
}

/// A call that is being sent, whose response is read without the items of lists that do not fit.
#[must_use = "a call is sent only while it is awaited"]
pub struct LenientFuture<T>(ResponseFuture<T>);

impl<T> Future for LenientFuture<T> {
    type Output = Result<(T, Vec<Error>)>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let response = ready!(self.0.future.as_mut().poll(cx))?;
        let copy = response.copy();
        let (value, skipped) = lenient(|| (self.0.read)(response));
        let errors = skipped.into_iter().map(|it| copy.undecodable(it)).collect();
        Poll::Ready(value.map(|it| (it, errors)))
    }
}

impl<T> fmt::Debug for LenientFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("LenientFuture")
    }
}

impl<T> fmt::Debug for ResponseFuture<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseFuture")
    }
}
