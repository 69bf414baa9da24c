//! Input that is skipped and input that is rejected, by our own reader and through serde alike.

#![expect(unreachable_pub, reason = "what the macros write, they write for public types")]

use super::unions::{encode_tagged, tag_equals};
use super::{
    Decode, Encode, Int64String, Json, Reader, Record, Sink, UnknownValue, Writer, deserialize,
    from_json, from_slice, serialize, to_vec,
};
use crate::{records, tagged_union, text_enum, untagged_union};
use serde_json::json;
use std::fmt::Debug;

/// A record that keeps nothing that it does not know.
#[derive(Clone, Debug, PartialEq)]
struct Small {
    a: i64,
}

records!(Small);

impl Record for Small {
    const NAME: &'static str = "Small";
    const FIELDS: &'static [&'static str] = &["a"];
    const REQUIRED: &'static [usize] = &[0];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let mut a = None;
        while let Some(field) = object.next() {
            if field == 0 {
                object.value(&mut a);
            }
        }
        let Some(a) = a else { return object.incomplete() };
        Some(Self { a })
    }

    fn write(&self, object: &mut Writer<'_>) {
        object.field("a", &self.a);
    }
}

/// A record in which nothing is required.
#[derive(Clone, Debug, PartialEq)]
struct Maybe {
    a: Option<i64>,
    b: Option<i64>,
}

records!(Maybe);

impl Record for Maybe {
    const NAME: &'static str = "Maybe";
    const FIELDS: &'static [&'static str] = &["a", "b"];
    const REQUIRED: &'static [usize] = &[];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let (mut a, mut b) = (None, None);
        while let Some(field) = object.next() {
            match field {
                0 => object.optional(&mut a),
                _ => object.optional_as::<Int64String, _>(&mut b),
            }
        }
        Some(Self { a, b })
    }

    fn write(&self, object: &mut Writer<'_>) {
        object.optional("a", &self.a);
        object.optional_as::<Int64String, _>("b", &self.b);
    }
}

/// The results of both readers of text.
fn both<T: Decode>(text: &str) -> [Result<T, String>; 2] {
    let mut reader = serde_json::Deserializer::from_str(text);
    let by_serde = deserialize(&mut reader).map_err(|it| it.to_string());
    [from_slice(text.as_bytes()).map_err(|it| it.to_string()), by_serde]
}

