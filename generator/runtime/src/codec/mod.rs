//! Reading of types from JSON and writing of them, without generic parameters.
//!
//! A type is read by [`Decode`] from a [`Source`] and written by [`Encode`] to a [`Sink`]. Both are
//! trait objects, so the code of a type is compiled once, whatever it is read from. The first error
//! sticks in the source or sink and comes out at the end: implementations need no `?`.

mod choices;
mod codecs;
mod coded;
mod containers;
mod de;
mod enums;
mod error;
mod escapes;
mod external;
mod fit;
mod growth;
mod integer;
mod json;
mod json_schema;
mod lenient;
mod limits;
mod literal;
mod ordered;
#[cfg(test)]
mod properties;
mod reader;
mod record;
#[cfg(test)]
mod rejections;
#[cfg(test)]
mod round_trips;
mod scalars;
mod ser;
#[cfg(test)]
mod tests;
mod text;
mod texts;
mod tree;
mod tuples;
mod unions;
mod writer;

pub use codecs::{
    Base64, Base64Url, Boxed, Int64String, List, Map, Nullable, NumberString, ReadAs, Same,
    from_slice_as,
};
pub(crate) use codecs::{DecodedAs, line};
pub use coded::{Coded, WriteAs, coded};
pub use de::{deserialize, from_json, from_slice, from_slice_lenient};
pub use enums::{IntEnum, TextEnum, UnknownInt, UnknownValue, decode_int_enum, decode_text_enum};
pub use error::{DecodeError, EncodeError, Path, Segment};
pub(crate) use external::short_name;
pub use external::{AsJson, AsText};
pub(crate) use fit::measure as measure_fit;
pub use json::to_vec;
pub(crate) use lenient::{add_skipped, is_lenient, lenient};
pub use literal::{LiteralEnum, UnknownLiteral, decode_literal_enum, null};
pub use reader::Reader;
pub use record::Record;
pub use ser::{serialize, to_json};
pub(crate) use text::{Property, property, with_properties};
pub use texts::Texts;
pub(crate) use texts::{DONE, plain as plain_text};
pub use tree::JsonNode;
pub use unions::{
    EventRow, VariantTrials, best_variant, encode_event, encode_tagged, event_data, event_variant,
    lacks_tag, read_event, read_union, tag, tag_equals, tagged_variant, unknown_variant, variant,
};
pub use writer::Writer;

/// An untyped JSON value; the macro [`json!`](crate::json) makes one.
pub type Json = serde_json::Value;

/// A type that can be read. It can be sent to a thread: what is nested deeply is read on one of its own.
pub trait Decode: Sized + Send {
    /// Reads a value; `None` after an error, which stays in the source.
    fn decode(source: &mut dyn Source) -> Option<Self>;

    /// The texts that are values of the type; in an event they have no quotes.
    const TEXTS: Texts = Texts::Some;

    /// Reads the text of an event: JSON, or the text as it is, where the type has texts.
    ///
    /// # Errors
    /// Text that is neither JSON that fits the type nor a text that does.
    fn from_text(text: &str) -> Result<Self, DecodeError> {
        texts::event(text)
    }

    /// Reads an event, whose name tells the variants of some unions apart.
    ///
    /// # Errors
    /// Data that do not fit the type.
    fn from_event(name: Option<&str>, data: &str) -> Result<Self, DecodeError> {
        let _ = name;
        Self::from_text(data)
    }
}

/// A type that can be written.
pub trait Encode {
    /// Writes the value: exactly one call of a method of the sink.
    fn encode(&self, sink: &mut dyn Sink);
}

/// One value that is about to be read; each reading method may be called once.
pub trait Source {
    /// Reads a boolean.
    fn bool(&mut self) -> Option<bool>;
    /// Reads an integer; a float without a fraction counts as one.
    fn int(&mut self) -> Option<i64>;
    /// Reads an integer that is not negative; a float without a fraction counts as one.
    fn uint(&mut self) -> Option<u64>;
    /// Reads any number.
    fn float(&mut self) -> Option<f64>;
    /// Reads a string.
    fn string(&mut self) -> Option<String>;
    /// Hands a string over without copying it.
    fn text(&mut self, visit: &mut dyn FnMut(&str));
    /// Reads a string or a number as text.
    fn string_or_number(&mut self) -> Option<String>;
    /// Reads null, which leaves the slot empty, or a value.
    fn nullable(&mut self, slot: &mut dyn Slot);
    /// Reads an array.
    fn list(&mut self, items: &mut dyn Elements);
    /// Reads an object.
    fn object(&mut self, object: &mut dyn ReadObject);
    /// Reads anything.
    fn json(&mut self) -> Option<Json>;
    /// Reads anything and hands it over, to be looked at before it is read as a type.
    fn tree(&mut self, visit: &mut dyn FnMut(&mut JsonNode<'_, '_>));
    /// Refuses the value.
    fn fail(&mut self, message: &dyn core::fmt::Display);
    /// Refuses the value for a reason found at `path` inside it.
    fn fail_at(&mut self, path: Path, message: &dyn core::fmt::Display);
}

