//! Each type and each codec: read and written by our own reader and writer, by serde, and by way of
//! untyped JSON, a value is the same.

#![expect(unreachable_pub, reason = "what the macros write, they write for public types")]

use super::{
    Base64, Boxed, Decode, Encode, Int64String, Json, List, Map, Nullable, NumberString, Reader,
    Record, Same, UnknownInt, UnknownValue, Writer, deserialize, from_json, from_slice, serialize,
    to_json, to_vec,
};
use crate::{Patch, int_enum, records, text_enum};
use bytes::Bytes;
use serde_json::json;
use std::collections::BTreeMap;
use std::fmt::Debug;

fn comes<T: Decode + PartialEq + Debug>(text: &str, value: &T) {
    let json: Json = serde_json::from_str(text).unwrap();
    let mut reader = serde_json::Deserializer::from_str(text);
    let read = [
        from_slice(text.as_bytes()).unwrap(),
        from_json(&json).unwrap(),
        deserialize(&mut reader).unwrap(),
        deserialize(json).unwrap(),
    ];
    assert!(read.iter().all(|it: &T| it == value), "{text}: {read:?}");
}

fn trip<T: Decode + Encode + PartialEq + Debug>(text: &str, value: &T) {
    comes(text, value);
    let mut by_serde = Vec::new();
    serialize(value, &mut serde_json::Serializer::new(&mut by_serde)).unwrap();
    let written = [to_vec(value).unwrap(), by_serde];
    assert!(written.iter().all(|it| it == text.as_bytes()), "{text}: {written:?}");
    let json: Json = serde_json::from_str(text).unwrap();
    assert_eq!(to_json(value).unwrap(), json);
}

