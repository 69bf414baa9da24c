//! Records, codecs, enums and unions, read and written.

#![expect(unreachable_pub, reason = "what the macros write, they write for public types")]

use super::{Base64, DecodedAs, UnknownInt, UnknownLiteral, UnknownValue};
use super::{
    Int64String, Json, List, Nullable, NumberString, Reader, Record, Writer, coded, from_json,
    from_slice, to_json, to_vec,
};
use crate::{
    Patch, Timestamp, int_enum, literal_enum, records, tagged_union, text_enum, untagged_union,
};
use serde_json::json;
use std::collections::{BTreeMap, HashSet};

#[derive(Clone, Debug, PartialEq)]
struct File {
    id: String,
    size: Option<i64>,
    status: Patch<Status>,
    at: Timestamp,
    extra: BTreeMap<String, Json>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Status {
    Ready,
    Unknown(UnknownValue),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Code {
    Minus,
    Unknown(UnknownInt),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Mixed {
    A,
    One,
    Yes,
    Null,
    Unknown(UnknownLiteral),
}

#[derive(Clone, Debug, PartialEq)]
enum Voice {
    File(Box<File>),
    Other(File),
    Unknown(Json),
}

records!(File);
text_enum!(Status { Ready = "ready" });
int_enum!(Code { Minus = -1 });
literal_enum!(Mixed { A = "a", One = 1, Yes = true, Null = null });
tagged_union!(Voice by "kind" { "file" => File(Box) + tag, "other" => Other + tag });

impl Record for File {
    const NAME: &'static str = "File";
    const FIELDS: &'static [&'static str] = &["id", "size", "status", "at"];
    const REQUIRED: &'static [usize] = &[0, 3];
    const OPEN: bool = true;

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let (mut id, mut size, mut status, mut at, mut extra) =
            (None, None, Patch::Absent, None, BTreeMap::new());
        while let Some(field) = object.next() {
            match field {
                0 => object.value(&mut id),
                1 => object.optional_as::<Int64String, _>(&mut size),
                2 => object.patch(&mut status),
                3 => object.value(&mut at),
                _ => object.additional_properties(&mut extra),
            }
        }
        let (Some(id), Some(at)) = (id, at) else {
            return object.incomplete();
        };
        Some(Self { id, size, status, at, extra })
    }

    fn write(&self, object: &mut Writer<'_>) {
        object.field("id", &self.id);
        object.optional_as::<Int64String, _>("size", &self.size);
        object.patch("status", &self.status);
        object.field("at", &self.at);
        object.additional_properties(&self.extra);
    }
}

const FULL: &str =
    r#"{"id":"a","size":"5000000000","status":"ready","at":"2026-03-01T00:00:00Z","x":[1]}"#;

fn read(text: &str) -> Result<File, String> {
    let direct = from_slice::<File>(text.as_bytes());
    let through_json = serde_json::from_str::<Json>(text).map(|it| from_json::<File>(&it));
    let through_serde = serde_json::from_str::<File>(text);
    assert_eq!(direct.is_ok(), through_serde.is_ok(), "{text}");
    if let (Ok(direct), Ok(json), Ok(serde)) = (&direct, through_json, &through_serde) {
        assert_eq!((direct, direct), (&json.unwrap(), serde));
    }
    direct.map_err(|error| error.to_string())
}

#[test]
fn what_is_written_is_what_was_read() {
    let file = read(FULL).unwrap();
    assert_eq!((file.size, &file.status), (Some(5_000_000_000), &Patch::Value(Status::Ready)));
    assert_eq!(to_vec(&file).unwrap(), FULL.as_bytes());
    assert_eq!(serde_json::to_string(&file).unwrap(), FULL);
    assert_eq!(to_json(&file).unwrap(), serde_json::from_str::<Json>(FULL).unwrap());
}

#[test]
fn order_null_and_repetition_of_fields() {
    let file = read(r#"{"at":"t","size":null,"id":"b","status":null,"later":{"a":[1]},"id":"a"}"#)
        .unwrap();
    assert_eq!((&*file.id, file.size, file.status), ("a", None, Patch::Null));
    assert_eq!(read(r#"{"at":"t","id":"a"}"#).unwrap().status, Patch::Absent);
    assert_eq!(read(r#"{"at":"t","\u0069d":"a","size":7}"#).unwrap().size, Some(7));
}

#[test]
fn errors_name_the_place_and_what_is_missing() {
    for (text, wanted) in [
        (r#"{"at":"t"}"#, "`File` lacks the required field `id` at line 1 column 11"),
        ("{}", "`File` lacks the required fields `id`, `at` at line 1 column 3"),
        (r#"{"at":"t","id":null}"#, "id: expected a string, found null at line 1 column 16"),
        (
            r#"{"at":"t","id":"a","size":"x"}"#,
            "size: expected an integer, found \"x\" at line 1 column 30",
        ),
        (
            r#"{"at":"t","id":"a","status":7}"#,
            "status: expected a string, found a number at line 1 column 29",
        ),
        ("[]", "expected an object, found an array at line 1 column 1"),
    ] {
        assert_eq!(read(text).unwrap_err(), wanted);
    }
    let error =
        from_slice::<BTreeMap<String, Vec<File>>>(br#"{"files":[{"id":"a","at":"t"},{"id":1}]}"#)
            .unwrap_err();
    assert_eq!(error.path(), "files[1].id");
}

#[test]
fn unknown_values_are_kept_and_written_back() {
    for text in ["\"ready\"", "\"réady\"", "\"\""] {
        let status: Status = from_slice(text.as_bytes()).unwrap();
        assert_eq!(to_vec(&status).unwrap(), text.as_bytes());
    }
    assert_eq!(
        (Status::from("ready"), "x".parse::<Status>().unwrap().as_str()),
        (Status::Ready, "x")
    );
    assert!(from_slice::<Status>(b"7").is_err());
    assert_eq!((Code::from(-1), Code::from(9).value()), (Code::Minus, 9));
    for text in ["\"a\"", "1", "true", "null", "2.5", "\"b\"", "false"] {
        let mixed: Mixed = from_slice(text.as_bytes()).unwrap();
        assert_eq!(to_vec(&mixed).unwrap(), text.as_bytes());
        assert_eq!(matches!(mixed, Mixed::Unknown(_)), matches!(text, "2.5" | "\"b\"" | "false"));
    }
    assert!(from_slice::<Mixed>(b"[]").is_err());
}

#[test]
fn unknown_scalars_are_told_apart_as_keys_and_shown_as_they_came() {
    let all: Vec<Mixed> = from_slice(br#"["b",2,"b",2.5]"#).unwrap();
    let unlike: HashSet<_> = all.iter().collect();
    assert_eq!(unlike.len(), 3);
    assert_eq!(format!("{:?}", all[0]), r#"Unknown("b")"#);
}

#[test]
fn a_tag_chooses_the_variant_and_unknown_ones_are_kept() {
    let text = r#"{"kind":"file","id":"a","at":"t"}"#;
    let voice: Voice = from_slice(text.as_bytes()).unwrap();
    let Voice::File(file) = &voice else { panic!("{voice:?}") };
    assert_eq!(file.id, "a");
    assert!(to_vec(&voice).unwrap().starts_with(br#"{"kind":"file","id":"a""#));
    let unknown: Voice = from_slice(br#"{"kind":"new","z":[1]}"#).unwrap();
    assert_eq!(to_json(&unknown).unwrap(), json!({"kind": "new", "z": [1]}));
    let error = from_slice::<Vec<Voice>>(br#"[{"kind":"other","id":[],"at":"t"}]"#).unwrap_err();
    assert_eq!(error.path(), "[0].id");
    assert!(from_slice::<Voice>(b"[]").is_err());
}

#[test]
fn integers_take_whole_floats_and_refuse_what_does_not_fit() {
    assert_eq!(
        from_slice::<Vec<i64>>(b"[3.0, -4e1, 9223372036854775807]").unwrap(),
        [3, -40, i64::MAX]
    );
    assert_eq!(from_slice::<Vec<u64>>(b"[3.0, 18446744073709551615]").unwrap(), [3, u64::MAX]);
    for text in [
        "3.5",
        "1e300",
        "9223372036854775808",
        "\"3\"",
        "true",
        "9007199254740994.0",
        "2.2250738585072014e-308",
    ] {
        assert!(from_slice::<i64>(text.as_bytes()).is_err(), "{text}");
        assert!(
            serde_json::from_str::<Json>(text).is_ok_and(|it| from_json::<i64>(&it).is_err()),
            "{text}"
        );
    }
    assert!(
        from_slice::<u8>(b"256").is_err()
            && from_slice::<u64>(b"-1").is_err()
            && from_slice::<i8>(b"-129").is_err()
    );
    assert!((from_slice::<f64>(b"3").unwrap() - 3.0).abs() < f64::EPSILON);
    assert!(to_vec(&f64::NAN).is_err() && to_json(&json!(1.5)).is_ok());
    assert_eq!(to_vec(&(0.1_f32, 1.0_f64, -0.0_f64)).unwrap(), b"[0.1,1.0,-0.0]");
}

#[test]
fn codecs_compose() {
    type Ids = List<Nullable<Int64String>>;
    let ids = vec![Some(1_i64), None];
    assert_eq!(to_vec(&coded::<Ids, _>(&ids)).unwrap(), br#"["1",null]"#);
    let read = super::attempt_as_test::<Ids, Vec<Option<i64>>>(&json!(["1", null, 2]));
    assert_eq!(read, Some(vec![Some(1), None, Some(2)]));
    assert_eq!(super::attempt_as_test::<NumberString, f64>(&json!("1.5")), Some(1.5));
    assert_eq!(super::attempt_as_test::<Base64, Vec<u8>>(&json!("YWI=")), Some(b"ab".to_vec()));
    assert_eq!(super::attempt_as_test::<Base64, Vec<u8>>(&json!("*")), None);
}

#[test]
fn an_error_shows_the_start_of_a_long_text() {
    let text = format!("\"{}\"", "x".repeat(100_000));
    let error =
        from_slice::<DecodedAs<Int64String, i64>>(text.as_bytes()).map(DecodedAs::into_value);
    let error = error.unwrap_err().to_string();
    assert!(error.contains(&"x".repeat(40)) && error.len() < 1000, "{} bytes", error.len());
}

#[test]
fn tuples_are_arrays_of_one_length() {
    assert_eq!(from_slice::<(i64, String)>(br#"[1,"a"]"#).unwrap(), (1, "a".to_owned()));
    for text in ["[1]", "[1,\"a\",2]", "{}", "[\"a\",1]"] {
        assert!(from_slice::<(i64, String)>(text.as_bytes()).is_err(), "{text}");
    }
    assert!(from_slice::<()>(b"null").is_ok() && from_slice::<()>(b"1").is_err());
}

#[test]
fn text_is_escaped_as_json_wants_it() {
    let text: String =
        (0..0x250_u32).filter_map(char::from_u32).chain(['😀', '\u{2028}']).collect();
    for start in text.char_indices().map(|it| it.0).take(60) {
        assert_eq!(
            to_vec(&text[start..].to_owned()).unwrap(),
            serde_json::to_vec(&text[start..]).unwrap()
        );
    }
}

#[test]
fn a_tag_is_written_once_even_by_a_payload_that_keeps_what_it_does_not_know() {
    let text = r#"{"kind":"other","id":"a","at":"2026"}"#;
    let voice: Voice = from_slice(text.as_bytes()).unwrap();
    assert_eq!(String::from_utf8(to_vec(&voice).unwrap()).unwrap(), text);
}

#[derive(Clone, Debug, PartialEq)]
enum Amount {
    Text(i64),
    Number(i64),
    Unknown(Json),
}

untagged_union!(Amount { Text as Int64String, Number, });

#[test]
fn a_number_prefers_a_variant_of_numbers() {
    for (text, amount) in [("1", Amount::Number(1)), ("\"1\"", Amount::Text(1))] {
        assert_eq!(from_slice::<Amount>(text.as_bytes()).unwrap(), amount);
        assert_eq!(to_vec(&amount).unwrap(), text.as_bytes());
    }
}
