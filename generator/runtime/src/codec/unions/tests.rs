//! Unions within unions are decided exactly, in time that grows with the text.

use crate::codec::{
    Decode, Encode, Json, Reader, Record, Sink, Source, Writer, from_slice, to_vec,
};
use crate::{records, untagged_union};
use std::fmt::Write as _;

#[derive(Clone, Debug, PartialEq)]
enum Nest {
    Strict(Box<Strict>),
    Loose(Box<Loose>),
    Unknown(Json),
}

#[derive(Clone, Debug, PartialEq)]
struct Strict {
    next: Option<Nest>,
    end: String,
}

#[derive(Clone, Debug, PartialEq)]
struct Loose {
    next: Option<Nest>,
}

records!(Strict, Loose);
untagged_union!(Nest { Strict(Box), Loose(Box) });

impl Record for Strict {
    const NAME: &'static str = "Strict";
    const FIELDS: &'static [&'static str] = &["next", "end"];
    const REQUIRED: &'static [usize] = &[1];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let (mut next, mut end) = (None, None);
        while let Some(field) = object.next() {
            match field {
                0 => object.optional(&mut next),
                _ => object.value(&mut end),
            }
        }
        let Some(end) = end else { return object.incomplete() };
        Some(Self { next, end })
    }

    fn write(&self, object: &mut Writer<'_>) {
        object.optional("next", &self.next);
        object.field("end", &self.end);
    }
}

impl Record for Loose {
    const NAME: &'static str = "Loose";
    const FIELDS: &'static [&'static str] = &["next"];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let mut next = None;
        while object.next().is_some() {
            object.optional(&mut next);
        }
        Some(Self { next })
    }

    fn write(&self, object: &mut Writer<'_>) {
        object.optional("next", &self.next);
    }
}

/// Objects nested in each other, of which some have an `end`, which makes them `Strict`.
fn nested(strict: &[bool]) -> String {
    let mut text = String::new();
    (1..strict.len()).for_each(|_| text.push_str("{\"next\":"));
    text.push('{');
    for (at, strict) in strict.iter().rev().enumerate() {
        let comma = if at == 0 { "" } else { "," };
        match strict {
            true => write!(text, "{comma}\"end\":\"here\"}}").expect("it is memory"),
            false => text.push('}'),
        }
    }
    text
}

/// Which of the objects were recognised as `Strict`, from the outermost on.
fn recognised(mut nest: &Nest) -> Vec<bool> {
    let mut found = Vec::new();
    loop {
        let next = match nest {
            Nest::Strict(it) => &it.next,
            Nest::Loose(it) => &it.next,
            Nest::Unknown(json) => panic!("{json} is unknown"),
        };
        found.push(matches!(nest, Nest::Strict(_)));
        let Some(next) = next else { return found };
        nest = next;
    }
}

#[test]
fn each_level_is_decided_at_any_depth() {
    for depth in [1, 2, 12, 126] {
        for pattern in 0..8_usize {
            let strict: Vec<bool> = (0..depth).map(|at| (at * 5 + at / 3) % 8 < pattern).collect();
            let text = nested(&strict);
            let nest = from_slice::<Nest>(text.as_bytes()).expect("any object is one");
            assert_eq!(recognised(&nest), strict, "{text}");
            assert_eq!(to_vec(&nest).expect("it is kept"), text.as_bytes());
        }
    }
}

const INNER: [&str; 30] = [
    "in0", "in1", "in2", "in3", "in4", "in5", "in6", "in7", "in8", "in9", "in10", "in11", "in12",
    "in13", "in14", "in15", "in16", "in17", "in18", "in19", "in20", "in21", "in22", "in23", "in24",
    "in25", "in26", "in27", "in28", "in29",
];
const OUTER: [&str; 30] = [
    "out0", "out1", "out2", "out3", "out4", "out5", "out6", "out7", "out8", "out9", "out10",
    "out11", "out12", "out13", "out14", "out15", "out16", "out17", "out18", "out19", "out20",
    "out21", "out22", "out23", "out24", "out25", "out26", "out27", "out28", "out29",
];

#[derive(Clone, Debug, PartialEq)]
struct Leaf<const N: usize>(String);

impl<const N: usize> Record for Leaf<N> {
    const NAME: &'static str = "Leaf";
    const FIELDS: &'static [&'static str] = &[INNER[N]];
    const REQUIRED: &'static [usize] = &[0];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let mut value = None;
        while object.next().is_some() {
            object.value(&mut value);
        }
        let Some(value) = value else { return object.incomplete() };
        Some(Self(value))
    }

    fn write(&self, object: &mut Writer<'_>) {
        object.field(INNER[N], &self.0);
    }
}

#[derive(Clone, Debug, PartialEq)]
struct Branch<const N: usize>(Vec<Leaves>);

