//! Visitors of serde for keys, strings and numbers.

use crate::codec::integer::exact_integer;
use serde::de::{self, DeserializeSeed, Deserializer, Unexpected, Visitor};
use std::fmt;

pub(super) struct KeyVisitor<'k> {
    pub(super) names: &'static [&'static str],
    pub(super) expected: usize,
    pub(super) key: Option<&'k mut String>,
}

impl<'de> DeserializeSeed<'de> for KeyVisitor<'_> {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, de: D) -> Result<usize, D::Error> {
        de.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KeyVisitor<'_> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, key: &str) -> Result<usize, E> {
        if self.names.get(self.expected).is_some_and(|name| *name == key) {
            return Ok(self.expected);
        }
        if let Some(index) = self.names.iter().position(|name| *name == key) {
            return Ok(index);
        }
        if let Some(slot) = self.key {
            slot.clear();
            slot.push_str(key);
        }
        Ok(self.names.len())
    }
}

pub(super) struct StringVisitor;

impl Visitor<'_> for StringVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_string<E: de::Error>(self, text: String) -> Result<String, E> {
        Ok(text)
    }
}

pub(super) struct TextVisitor<'v>(pub(super) &'v mut dyn FnMut(&str));

impl Visitor<'_> for TextVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<(), E> {
        (self.0)(text);
        Ok(())
    }
}

pub(super) struct IntVisitor;

impl Visitor<'_> for IntVisitor {
    type Value = i64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<i64, E> {
        Ok(value)
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<i64, E> {
        i64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<i64, E> {
        exact_integer(value).ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }
}

pub(super) struct UintVisitor;

impl Visitor<'_> for UintVisitor {
    type Value = u64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an integer that is not negative")
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<u64, E> {
        u64::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<u64, E> {
        Ok(value)
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<u64, E> {
        let exact_integer = exact_integer(value).and_then(|it| u64::try_from(it).ok());
        exact_integer.ok_or_else(|| E::invalid_value(Unexpected::Float(value), &self))
    }
}

pub(super) struct StringOrNumberVisitor;

impl Visitor<'_> for StringOrNumberVisitor {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, as a string or as it is")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<String, E> {
        Ok(value.to_string())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<String, E> {
        Ok(exact_integer(value).map_or_else(|| value.to_string(), |it| it.to_string()))
    }
}
