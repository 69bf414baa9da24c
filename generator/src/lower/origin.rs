//! Where an anonymous type stands, as words to name it by: a function of its place alone.

use super::Cx;
use crate::diag::{NodeId, SpecPtr};
use crate::ir::{Origin, Parent};
use crate::load::Spot;
use std::collections::HashMap;

/// The origin of the schema at `at`.
pub(super) fn of(cx: &mut Cx<'_>, at: &SpecPtr) -> Origin {
    let segments: Vec<String> = at.segments().collect();
    let (parent, rest) = match segments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["components", "schemas", name, ..] => (Parent::Component(name.to_owned()), 3),
        ["components", kind, name, ..] => {
            (Parent::Shared { kind: kind.to_owned(), name: name.to_owned() }, 3)
        }
        ["paths", path, "parameters", ..] => (Parent::Path(path.to_owned()), 2),
        ["paths", _, _, ..] => {
            let place = SpecPtr::root().child("paths").child(&segments[1]).child(&segments[2]);
            (Parent::Operation(place), 3)
        }
        _ => (Parent::Path(at.to_string()), segments.len()),
    };
    Origin::Inline { parent, role: role(cx, &segments, rest) }
}

/// The words of the way from `from` on.
fn role(cx: &mut Cx<'_>, segments: &[String], from: usize) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = &segments[from..];
    while let [first, tail @ ..] = rest {
        let passed = segments.len() - tail.len();
        let taken = match (first.as_str(), tail) {
            (
                "properties" | "x-ir-pattern-properties" | "$defs" | "definitions" | "headers",
                [name, ..],
            ) => {
                words.push(name.clone());
                1
            }
            ("oneOf" | "anyOf", [index, ..]) => {
                words.push(variant(cx, &segments[..=passed], index));
                1
            }
            ("allOf" | "content", [_, ..]) => 1,
            ("x-ir-prefix-items", [index, ..]) => {
                words.push(format!("element {index}"));
                1
            }
            ("parameters", [_, ..]) => {
                words.push(parameter(cx, &segments[..=passed]));
                1
            }
            ("responses", [status, ..]) => {
                words.push(if status.starts_with('2') || status == "default" {
                    "response".to_owned()
                } else {
                    format!("error {status}")
                });
                1
            }
            ("schema" | "itemSchema" | "x-ir-content-schema" | "x-ir-data", _) => 0,
            ("x-ir-with", [place, ..]) => {
                words.push(variant_at(cx, &SpecPtr::parse(place)));
                1
            }
            (other, _) => {
                words.push(own_word(other).to_owned());
                0
            }
        };
        rest = &tail[taken..];
    }
    words
}

/// The word for a key that is no name.
fn own_word(key: &str) -> &str {
    match key {
        "x-ir-own" => "base",
        "items" => "item",
        "additionalProperties" => "value",
        "requestBody" => "request",
        other => other.strip_prefix("x-ir-").unwrap_or(other),
    }
}

/// The word for a schema that a union chooses, by the place of the schema.
fn variant_at(cx: &mut Cx<'_>, at: &SpecPtr) -> String {
    let segments: Vec<String> = at.segments().collect();
    match &segments[..] {
        [.., key, index] if matches!(&**key, "oneOf" | "anyOf") => variant(cx, &segments, index),
        [.., name] => name.clone(),
        [] => String::new(),
    }
}

/// The last words of the way to a place.
pub(super) fn last_words(cx: &mut Cx<'_>, at: &SpecPtr, count: usize) -> Option<String> {
    let Origin::Inline { role, .. } = of(cx, at) else { return None };
    Some(role[role.len().saturating_sub(count)..].join(" "))
}

fn pointer(segments: &[String]) -> SpecPtr {
    segments.iter().fold(SpecPtr::root(), |at, key| at.child(key))
}

/// A variant's title, the schema that it refers to, the one value of one of its properties, what
/// it is if no other variant is that too, a property that it alone has, or its number.
fn variant(cx: &mut Cx<'_>, segments: &[String], index: &str) -> String {
    let number = || format!("variant {index}");
    let Some(spot) = cx.document.at(&pointer(segments)) else { return number() };
    if let Some(title) = spot.text("title") {
        return title.to_owned();
    }
    if let Some(reference) = spot.reference() {
        return reference.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(value) = spot.entries("properties").find_map(|(_, it)| only_value(&it)) {
        return value.to_owned();
    }
    let Some(kind) = kind(&spot) else { return number() };
    let list = pointer(&segments[..segments.len() - 1]);
    if !cx.siblings.contains_key(&list) {
        let (parent, key) = (&segments[..segments.len() - 2], &segments[segments.len() - 2]);
        let all = cx.document.at(&pointer(parent)).into_iter().flat_map(|it| it.items(key));
        cx.siblings.insert(list.clone(), Siblings::of(all));
    }
    let siblings = &cx.siblings[&list];
    if siblings.kinds.get(kind) == Some(&Some(spot.id())) {
        return kind.to_owned();
    }
    let is_own = |name: &str| siblings.properties.get(name) == Some(&Some(spot.id()));
    let mut own = spot.entries("properties").map(|(name, _)| name).filter(|it| is_own(it));
    own.next().map_or_else(number, str::to_owned)
}

/// Kinds and properties of the schemas of a list, each with the one schema that has it alone.
pub(super) struct Siblings<'a> {
    kinds: HashMap<&'static str, Option<NodeId>>,
    properties: HashMap<&'a str, Option<NodeId>>,
}

impl<'a> Siblings<'a> {
    fn of(all: impl Iterator<Item = Spot<'a>>) -> Self {
        let mut found = Self { kinds: HashMap::new(), properties: HashMap::new() };
        for spot in all {
            let id = spot.id();
            let alone = |known: &mut Option<NodeId>| *known = known.filter(|it| *it == id);
            if let Some(kind) = kind(&spot) {
                alone(found.kinds.entry(kind).or_insert(Some(id)));
            }
            for (name, _) in spot.entries("properties") {
                alone(found.properties.entry(name).or_insert(Some(id)));
            }
        }
        found
    }
}

pub(super) fn only_value<'a>(spot: &Spot<'a>) -> Option<&'a str> {
    match spot.values("enum")? {
        [one] => one.as_str(),
        _ => None,
    }
}

/// What a variant is that gets a type of its own.
fn kind(spot: &Spot<'_>) -> Option<&'static str> {
    if let Some(values) = spot.values("enum") {
        return values.iter().all(|it| it.as_str().is_some()).then_some("keyword");
    }
    match spot.text("type") {
        Some("object") => Some("object"),
        Some("array") => Some("list"),
        Some(_) => None,
        None => spot.mentions("properties").then_some("object"),
    }
}

fn parameter(cx: &Cx<'_>, segments: &[String]) -> String {
    let spot = cx.document.at(&pointer(segments));
    spot.and_then(|it| it.text("name")).unwrap_or("parameter").to_owned()
}