#[test]
fn scalars_and_containers_come_back_as_they_were() {
    trip("true", &true);
    trip("false", &false);
    trip("-128", &i8::MIN);
    trip("4294967295", &u32::MAX);
    trip("-9223372036854775808", &i64::MIN);
    trip("18446744073709551615", &u64::MAX);
    trip("18446744073709551615", &json!(u64::MAX));
    trip("-2.5", &-2.5_f64);
    trip("0.5", &0.5_f32);
    trip("\"é\\n\"", &"é\n".to_owned());
    trip("null", &());
    trip("[null,7]", &vec![None, Some(7_i64)]);
    trip("[null,7]", &vec![Patch::Null, Patch::Value(7_i64)]);
    trip("[[],[1]]", &vec![Vec::new(), vec![1_u8]]);
    trip(
        r#"{"a":1,"b":2}"#,
        &BTreeMap::from([("a", 1), ("b", 2)].map(|it| (it.0.to_owned(), it.1))),
    );
    let names = BTreeMap::from(["a", "", "xyzzy"].map(|it| (it.to_owned(), 1)));
    trip(r#"{"":1,"a":1,"xyzzy":1}"#, &names);
    comes(r#"{"a":1,"":1,"xyzzy":1}"#, &names);
    comes(r#"{"a":1,"":1,"xyzzy":1}"#, &json!({"": 1, "a": 1, "xyzzy": 1}));
    trip(r#"[1,"a",null]"#, &(1_i64, "a".to_owned(), Json::Null));
}

/// A record with a field for each codec.
#[derive(Clone, Debug, PartialEq)]
struct Coded {
    plain: i64,
    boxed: Box<i64>,
    bytes: Bytes,
    floats: Vec<Option<f64>>,
    map: BTreeMap<String, i64>,
    cleared: Patch<i64>,
    extra: BTreeMap<String, i64>,
}

records!(Coded);

impl Record for Coded {
    const NAME: &'static str = "Coded";
    const FIELDS: &'static [&'static str] =
        &["kind", "plain", "boxed", "bytes", "floats", "map", "cleared"];
    const REQUIRED: &'static [usize] = &[1, 2, 3, 4, 5];
    const OPEN: bool = true;

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let (mut plain, mut boxed, mut bytes, mut floats, mut map) = (None, None, None, None, None);
        let (mut cleared, mut extra) = (Patch::Absent, BTreeMap::new());
        while let Some(field) = object.next() {
            match field {
                0 => object.constant(&"coded"),
                1 => object.value_as::<Same, _>(&mut plain),
                2 => object.value_as::<Boxed<Int64String>, _>(&mut boxed),
                3 => object.value_as::<Base64, _>(&mut bytes),
                4 => object.value_as::<List<Nullable<NumberString>>, _>(&mut floats),
                5 => object.value_as::<Map<Int64String>, _>(&mut map),
                6 => object.patch_as::<Int64String, _>(&mut cleared),
                _ => object.additional_properties_as::<Int64String, _>(&mut extra),
            }
        }
        let (Some(plain), Some(boxed), Some(bytes), Some(floats), Some(map)) =
            (plain, boxed, bytes, floats, map)
        else {
            return object.incomplete();
        };
        Some(Self { plain, boxed, bytes, floats, map, cleared, extra })
    }

    fn write(&self, object: &mut Writer<'_>) {
        object.constant("kind", &"coded");
        object.field_as::<Same, _>("plain", &self.plain);
        object.field_as::<Boxed<Int64String>, _>("boxed", &self.boxed);
        object.field_as::<Base64, _>("bytes", &self.bytes);
        object.field_as::<List<Nullable<NumberString>>, _>("floats", &self.floats);
        object.field_as::<Map<Int64String>, _>("map", &self.map);
        object.patch_as::<Int64String, _>("cleared", &self.cleared);
        object.additional_properties_as::<Int64String, _>(&self.extra);
    }
}

fn coded(cleared: Patch<i64>, extra: &[(&str, i64)]) -> Coded {
    Coded {
        plain: -1,
        boxed: Box::new(2),
        bytes: Bytes::from_static(&[0, 255]),
        floats: vec![Some(1.5), None],
        map: BTreeMap::from([("a".to_owned(), i64::MAX)]),
        cleared,
        extra: extra.iter().map(|it| (it.0.to_owned(), it.1)).collect(),
    }
}

const START: &str = r#"{"kind":"coded","plain":-1,"boxed":"2","bytes":"AP8=","floats":["1.5",null],"map":{"a":"9223372036854775807"}"#;

#[test]
fn codecs_in_fields_come_back_as_they_were() {
    trip(&format!("{START}}}"), &coded(Patch::Absent, &[]));
    trip(&format!(r#"{START},"cleared":null}}"#), &coded(Patch::Null, &[]));
    let names = START.replace(r#"775807"}"#, r#"775807","":"1","xyzzy":"2"}"#);
    let mut value = coded(Patch::Absent, &[]);
    value.map.extend([(String::new(), 1), ("xyzzy".to_owned(), 2)]);
    comes(&format!("{names}}}"), &value);
    let text = format!(r#"{START},"cleared":"3","x":"4","y":"5"}}"#);
    trip(&text, &coded(Patch::Value(3), &[("x", 4), ("y", 5)]));
}

#[test]
fn of_a_key_that_comes_twice_the_last_counts_even_where_it_is_null() {
    let text = format!(r#"{START},"boxed":"7","cleared":"3","cleared":null}}"#);
    let by_serde = deserialize(&mut serde_json::Deserializer::from_str(&text)).unwrap();
    let found: [Coded; 2] = [from_slice(text.as_bytes()).unwrap(), by_serde];
    for it in found {
        assert_eq!((*it.boxed, it.cleared), (7, Patch::Null));
    }
}

#[test]
fn where_text_is_written_numbers_are_read_too() {
    let text = START.replace("\"2\"", "2").replace("\"1.5\"", "1.5");
    let text = text.replace("\"9223372036854775807\"", "9223372036854775807") + "}";
    let by_serde: Coded = deserialize(&mut serde_json::Deserializer::from_str(&text)).unwrap();
    let by_json = from_json(&serde_json::from_str(&text).unwrap()).unwrap();
    for found in [from_slice(text.as_bytes()).unwrap(), by_serde, by_json] {
        assert_eq!(found, coded(Patch::Absent, &[]));
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Word {
    Ready,
    Unknown(UnknownValue),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Code {
    Minus,
    Unknown(UnknownInt),
}

text_enum!(Word { Ready = "ready" });
int_enum!(Code { Minus = -1 });

#[test]
fn enums_come_back_as_they_were_and_show_what_they_do_not_know() {
    trip("[\"ready\",\"new\"]", &vec![Word::Ready, Word::from("new")]);
    trip("[-1,9]", &vec![Code::Minus, Code::from(9)]);
    assert_eq!(
        format!("{:?}", (Word::from("new"), Code::from(9))),
        "(Unknown(\"new\"), Unknown(9))"
    );
}

#[test]
fn an_error_tells_what_and_where_apart() {
    let error = from_slice::<Vec<i64>>(b"[1,\n true]").unwrap_err();
    assert_eq!((&*error.path(), error.line_and_column()), ("[1]", Some((2, 2))));
    assert_eq!(error.message(), "expected an integer, found a boolean");
    assert_eq!(from_json::<i64>(&json!("x")).unwrap_err().line_and_column(), None);
    let error = to_vec(&f64::INFINITY).unwrap_err();
    assert!(!error.to_string().is_empty() && error == to_vec(&f64::NAN).unwrap_err(), "{error}");
}

#[test]
fn numbers_come_as_numbers_where_texts_are_the_rule() {
    for number in [-7, 0, i64::MAX] {
        let text = START.replace("\"9223372036854775807\"", &number.to_string()) + "}";
        let mut value = coded(Patch::Absent, &[]);
        value.map.insert("a".to_owned(), number);
        comes(&text, &value);
    }
}
