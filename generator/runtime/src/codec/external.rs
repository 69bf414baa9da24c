//! Wire forms of types of other crates, by the traits that these have anyway.

use super::coded::WriteAs;
use super::ordered::Ordered;
use super::{Encode, ReadAs, Sink, Source};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::type_name;
use std::fmt::{Display, Write};
use std::str::FromStr;

/// A string, which a type reads by [`FromStr`] and writes by [`Display`].
///
/// Errors name the type and not the text, which may be a secret.
#[derive(Debug)]
pub struct AsText;

impl<T: FromStr> ReadAs<T> for AsText {
    fn read(source: &mut dyn Source) -> Option<T> {
        let value = source.string()?.parse().ok();
        if value.is_none() {
            source.fail(&format_args!("expected the text of a value of `{}`", short_name::<T>()));
        }
        value
    }
}

impl<T: Display + ?Sized> WriteAs<T> for AsText {
    fn write(value: &T, sink: &mut dyn Sink) {
        let mut text = String::new();
        match write!(text, "{value}") {
            Ok(()) => sink.text(&text),
            Err(_) => sink.fail(&format!("a value of `{}` has no text", short_name::<T>())),
        }
    }
}

/// Any JSON, which a type reads and writes by its implementations of serde's traits.
///
/// Errors name the type and not the value, which may be a secret.
#[derive(Debug)]
pub struct AsJson;

impl<T: DeserializeOwned> ReadAs<T> for AsJson {
    fn read(source: &mut dyn Source) -> Option<T> {
        let value = serde_json::from_value(source.json()?).ok();
        if value.is_none() {
            source.fail(&format_args!("expected the JSON of a value of `{}`", short_name::<T>()));
        }
        value
    }
}

impl<T: Serialize + ?Sized> WriteAs<T> for AsJson {
    fn write(value: &T, sink: &mut dyn Sink) {
        // Through text, since `Json` would sort the keys.
        let text = serde_json::to_vec(value);
        match text.and_then(|it| serde_json::from_slice::<Ordered>(&it)) {
            Ok(json) => json.encode(sink),
            Err(_) => sink.fail(&format!("a value of `{}` has no JSON", short_name::<T>())),
        }
    }
}

/// The name of a type without its modules and arguments.
pub(crate) fn short_name<T: ?Sized>() -> &'static str {
    let path = type_name::<T>().split('<').next().unwrap_or_default();
    path.rsplit("::").next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{List, Map, Nullable, coded, from_slice_as, to_vec};
    use std::collections::BTreeMap;
    use std::fmt;
    use std::net::Ipv4Addr;

    const TEXT: &str = r#""192.0.2.1""#;

    fn ip() -> Ipv4Addr {
        Ipv4Addr::new(192, 0, 2, 1)
    }

    #[test]
    fn a_type_is_read_from_text_and_written_as_text() {
        let read: Ipv4Addr = from_slice_as::<AsText, _>(TEXT.as_bytes()).unwrap();
        assert_eq!(read, ip());
        assert_eq!(to_vec(&coded::<AsText, _>(&read)).unwrap(), TEXT.as_bytes());
    }

    #[test]
    fn it_composes_with_the_other_wire_forms() {
        type Form = Map<List<Nullable<AsText>>>;
        let json = br#"{"a":["192.0.2.1",null]}"#;
        let read: BTreeMap<String, Vec<Option<Ipv4Addr>>> = from_slice_as::<Form, _>(json).unwrap();
        assert_eq!(read["a"], [Some(ip()), None]);
        assert_eq!(to_vec(&coded::<Form, _>(&read)).unwrap(), json);
    }

    #[test]
    fn errors_name_the_place_and_the_type_and_not_the_value() {
        let error = from_slice_as::<List<AsText>, Vec<Ipv4Addr>>(br#"["192.0.2.1", "s3cret"]"#);
        let said = error.unwrap_err().to_string();
        assert!(said.contains("[1]") && said.contains("`Ipv4Addr`"), "{said}");
        assert!(!said.contains("s3cret"), "{said}");
        let error = from_slice_as::<AsJson, Ipv4Addr>(br#""s3cret""#).unwrap_err().to_string();
        assert!(error.contains("`Ipv4Addr`") && !error.contains("s3cret"), "{error}");
        assert!(from_slice_as::<AsText, Ipv4Addr>(b"17").is_err());
    }

    #[test]
    fn a_type_is_read_from_json_and_written_as_json() {
        let json = br#"{"a":[1,"b"]}"#;
        let read: BTreeMap<String, (u8, String)> = from_slice_as::<AsJson, _>(json).unwrap();
        assert_eq!(read["a"], (1, "b".to_owned()));
        assert_eq!(to_vec(&coded::<AsJson, _>(&read)).unwrap(), json);
    }

    #[derive(serde::Serialize)]
    struct Schema {
        required: Vec<u64>,
        properties: (Option<i8>, f64, bool),
        kind: &'static str,
    }

    #[test]
    fn keys_of_a_foreign_type_are_written_in_its_order() {
        let value = Schema { required: vec![u64::MAX], properties: (None, 0.5, true), kind: "a" };
        let json = to_vec(&coded::<AsJson, _>(&value)).unwrap();
        let wanted =
            r#"{"required":[18446744073709551615],"properties":[null,0.5,true],"kind":"a"}"#;
        assert_eq!(std::str::from_utf8(&json).unwrap(), wanted);
    }

    struct Silent;

    impl Display for Silent {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            Err(fmt::Error)
        }
    }

    #[test]
    fn a_value_without_a_text_is_an_error() {
        let error = to_vec(&coded::<AsText, _>(&Silent)).unwrap_err().to_string();
        assert!(error.contains("a value of `Silent` has no text"), "{error}");
    }
}
