//! `enum`: one of a list of scalars.

use super::merge::Part;
use crate::diag::SpecPtr;
use crate::ir::{Docs, Enum, EnumRepr, EnumValue, Shape};
use crate::load::{Json, Node};

/// Whether the parts list the values that are allowed, and these are worth a type.
pub(super) fn is_enum(parts: &[Part<'_>]) -> bool {
    let values = values(parts);
    let scalar = |it: &Json| it.is_string() || it.is_number() || it.is_boolean();
    !values.is_empty() && values.iter().all(scalar) && !is_loose(&values)
}

/// Whether values are told apart by their own type well enough: booleans, and numbers with fractions.
fn is_loose(values: &[Json]) -> bool {
    values.iter().all(Json::is_boolean)
        || (values.iter().all(Json::is_number) && values.iter().any(Json::is_f64))
}

/// The place of values that come to no enum, and so have no effect.
pub(super) fn without_effect(parts: &[Part<'_>]) -> Option<SpecPtr> {
    let values = values(parts);
    let both = values.len() == 2 && values.iter().all(Json::is_boolean);
    let part = parts.iter().find(|it| it.spot.node.get("enum").is_some())?;
    (!values.is_empty() && !both).then(|| part.spot.at.child("enum"))
}

/// Whether only null is allowed.
pub(super) fn is_null(parts: &[Part<'_>]) -> bool {
    let listed: Vec<_> = parts.iter().filter_map(|it| it.spot.node.get("enum")).collect();
    !listed.is_empty() && values(parts).is_empty()
}

/// The values that every part allows, without null, as its type spells them.
fn values(parts: &[Part<'_>]) -> Vec<Json> {
    let lists = parts.iter().filter_map(|part| {
        let list = part.spot.node.get("enum")?.as_list()?;
        let text = part.keys.typ.as_deref() == Some("string");
        let values = list.iter().map(move |it| if text { as_text(it) } else { it.to_json() });
        Some(values.filter(|it| !it.is_null()).collect::<Vec<_>>())
    });
    lists
        .reduce(|all, list| all.into_iter().filter(|it| list.contains(it)).collect())
        .unwrap_or_default()
}

/// A value of a text enum that YAML reads as something else, such as `1` or `true`.
fn as_text(node: &Node) -> Json {
    match node.to_json() {
        it @ (Json::Number(_) | Json::Bool(_)) => Json::String(it.to_string()),
        it => it,
    }
}

/// The enum that the parts come to.
pub(super) fn shape(parts: &[Part<'_>]) -> Shape {
    let values = values(parts);
    let repr = if values.iter().all(Json::is_string) {
        EnumRepr::Text
    } else if values.iter().all(Json::is_i64) {
        EnumRepr::Int
    } else {
        EnumRepr::Mixed
    };
    let names = listed(parts, &["x-enum-varnames", "x-enumNames", "x-enum-names"], &values);
    let docs = listed(parts, &["x-enum-descriptions", "x-enumDescriptions"], &values);
    let values = values.into_iter().zip(names).zip(docs).map(|((value, wish), text)| EnumValue {
        value,
        wish,
        docs: Docs { text, deprecated: None },
    });
    Shape::Enum(Enum { repr, values: values.collect() })
}

/// What an extension says of each value: a list beside the values, or an object by value.
fn listed(parts: &[Part<'_>], keys: &[&str], values: &[Json]) -> Vec<Option<String>> {
    let found = parts.iter().find_map(|part| keys.iter().find_map(|key| part.spot.node.get(key)));
    let text = |node: &Node| node.as_str().filter(|it| !it.is_empty()).map(str::to_owned);
    let Some(found) = found else { return vec![None; values.len()] };
    values
        .iter()
        .enumerate()
        .map(|(index, value)| match (found.as_list(), value) {
            (Some(list), _) => list.get(index).and_then(text),
            (None, Json::String(key)) => found.get(key).and_then(text),
            (None, other) => found.get(&other.to_string()).and_then(text),
        })
        .collect()
}
