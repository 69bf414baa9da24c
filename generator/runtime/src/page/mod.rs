//! Lists that come in pages.

mod next_page;
mod next_step;
mod stream;

pub use next_page::{NextPage, cursor};
pub use stream::{Items, Pages};

use crate::call::RequestParts;
use crate::codec::{Decode, DecodeError, add_skipped, from_slice, is_lenient, lenient};
use crate::error::{Error, Result};
use crate::response::{BodyMode, ReceivedResponse};
use crate::response_future::ResponseFuture;
use crate::send::start;
use next_step::NextStep;
use std::fmt;
use std::ops::Deref;

/// A call whose response is a page of a list.
pub trait Paged: 'static {
    /// The page.
    type Page: Decode + Send + 'static;
    /// An item of the list.
    type Item: Send + 'static;
    /// Reads a page.
    ///
    /// # Errors
    /// JSON that does not fit the page.
    fn read(bytes: &[u8]) -> Result<Self::Page, DecodeError> {
        from_slice(bytes)
    }
    /// The items of a page.
    fn items(page: Self::Page) -> Vec<Self::Item>;
    /// The items of a page, to look at.
    fn peek(page: &Self::Page) -> &[Self::Item];
    /// The page that follows.
    fn next(page: &Self::Page) -> NextPage;
    /// The id of an item, where the id of the last one leads to the next page.
    fn id(_item: &Self::Item) -> Option<String> {
        None
    }
}

/// One page of a list, from which the next one can be requested.
pub struct Page<O: Paged> {
    inner: O::Page,
    step: NextStep,
    /// The errors of items that were left out.
    skipped: Vec<Error>,
}

impl<O: Paged> Page<O> {
    /// Sends the call for a page.
    fn ask(call: Box<RequestParts>) -> ResponseFuture<Self> {
        ResponseFuture::new(start(call, BodyMode::Buffered), Self::read)
    }

    pub(crate) fn read(response: ReceivedResponse) -> Result<Self> {
        let keeps_errors = response.call.options.lenient;
        let (page, mut skipped) = match keeps_errors || is_lenient() {
            true => lenient(|| O::read(response.bytes())),
            false => (O::read(response.bytes()), Vec::new()),
        };
        let page = page.map_err(|error| response.undecodable(error))?;
        let count = skipped.len();
        if !keeps_errors {
            add_skipped(std::mem::take(&mut skipped));
        }
        let skipped = skipped.into_iter().map(|it| response.undecodable(it)).collect();
        let step = next_step::after_page::<O>(&page, count, response);
        Ok(Self { inner: page, step, skipped })
    }

    /// The call for the next page; `None` if this is the last one.
    ///
    /// A list that could not end gives an error instead of the next page: a cursor that came before,
    /// or a page that is empty and yet not the last.
    pub fn next_page(&self) -> Option<ResponseFuture<Page<O>>> {
        self.step.clone().send()
    }

    /// True if there is a next page.
    pub fn has_next(&self) -> bool {
        !matches!(self.step, NextStep::End)
    }

    /// The page as the server sent it.
    pub fn into_inner(self) -> O::Page {
        self.inner
    }

    /// The items of the page.
    pub fn into_items(self) -> Vec<O::Item> {
        O::items(self.inner)
    }

    fn split(self) -> (O::Page, NextStep, Vec<Error>) {
        (self.inner, self.step, self.skipped)
    }
}

impl<O: Paged> Deref for Page<O> {
    type Target = O::Page;

    fn deref(&self) -> &O::Page {
        &self.inner
    }
}

impl<O: Paged> fmt::Debug for Page<O>
where
    O::Page: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}
