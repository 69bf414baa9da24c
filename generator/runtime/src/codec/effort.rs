//! How much trying is worth a value: unions within unions, each tried in turn, multiply at every level.

use super::Json;
use std::cell::Cell;

/// Parts of values that may be looked at besides, in texts however short.
const FREE: usize = 4_000_000;
/// Parts of values that may be looked at for each byte of a text, of which a part has several.
const TIMES: usize = 64;
/// Bytes of a part where there was no text.
const BYTES: usize = 8;

thread_local! {
    /// What is left for the text, or the outermost union, at hand.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// The right to try variants; whoever is first has it for all that is read meanwhile.
pub(super) struct Effort {
    first: bool,
    cost: usize,
}

impl Effort {
    /// For a text.
    pub(super) fn of_text(bytes: usize) -> Self {
        let first = LEFT.get().is_none();
        if first {
            LEFT.set(Some(FREE + TIMES * bytes));
        }
        Self { first, cost: 0 }
    }

    /// For the value of a union.
    pub(super) fn of_value(json: &Json) -> Self {
        let cost = parts(json);
        let mut effort = Self::of_text(BYTES * cost);
        effort.cost = cost;
        effort
    }

    /// How many parts the value has, itself among them.
    pub(super) fn parts(&self) -> usize {
        self.cost
    }

    /// Whether one more variant may be tried.
    pub(super) fn spend(&self) -> bool {
        let left = LEFT.get().and_then(|it| it.checked_sub(self.cost));
        LEFT.set(Some(left.unwrap_or(0)));
        left.is_some()
    }
}

impl Drop for Effort {
    fn drop(&mut self) {
        if self.first {
            LEFT.set(None);
        }
    }
}

fn parts(json: &Json) -> usize {
    1 + match json {
        Json::Array(list) => list.iter().map(parts).sum(),
        Json::Object(map) => map.values().map(parts).sum::<usize>(),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Reader, Record, Writer, from_slice};
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

    fn nested(depth: usize) -> String {
        let mut text = String::new();
        (0..depth).for_each(|_| write!(text, "{{\"next\":").expect("it is memory"));
        text.push_str("{}");
        text.push_str(&"}".repeat(depth));
        text
    }

    /// How many variants were recognised, one in the other.
    fn known(mut nest: &Nest) -> usize {
        let mut depth = 0;
        loop {
            let next = match nest {
                Nest::Strict(it) => &it.next,
                Nest::Loose(it) => &it.next,
                Nest::Unknown(_) => return depth,
            };
            depth += 1;
            let Some(next) = next else { return depth };
            nest = next;
        }
    }

    #[test]
    fn unions_within_unions_are_tried_as_long_as_it_is_worth() {
        let read = |depth| from_slice::<Nest>(nested(depth).as_bytes()).expect("any object is one");
        assert_eq!(known(&read(12)), 13);
        // Each level doubles the work: 2^100 tries would never end.
        let deep = read(100);
        assert!(known(&deep) < 100);
        assert_eq!(crate::codec::to_vec(&deep).expect("it is kept"), nested(100).into_bytes());
        assert_eq!(LEFT.get(), None);
    }

    #[test]
    fn the_first_gets_its_share_by_the_size_of_the_text_and_a_try_costs_the_parts_of_the_value() {
        let first = Effort::of_text(10);
        assert_eq!(LEFT.get(), Some(FREE + 10 * TIMES));
        let inner = Effort::of_value(&serde_json::json!([1, {"a": 2, "b": []}]));
        assert!(inner.spend() && first.spend());
        assert_eq!(LEFT.get(), Some(FREE + 10 * TIMES - 5));
        drop((inner, first));
        let outer = Effort::of_value(&serde_json::json!([1]));
        assert_eq!(LEFT.get(), Some(FREE + 16 * TIMES));
        drop(outer);
        assert_eq!(LEFT.get(), None);
    }
}
