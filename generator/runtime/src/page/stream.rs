//! All pages, and all items of all pages, as streams.

use super::{Page, Paged};
use crate::call::Call;
use crate::error::{Error, Result};
use crate::response_future::ResponseFuture;
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// All pages of a list, each requested when it is polled.
///
/// The stream ends after the last page and after an error.
#[must_use = "nothing is sent until a page is asked for"]
pub struct Pages<O: Paged> {
    first: Option<Call>,
    sending: Option<ResponseFuture<Page<O>>>,
    /// The errors of items that were left out of the last page.
    skipped: Vec<Error>,
}

impl<O: Paged> Pages<O> {
    pub(crate) fn new(call: Call) -> Self {
        Self { first: Some(call), sending: None, skipped: Vec::new() }
    }

    /// The next page; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<O::Page>> {
        poll_fn(|cx| self.poll_page(cx)).await
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<O::Page>>> {
        if let Some(call) = self.first.take() {
            self.sending = Some(Page::ask(call.0));
        }
        let Some(sending) = &mut self.sending else { return Poll::Ready(None) };
        let result = ready!(Pin::new(sending).poll(cx));
        self.sending = None;
        Poll::Ready(Some(result.map(|page| {
            let (page, step, skipped) = page.split();
            self.sending = step.send();
            self.skipped = skipped;
            page
        })))
    }
}

impl<O: Paged> Stream for Pages<O> {
    type Item = Result<O::Page>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(cx)
    }
}

/// The items of all pages of a list.
///
/// The stream ends after the last item and after an error, unless [`lenient`](Items::lenient) is
/// set.
#[must_use = "nothing is sent until an item is asked for"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    /// Those of the last page that are left.
    rest: std::vec::IntoIter<O::Item>,
    skipped: std::vec::IntoIter<Error>,
}

impl<O: Paged> Items<O> {
    pub(crate) fn new(call: Call) -> Self {
        Self {
            pages: Pages::new(call),
            rest: Vec::new().into_iter(),
            skipped: Vec::new().into_iter(),
        }
    }

    /// Continues after items that do not fit their type. Each is an error that names its place, after the items of
    /// its page that are. By default one such item fails its page, and ends the stream.
    pub fn lenient(mut self) -> Self {
        if let Some(call) = &mut self.pages.first {
            call.0.options.lenient = true;
        }
        self
    }

    /// The next item; `None` after the last one.
    pub async fn next(&mut self) -> Option<Result<O::Item>> {
        poll_fn(|cx| self.poll_item(cx)).await
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<O::Item>>> {
        loop {
            if let Some(item) = self.rest.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            if let Some(error) = self.skipped.next() {
                return Poll::Ready(Some(Err(error)));
            }
            match ready!(self.pages.poll_page(cx)) {
                Some(Ok(page)) => {
                    self.rest = O::items(page).into_iter();
                    self.skipped = std::mem::take(&mut self.pages.skipped).into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// Nothing in it is pinned: items are only ever moved.
impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> Stream for Items<O> {
    type Item = Result<O::Item>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(cx)
    }
}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Items")
    }
}
