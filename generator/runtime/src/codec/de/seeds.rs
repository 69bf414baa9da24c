//! Null or a value, and the elements of arrays.

use super::{SerdeSource, fill};
use crate::codec::{Elements, Path, Segment, Slot};
use serde::de::{self, DeserializeSeed, Deserializer, SeqAccess, Visitor};
use std::fmt;

pub(super) struct SlotSeed<'s, 'p> {
    pub(super) slot: &'s mut dyn Slot,
    pub(super) path: &'p mut Path,
}

impl<'de> DeserializeSeed<'de> for SlotSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, de: D) -> Result<(), D::Error> {
        fill(de, self.slot, self.path)
    }
}

pub(super) struct NullableSeed<'s, 'p> {
    pub(super) slot: &'s mut dyn Slot,
    pub(super) path: &'p mut Path,
}

impl<'de> DeserializeSeed<'de> for NullableSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, de: D) -> Result<(), D::Error> {
        de.deserialize_option(self)
    }
}

impl<'de> Visitor<'de> for NullableSeed<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("null or a value")
    }

    fn visit_none<E: de::Error>(self) -> Result<(), E> {
        self.slot.clear();
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, de: D) -> Result<(), D::Error> {
        fill(de, self.slot, self.path)
    }
}

struct ElementSeed<'s, 'p> {
    pub(super) items: &'s mut dyn Elements,
    pub(super) path: &'p mut Path,
}

impl<'de> DeserializeSeed<'de> for ElementSeed<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, de: D) -> Result<(), D::Error> {
        let mut source = SerdeSource { de: Some(de), error: None, path: self.path };
        self.items.element(&mut source);
        source.error.map_or(Ok(()), Err)
    }
}

pub(super) struct ArrayVisitor<'s, 'p> {
    pub(super) items: &'s mut dyn Elements,
    pub(super) path: &'p mut Path,
}

impl<'de> Visitor<'de> for ArrayVisitor<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let mut index = 0;
        loop {
            let element = ElementSeed { items: self.items, path: self.path };
            match seq.next_element_seed(element) {
                Ok(Some(())) => index += 1,
                Ok(None) => return Ok(()),
                Err(error) => {
                    self.path.leave(Segment::Index(index));
                    return Err(error);
                }
            }
        }
    }
}
