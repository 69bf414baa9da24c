//! Writing of the fields of a record.

use super::coded::{WriteAs, coded};
use super::{Encode, Fields};
use crate::Patch;
use std::collections::BTreeMap;

/// Writes the fields of a [`Record`](super::Record).
pub struct Writer<'f> {
    fields: &'f mut dyn Fields,
    /// True if fields that only the server sets are left out.
    request: bool,
    skip: bool,
    /// A member that is written already.
    hidden: Option<&'static str>,
}

impl<'f> Writer<'f> {
    /// Writes what is sent to a server.
    pub(crate) fn new(fields: &'f mut dyn Fields) -> Self {
        Self { fields, request: true, skip: false, hidden: None }
    }

    /// Writes everything.
    pub(crate) fn full(fields: &'f mut dyn Fields) -> Self {
        Self { fields, request: false, skip: false, hidden: None }
    }

    /// Marks the next field as one that the server alone sets: it is left out of requests, and kept
    /// where a value is stored.
    pub fn read_only(&mut self) -> &mut Self {
        self.skip = self.request;
        self
    }

    /// Leaves a member out from now on: it is written already.
    pub(crate) fn hide(&mut self, name: &'static str) {
        self.hidden = Some(name);
    }

    /// Writes a field.
    pub fn field(&mut self, name: &str, value: &dyn Encode) {
        if !std::mem::take(&mut self.skip) && self.hidden != Some(name) {
            self.fields.field(name, value);
        }
    }

    /// Writes a field if there is a value.
    pub fn optional<T: Encode>(&mut self, name: &str, value: &Option<T>) {
        match value {
            Some(value) => self.field(name, value),
            None => self.skip = false,
        }
    }

    /// Writes a field by a codec.
    pub fn field_as<C: WriteAs<T>, T>(&mut self, name: &str, value: &T) {
        self.field(name, &coded::<C, T>(value));
    }

    /// Writes a field by a codec if there is a value.
    pub fn optional_as<C: WriteAs<T>, T>(&mut self, name: &str, value: &Option<T>) {
        match value {
            Some(value) => self.field(name, &coded::<C, T>(value)),
            None => self.skip = false,
        }
    }

    /// Writes a value, null or nothing.
    pub fn patch<T: Encode>(&mut self, name: &str, value: &Patch<T>) {
        match value {
            Patch::Absent => self.skip = false,
            Patch::Null => self.field(name, &()),
            Patch::Value(value) => self.field(name, value),
        }
    }

    /// Writes a value by a codec, null or nothing.
    pub fn patch_as<C: WriteAs<T>, T>(&mut self, name: &str, value: &Patch<T>) {
        match value {
            Patch::Absent => self.skip = false,
            Patch::Null => self.field(name, &()),
            Patch::Value(value) => self.field(name, &coded::<C, T>(value)),
        }
    }

    /// Writes a value, an empty text in the place of null, or nothing.
    pub fn clearable<T: Encode>(&mut self, name: &str, value: &Patch<T>) {
        match value {
            Patch::Absent => self.skip = false,
            Patch::Null => self.field(name, &""),
            Patch::Value(value) => self.field(name, value),
        }
    }

    /// Writes a value by a codec, an empty text in the place of null, or nothing.
    pub fn clearable_as<C: WriteAs<T>, T>(&mut self, name: &str, value: &Patch<T>) {
        match value {
            Patch::Absent => self.skip = false,
            Patch::Null => self.field(name, &""),
            Patch::Value(value) => self.field(name, &coded::<C, T>(value)),
        }
    }

    /// Writes the one value that a field may have.
    pub fn constant(&mut self, name: &str, value: &dyn Encode) {
        self.field(name, value);
    }

    /// Writes members that have no field of their own.
    pub fn additional_properties<T: Encode>(&mut self, map: &BTreeMap<String, T>) {
        for (name, value) in map {
            self.field(name, value);
        }
    }

    /// Writes members that have no field of their own by a codec.
    pub fn additional_properties_as<C: WriteAs<T>, T>(&mut self, map: &BTreeMap<String, T>) {
        for (name, value) in map {
            self.field(name, &coded::<C, T>(value));
        }
    }
}
