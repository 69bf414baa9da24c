//! Compares what was read and written with what it was.

use super::client::Outcome;
use super::values::{Value, Values};
use serde_json::{Number, Value as Json};
use std::collections::BTreeMap;

/// What became of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
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

impl Kind {
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

/// What became of a value, and why.
pub(super) struct Verdict<'v> {
    pub(super) value: &'v Value,
    pub(super) kind: Kind,
    pub(super) why: String,
    pub(super) written: String,
}

pub(super) fn all<'v>(values: &'v Values, outcomes: &[Outcome]) -> Vec<Verdict<'v>> {
    values.all.iter().zip(outcomes).map(|(value, it)| verdict(values, value, it)).collect()
}

/// How often there is each kind.
pub(super) fn counts(found: &[Verdict<'_>]) -> BTreeMap<Kind, usize> {
    let mut counts = BTreeMap::new();
    for it in found {
        *counts.entry(it.kind).or_default() += 1;
    }
    counts
}

/// The fault with the shortest value, of each kind and schema.
pub(super) fn shortest<'f, 'v>(found: &'f [Verdict<'v>]) -> Vec<&'f Verdict<'v>> {
    let mut shortest = BTreeMap::<_, &Verdict<'v>>::new();
    for it in found.iter().filter(|it| Kind::FAULTS.contains(&it.kind)) {
        let known = shortest.entry((it.value.number, it.kind)).or_insert(it);
        if it.value.text.len() < known.value.text.len() {
            *known = it;
        }
    }
    let mut shortest: Vec<_> = shortest.into_values().collect();
    shortest.sort_by_key(|it| it.value.text.len());
    shortest
}

fn verdict<'v>(values: &Values, value: &'v Value, outcome: &Outcome) -> Verdict<'v> {
    let Some([status, own, other, debug]) = outcome else {
        return Verdict { value, kind: Kind::LeftOut, why: String::new(), written: String::new() };
    };
    let failed = |kind, why: &str| Verdict {
        value,
        kind,
        why: why.to_owned(),
        written: format!("{own} {other}"),
    };
    match status.split_once(": ").unwrap_or((status, "")) {
        ("kept" | "unknown", _) => {}
        ("refused", why) => return failed(Kind::Refused, why),
        ("unwritten", why) => return failed(Kind::Unwritten, why),
        ("serde", _) => return failed(Kind::Serde, "only one of the codec and serde takes it"),
        (why, _) => return failed(Kind::Panicked, why),
    }
    let before = parsed(&value.text);
    // The codec leaves out what is read-only, as a request does; serde keeps it.
    let through = [(other, "serde", &[][..]), (own, "the codec", &value.own)];
    for (written, by, own) in through {
        let after = parsed(written);
        let mut cx = Cx { values, soft: &value.soft, own, path: Vec::new() };
        if let Some((kind, what)) = cx.differ(&before, &after["v"]) {
            let why = format!("{} by {by}: {what}", place(&cx.path));
            return Verdict { value, kind, why, written: written.clone() };
        }
    }
    let unknown = status == "unknown" && !is_open(values, debug);
    let kind = if unknown { Kind::Unknown } else { Kind::Equal };
    Verdict { value, kind, why: debug.chars().take(300).collect(), written: own.clone() }
}

fn parsed(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|error| Json::String(format!("no JSON: {error}")))
}

fn place(path: &[Json]) -> String {
    let words = path.iter().map(|it| it.as_str().map_or_else(|| it.to_string(), str::to_owned));
    format!("`{}`", words.collect::<Vec<_>>().join("/"))
}

/// Whether all that is unknown are texts that no enum of the document has, so that the enum must be open.
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
    fn differ(&mut self, before: &Json, after: &Json) -> Option<(Kind, String)> {
        match (before, after) {
            (Json::Object(a), Json::Object(b)) => {
                for (name, value) in a {
                    self.path.push(name.as_str().into());
                    let soft = self.soft.contains(&self.path);
                    match b.get(name) {
                        None if soft || self.own.contains(&self.path) => {}
                        None => return Some((Kind::Lost, shown(value))),
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
                Some((Kind::Added, shown(value)))
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
            _ => Some((Kind::Changed, format!("{} became {}", shown(before), shown(after)))),
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
