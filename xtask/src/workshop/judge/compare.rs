//! Compares what was read and written with what it was.

use super::client::RoundTrip;
use super::values::{Value, Values};
use serde_json::{Number, Value as Json};
use std::collections::BTreeMap;

/// The result of reading a value and writing it again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Comparison {
    Equal,
    /// Came back, but was read as no variant and no value that is known.
    Unknown,
    Lost,
    Changed,
    Added,
    Refused,
    Unwritten,
    /// Serde and the client's own codec do not agree.
    Serde,
    Panicked,
    /// The generator has made no type; its findings say why.
    LeftOut,
}

impl Comparison {
    pub(super) const FAULTS: &[Self] = &[
        Self::Unknown,
        Self::Lost,
        Self::Changed,
        Self::Added,
        Self::Refused,
        Self::Unwritten,
        Self::Serde,
        Self::Panicked,
    ];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Unknown => "unknown",
            Self::Lost => "lost",
            Self::Changed => "changed",
            Self::Added => "added",
            Self::Refused => "refused",
            Self::Unwritten => "unwritten",
            Self::Serde => "serde",
            Self::Panicked => "panicked",
            Self::LeftOut => "left-out",
        }
    }
}

/// The result for one value, with the reason.
pub(super) struct JudgedValue<'v> {
    pub(super) value: &'v Value,
    pub(super) kind: Comparison,
    pub(super) why: String,
    pub(super) written: String,
}

pub(super) fn all<'v>(values: &'v Values, outcomes: &[RoundTrip]) -> Vec<JudgedValue<'v>> {
    values.all.iter().zip(outcomes).map(|(value, it)| compared(values, value, it)).collect()
}

/// The number of values of each kind.
pub(super) fn counts(found: &[JudgedValue<'_>]) -> BTreeMap<Comparison, usize> {
    let mut counts = BTreeMap::new();
    for it in found {
        *counts.entry(it.kind).or_default() += 1;
    }
    counts
}

/// The fault with the shortest value, of each kind and schema.
pub(super) fn shortest<'f, 'v>(found: &'f [JudgedValue<'v>]) -> Vec<&'f JudgedValue<'v>> {
    let mut shortest = BTreeMap::<_, &JudgedValue<'v>>::new();
    for it in found.iter().filter(|it| Comparison::FAULTS.contains(&it.kind)) {
        let known = shortest.entry((it.value.number, it.kind)).or_insert(it);
        if it.value.text.len() < known.value.text.len() {
            *known = it;
        }
    }
    let mut shortest: Vec<_> = shortest.into_values().collect();
    shortest.sort_by_key(|it| it.value.text.len());
    shortest
}

fn compared<'v>(values: &Values, value: &'v Value, outcome: &RoundTrip) -> JudgedValue<'v> {
    let Some([status, own, other, debug]) = outcome else {
        return JudgedValue {
            value,
            kind: Comparison::LeftOut,
            why: String::new(),
            written: String::new(),
        };
    };
    let failed = |kind, why: &str| JudgedValue {
        value,
        kind,
        why: why.to_owned(),
        written: format!("{own} {other}"),
    };
    match status.split_once(": ").unwrap_or((status, "")) {
        ("kept" | "unknown", _) => {}
        ("refused", why) => return failed(Comparison::Refused, why),
        ("unwritten", why) => return failed(Comparison::Unwritten, why),
        ("serde", _) => {
            return failed(Comparison::Serde, "only one of the codec and serde takes it");
        }
        (why, _) => return failed(Comparison::Panicked, why),
    }
    let before = parsed(&value.text);
    // The codec leaves out what is read-only, as a request does; serde keeps it.
    let through = [(other, "serde", &[][..]), (own, "the codec", &value.own)];
    for (written, by, own) in through {
        let after = parsed(written);
        let mut cx = Cx { values, soft: &value.soft, own, path: Vec::new() };
        if let Some((kind, what)) = cx.differ(&before, &after["v"]) {
            let why = format!("{} by {by}: {what}", place(&cx.path));
            return JudgedValue { value, kind, why, written: written.clone() };
        }
    }
    let unknown = status == "unknown" && !is_open(values, debug);
    let kind = if unknown { Comparison::Unknown } else { Comparison::Equal };
    JudgedValue { value, kind, why: debug.chars().take(300).collect(), written: own.clone() }
}