impl<const N: usize> Record for Branch<N> {
    const NAME: &'static str = "Branch";
    const FIELDS: &'static [&'static str] = &["leaves", OUTER[N]];
    const REQUIRED: &'static [usize] = &[0, 1];

    fn read(object: &mut Reader<'_>) -> Option<Self> {
        let (mut leaves, mut mark) = (None, None::<bool>);
        while let Some(field) = object.next() {
            match field {
                0 => object.value(&mut leaves),
                _ => object.value(&mut mark),
            }
        }
        let (Some(leaves), Some(_)) = (leaves, mark) else { return object.incomplete() };
        Some(Self(leaves))
    }

    fn write(&self, object: &mut Writer<'_>) {
        object.field("leaves", &self.0);
        object.field(OUTER[N], &true);
    }
}

macro_rules! thirty {
    ($($variant:ident $n:literal)*) => {
        #[derive(Clone, Debug, PartialEq)]
        enum Leaves {
            $($variant(Leaf<$n>),)*
            Unknown(Json),
        }

        untagged_union!(Leaves { $($variant),* });

        #[derive(Clone, Debug, PartialEq)]
        enum Branches {
            $($variant(Branch<$n>),)*
            Unknown(Json),
        }

        untagged_union!(Branches { $($variant),* });
    };
}

thirty! { V0 0 V1 1 V2 2 V3 3 V4 4 V5 5 V6 6 V7 7 V8 8 V9 9 V10 10 V11 11 V12 12 V13 13 V14 14 V15 15 V16 16 V17 17 V18 18 V19 19 V20 20 V21 21 V22 22 V23 23 V24 24 V25 25 V26 26 V27 27 V28 28 V29 29 }

#[test]
fn the_number_of_values_leaves_none_undecided() {
    let item = |at: usize| {
        let leaf = |at: usize| format!("{{\"{}\":\"x\"}}", INNER[at % 30]);
        let leaves: Vec<String> = (0..4).map(|leaf_at| leaf(29 - leaf_at + at)).collect();
        format!("{{\"leaves\":[{}],\"{}\":true}}", leaves.join(","), OUTER[29 - at % 7])
    };
    let items: Vec<String> = (0..1000).map(item).collect();
    let text = format!("[{}]", items.join(","));
    let read = from_slice::<Vec<Branches>>(text.as_bytes()).expect("each is an object");
    let unknown = read.iter().filter(|it| matches!(it, Branches::Unknown(_))).count();
    assert_eq!(unknown, 0);
    assert_eq!(to_vec(&read).expect("they are kept"), text.as_bytes());
    assert!(!format!("{read:?}").contains("Unknown"));
}

#[test]
fn a_union_that_fits_in_no_variant_is_kept_within_one_that_does() {
    let text = br#"{"leaves":[{"in3":"x"},{"other":[1,{"a":2}]}],"out29":true}"#;
    let read = from_slice::<Branches>(text).expect("it is an object");
    let Branches::V29(Branch(leaves)) = &read else { panic!("{read:?}") };
    assert_eq!(leaves[0], Leaves::V3(Leaf("x".to_owned())));
    assert_eq!(leaves[1], Leaves::Unknown(serde_json::json!({"other": [1, {"a": 2}]})));
    assert_eq!(to_vec(&read).expect("it is kept"), text);
}

/// A value that goes through serde.
#[derive(Clone, Debug, PartialEq)]
struct Foreign(Vec<Word>);

#[derive(Clone, Debug, PartialEq)]
enum Word {
    Number(i64),
    Flags(Vec<bool>),
    Names(Vec<String>),
    Unknown(Json),
}

#[derive(Clone, Debug, PartialEq)]
enum Around {
    Foreign(Foreign),
    Same(Foreign),
    Unknown(Json),
}

untagged_union!(Word { Number, Flags, Names });
untagged_union!(Around: exhaustive { Foreign, Same });

impl Decode for Foreign {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        let items = source.json()?;
        let items = items.as_array()?.iter().cloned();
        items.map(serde_json::from_value).collect::<Result<_, _>>().ok().map(Self)
    }
}

impl Encode for Foreign {
    fn encode(&self, sink: &mut dyn Sink) {
        Encode::encode(&self.0, sink);
    }
}

#[test]
fn what_goes_through_serde_within_a_union_is_decided_by_itself() {
    let found = from_slice::<Around>(br#"[["a"],[true],["b"],[false],7]"#).expect("it is JSON");
    let name = |it: &str| Word::Names(vec![it.to_owned()]);
    let flag = |it| Word::Flags(vec![it]);
    let items = vec![name("a"), flag(true), name("b"), flag(false), Word::Number(7)];
    assert_eq!(found, Around::Foreign(Foreign(items)));
}
