//! The place of an anonymous type, as words to name it by: a function of its place alone.

use super::{LowerCx, variants};
use crate::diag::{Derived, PointerSegment, SpecPtr};
use crate::ir::{Origin, Parent};
use crate::load::{KeywordContent, SchemaKeyword};

/// The origin of the schema at `at`.
pub(super) fn of(cx: &mut LowerCx<'_>, at: &SpecPtr) -> Origin {
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
    Origin::Inline { parent, role: role(cx, &at.way(), rest) }
}

/// The words of the way from `from` on.
fn role(cx: &mut LowerCx<'_>, way: &[PointerSegment<'_>], from: usize) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = &way[from..];
    while let [first, tail @ ..] = rest {
        let passed = way.len() - tail.len();
        let next = match tail.first() {
            Some(PointerSegment::Written(key)) => Some(*key),
            Some(PointerSegment::Derived(_)) | None => None,
        };
        let taken = match first {
            PointerSegment::Written(key) => written(cx, key, next, &way[..passed], &mut words),
            PointerSegment::Derived(Derived::With(place)) => {
                words.push(variant_at(cx, place));
                0
            }
            PointerSegment::Derived(Derived::Data) => 0,
            PointerSegment::Derived(it) => {
                words.extend(it.words());
                0
            }
        };
        rest = &tail[taken..];
    }
    words
}

/// Adds the words for a key and perhaps for the one below it, and says how many of those below were taken.
fn written(
    cx: &mut LowerCx<'_>,
    key: &str,
    next: Option<&str>,
    way: &[PointerSegment<'_>],
    words: &mut Vec<String>,
) -> usize {
    let below = |name: &str| {
        let keys = way.iter().map(|it| match it {
            PointerSegment::Written(key) => Some((*key).to_owned()),
            PointerSegment::Derived(_) => None,
        });
        keys.chain([Some(name.to_owned())]).collect::<Option<Vec<_>>>()
    };
    match (key, next) {
        ("headers", Some(name)) => words.push(name.to_owned()),
        ("content", Some(_)) => {}
        ("parameters", Some(index)) => words.push(parameter(cx, &below(index).unwrap_or_default())),
        ("responses", Some(status)) => {
            words.push(if status.starts_with('2') || status == "default" {
                "response".to_owned()
            } else {
                format!("error {status}")
            });
        }
        ("schema" | "itemSchema" | "x-fern-streaming", _) => return 0,
        ("requestBody" | "response-stream", _) => {
            words.push(if key == "requestBody" { "request" } else { "stream" }.to_owned());
            return 0;
        }
        (key, next) => match (SchemaKeyword::of(key).map(|it| it.row().holds), next) {
            (Some(KeywordContent::Named), Some(name)) => words.push(name.to_owned()),
            (Some(KeywordContent::Numbered(word)), Some(index)) => {
                words.push(format!("{word} {index}"));
            }
            (Some(KeywordContent::Variants), Some(index)) => {
                // Nothing below a derived step is in the document.
                let keys = below(index);
                words.push(keys.map_or_else(|| number(index), |it| variant(cx, &it, index)));
            }
            (Some(KeywordContent::Members), Some(_)) => {}
            (Some(KeywordContent::Schema("")), _) => return 0,
            (Some(KeywordContent::Schema(word) | KeywordContent::SchemaOrFlag(word)), _) => {
                words.push(word.to_owned());
                return 0;
            }
            (
                None
                | Some(
                    KeywordContent::Nothing
                    | KeywordContent::Value
                    | KeywordContent::Discriminator
                    | KeywordContent::Named
                    | KeywordContent::Numbered(_)
                    | KeywordContent::Members
                    | KeywordContent::Variants,
                ),
                _,
            ) => {
                words.push(key.to_owned());
                return 0;
            }
        },
    }
    1
}

/// The word for a schema that a union chooses, by the place of the schema.
fn variant_at(cx: &mut LowerCx<'_>, at: &SpecPtr) -> String {
    let segments: Vec<String> = at.segments().collect();
    match &segments[..] {
        [.., key, index] if matches!(&**key, "oneOf" | "anyOf") => variant(cx, &segments, index),
        [.., name] => name.clone(),
        [] => String::new(),
    }
}

/// The last words of the way to a place.
pub(super) fn last_words(cx: &mut LowerCx<'_>, at: &SpecPtr, count: usize) -> Option<String> {
    let Origin::Inline { role, .. } = of(cx, at) else { return None };
    Some(role[role.len().saturating_sub(count)..].join(" "))
}

fn pointer(segments: &[String]) -> SpecPtr {
    segments.iter().fold(SpecPtr::root(), |at, key| at.child(key))
}

/// The words of a variant about itself, or those that tell it from the others of its list.
fn variant(cx: &mut LowerCx<'_>, segments: &[String], index: &str) -> String {
    let list = pointer(&segments[..segments.len() - 1]);
    if !cx.siblings.contains_key(&list) {
        let (parent, key) = (&segments[..segments.len() - 2], &segments[segments.len() - 2]);
        let all = cx.document.at(&pointer(parent)).into_iter().flat_map(|it| it.items(key));
        cx.siblings.insert(list.clone(), variants::words(&all.collect::<Vec<_>>()));
    }
    let found = index.parse().ok().and_then(|it: usize| cx.siblings[&list].get(it).cloned());
    found.unwrap_or_else(|| number(index))
}

fn number(index: &str) -> String {
    format!("variant {index}")
}

fn parameter(cx: &LowerCx<'_>, segments: &[String]) -> String {
    let spot = cx.document.at(&pointer(segments));
    spot.and_then(|it| it.text("name")).unwrap_or("parameter").to_owned()
}
