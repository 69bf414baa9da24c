//! Named wire forms, for fields whose JSON differs from their Rust type.

use super::coded::{WriteAs, coded};
use super::{
    Decode, DecodeError, Elements, Encode, Members, ReadObject, Sink, Slot, Source, Texts,
    WriteList, WriteObject, Writer, from_slice, growth, texts,
};
use bytes::Bytes;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use std::str::FromStr;

/// A wire form that reads a `T`.
pub trait ReadAs<T>: Sized {
    /// Reads a value; `None` after an error, which stays in the source.
    fn read(source: &mut dyn Source) -> Option<T>;

    /// Which texts are values: in an event they have no quotes.
    const TEXTS: Texts = Texts::Some;

    /// Reads the text of an event: JSON, or the text as it is.
    ///
    /// # Errors
    /// Text that is neither JSON in this wire form nor the text of a string in it.
    fn from_text(text: &str) -> Result<T, DecodeError>
    where
        T: Send,
    {
        texts::event::<DecodedAs<Self, T>>(text).map(DecodedAs::into_value)
    }

    /// Reads an event, whose name tells the variants of some unions apart.
    ///
    /// # Errors
    /// Data that are not in this wire form.
    fn from_event(name: Option<&str>, data: &str) -> Result<T, DecodeError>
    where
        T: Send,
    {
        let _ = name;
        Self::from_text(data)
    }
}

/// The type's own wire form.
#[derive(Debug)]
pub struct Same;

impl<T: Decode> ReadAs<T> for Same {
    fn read(source: &mut dyn Source) -> Option<T> {
        T::decode(source)
    }

    const TEXTS: Texts = T::TEXTS;

    fn from_text(text: &str) -> Result<T, DecodeError> {
        T::from_text(text)
    }

    fn from_event(name: Option<&str>, data: &str) -> Result<T, DecodeError> {
        T::from_event(name, data)
    }
}

impl<T: Encode + ?Sized> WriteAs<T> for Same {
    fn write(value: &T, sink: &mut dyn Sink) {
        value.encode(sink);
    }
}

/// An integer that reads a string or a number and writes a string.
#[derive(Debug)]
pub struct Int64String;

/// A float that reads a string or a number and writes a string.
#[derive(Debug)]
pub struct NumberString;

fn parse<T: FromStr>(source: &mut dyn Source, what: &str) -> Option<T> {
    let text = source.string_or_number()?;
    let value = text.trim().parse().ok();
    if value.is_none() {
        let shown: String = text.chars().take(40).collect();
        source.fail(&format_args!("expected {what}, found {shown:?}"));
    }
    value
}

macro_rules! as_string {
    ($codec:ty, $what:literal: $($ty:ty)*) => {$(
        impl ReadAs<$ty> for $codec {
            fn read(source: &mut dyn Source) -> Option<$ty> {
                parse(source, $what)
            }
        }

        impl WriteAs<$ty> for $codec {
            fn write(value: &$ty, sink: &mut dyn Sink) {
                sink.text(&value.to_string());
            }
        }
    )*};
}

as_string!(Int64String, "an integer": i8 i16 i32 i64 u8 u16 u32 u64);
as_string!(NumberString, "a number": f32 f64);

/// Bytes as a string in Base64: written with padding, read with or without, in both alphabets.
#[derive(Debug)]
pub struct Base64;

/// Bytes as a string in the Base64 of URLs, which writes `-` and `_` for `+` and `/`; read like [`Base64`].
#[derive(Debug)]
pub struct Base64Url;

fn read_base64(source: &mut dyn Source) -> Option<Vec<u8>> {
    let text = source.string()?;
    let bytes = crate::base64::decode(&text);
    if bytes.is_none() {
        source.fail(&"expected text in Base64");
    }
    bytes
}

