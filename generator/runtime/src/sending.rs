//! A call on its way.

use crate::error::Result;
use crate::reply::Reply;
use crate::transport::BoxFuture;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

/// A call on its way: a future that gives the value.
///
/// One future serves all calls; what is particular to `T` is a function that reads the answer.
/// Dropping it ends the request.
#[must_use = "a call is sent only while it is awaited"]
pub struct Sending<T> {
    future: BoxFuture<'static, Result<Reply>>,
    read: fn(Reply) -> Result<T>,
}

impl<T> Sending<T> {
    pub(crate) fn new(
        future: BoxFuture<'static, Result<Reply>>,
        read: fn(Reply) -> Result<T>,
    ) -> Self {
        Self { future, read }
    }
}

impl<T> Future for Sending<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.future.as_mut().poll(cx).map(|reply| reply.and_then(self.read))
    }
}

impl<T> fmt::Debug for Sending<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sending")
    }
}
