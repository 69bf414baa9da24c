//! Reads values of any format into nodes, and counts them while it does.

use super::bundle;
use super::duplicate_keys::DuplicateKeys;
use super::file_error::FileError;
use super::limit::{Limits, ReadSum};
use super::merge;
use super::node::{Map, Node, Value};
use crate::diag::{NodeId, SourceId};
use serde::de::{DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use std::fmt;

/// The state of reading a file.
pub(super) struct Reader {
    source: SourceId,
    /// True if `<<` merges other maps, as in YAML.
    merges: bool,
    limits: Limits,
    pub(super) doubles: DuplicateKeys,
    /// Set if a reference, or an entry of a mapping, may lead to another file.
    pub(super) refers: bool,
    /// Why we stopped, where it was our decision.
    pub(super) stop: Option<FileError>,
}

impl Reader {
    pub(super) fn new(source: SourceId, merges: bool, limits: Limits) -> Self {
        let doubles = DuplicateKeys::default();
        Self { source, merges, limits, doubles, refers: false, stop: None }
    }

    /// The amounts that were read, with those of the files before this one.
    pub(super) fn sum(&self) -> ReadSum {
        self.limits.sum()
    }

    /// The number of nodes that were read, aliases counted each time that they are used.
    pub(super) fn count(&self) -> u32 {
        self.limits.count()
    }

    fn node<E: Error>(&mut self, value: Value) -> Result<Node, E> {
        Ok(Node::new(self.begin()?, value))
    }

    /// Counts a node; it is numbered before what it holds.
    fn begin<E: Error>(&mut self) -> Result<NodeId, E> {
        match self.limits.node() {
            Ok(serial) => Ok(NodeId { source: self.source, serial }),
            Err(stop) => Err(self.stop(stop)),
        }
    }

    fn text<E: Error>(&mut self, text: &str) -> Result<String, E> {
        self.limits.text(text.len()).map_err(|stop| self.stop(stop))?;
        Ok(text.to_owned())
    }

    fn enter<E: Error>(&mut self) -> Result<(), E> {
        self.limits.enter().map_err(|stop| self.stop(stop))
    }

    /// The parser adds the place to an error of its own type; the reason is kept beside it.
    fn stop<E: Error>(&mut self, stop: FileError) -> E {
        self.stop = Some(stop);
        E::custom("stopped")
    }
}

/// Reads the next value.
pub(super) struct NextValue<'r>(pub(super) &'r mut Reader);

impl<'de> DeserializeSeed<'de> for NextValue<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for NextValue<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        self.0.node(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        self.visit_unit()
    }

    fn visit_bool<E: Error>(self, it: bool) -> Result<Node, E> {
        self.0.node(Value::Bool(it))
    }

    fn visit_i64<E: Error>(self, it: i64) -> Result<Node, E> {
        self.0.node(Value::Number(it.into()))
    }

    fn visit_u64<E: Error>(self, it: u64) -> Result<Node, E> {
        self.0.node(Value::Number(it.into()))
    }

    fn visit_i128<E: Error>(self, it: i128) -> Result<Node, E> {
        self.visit_f64(it.to_string().parse().unwrap_or(f64::MIN))
    }

    fn visit_u128<E: Error>(self, it: u128) -> Result<Node, E> {
        self.visit_f64(it.to_string().parse().unwrap_or(f64::MAX))
    }

    /// JSON has no infinity: `.inf` becomes a text.
    fn visit_f64<E: Error>(self, it: f64) -> Result<Node, E> {
        let value = Number::from_f64(it).map_or_else(|| Value::Text(it.to_string()), Value::Number);
        self.0.node(value)
    }

    fn visit_str<E: Error>(self, it: &str) -> Result<Node, E> {
        let text = self.0.text(it)?;
        self.0.node(Value::Text(text))
    }

    /// A tag arrives as the name of an enum's variant.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Node, A::Error> {
        let (tag, _) = data.variant::<String>()?;
        Err(self.0.stop(FileError::tag(&tag)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
        let reader = self.0;
        let id = reader.begin()?;
        reader.enter()?;
        let mut list = Vec::new();
        loop {
            let found = reader.doubles.mark();
            let Some(item) = items.next_element_seed(NextValue(reader))? else { break };
            reader.doubles.inside(found, || list.len().to_string());
            list.push(item);
        }
        reader.limits.leave();
        Ok(Node::new(id, Value::List(list)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Node, A::Error> {
        let reader = self.0;
        let id = reader.begin()?;
        reader.enter()?;
        let mut map = Map::new();
        let mut merged = Vec::new();
        while let Some(key) = entries.next_key_seed(NextKey(reader))? {
            let found = reader.doubles.mark();
            let value = entries.next_value_seed(NextValue(reader))?;
            reader.doubles.inside(found, || key.clone());
            reader.refers |= bundle::may_refer(&key, &value);
            if reader.merges && key == "<<" {
                merged.push(value);
            } else {
                reader.doubles.insert(&mut map, key, value);
            }
        }
        merge::apply(&mut map, merged).map_err(|stop| reader.stop(stop))?;
        map.shrink_to_fit();
        reader.limits.leave();
        Ok(Node::new(id, Value::Map(map)))
    }
}

/// Reads the next key, as it is spelled: `200` and `1.10` are no numbers here.
struct NextKey<'r>(&'r mut Reader);

impl<'de> DeserializeSeed<'de> for NextKey<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NextKey<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text as key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<String, E> {
        self.0.text(key)
    }
}