#[test]
fn values_of_unknown_keys_are_passed_over_whatever_they_are() {
    for value in [
        "null",
        "true",
        "false",
        "-1.5e3",
        r#""\"}\u00e9""#,
        "[]",
        "{}",
        "[1,[2,{}],\"]\"]",
        r#"{"a":2,"b":{"a":[3]},"":null}"#,
    ] {
        for text in [
            format!(r#"{{"x":{value},"a":1}}"#),
            format!(r#"{{"a":1, "x" : {value} }}"#),
            // The name of a field is where this key begins.
            format!(r#"{{"ab":{value},"a":1}}"#),
        ] {
            assert_eq!(both(&text), [Ok(Small { a: 1 }), Ok(Small { a: 1 })], "{text}");
        }
    }
}

#[test]
fn null_takes_back_what_the_same_key_said_before() {
    let text = r#"{"a":1,"b":"2","a":null,"b":null}"#;
    let nothing = Maybe { a: None, b: None };
    assert_eq!(both(text), [Ok(nothing.clone()), Ok(nothing.clone())]);
    assert_eq!(to_vec(&nothing).unwrap(), b"{}");
    let text = r#"{"a":1,"b":"2"}"#;
    let all = Maybe { a: Some(1), b: Some(2) };
    assert_eq!(both(text), [Ok(all.clone()), Ok(all.clone())]);
    assert_eq!(to_vec(&all).unwrap(), text.as_bytes());
}

#[test]
fn values_of_unknown_keys_must_still_be_json() {
    for value in [
        "tru",
        "nul",
        "fals",
        "01",
        "1.",
        r#""\q""#,
        "[1",
        "[1 2]",
        "[1,]",
        "[,1]",
        "{1:2}",
        r#"{"b" 2}"#,
        r#"{"b":2,}"#,
        r#"{"b":}"#,
        r#"{"b":2 "c":3}"#,
        "",
    ] {
        let found = both::<Small>(&format!(r#"{{"x":{value},"a":1}}"#));
        assert!(found.iter().all(Result::is_err), "{value}: {found:?}");
    }
}

#[test]
fn depth_counts_what_is_open_and_not_what_was() {
    for (open, close) in [("[", "]"), ("{\"b\":", "}")] {
        let deep = |depth| format!("{}1{}", open.repeat(depth), close.repeat(depth));
        let unknown = |value: &str| format!(r#"{{"x":{value},"a":1}}"#);
        let list = format!("[{}1]", format!("{},", deep(3)).repeat(500));
        assert!(from_slice::<Json>(list.as_bytes()).is_ok());
        assert_eq!(from_slice(unknown(&list).as_bytes()), Ok(Small { a: 1 }));
        assert!(from_slice::<Small>(unknown(&deep(100)).as_bytes()).is_ok());
        let error = from_slice::<Small>(unknown(&deep(200)).as_bytes()).unwrap_err();
        assert!(error.message().contains("too deeply"), "{error}");
    }
}

#[test]
fn numbers_are_those_of_json() {
    for text in ["1.", "1.e5", "1e", "1e+", "-", "01", "-01", ".5", "+1", "1e400", "--1", "NaN"] {
        let found = both::<f64>(text);
        assert!(found.iter().all(Result::is_err), "{text}: {found:?}");
    }
    for (text, value) in [
        ("1e2", 100.0),
        ("1E-2", 0.01),
        ("-0.5e+1", -5.0),
        ("123456789012345678", 1.234_567_890_123_456_8e17),
    ] {
        assert_eq!(both(text), [Ok(value), Ok(value)], "{text}");
    }
    assert!(from_slice::<f64>(b"-0").is_ok_and(f64::is_sign_negative));
    let long = 1_234_567_890_123_456_789_i64;
    assert_eq!(both("1234567890123456789"), [Ok(long), Ok(long)]);
}

/// The errors say what was expected; serde has words of its own for a few types.
fn rejected<T: Decode + Debug>(wanted: &str, texts: &[&str]) {
    for text in texts {
        let json: Json = serde_json::from_str(text).unwrap();
        let by_json = from_json::<T>(&json).map_err(|it| it.to_string());
        for found in both::<T>(text).into_iter().chain([by_json]) {
            let error = found.unwrap_err();
            assert!(error.contains(&format!("expected {wanted}")), "{text}: {error}");
        }
    }
}

#[test]
fn what_is_of_another_type_is_refused_and_the_error_says_what_was_expected() {
    rejected::<bool>("a boolean", &["1", "\"true\"", "null", "[]", "{}"]);
    rejected::<i64>("an integer", &["true", "\"1\"", "null", "[]", "{}", "1.5"]);
    rejected::<u64>(
        "an integer that is not negative",
        &["true", "-1", "-2.0", "\"1\"", "null", "[]", "{}", "1.5"],
    );
    rejected::<f32>("", &["true", "\"1.5\"", "null", "[]", "{}"]);
    rejected::<String>("a string", &["true", "1", "null", "[]", "{}"]);
    rejected::<Vec<i64>>("an array", &["true", "1", "\"\"", "{}", "null"]);
    rejected::<Option<Vec<i64>>>("", &["true", "1", "\"\"", "{}"]);
    rejected::<Small>("an object", &["true", "1", "null", "\"\"", "[]"]);
    rejected::<Small>("an integer", &[r#"{"a":"b"}"#]);
    rejected::<()>("", &["0", "{}"]);
}

#[test]
fn the_place_of_an_error_is_known_on_the_way_through_json_too() {
    let json = json!([{"a": 1}, {"a": 2}, {"x": 0, "a": "b"}]);
    assert_eq!(from_json::<Vec<Small>>(&json).unwrap_err().path(), "[2].a");
    let error = from_json::<Small>(&json!({"x": 0})).unwrap_err();
    assert_eq!(error.message(), "`Small` lacks the required field `a`");
}

struct Variant<'v>(&'v dyn Encode);

impl Encode for Variant<'_> {
    fn encode(&self, sink: &mut dyn Sink) {
        encode_tagged(sink, "kind", &"k", self.0);
    }
}

#[test]
fn the_payload_of_a_tagged_variant_must_be_an_object() {
    assert_eq!(to_vec(&Variant(&Small { a: 1 })).unwrap(), br#"{"kind":"k","a":1}"#);
    let others: [&dyn Encode; 8] =
        [&(), &true, &1_i64, &u64::MAX, &1.5_f64, &1.5_f32, &"text", &[1].as_slice()];
    for (index, payload) in others.into_iter().enumerate() {
        let error = to_vec(&Variant(payload)).unwrap_err();
        assert_eq!(error.to_string(), "a tagged variant must be an object", "{index}");
    }
}

/// A value that cannot be written.
struct Unwritable;

impl Encode for Unwritable {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.fail("not this");
    }
}

#[test]
fn what_cannot_be_written_is_an_error_wherever_it_stands() {
    let mut out = Vec::new();
    let by_serde = serialize(&Unwritable, &mut serde_json::Serializer::new(&mut out));
    assert_eq!(by_serde.unwrap_err().to_string(), "not this");
    assert_eq!(to_vec(&Unwritable).unwrap_err().to_string(), "not this");
    assert!(to_vec(&Variant(&Unwritable)).is_err());
}

#[test]
fn a_tag_of_any_type_is_compared() {
    for value in [json!(1), json!("1"), json!(true), json!(null)] {
        let json = json!({"kind": value});
        assert!(tag_equals(&json, "kind", &value) && !tag_equals(&json, "other", &value));
        assert!(!tag_equals(&json, "kind", &2));
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Word {
    Ready,
    Unknown(UnknownValue),
}

text_enum!(Word { Ready = "ready" });

#[derive(Clone, Debug, PartialEq)]
enum Words {
    First(Word),
    Second(Word),
    Unknown(Json),
}

untagged_union!(Words { First, Second });

#[test]
fn of_variants_that_fit_alike_the_first_is_taken() {
    for text in ["ready", "new"] {
        let read: Words = from_json(&json!(text)).unwrap();
        assert_eq!(read, Words::First(Word::from(text)));
    }
    assert_eq!(from_json::<Words>(&json!(1)).unwrap(), Words::Unknown(json!(1)));
}

/// A record whose one field has one value.
#[derive(Clone, Debug, PartialEq)]
struct Of<const KIND: i64>;

impl<const KIND: i64> Record for Of<KIND> {
    const NAME: &'static str = "Of";
    const FIELDS: &'static [&'static str] = &["kind"];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        while object.next().is_some() {
            object.constant(&KIND);
        }
        Some(Self)
    }

    fn write(&self, object: &mut Writer<'_>) {
        object.constant("kind", &KIND);
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Kinds {
    One(Of<1>),
    Two(Of<2>),
    Unknown(Json),
}

untagged_union!(Kinds { One, Two });

#[test]
fn a_constant_tells_variants_apart_and_one_that_differs_rules_them_out() {
    let read = |kind: i64| from_json::<Kinds>(&json!({"kind": kind})).unwrap();
    assert_eq!((read(1), read(2)), (Kinds::One(Of), Kinds::Two(Of)));
    assert_eq!(read(3), Kinds::Unknown(json!({"kind": 3})));
    assert_eq!(from_json::<Of<1>>(&json!({"kind": 3})).unwrap(), Of);
    assert_eq!(to_vec(&read(2)).unwrap(), br#"{"kind":2}"#);
}

/// More fields than a reader keeps count of.
#[derive(Debug, PartialEq)]
struct Wide;

impl Record for Wide {
    const NAME: &'static str = "Wide";
    const FIELDS: &'static [&'static str] = &["x"; 130];
    const REQUIRED: &'static [usize] = &[129];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        object.incomplete()
    }

    fn write(&self, _: &mut Writer<'_>) {}
}

#[test]
fn of_very_many_fields_the_missing_one_is_not_named() {
    let error = from_slice::<Wide>(b"{}").unwrap_err();
    assert_eq!(error.message(), "`Wide` lacks a required field");
}

#[derive(Clone, Debug, PartialEq)]
enum Choice {
    Small(Small),
    Unknown(Json),
}

tagged_union!(Choice by "kind" { "small" => Small + tag });

#[test]
fn the_place_in_a_variant_is_known_on_the_way_through_json_too() {
    let error = from_json::<Vec<Choice>>(&json!([{"kind": "small", "a": "b"}])).unwrap_err();
    assert_eq!((error.path(), error.message().contains("expected")), ("[0].a".into(), true));
}

#[derive(Clone, Debug, PartialEq)]
enum Digits {
    Float(f64),
    Int(i64),
    Unknown(Json),
}

untagged_union!(Digits { Float, Int });

#[test]
fn an_integer_of_more_digits_than_a_float_has_keeps_them() {
    let read = |text: &str| from_slice::<Digits>(text.as_bytes()).unwrap();
    assert_eq!(read("9223372036854775807"), Digits::Int(i64::MAX));
    assert_eq!(read("7"), Digits::Float(7.0));
    assert_eq!(read("0.5"), Digits::Float(0.5));
}
