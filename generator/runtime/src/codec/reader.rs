//! How the fields of a record are read.

use super::codecs::CodecSlot;
use super::{Decode, Encode, Json, Members, ReadAs, ReadObject, Slot, Source, Writer, fit, growth};
use crate::Patch;
use std::collections::BTreeMap;

/// A type with named fields, as a table of names and two functions: so it is [`Decode`] and
/// [`Encode`] too.
///
/// The two follow from this trait, not from an impl per type: a type costs two impls less to
/// compile. For that, no pointer has them ([`Box`] and `&` would overlap): [`Boxed`](super::Boxed)
/// is the codec of boxes.
pub trait Record: Sized + Send {
    /// The name of the type, for error messages.
    const NAME: &'static str;
    /// The names on the wire, in the order in which servers send them.
    const FIELDS: &'static [&'static str];
    /// The indices in [`FIELDS`](Record::FIELDS) of what the document wants to be present. Reading goes on
    /// where null or a constant is absent; of variants of a union, such a one fits less.
    const REQUIRED: &'static [usize] = &[];
    /// The same as bits.
    #[doc(hidden)]
    const REQUIRED_BITS: u128 = bits(Self::REQUIRED);
    /// Whether unknown keys arrive at [`Reader::extra`]; otherwise they are skipped.
    const OPEN: bool = false;
    /// Reads all fields.
    fn read(object: &mut Reader<'_>) -> Option<Self>;
    /// Writes all fields.
    fn write(&self, object: &mut Writer<'_>);
}

/// Reads the fields of a [`Record`]; the first error sticks and ends the loop over the fields.
pub struct Reader<'m> {
    members: &'m mut dyn Members,
    name: &'static str,
    names: &'static [&'static str],
    required: &'static [usize],
    expected: usize,
    seen: u128,
}

impl Reader<'_> {
    /// The index of the next field; the number of fields for an unknown key of an open record.
    #[expect(clippy::should_implement_trait, reason = "a lending iterator in all but name")]
    pub fn next(&mut self) -> Option<usize> {
        let found = self.members.next(self.expected)?;
        self.expected = found + 1;
        self.seen |= bit(found);
        Some(found)
    }

    /// Reads the value of the field.
    pub fn value(&mut self, slot: &mut dyn Slot) {
        self.members.value(slot);
    }

    /// Reads the value of the field; null leaves the slot empty.
    pub fn optional(&mut self, slot: &mut dyn Slot) {
        self.members.nullable(slot);
    }

    /// Reads the value of the field by a codec.
    pub fn value_as<C: ReadAs<T>, T>(&mut self, slot: &mut Option<T>) {
        self.members.value(&mut CodecSlot::<C, T>::new(slot));
    }

    /// Reads the value of the field by a codec; null leaves the slot empty.
    pub fn optional_as<C: ReadAs<T>, T>(&mut self, slot: &mut Option<T>) {
        self.members.nullable(&mut CodecSlot::<C, T>::new(slot));
    }

    /// Reads a value, null or nothing.
    pub fn patch<T: Decode>(&mut self, slot: &mut Patch<T>) {
        let mut value = None;
        self.members.nullable(&mut value);
        *slot = value.map_or(Patch::Null, Patch::Value);
    }

    /// Reads a value by a codec, null or nothing.
    pub fn patch_as<C: ReadAs<T>, T>(&mut self, slot: &mut Patch<T>) {
        let mut value = None;
        self.members.nullable(&mut CodecSlot::<C, T>::new(&mut value));
        *slot = value.map_or(Patch::Null, Patch::Value);
    }

    /// Reads the value of an unknown key.
    pub fn extra<T: Decode>(&mut self, map: &mut BTreeMap<String, T>) {
        let key = self.members.key();
        let mut value = None;
        self.members.value(&mut value);
        growth::insert(map, self.members, key, value);
    }

    /// Reads the value of an unknown key by a codec.
    pub fn extra_as<C: ReadAs<T>, T>(&mut self, map: &mut BTreeMap<String, T>) {
        let key = self.members.key();
        let mut value = None;
        self.members.value(&mut CodecSlot::<C, T>::new(&mut value));
        growth::insert(map, self.members, key, value);
    }

    /// Reads the value of a field that has only one: another value is accepted, but where a union has a
    /// choice it rules the record out. Null is as good as nothing.
    pub fn constant(&mut self, expected: &dyn Encode) {
        let mut found: Option<Json> = None;
        self.members.nullable(&mut found);
        match found {
            None => fit::departure(1),
            Some(found) if super::unions::equals(&found, expected) => fit::constant(),
            Some(_) if fit::is_trial() => self.members.fail(&"another constant"),
            Some(_) => fit::unknown(),
        }
    }

    /// Counts what is absent though it is required.
    fn count_absent(&self, required: u128) {
        let absent = required & !self.seen;
        if absent != 0 {
            fit::departure(absent.count_ones());
        }
    }

    /// Ends with an error that lists the required fields that were not there.
    #[must_use]
    pub fn incomplete<T>(&mut self) -> Option<T> {
        self.report_missing();
        None
    }

    #[cold]
    fn report_missing(&mut self) {
        if self.members.failed() {
            return;
        }
        let absent = |at: &usize| bit(*at) & !self.seen != 0;
        let missing: Vec<String> = self
            .required
            .iter()
            .filter(|at| absent(at))
            .map(|at| format!("`{}`", self.names[*at]))
            .collect();
        let (name, fields) = (self.name, missing.join(", "));
        match missing.len() {
            0 => self.members.fail(&format_args!("`{name}` lacks a required field")),
            1 => self.members.fail(&format_args!("`{name}` lacks the required field {fields}")),
            _ => self.members.fail(&format_args!("`{name}` lacks the required fields {fields}")),
        }
    }
}

/// The bit of a field; those after the 128th have none.
const fn bit(at: usize) -> u128 {
    if at < 128 { 1 << at } else { 0 }
}

const fn bits(fields: &[usize]) -> u128 {
    let (mut all, mut index) = (0, 0);
    while index < fields.len() {
        all |= bit(fields[index]);
        index += 1;
    }
    all
}

impl<T: Record> Decode for T {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        let mut slot = RecordSlot::<T>(None);
        source.object(&mut slot);
        slot.0
    }
}

struct RecordSlot<T>(Option<T>);

impl<T: Record> ReadObject for RecordSlot<T> {
    fn names(&self) -> &'static [&'static str] {
        T::FIELDS
    }

    fn open(&self) -> bool {
        T::OPEN
    }

    fn read(&mut self, members: &mut dyn Members) {
        let mut reader = Reader {
            members,
            name: T::NAME,
            names: T::FIELDS,
            required: T::REQUIRED,
            expected: 0,
            seen: 0,
        };
        self.0 = T::read(&mut reader);
        reader.count_absent(T::REQUIRED_BITS);
    }
}
