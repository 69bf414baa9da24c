//! Reads one piece of a document with openapiv3, the parts below it cut out.
//!
//! A whole document given to openapiv3 fails as a whole, without a place, and loses what openapiv3
//! has no field for. A single piece fails alone, and the walk over the tree knows its place.

use super::node::{Map, Node, Value};
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, DeserializeSeed, Error, IntoDeserializer, MapAccess, Visitor};
use serde::forward_to_deserialize_any;

type ReadError = serde::de::value::Error;

/// The keys of a piece that openapiv3 sees.
#[derive(Clone, Copy)]
pub(super) enum VisibleKeys {
    Only(fn(&str) -> bool),
    But(&'static [&'static str]),
}

impl VisibleKeys {
    fn has(self, key: &str) -> bool {
        match self {
            Self::Only(is_seen) => is_seen(key),
            Self::But(cut) => !cut.contains(&key),
        }
    }
}

/// Reads `node` as a `T`, as if other keys than `keys` were not there and those of `blank` were `{}`.
pub(super) fn read<T: DeserializeOwned>(
    node: &Node,
    keys: VisibleKeys,
    blank: &'static [&'static str],
) -> Result<T, String> {
    let Some(map) = node.as_map() else {
        return Err("an object is expected here".to_owned());
    };
    T::deserialize(ObjectDeserializer { map, keys, blank }).map_err(|refused| refused.to_string())
}

/// Keys whose values are texts in whatever piece they stand. openapiv3 keeps some pieces before it
/// knows what they are, and then a number is one.
const TEXTS: &[&str] = &["description", "format", "name", "pattern", "summary", "title"];

struct ObjectDeserializer<'a> {
    map: &'a Map,
    keys: VisibleKeys,
    blank: &'static [&'static str],
}

impl<'de> serde::Deserializer<'de> for ObjectDeserializer<'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_map(Entries {
            rest: self.map.iter(),
            piece: self,
            value: PendingValue::Nothing,
        })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Entries<'de> {
    rest: indexmap::map::Iter<'de, String, Node>,
    piece: ObjectDeserializer<'de>,
    value: PendingValue<'de>,
}

/// The value that goes with the key that was read last.
enum PendingValue<'de> {
    Nothing,
    /// An empty object in place of the actual value.
    Blank,
    /// The words of a number or a boolean.
    Text(String),
    Node(&'de Node),
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = ReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, ReadError> {
        let keys = self.piece.keys;
        let Some((key, node)) = self.rest.find(|(key, _)| keys.has(key)) else {
            return Ok(None);
        };
        let blank = self.piece.blank.contains(&key.as_str());
        let text = node.as_text().filter(|_| TEXTS.contains(&key.as_str()));
        self.value = match text {
            _ if blank => PendingValue::Blank,
            Some(text) => PendingValue::Text(text),
            None => PendingValue::Node(node),
        };
        seed.deserialize(KeyDeserializer(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, ReadError> {
        match std::mem::replace(&mut self.value, PendingValue::Nothing) {
            PendingValue::Node(node) => seed.deserialize(node),
            PendingValue::Text(text) => seed.deserialize(TextDeserializer(text)),
            PendingValue::Blank => seed.deserialize(MapDeserializer::<_, ReadError>::new(
                std::iter::empty::<(&str, &str)>(),
            )),
            PendingValue::Nothing => Err(ReadError::custom("a value is asked for before its key")),
        }
    }
}

/// A text of our own.
struct TextDeserializer(String);

impl<'de> serde::Deserializer<'de> for TextDeserializer {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_string(self.0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct KeyDeserializer<'a>(&'a str);

impl<'de> serde::Deserializer<'de> for KeyDeserializer<'de> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_borrowed_str(self.0)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, ReadError> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> IntoDeserializer<'de, ReadError> for KeyDeserializer<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> serde::Deserializer<'de> for &'de Node {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(it) => visitor.visit_bool(*it),
            Value::Number(it) => it.deserialize_any(visitor).map_err(ReadError::custom),
            Value::Text(it) => visitor.visit_borrowed_str(it),
            Value::List(list) => visitor.visit_seq(SeqDeserializer::new(list.iter())),
            Value::Map(map) => visitor
                .visit_map(MapDeserializer::new(map.iter().map(|(k, v)| (KeyDeserializer(k), v)))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.value {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    /// YAML reads `title: 404` as a number, and means a text.
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match self.as_text() {
            Some(text) => visitor.visit_string(text),
            None => self.deserialize_any(visitor),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, ReadError> {
        match self.as_str() {
            Some(text) => visitor.visit_enum(text.into_deserializer()),
            None => Err(ReadError::custom("a text is expected here")),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{NodeId, SourceId};
    use openapiv3 as oas;

    fn node(json: &serde_json::Value) -> Node {
        let id = NodeId { source: SourceId::Document, serial: 0 };
        let value = match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(it) => Value::Bool(*it),
            serde_json::Value::Number(it) => Value::Number(it.clone()),
            serde_json::Value::String(it) => Value::Text(it.clone()),
            serde_json::Value::Array(list) => Value::List(list.iter().map(node).collect()),
            serde_json::Value::Object(map) => {
                Value::Map(map.iter().map(|(k, v)| (k.clone(), node(v))).collect())
            }
        };
        Node::new(id, value)
    }

    #[test]
    fn what_is_cut_out_cannot_fail() {
        let broken = node(&serde_json::json!({"type": "object", "properties": 7}));
        assert!(read::<oas::AnySchema>(&broken, VisibleKeys::But(&[]), &[]).is_err());
        let schema: oas::AnySchema = read(&broken, VisibleKeys::But(&["properties"]), &[]).unwrap();
        assert_eq!(schema.typ.as_deref(), Some("object"));
    }

    #[test]
    fn numbers_and_booleans_are_texts_where_a_text_is_expected() {
        let schema = node(&serde_json::json!({"title": 404, "description": true, "pattern": 0.5}));
        let read: oas::SchemaData = read(&schema, VisibleKeys::But(&["pattern"]), &[]).unwrap();
        assert_eq!(read.title.as_deref(), Some("404"));
        assert_eq!(read.description.as_deref(), Some("true"));
        let parameter = node(&serde_json::json!({"in": "query", "name": 5, "schema": {}}));
        let read: oas::Parameter = super::read(&parameter, VisibleKeys::But(&[]), &[]).unwrap();
        assert_eq!(read.parameter_data_ref().name, "5");
        let operation = node(&serde_json::json!({"operationId": 12, "tags": [1], "responses": {}}));
        let read: oas::Operation = super::read(&operation, VisibleKeys::But(&[]), &[]).unwrap();
        assert_eq!(
            (read.operation_id.as_deref(), &*read.tags),
            (Some("12"), &["1".to_owned()][..])
        );
    }

    #[test]
    fn null_says_nothing_where_nothing_need_be_said() {
        let schema = node(&serde_json::json!({"type": null, "title": null, "readOnly": false}));
        let read: oas::SchemaData = read(&schema, VisibleKeys::But(&["type"]), &[]).unwrap();
        assert_eq!(read.title, None);
    }

    #[test]
    fn a_blank_part_satisfies_a_required_one() {
        let parameter = node(&serde_json::json!({"in": "query", "name": "q", "schema": 7}));
        let read: oas::Parameter = read(&parameter, VisibleKeys::But(&[]), &["schema"]).unwrap();
        assert_eq!(read.parameter_data_ref().name, "q");
    }
}
