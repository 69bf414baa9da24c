//! Lists, maps, boxes and what may be null.

use super::texts::{self, Texts};
use super::{
    Decode, DecodeError, Elements, Encode, Members, ReadObject, Sink, Slot, Source, WriteList,
    WriteObject, Writer, growth,
};
use crate::Patch;
use std::collections::BTreeMap;

impl<T: Decode> Slot for Option<T> {
    fn clear(&mut self) {
        *self = None;
    }

    fn fill(&mut self, source: &mut dyn Source) {
        *self = T::decode(source);
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        let mut slot: Option<T> = None;
        source.nullable(&mut slot);
        Some(slot)
    }

    const TEXTS: Texts = T::TEXTS;

    fn from_text(text: &str) -> Result<Self, DecodeError> {
        match T::TEXTS {
            Texts::All => T::from_text(text).map(Some),
            Texts::Words | Texts::Some => texts::event(text),
        }
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, sink: &mut dyn Sink) {
        match self {
            Some(value) => value.encode(sink),
            None => sink.null(),
        }
    }
}

/// Null for both `Absent` and `Null`; a record leaves `Absent` out.
impl<T: Encode> Encode for Patch<T> {
    fn encode(&self, sink: &mut dyn Sink) {
        match self {
            Patch::Value(value) => value.encode(sink),
            Patch::Null | Patch::Absent => sink.null(),
        }
    }
}

impl<T: Decode> Decode for Patch<T> {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        let value = Option::<T>::decode(source)?;
        Some(value.map_or(Patch::Null, Patch::Value))
    }
}

struct VecElements<T>(Vec<T>);

impl<T: Decode> Elements for VecElements<T> {
    fn element(&mut self, source: &mut dyn Source) {
        growth::push(&mut self.0, source, T::decode);
    }

    fn truncate(&mut self, count: usize) -> bool {
        self.0.truncate(count);
        true
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        let mut elements = VecElements(Vec::new());
        source.list(&mut elements);
        Some(elements.0)
    }
}

impl<T: Encode> WriteList for [T] {
    fn write(&self, each: &mut dyn FnMut(&dyn Encode)) {
        for item in self {
            each(item);
        }
    }
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.list(&self);
    }
}

impl<T: Encode> Encode for &[T] {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.list(self);
    }
}

impl<T: Encode> WriteList for &[T] {
    fn write(&self, each: &mut dyn FnMut(&dyn Encode)) {
        (**self).write(each);
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, sink: &mut dyn Sink) {
        self.as_slice().encode(sink);
    }
}

struct MapMembers<T>(BTreeMap<String, T>);

impl<T: Decode> ReadObject for MapMembers<T> {
    fn names(&self) -> &'static [&'static str] {
        &[]
    }

    fn open(&self) -> bool {
        true
    }

    fn read(&mut self, members: &mut dyn Members) {
        while members.next(0).is_some() {
            let (key, mut value) = (members.key(), None);
            members.value(&mut value);
            growth::insert(&mut self.0, members, key, value);
        }
    }
}

impl<T: Decode> Decode for BTreeMap<String, T> {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        let mut members = MapMembers(BTreeMap::new());
        source.object(&mut members);
        Some(members.0)
    }
}

struct MapWriter<'m, T>(&'m BTreeMap<String, T>);

impl<T: Encode> WriteObject for MapWriter<'_, T> {
    fn write(&self, writer: &mut Writer<'_>) {
        writer.additional_properties(self.0);
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.object(&MapWriter(self));
    }
}

/// Implements the traits of a struct around one value: `wrapper!(Tree)` for `struct Tree(pub Vec<Tree>)`.
#[macro_export]
macro_rules! wrapper {
    ($name:ident) => {
        impl $crate::codec::Decode for $name {
            #[inline]
            fn decode(source: &mut dyn $crate::codec::Source) -> ::core::option::Option<Self> {
                $crate::codec::Decode::decode(source).map(Self)
            }
        }
        impl $crate::codec::Encode for $name {
            #[inline]
            fn encode(&self, sink: &mut dyn $crate::codec::Sink) {
                $crate::codec::Encode::encode(&self.0, sink);
            }
        }
        $crate::__serde!($name);
    };
}
