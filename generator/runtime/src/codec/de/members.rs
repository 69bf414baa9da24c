//! The members of objects.

use super::seeds::{NullableSeed, SlotSeed};
use super::visitors::KeyVisitor;
use crate::codec::{Members, Path, ReadObject, Segment, Slot};
use serde::de::{Error as _, IgnoredAny, MapAccess, Visitor};
use std::fmt;

pub(super) struct ObjectVisitor<'s, 'p> {
    pub(super) object: &'s mut dyn ReadObject,
    pub(super) path: &'p mut Path,
}

impl<'de> Visitor<'de> for ObjectVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let (names, open) = (self.object.names(), self.object.open());
        let mut members = SerdeMembers {
            map,
            names,
            open,
            at: 0,
            key: String::new(),
            error: None,
            path: self.path,
        };
        self.object.read(&mut members);
        members.error.map_or(Ok(()), Err)
    }
}

struct SerdeMembers<'p, 'de, A: MapAccess<'de>> {
    map: A,
    names: &'static [&'static str],
    open: bool,
    at: usize,
    key: String,
    error: Option<A::Error>,
    path: &'p mut Path,
}

impl<'de, A: MapAccess<'de>> SerdeMembers<'_, 'de, A> {
    fn next_index(&mut self, expected: usize) -> Result<Option<usize>, A::Error> {
        loop {
            let key = self.open.then_some(&mut self.key);
            match self.map.next_key_seed(KeyVisitor { names: self.names, expected, key })? {
                Some(index) if index < self.names.len() || self.open => return Ok(Some(index)),
                Some(_) => self.map.next_value::<IgnoredAny>().map(drop)?,
                None => return Ok(None),
            }
        }
    }

    fn keep(&mut self, result: Result<(), A::Error>) {
        if let Err(error) = result {
            let segment = match self.names.get(self.at) {
                Some(name) => Segment::Field(name),
                None => Segment::Key(std::mem::take(&mut self.key)),
            };
            self.path.leave(segment);
            self.error = Some(error);
        }
    }
}

impl<'de, A: MapAccess<'de>> Members for SerdeMembers<'_, 'de, A> {
    fn next(&mut self, expected: usize) -> Option<usize> {
        if self.error.is_some() {
            return None;
        }
        match self.next_index(expected) {
            Ok(found) => {
                self.at = found.unwrap_or(0);
                found
            }
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }

    fn key(&mut self) -> String {
        self.key.clone()
    }

    fn value(&mut self, slot: &mut dyn Slot) {
        let result = self.map.next_value_seed(SlotSeed { slot, path: self.path });
        self.keep(result);
    }

    fn nullable(&mut self, slot: &mut dyn Slot) {
        let result = self.map.next_value_seed(NullableSeed { slot, path: self.path });
        self.keep(result);
    }

    fn fail(&mut self, message: &dyn fmt::Display) {
        self.error.get_or_insert_with(|| A::Error::custom(message));
    }

    fn failed(&self) -> bool {
        self.error.is_some()
    }
}
