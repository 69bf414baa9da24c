//! Properties that a type does not name, read into a type of the program's own.

use crate::codec::{DecodeError, Encode, EncodeError, Fields, Json, Record, Writer, to_json};
use crate::error::{Error, Result};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Reads the properties that a type keeps though it has no field for them: those in `additional_properties`.
///
/// ```
/// # use client_runtime::{ExtraAs, Json};
/// # use std::collections::BTreeMap;
/// # fn main() -> client_runtime::Result<()> {
/// # let json = |it: f64| Json::from(it);
/// let additional_properties = BTreeMap::from([("lat".to_owned(), json(52.5)), ("lon".to_owned(), json(13.4))]);
/// let place: BTreeMap<String, f64> = additional_properties.extra_as()?;
/// assert_eq!(place["lon"], 13.4);
/// assert_eq!(additional_properties.extra_property_as::<f64>("lat")?, Some(52.5));
/// # Ok(()) }
/// ```
pub trait ExtraAs {
    /// These properties as an object, read into any type that serde can read.
    ///
    /// # Errors
    /// Properties that do not fit the type.
    fn extra_as<T: DeserializeOwned>(&self) -> Result<T>;

    /// One of them; `None` if it is not there.
    ///
    /// # Errors
    /// A value that does not fit the type.
    fn extra_property_as<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>>;
}

impl<R: Record> ExtraAs for R {
    fn extra_as<T: DeserializeOwned>(&self) -> Result<T> {
        read(Json::Object(extra(self)?))
    }

    fn extra_property_as<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        extra(self)?.remove(name).map(read).transpose()
    }
}

impl<V: Encode> ExtraAs for BTreeMap<String, V> {
    fn extra_as<T: DeserializeOwned>(&self) -> Result<T> {
        read(to_json(self).map_err(|error| unwritten(&error))?)
    }

    fn extra_property_as<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>> {
        let value = self.get(name).map(|it| to_json(it).map_err(|error| unwritten(&error)));
        value.transpose()?.map(read).transpose()
    }
}

/// The properties of a value that have no field.
fn extra<R: Record>(value: &R) -> Result<serde_json::Map<String, Json>> {
    const {
        assert!(
            R::OPEN,
            "this type keeps only what it has a field for: see `extra` of client.yaml"
        );
    }
    let mut found = Unnamed { names: R::FIELDS, found: Ok(serde_json::Map::new()) };
    value.write(&mut Writer::full(&mut found));
    found.found.map_err(|error| unwritten(&error))
}

/// Takes the members that are not among the names of a type.
struct Unnamed {
    names: &'static [&'static str],
    found: Result<serde_json::Map<String, Json>, EncodeError>,
}

impl Fields for Unnamed {
    fn field(&mut self, name: &str, value: &dyn Encode) {
        if self.names.contains(&name) {
            return;
        }
        match (to_json(value), &mut self.found) {
            (Ok(json), Ok(found)) => _ = found.insert(name.to_owned(), json),
            (Err(error), Ok(_)) => self.found = Err(error),
            (_, Err(_)) => {}
        }
    }
}

fn read<T: DeserializeOwned>(json: Json) -> Result<T> {
    serde_json::from_value(json)
        .map_err(|error| Error::decode(DecodeError::of_text(error.to_string())))
}

#[cold]
fn unwritten(error: &EncodeError) -> Error {
    Error::decode(DecodeError::of_text(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::Reader;
    use crate::{ErrorKind, records};

    #[derive(Clone, Debug, PartialEq)]
    struct Pet {
        name: String,
        additional_properties: BTreeMap<String, Json>,
    }

    records!(Pet);

    impl Record for Pet {
        const NAME: &'static str = "Pet";
        const FIELDS: &'static [&'static str] = &["name"];
        const OPEN: bool = true;

        fn read(_: &mut Reader<'_>) -> Option<Self> {
            None
        }

        fn write(&self, object: &mut Writer<'_>) {
            object.field("name", &self.name);
            object.additional_properties(&self.additional_properties);
        }
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Place {
        city: String,
        floor: Option<u8>,
    }

    fn pet() -> Pet {
        let city = ("city".to_owned(), Json::from("Berlin"));
        Pet { name: "Rex".to_owned(), additional_properties: BTreeMap::from([city]) }
    }

    #[test]
    fn they_are_read_without_what_has_a_field() {
        let place: Place = pet().extra_as().unwrap();
        assert_eq!(place, Place { city: "Berlin".to_owned(), floor: None });
        let all: BTreeMap<String, String> = pet().extra_as().unwrap();
        assert_eq!(all.len(), 1, "{all:?}");
        assert_eq!(pet().additional_properties.extra_as::<Place>().unwrap(), place);
    }

    #[test]
    fn one_of_them_is_read_by_its_name() {
        for it in [
            pet().extra_property_as::<String>("city"),
            pet().additional_properties.extra_property_as("city"),
        ] {
            assert_eq!(it.unwrap().as_deref(), Some("Berlin"));
        }
        assert_eq!(pet().extra_property_as::<u8>("floor").unwrap(), None);
        assert_eq!(pet().extra_property_as::<u8>("name").unwrap(), None, "it has a field");
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let error = pet().extra_property_as::<u8>("city").unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode);
        let mut nowhere = pet();
        nowhere.additional_properties.clear();
        let error = nowhere.extra_as::<Place>().unwrap_err().to_string();
        assert!(error.contains("missing field `city`"), "{error}");
    }
}