/// A slot that one value is read into.
pub trait Slot {
    /// Empties the slot; a later value replaces an earlier one.
    fn clear(&mut self);
    /// Reads a value into the slot.
    fn fill(&mut self, source: &mut dyn Source);
}

/// Takes the elements of an array.
pub trait Elements {
    /// Reads the next element.
    fn element(&mut self, source: &mut dyn Source);
    /// Keeps the first `count` elements; `false` where none may be left out.
    fn truncate(&mut self, count: usize) -> bool {
        let _ = count;
        false
    }
}

/// Takes the members of an object.
pub trait ReadObject {
    /// The names that are known, in the order in which servers send them.
    fn names(&self) -> &'static [&'static str];
    /// True if unknown keys are reported instead of skipped.
    fn open(&self) -> bool;
    /// True if unknown keys speak against the type where a union has a choice, reported or not.
    fn counts_unknown(&self) -> bool {
        !self.open()
    }
    /// Reads all members.
    fn read(&mut self, members: &mut dyn Members);
}

/// The members of an object that is being read.
pub trait Members {
    /// Moves to the next member: the index of its name, or the number of names for an unknown one.
    fn next(&mut self, expected: usize) -> Option<usize>;
    /// The name of an unknown member.
    fn key(&mut self) -> String;
    /// Reads the value of the member.
    fn value(&mut self, slot: &mut dyn Slot);
    /// Reads null, which leaves the slot empty, or the value of the member.
    fn nullable(&mut self, slot: &mut dyn Slot);
    /// Refuses the object.
    fn fail(&mut self, message: &dyn core::fmt::Display);
    /// True once an error has occurred.
    fn failed(&self) -> bool;
}

/// One value that is about to be written.
pub trait Sink {
    /// Writes null.
    fn null(&mut self);
    /// Writes a boolean.
    fn bool(&mut self, value: bool);
    /// Writes an integer.
    fn int(&mut self, value: i64);
    /// Writes an integer that is not negative.
    fn uint(&mut self, value: u64);
    /// Writes a number.
    fn float(&mut self, value: f64);
    /// Writes a number of single precision.
    fn float32(&mut self, value: f32);
    /// Writes a string.
    fn text(&mut self, value: &str);
    /// Writes an array.
    fn list(&mut self, items: &dyn WriteList);
    /// Writes an object.
    fn object(&mut self, fields: &dyn WriteObject);
    /// Refuses to write the value.
    fn fail(&mut self, message: &str);
}

/// A sink of objects alone, which refuses all other values.
pub(crate) trait ObjectSink {
    /// The error for any other value.
    const NOT_AN_OBJECT: &'static str;
    /// Writes an object.
    fn write_object(&mut self, fields: &dyn WriteObject);
    /// Refuses a value.
    fn reject(&mut self, why: &str);
}

impl<T: ObjectSink> Sink for T {
    fn null(&mut self) {
        self.reject(T::NOT_AN_OBJECT);
    }

    fn bool(&mut self, _: bool) {
        self.reject(T::NOT_AN_OBJECT);
    }

    fn int(&mut self, _: i64) {
        self.reject(T::NOT_AN_OBJECT);
    }

    fn uint(&mut self, _: u64) {
        self.reject(T::NOT_AN_OBJECT);
    }

    fn float(&mut self, _: f64) {
        self.reject(T::NOT_AN_OBJECT);
    }

    fn float32(&mut self, _: f32) {
        self.reject(T::NOT_AN_OBJECT);
    }

    fn text(&mut self, _: &str) {
        self.reject(T::NOT_AN_OBJECT);
    }

    fn list(&mut self, _: &dyn WriteList) {
        self.reject(T::NOT_AN_OBJECT);
    }

    fn object(&mut self, fields: &dyn WriteObject) {
        self.write_object(fields);
    }

    fn fail(&mut self, message: &str) {
        self.reject(message);
    }
}

/// Gives the elements of an array.
pub trait WriteList {
    /// Hands each element over.
    fn write(&self, each: &mut dyn FnMut(&dyn Encode));
}

/// Gives the members of an object.
pub trait WriteObject {
    /// Writes all members.
    fn write(&self, writer: &mut Writer<'_>);
}

/// Takes the members of an object that is being written.
pub trait Fields {
    /// Writes one member.
    fn field(&mut self, name: &str, value: &dyn Encode);
}

#[cfg(test)]
fn attempt_as_test<C: ReadAs<T>, T>(json: &Json) -> Option<T> {
    let mut value = None;
    tree::read(json, &mut codecs::CodecSlot::<C, T>::new(&mut value)).ok().and(value)
}
