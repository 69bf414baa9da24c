//! The forms that an answer can have: what `operation!` chooses from.

use crate::codec::{Plain, ReadAs};
use crate::download::Download;
use crate::error::Result;
use crate::events::{Events, Format};
use crate::outcome::Outcome;
use crate::page::{Page, Paged};
use crate::reply::{RawResponse, Reply, Want, WithMeta};
use std::marker::PhantomData;

/// A form of answer: what is needed of the sending path and how the value is read.
pub trait Form {
    /// What the caller gets.
    type Value;
    /// What is needed of the sending path.
    const WANT: Want;
    /// Reads the value.
    ///
    /// # Errors
    /// An answer that is not what the operation declares.
    fn read(reply: Reply) -> Result<Self::Value>;
}

/// One JSON value, read by a codec where its wire form is not its type's.
#[derive(Debug)]
pub struct Json<T, C = Plain>(PhantomData<(T, C)>);

impl<C: ReadAs<T>, T: Send> Form for Json<T, C> {
    type Value = T;
    const WANT: Want = Want::Buffered;

    fn read(reply: Reply) -> Result<T> {
        reply.json_as::<C, T>()
    }
}

/// One page of a list.
#[derive(Debug)]
pub struct Pages<O>(PhantomData<O>);

impl<O: Paged> Form for Pages<O> {
    type Value = Page<O>;
    const WANT: Want = Want::Buffered;

    fn read(reply: Reply) -> Result<Page<O>> {
        Page::read(reply)
    }
}

/// No value; a body is ignored.
#[derive(Debug)]
pub struct Nothing;

impl Form for Nothing {
    type Value = ();
    const WANT: Want = Want::Buffered;

    fn read(_: Reply) -> Result<()> {
        Ok(())
    }
}

/// Bytes as they arrive.
#[derive(Debug)]
pub struct Bytes;

impl Form for Bytes {
    type Value = Download;
    const WANT: Want = Want::Streamed;

    fn read(reply: Reply) -> Result<Download> {
        Ok(Download::new(reply))
    }
}

/// Text.
#[derive(Debug)]
pub struct Text;

impl Form for Text {
    type Value = String;
    const WANT: Want = Want::Buffered;

    fn read(reply: Reply) -> Result<String> {
        Ok(String::from_utf8_lossy(reply.bytes()).into_owned())
    }
}

/// Server-sent events, each read by a codec where its wire form is not its type's.
#[derive(Debug)]
pub struct Sse<T, C = Plain>(PhantomData<(T, C)>);

impl<C: ReadAs<T>, T: Send> Form for Sse<T, C> {
    type Value = Events<T>;
    const WANT: Want = Want::Streamed;

    fn read(reply: Reply) -> Result<Events<T>> {
        Ok(Events::new::<C>(reply, Format::Sse))
    }
}

/// Lines of JSON, each read by a codec where its wire form is not its type's.
#[derive(Debug)]
pub struct Lines<T, C = Plain>(PhantomData<(T, C)>);

impl<C: ReadAs<T>, T: Send> Form for Lines<T, C> {
    type Value = Events<T>;
    const WANT: Want = Want::Streamed;

    fn read(reply: Reply) -> Result<Events<T>> {
        Ok(Events::new::<C>(reply, Format::Lines))
    }
}

/// JSON values one after another, each read by a codec where its wire form is not its type's.
#[derive(Debug)]
pub struct Values<T, C = Plain>(PhantomData<(T, C)>);

impl<C: ReadAs<T>, T: Send> Form for Values<T, C> {
    type Value = Events<T>;
    const WANT: Want = Want::Streamed;

    fn read(reply: Reply) -> Result<Events<T>> {
        Ok(Events::new::<C>(reply, Format::Values))
    }
}

/// The items of an array that is written as they come, each read by a codec where its wire form is not its type's.
#[derive(Debug)]
pub struct Array<T, C = Plain>(PhantomData<(T, C)>);

impl<C: ReadAs<T>, T: Send> Form for Array<T, C> {
    type Value = Events<T>;
    const WANT: Want = Want::Streamed;

    fn read(reply: Reply) -> Result<Events<T>> {
        Ok(Events::new::<C>(reply, Format::Array))
    }
}

/// Lines of text.
#[derive(Debug)]
pub struct TextLines;

impl Form for TextLines {
    type Value = Events<String>;
    const WANT: Want = Want::Streamed;

    fn read(reply: Reply) -> Result<Events<String>> {
        Ok(Events::new::<Plain>(reply, Format::Text))
    }
}

/// One of several values, told apart by status and media type.
#[derive(Debug)]
pub struct Any<T>(PhantomData<T>);

impl<T: Outcome> Form for Any<T> {
    type Value = T;
    const WANT: Want = Want::Raw;

    fn read(reply: Reply) -> Result<T> {
        T::read(&crate::outcome::Answer::new(&reply))
    }
}

/// Status, headers and bytes, not judged.
#[derive(Debug)]
pub struct Raw;

impl Form for Raw {
    type Value = RawResponse;
    const WANT: Want = Want::Raw;

    fn read(reply: Reply) -> Result<RawResponse> {
        Ok(RawResponse::new(reply))
    }
}

/// A form together with the head of the answer.
pub(crate) fn with_meta<F: Form>(reply: Reply) -> Result<WithMeta<F::Value>> {
    let meta = reply.meta();
    let value = F::read(reply)?;
    Ok(WithMeta::new(value, meta))
}
