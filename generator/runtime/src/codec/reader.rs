//! Reading of the fields of a record.

use super::codecs::{CodecSlot, OrEmpty, Same};
use super::ser::equals;
use super::{Decode, Encode, Json, Members, ReadAs, Slot, fit, growth};
use crate::Patch;
use std::collections::BTreeMap;

/// Reads the fields of a [`Record`](super::Record); the first error sticks and ends the loop over the fields.
pub struct Reader<'m> {
    pub(super) members: &'m mut dyn Members,
    pub(super) name: &'static str,
    pub(super) names: &'static [&'static str],
    pub(super) required: &'static [usize],
    pub(super) expected: usize,
    pub(super) seen: u128,
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

    /// Reads a value, an empty text in the place of null, or nothing.
    pub fn clearable<T: Decode>(&mut self, slot: &mut Patch<T>) {
        self.clearable_as::<Same, T>(slot);
    }

    /// Reads a value by a codec, an empty text in the place of null, or nothing.
    pub fn clearable_as<C: ReadAs<T>, T>(&mut self, slot: &mut Patch<T>) {
        let mut value = None;
        self.members.nullable(&mut CodecSlot::<OrEmpty<C>, Option<T>>::new(&mut value));
        *slot = value.flatten().map_or(Patch::Null, Patch::Value);
    }

    /// Reads the value of an unknown key.
    pub fn additional_properties<T: Decode>(&mut self, map: &mut BTreeMap<String, T>) {
        let key = self.members.key();
        let mut value = None;
        self.members.value(&mut value);
        growth::insert(map, self.members, key, value);
    }

    /// Reads the value of an unknown key by a codec.
    pub fn additional_properties_as<C: ReadAs<T>, T>(&mut self, map: &mut BTreeMap<String, T>) {
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
            Some(found) if equals(&found, expected) => fit::constant(),
            Some(_) if fit::is_trial() => self.members.fail(&"another constant"),
            Some(_) => fit::unknown(),
        }
    }

    /// Counts what is absent though it is required.
    pub(super) fn count_absent(&self, required: u128) {
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

/// The bit of a field; 0 for the fields after the 128th.
pub(super) const fn bit(at: usize) -> u128 {
    if at < 128 { 1 << at } else { 0 }
}
