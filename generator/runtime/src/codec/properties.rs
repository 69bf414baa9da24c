//! Values that are written and read again stay the same, for each codec and any value.

#![expect(unreachable_pub, reason = "what the macros write, they write for public types")]

use super::{
    Base64, Boxed, Decode, Int64String, Json, List, Map, Nullable, NumberString, ReadAs, Same,
    UnknownValue, WriteAs, coded, from_json, from_slice, to_json, to_vec,
};
use crate::{Timestamp, text_enum, untagged_union};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use std::fmt::Debug;

/// Through text and through untyped JSON, which have readers and writers of their own.
fn comes_back<C: ReadAs<T> + WriteAs<T>, T: Debug + PartialEq + Send>(value: &T) {
    let text = to_vec(&coded::<C, _>(value)).expect("it can be written");
    let json = to_json(&coded::<C, _>(value)).expect("it can be written");
    assert_eq!(from_slice::<Json>(&text).expect("it is JSON"), json);
    let read = super::attempt_as_test::<C, T>(&json);
    assert_eq!(read.as_ref(), Some(value), "through untyped JSON");
    let read = from_slice::<Read<C, T>>(&text).expect("it can be read");
    assert_eq!(&read.0, value, "through text");
}

/// A value that a codec reads.
struct Read<C, T>(T, std::marker::PhantomData<fn() -> C>);

impl<C: ReadAs<T>, T: Send> Decode for Read<C, T> {
    fn decode(source: &mut dyn super::Source) -> Option<Self> {
        C::read(source).map(|it| Self(it, std::marker::PhantomData))
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Word {
    Known,
    Unknown(UnknownValue),
}

text_enum!(Word { Known = "known" });

#[derive(Clone, Debug, PartialEq)]
enum Either {
    Flag(bool),
    Int(i64),
    Word(Word),
    Many(Vec<Either>),
    Unknown(Json),
}

untagged_union!(Either { Flag, Int, Word, Many });

fn either() -> impl Strategy<Value = Either> {
    let one = prop_oneof![
        any::<bool>().prop_map(Either::Flag),
        any::<i64>().prop_map(Either::Int),
        any::<String>().prop_map(|it| from_json(&it.into()).expect("a text is a word")),
    ];
    one.prop_recursive(4, 32, 4, |inner| vec(inner, 0..4).prop_map(Either::Many))
}

fn finite() -> impl Strategy<Value = f64> {
    any::<f64>().prop_filter("JSON has finite numbers only", |it| it.is_finite())
}

fn json() -> impl Strategy<Value = Json> {
    let one = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<String>().prop_map(Json::from),
    ];
    one.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Json::from),
            btree_map(any::<String>(), inner, 0..4).prop_map(|it| it.into_iter().collect()),
        ]
    })
}

proptest! {
    #[test]
    fn plain_values(
        value in (any::<bool>(), any::<i64>(), any::<u64>(), finite(), any::<String>()),
        small in (any::<i8>(), any::<u8>(), any::<i32>(), any::<u32>()),
        json in json(),
    ) {
        comes_back::<Same, _>(&value);
        comes_back::<Same, _>(&small);
        comes_back::<Same, _>(&json);
    }

    #[test]
    fn numbers_as_text(int in any::<i64>(), uint in any::<u64>(), float in finite()) {
        comes_back::<Int64String, _>(&int);
        comes_back::<Int64String, _>(&uint);
        comes_back::<NumberString, _>(&float);
    }

    #[test]
    fn bytes_as_base64(bytes in any::<Vec<u8>>()) {
        comes_back::<Base64, _>(&bytes);
        comes_back::<Base64, _>(&bytes::Bytes::from(bytes));
    }

    #[test]
    fn lists_maps_and_what_may_be_null(
        list in vec(option::of(any::<i64>()), 0..8),
        map in btree_map(any::<String>(), vec(any::<Vec<u8>>(), 0..3), 0..4),
        boxed in any::<i64>(),
    ) {
        comes_back::<List<Nullable<Int64String>>, _>(&list);
        comes_back::<Same, _>(&list);
        comes_back::<Map<List<Base64>>, _>(&map);
        comes_back::<Nullable<Map<Same>>, _>(&Some(map));
        comes_back::<Boxed<Int64String>, _>(&Box::new(boxed));
    }

    #[test]
    fn timestamps_keep_their_text(text in any::<String>()) {
        comes_back::<Same, _>(&Timestamp::from(text));
    }

    #[test]
    fn enums_and_unions(value in either()) {
        comes_back::<Same, _>(&value);
        comes_back::<List<Same>, _>(&vec![value]);
    }
}