fn parsed(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|error| Json::String(format!("no JSON: {error}")))
}

fn place(path: &[Json]) -> String {
    let words = path.iter().map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned));
    format!("`{}`", words.collect::<Vec<_>>().join("/"))
}

/// True if only texts that no enum of the document lists were read as unknown: those are values of open enums.
fn is_open(values: &Values, debug: &str) -> bool {
    let parts = debug.split("Unknown(").skip(1);
    parts.filter(|it| !it.is_empty()).all(|it| {
        let mut texts = serde_json::Deserializer::from_str(it).into_iter::<String>();
        texts.next().and_then(Result::ok).is_some_and(|it| !values.enums.contains(&it))
    })
}

struct Cx<'c> {
    values: &'c Values,
    soft: &'c [Vec<Json>],
    own: &'c [Vec<Json>],
    path: Vec<Json>,
}

impl Cx<'_> {
    /// The first difference; `path` then leads to it.
    fn differ(&mut self, before: &Json, after: &Json) -> Option<(Comparison, String)> {
        match (before, after) {
            (Json::Object(a), Json::Object(b)) => {
                for (name, value) in a {
                    self.path.push(name.as_str().into());
                    let soft = self.soft.contains(&self.path);
                    match b.get(name) {
                        None if soft || self.own.contains(&self.path) => {}
                        None => return Some((Comparison::Lost, shown(value))),
                        Some(after) => {
                            let found = self.differ(value, after);
                            if found.is_some() {
                                return found;
                            }
                        }
                    }
                    self.path.pop();
                }
                let added = b.iter().find(|(name, value)| {
                    let constant = |(known, it): &(String, Json)| known == *name && it == *value;
                    !a.contains_key(*name) && !self.values.constants.iter().any(constant)
                });
                let (name, value) = added?;
                self.path.push(name.as_str().into());
                Some((Comparison::Added, shown(value)))
            }
            (Json::Array(a), Json::Array(b)) if a.len() == b.len() => {
                for (index, (a, b)) in a.iter().zip(b).enumerate() {
                    self.path.push(index.into());
                    let found = self.differ(a, b);
                    if found.is_some() {
                        return found;
                    }
                    self.path.pop();
                }
                None
            }
            (Json::Number(a), Json::Number(b)) if same(a, b) => None,
            _ if before == after => None,
            _ => Some((Comparison::Changed, format!("{} became {}", shown(before), shown(after)))),
        }
    }
}

/// Floats that are the same but for the last bit, which `serde_json` does not read exactly.
fn same(a: &Number, b: &Number) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= f64::EPSILON * a.abs();
    let floats = (a.is_f64() || b.is_f64()).then(|| a.as_f64().zip(b.as_f64())).flatten();
    a == b || floats.is_some_and(|(a, b)| near(a, b))
}