macro_rules! base64 {
    ($codec:ty, $encode:ident) => {
        impl ReadAs<Vec<u8>> for $codec {
            fn read(source: &mut dyn Source) -> Option<Vec<u8>> {
                read_base64(source)
            }

            const TEXTS: Texts = Texts::All;
        }

        impl ReadAs<Bytes> for $codec {
            fn read(source: &mut dyn Source) -> Option<Bytes> {
                read_base64(source).map(Bytes::from)
            }

            const TEXTS: Texts = Texts::All;
        }

        impl<T: AsRef<[u8]> + ?Sized> WriteAs<T> for $codec {
            fn write(value: &T, sink: &mut dyn Sink) {
                sink.text(&crate::base64::$encode(value.as_ref()));
            }
        }
    };
}

base64!(Base64, encode);
base64!(Base64Url, encode_for_url);

/// An array whose elements have a wire form.
#[derive(Debug)]
pub struct List<C>(PhantomData<C>);

struct CodecElements<C, T>(Vec<T>, PhantomData<C>);

impl<C: ReadAs<T>, T> Elements for CodecElements<C, T> {
    fn element(&mut self, source: &mut dyn Source) {
        growth::push(&mut self.0, source, C::read);
    }

    fn truncate(&mut self, count: usize) -> bool {
        self.0.truncate(count);
        true
    }
}

impl<C: ReadAs<T>, T> ReadAs<Vec<T>> for List<C> {
    fn read(source: &mut dyn Source) -> Option<Vec<T>> {
        let mut elements = CodecElements::<C, T>(Vec::new(), PhantomData);
        source.list(&mut elements);
        Some(elements.0)
    }
}

struct CodedList<'v, C, T>(&'v [T], PhantomData<C>);

impl<C: WriteAs<T>, T> WriteList for CodedList<'_, C, T> {
    fn write(&self, each: &mut dyn FnMut(&dyn Encode)) {
        for item in self.0 {
            each(&coded::<C, T>(item));
        }
    }
}

impl<C: WriteAs<T>, T> WriteAs<[T]> for List<C> {
    fn write(value: &[T], sink: &mut dyn Sink) {
        sink.list(&CodedList::<C, T>(value, PhantomData));
    }
}

impl<C: WriteAs<T>, T> WriteAs<Vec<T>> for List<C> {
    fn write(value: &Vec<T>, sink: &mut dyn Sink) {
        <Self as WriteAs<[T]>>::write(value, sink);
    }
}

/// An object whose values have a wire form.
#[derive(Debug)]
pub struct Map<C>(PhantomData<C>);

struct CodecMembers<C, T>(BTreeMap<String, T>, PhantomData<C>);

impl<C: ReadAs<T>, T> ReadObject for CodecMembers<C, T> {
    fn names(&self) -> &'static [&'static str] {
        &[]
    }

    fn open(&self) -> bool {
        true
    }

    fn read(&mut self, members: &mut dyn Members) {
        while members.next(0).is_some() {
            let (key, mut value) = (members.key(), None);
            members.value(&mut CodecSlot::<C, T>::new(&mut value));
            growth::insert(&mut self.0, members, key, value);
        }
    }
}

impl<C: ReadAs<T>, T> ReadAs<BTreeMap<String, T>> for Map<C> {
    fn read(source: &mut dyn Source) -> Option<BTreeMap<String, T>> {
        let mut members = CodecMembers::<C, T>(BTreeMap::new(), PhantomData);
        source.object(&mut members);
        Some(members.0)
    }
}

struct CodedMap<'v, C, T>(&'v BTreeMap<String, T>, PhantomData<C>);

impl<C: WriteAs<T>, T> WriteObject for CodedMap<'_, C, T> {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.additional_properties_as::<C, T>(self.0);
    }
}

impl<C: WriteAs<T>, T> WriteAs<BTreeMap<String, T>> for Map<C> {
    fn write(value: &BTreeMap<String, T>, sink: &mut dyn Sink) {
        sink.object(&CodedMap::<C, T>(value, PhantomData));
    }
}

