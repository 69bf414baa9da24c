//! The formats of responses, from which `operation!` chooses.

use crate::codec::{ReadAs, Same};
use crate::download::Download;
use crate::error::Result;
use crate::events::{Events, StreamFormat};
use crate::page::{Page, Paged};
use crate::response::{BodyMode, RawResponse, ReceivedResponse, WithMeta};
use crate::response_enum::ResponseEnum;
use std::marker::PhantomData;

/// The format of a response: how its body is received and how the value is read.
pub trait ResponseFormat {
    /// The value for the caller.
    type Value;
    /// The way in which the body is received.
    const BODY_MODE: BodyMode;
    /// Reads the value.
    ///
    /// # Errors
    /// A response that is not what the operation declares.
    fn read(response: ReceivedResponse) -> Result<Self::Value>;
}

/// One JSON value, read by a codec where its wire form is not its type's.
#[derive(Debug)]
pub struct JsonFormat<T, C = Same>(PhantomData<(T, C)>);

impl<C: ReadAs<T>, T: Send> ResponseFormat for JsonFormat<T, C> {
    type Value = T;
    const BODY_MODE: BodyMode = BodyMode::Buffered;

    fn read(response: ReceivedResponse) -> Result<T> {
        response.json_as::<C, T>()
    }
}

/// One page of a list.
#[derive(Debug)]
pub struct PageFormat<O>(PhantomData<O>);

impl<O: Paged> ResponseFormat for PageFormat<O> {
    type Value = Page<O>;
    const BODY_MODE: BodyMode = BodyMode::Buffered;

    fn read(response: ReceivedResponse) -> Result<Page<O>> {
        Page::read(response)
    }
}

/// No value; a body is ignored.
#[derive(Debug)]
pub struct EmptyFormat;

impl ResponseFormat for EmptyFormat {
    type Value = ();
    const BODY_MODE: BodyMode = BodyMode::Buffered;

    fn read(_: ReceivedResponse) -> Result<()> {
        Ok(())
    }
}

/// Bytes as they arrive.
#[derive(Debug)]
pub struct BytesFormat;

impl ResponseFormat for BytesFormat {
    type Value = Download;
    const BODY_MODE: BodyMode = BodyMode::Streamed;

    fn read(response: ReceivedResponse) -> Result<Download> {
        Ok(Download::new(response))
    }
}

/// Text.
#[derive(Debug)]
pub struct TextFormat;

impl ResponseFormat for TextFormat {
    type Value = String;
    const BODY_MODE: BodyMode = BodyMode::Buffered;

    fn read(response: ReceivedResponse) -> Result<String> {
        Ok(String::from_utf8_lossy(response.bytes()).into_owned())
    }
}

/// Server-sent events, each read by a codec where its wire form is not its type's.
#[derive(Debug)]
pub struct SseFormat<T, C = Same>(PhantomData<(T, C)>);

impl<C: ReadAs<T>, T: Send> ResponseFormat for SseFormat<T, C> {
    type Value = Events<T>;
    const BODY_MODE: BodyMode = BodyMode::Streamed;

    fn read(response: ReceivedResponse) -> Result<Events<T>> {
        Ok(Events::new::<C>(response, StreamFormat::Sse))
    }
}

/// Lines of JSON, each read by a codec where its wire form is not its type's.
#[derive(Debug)]
pub struct JsonLinesFormat<T, C = Same>(PhantomData<(T, C)>);

impl<C: ReadAs<T>, T: Send> ResponseFormat for JsonLinesFormat<T, C> {
    type Value = Events<T>;
    const BODY_MODE: BodyMode = BodyMode::Streamed;

    fn read(response: ReceivedResponse) -> Result<Events<T>> {
        Ok(Events::new::<C>(response, StreamFormat::Lines))
    }
}

/// JSON values one after another, each read by a codec where its wire form is not its type's.
#[derive(Debug)]
pub struct JsonValuesFormat<T, C = Same>(PhantomData<(T, C)>);

impl<C: ReadAs<T>, T: Send> ResponseFormat for JsonValuesFormat<T, C> {
    type Value = Events<T>;
    const BODY_MODE: BodyMode = BodyMode::Streamed;

    fn read(response: ReceivedResponse) -> Result<Events<T>> {
        Ok(Events::new::<C>(response, StreamFormat::Values))
    }
}

/// The items of an array that is written as they come, each read by a codec where its wire form is not its type's.
#[derive(Debug)]
pub struct JsonArrayFormat<T, C = Same>(PhantomData<(T, C)>);

impl<C: ReadAs<T>, T: Send> ResponseFormat for JsonArrayFormat<T, C> {
    type Value = Events<T>;
    const BODY_MODE: BodyMode = BodyMode::Streamed;

    fn read(response: ReceivedResponse) -> Result<Events<T>> {
        Ok(Events::new::<C>(response, StreamFormat::Array))
    }
}

/// Lines of text.
#[derive(Debug)]
pub struct TextLinesFormat;

impl ResponseFormat for TextLinesFormat {
    type Value = Events<String>;
    const BODY_MODE: BodyMode = BodyMode::Streamed;

    fn read(response: ReceivedResponse) -> Result<Events<String>> {
        Ok(Events::new::<Same>(response, StreamFormat::Text))
    }
}

/// One of several values, told apart by status and media type.
#[derive(Debug)]
pub struct EnumFormat<T>(PhantomData<T>);

impl<T: ResponseEnum> ResponseFormat for EnumFormat<T> {
    type Value = T;
    const BODY_MODE: BodyMode = BodyMode::Raw;

    fn read(response: ReceivedResponse) -> Result<T> {
        T::read(&crate::response_enum::UnreadResponse::new(&response))
    }
}

/// Status, headers and bytes, not judged.
#[derive(Debug)]
pub struct RawFormat;

impl ResponseFormat for RawFormat {
    type Value = RawResponse;
    const BODY_MODE: BodyMode = BodyMode::Raw;

    fn read(response: ReceivedResponse) -> Result<RawResponse> {
        Ok(RawResponse::new(response))
    }
}

/// The value together with the head of its response.
pub(crate) fn with_meta<F: ResponseFormat>(
    response: ReceivedResponse,
) -> Result<WithMeta<F::Value>> {
    let head = response.head();
    let value = F::read(response)?;
    Ok(WithMeta::new(value, head))
}