fn shown(it: &Json) -> String {
    it.to_string().chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::collections::BTreeSet;

    fn values(text: &str, soft: &Json, own: &Json) -> Values {
        let value = json!({
            "number": 1, "name": "X", "text": text, "soft": soft, "own": own, "example": false
        });
        Values {
            counts: serde_json::from_value(json!({
                "schemas": 1, "values": 1, "examples": 0, "invalid": 0, "without": []
            }))
            .expect("it is well-formed"),
            all: vec![serde_json::from_value(value).expect("it is well-formed")],
            enums: BTreeSet::from(["known".to_owned()]),
            constants: vec![("kind".to_owned(), json!("one"))],
        }
    }

    fn outcome(status: &str, own: &str, other: &str, debug: &str) -> Vec<RoundTrip> {
        vec![Some([status, own, other, debug].map(str::to_owned))]
    }

    fn kind(values: &Values, outcome: &[RoundTrip]) -> Comparison {
        all(values, outcome)[0].kind
    }

    #[test]
    fn each_difference_has_its_kind() {
        let values = values(r#"{"a":1,"b":[1,2.5]}"#, &json!([]), &json!([]));
        for (written, wanted) in [
            (r#"{"v":{"b":[1.0,2.5],"a":1}}"#, Comparison::Equal),
            (r#"{"v":{"a":1,"b":[1,2.5],"kind":"one"}}"#, Comparison::Equal),
            (r#"{"v":{"a":1,"b":[1,2.5],"kind":"two"}}"#, Comparison::Added),
            (r#"{"v":{"a":1,"b":[1,2.5],"c":null}}"#, Comparison::Added),
            (r#"{"v":{"b":[1,2.5]}}"#, Comparison::Lost),
            (r#"{"v":{"a":null,"b":[1,2.5]}}"#, Comparison::Changed),
            (r#"{"v":{"a":"1","b":[1,2.5]}}"#, Comparison::Changed),
            (r#"{"v":{"a":1,"b":[1,2.25]}}"#, Comparison::Changed),
            (r#"{"v":{"a":1,"b":[1]}}"#, Comparison::Changed),
        ] {
            assert_eq!(kind(&values, &outcome("kept", written, written, "")), wanted, "{written}");
        }
        let right = r#"{"v":{"a":1,"b":[1,2.5]}}"#;
        assert_eq!(
            kind(&values, &outcome("kept", right, r#"{"v":{"a":1}}"#, "")),
            Comparison::Lost
        );
        assert_eq!(
            kind(&values, &outcome("kept", r#"{"v":{"a":1}}"#, right, "")),
            Comparison::Lost
        );
        for (status, wanted) in [
            ("refused: why", Comparison::Refused),
            ("unwritten: why", Comparison::Unwritten),
            ("serde", Comparison::Serde),
            ("panicked", Comparison::Panicked),
        ] {
            assert_eq!(kind(&values, &outcome(status, "", "", "")), wanted);
        }
        assert_eq!(kind(&values, &[None]), Comparison::LeftOut);
    }

    #[test]
    fn places_that_may_vanish_may_not_change() {
        let values = values(r#"{"a":1,"b":2}"#, &json!([["a"]]), &json!([["b"]]));
        let whole = r#"{"v":{"a":1,"b":2}}"#;
        let judge = |own: &str, other: &str| kind(&values, &outcome("kept", own, other, ""));
        assert_eq!(judge(r#"{"v":{}}"#, r#"{"v":{"b":2}}"#), Comparison::Equal);
        assert_eq!(judge(whole, r#"{"v":{"a":1}}"#), Comparison::Lost);
        assert_eq!(judge(r#"{"v":{"a":3}}"#, whole), Comparison::Changed);
    }

    #[test]
    fn texts_that_no_enum_has_may_be_unknown() {
        let values = values(r#""x""#, &json!([]), &json!([]));
        let written = r#"{"v":"x"}"#;
        let judge = |debug: &str| kind(&values, &outcome("unknown", written, written, debug));
        assert_eq!(judge(r#"X { v: Unknown("x") }"#), Comparison::Equal);
        assert_eq!(judge(r#"X { v: Unknown("known") }"#), Comparison::Unknown);
        assert_eq!(judge(r#"X { v: Unknown(Object {"a": Unknown("x")}) }"#), Comparison::Unknown);
        assert_eq!(judge("X { v: Unknown(7) }"), Comparison::Unknown);
    }

    #[test]
    fn integers_are_compared_exactly() {
        let values = values("9007199254740992", &json!([]), &json!([]));
        let written = r#"{"v":9007199254740991}"#;
        assert_eq!(kind(&values, &outcome("kept", written, written, "")), Comparison::Changed);
    }
}
