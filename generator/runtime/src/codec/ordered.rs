//! JSON whose objects keep the order of their keys, on its way from a type of another crate to a sink.

use super::{Encode, Sink, WriteList, WriteObject, Writer};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A value as it was written. [`Json`](super::Json) would sort its keys.
pub(super) enum Ordered {
    Null,
    Bool(bool),
    Int(i64),
    Uint(u64),
    Float(f64),
    Text(String),
    List(Vec<Ordered>),
    Object(Vec<(String, Ordered)>),
}

impl Encode for Ordered {
    fn encode(&self, sink: &mut dyn Sink) {
        match self {
            Self::Null => sink.null(),
            Self::Bool(it) => sink.bool(*it),
            Self::Int(it) => sink.int(*it),
            Self::Uint(it) => sink.uint(*it),
            Self::Float(it) => sink.float(*it),
            Self::Text(it) => sink.text(it),
            Self::List(items) => sink.list(&OrderedItems(items)),
            Self::Object(members) => sink.object(&OrderedMembers(members)),
        }
    }
}

struct OrderedItems<'v>(&'v [Ordered]);

impl WriteList for OrderedItems<'_> {
    fn write(&self, each: &mut dyn FnMut(&dyn Encode)) {
        self.0.iter().for_each(|it| each(it));
    }
}

struct OrderedMembers<'v>(&'v [(String, Ordered)]);

impl WriteObject for OrderedMembers<'_> {
    fn write(&self, writer: &mut Writer<'_>) {
        self.0.iter().for_each(|(name, it)| writer.field(name, it));
    }
}

impl<'de> Deserialize<'de> for Ordered {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OrderedVisitor)
    }
}

struct OrderedVisitor;

impl<'de> Visitor<'de> for OrderedVisitor {
    type Value = Ordered;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Ordered, E> {
        Ok(Ordered::Null)
    }

    fn visit_bool<E>(self, it: bool) -> Result<Ordered, E> {
        Ok(Ordered::Bool(it))
    }

    fn visit_i64<E>(self, it: i64) -> Result<Ordered, E> {
        Ok(Ordered::Int(it))
    }

    fn visit_u64<E>(self, it: u64) -> Result<Ordered, E> {
        Ok(i64::try_from(it).map_or(Ordered::Uint(it), Ordered::Int))
    }

    fn visit_f64<E>(self, it: f64) -> Result<Ordered, E> {
        Ok(Ordered::Float(it))
    }

    fn visit_str<E>(self, it: &str) -> Result<Ordered, E> {
        Ok(Ordered::Text(it.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Ordered, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Ordered::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Ordered::Object(members))
    }
}