/// Null or a value that has a wire form.
#[derive(Debug)]
pub struct Nullable<C>(PhantomData<C>);

impl<C: ReadAs<T>, T> ReadAs<Option<T>> for Nullable<C> {
    fn read(source: &mut dyn Source) -> Option<Option<T>> {
        let mut value = None;
        source.nullable(&mut CodecSlot::<C, T>::new(&mut value));
        Some(value)
    }

    const TEXTS: Texts = C::TEXTS;
}

impl<C: WriteAs<T>, T> WriteAs<Option<T>> for Nullable<C> {
    fn write(value: &Option<T>, sink: &mut dyn Sink) {
        match value {
            Some(value) => C::write(value, sink),
            None => sink.null(),
        }
    }
}

/// A value, or an empty text in its place.
pub(super) struct OrEmpty<C>(PhantomData<C>);

impl<C: ReadAs<T>, T> ReadAs<Option<T>> for OrEmpty<C> {
    fn read(source: &mut dyn Source) -> Option<Option<T>> {
        let mut value = None;
        source.tree(&mut |node| {
            value = match node.value().as_str() {
                Some("") => node.string().map(|_| None),
                Some(_) | None => C::read(node).map(Some),
            };
        });
        value
    }
}

/// A boxed value that has a wire form.
#[derive(Debug)]
pub struct Boxed<C = Same>(PhantomData<C>);

impl<C: ReadAs<T>, T> ReadAs<Box<T>> for Boxed<C> {
    fn read(source: &mut dyn Source) -> Option<Box<T>> {
        let value = C::read(source);
        growth::boxed(source, value)
    }
}

impl<C: WriteAs<T>, T> WriteAs<Box<T>> for Boxed<C> {
    fn write(value: &Box<T>, sink: &mut dyn Sink) {
        C::write(value, sink);
    }
}

/// Reads a value of another wire form than its type's from JSON.
///
/// # Errors
/// JSON that is not in this form.
pub fn from_slice_as<C: ReadAs<T>, T: Send>(json: &[u8]) -> Result<T, DecodeError> {
    from_slice::<DecodedAs<C, T>>(json).map(DecodedAs::into_value)
}

/// Reads a line, which is JSON. Where a type has nothing but texts, one without quotes is taken as it is.
pub(crate) fn line<C: ReadAs<T>, T: Send>(text: &str) -> Result<T, DecodeError> {
    let json = from_slice::<DecodedAs<C, T>>(text.as_bytes());
    let read = match &json {
        Err(_) if C::TEXTS == Texts::All && text != texts::DONE => {
            texts::as_text(text).map_or(json, |it| Ok(it.0))
        }
        Ok(_) | Err(_) => json,
    };
    read.map(DecodedAs::into_value)
}

/// A value that is read in another wire form than its type's.
pub(crate) struct DecodedAs<C, T>(T, PhantomData<fn() -> C>);

impl<C, T> DecodedAs<C, T> {
    pub(crate) fn into_value(self) -> T {
        self.0
    }
}

impl<C: ReadAs<T>, T: Send> Decode for DecodedAs<C, T> {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        C::read(source).map(|it| Self(it, PhantomData))
    }

    const TEXTS: Texts = C::TEXTS;

    fn from_text(text: &str) -> Result<Self, DecodeError> {
        C::from_text(text).map(|it| Self(it, PhantomData))
    }
}

/// A place that a value is read into by a codec.
pub(super) struct CodecSlot<'v, C, T>(&'v mut Option<T>, PhantomData<C>);

impl<'v, C, T> CodecSlot<'v, C, T> {
    pub(super) fn new(slot: &'v mut Option<T>) -> Self {
        Self(slot, PhantomData)
    }
}

impl<C: ReadAs<T>, T> Slot for CodecSlot<'_, C, T> {
    fn clear(&mut self) {
        *self.0 = None;
    }

    fn fill(&mut self, source: &mut dyn Source) {
        *self.0 = C::read(source);
    }
}
