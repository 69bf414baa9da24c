//! `enum`: one of a list of scalars.

use super::merge::AllOfMember;
use super::{LowerCx, flags};
use crate::diag::{Exact, MERGE_CONFLICT, MISTYPED, NO_EFFECT};
use crate::ir::{Docs, Enum, EnumRepr, EnumValue, Shape};
use crate::load::{Json, Node, as_type};
use indexmap::IndexSet;
use std::collections::HashSet;

/// True if the parts list the values that are allowed, and these are worth a type.
pub(super) fn is_enum(parts: &[AllOfMember<'_>]) -> bool {
    let values = values(parts);
    let scalar = |it: &Json| it.is_string() || it.is_number() || it.is_boolean();
    let scalars = !matches!(common_type(parts), Some("array" | "object"));
    !values.is_empty() && scalars && values.iter().all(scalar) && !is_loose(&values)
}

/// True if values are told apart by their own type well enough: booleans, and numbers with fractions.
pub(super) fn is_loose(values: &[Json]) -> bool {
    values.iter().all(Json::is_boolean)
        || (values.iter().all(Json::is_number) && values.iter().any(Json::is_f64))
}

/// Said of values that have no effect.
pub(super) const NO_ENUM: &str = "these values come to no enum";

/// Tells of values that come to no enum, and so have no effect.
pub(super) fn without_effect(cx: &mut LowerCx<'_>, parts: &[AllOfMember<'_>]) {
    let values = values(parts);
    let Some(part) = parts.iter().find(|it| it.spot.mentions("enum")) else { return };
    match &values[..] {
        [] | [Json::Bool(_), Json::Bool(_)] => {}
        [_] if is_loose(&values) => flags::schema(cx, &part.spot.at),
        _ => {
            cx.sink.report(&NO_EFFECT, &part.spot.at.child("enum"), NO_ENUM);
        }
    }
}

/// True if only null is allowed.
pub(super) fn is_null(parts: &[AllOfMember<'_>]) -> bool {
    let listed: Vec<_> = parts.iter().filter(|it| it.spot.has("enum")).collect();
    !listed.is_empty() && values(parts).is_empty()
}

/// The types that the parts state. Where none does, those that follow from their keywords: `items` beside
/// another part that is a text restrict nothing.
pub(super) fn types<'p, 'a>(parts: &'p [AllOfMember<'a>]) -> Vec<(&'p str, &'p AllOfMember<'a>)> {
    let all = parts.iter().filter_map(|it| Some((it.keys.typ()?, it)));
    let is_implied = |part: &AllOfMember<'_>| part.spot.notes().implied;
    let (implied, stated): (Vec<_>, Vec<_>) = all.partition(|it| is_implied(it.1));
    if stated.is_empty() { implied } else { stated }
}

/// The type that the parts agree on: an integer is a number, too.
pub(super) fn common_type<'p>(parts: &'p [AllOfMember<'_>]) -> Option<&'p str> {
    let types = types(parts);
    let (first, _) = types.first()?;
    let integer = *first == "number" && types.iter().any(|it| it.0 == "integer");
    Some(if integer { "integer" } else { first })
}

/// The values that every part allows, without null, as the type spells them. Where they have none
/// in common, all of them.
fn values(parts: &[AllOfMember<'_>]) -> Vec<Json> {
    let lists = lists(parts);
    let common = common(&lists);
    // A part that allows nothing but null means it.
    if !common.is_empty() || lists.iter().any(Vec::is_empty) {
        return common;
    }
    let all: IndexSet<Json> = lists.into_iter().flatten().collect();
    all.into_iter().collect()
}

fn lists(parts: &[AllOfMember<'_>]) -> Vec<Vec<Json>> {
    let ty = common_type(parts);
    let lists = parts.iter().filter_map(|part| {
        let list = part.spot.values("enum")?;
        let values = list.iter().filter(|it| !it.is_null());
        Some(values.map(|it| ty.and_then(|ty| as_type(it, ty)).unwrap_or_else(|| it.to_json())))
    });
    lists.map(Iterator::collect).collect()
}

fn common(lists: &[Vec<Json>]) -> Vec<Json> {
    let Some((first, others)) = lists.split_first() else { return Vec::new() };
    let others: Vec<HashSet<&Json>> = others.iter().map(|it| it.iter().collect()).collect();
    first.iter().filter(|it| others.iter().all(|list| list.contains(it))).cloned().collect()
}

/// Tells of parts that have no value in common, and of values that are not of the type.
fn report(cx: &mut LowerCx<'_>, parts: &[AllOfMember<'_>], values: &[Json]) {
    let part = parts.iter().rfind(|it| it.spot.mentions("enum"));
    let Some(part) = part else { return };
    let at = part.spot.at.child("enum");
    if !values.is_empty() && common(&lists(parts)).is_empty() {
        let message = "no value is in each part of `allOf`: the values of all of them count";
        cx.sink.report(&MERGE_CONFLICT, &at, message);
    }
    let Some(ty) = common_type(parts) else { return };
    let odd = values.iter().find(|it| !is_of(it, ty));
    if let Some(odd) = odd {
        let message = format_args!("`{odd}` is not of type `{ty}`: values of both types are read");
        let found = cx.sink.report(&MISTYPED, &at, message);
        let node = part.spot.values("enum").into_iter().flatten();
        if let Some(node) = node.into_iter().find(|it| it.to_json() == *odd) {
            found.exactly(Exact::Node(node.id));
        }
    }
}

fn is_of(value: &Json, ty: &str) -> bool {
    match ty {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        _ => true,
    }
}

/// The enum that the parts come to.
pub(super) fn shape(cx: &mut LowerCx<'_>, parts: &[AllOfMember<'_>]) -> Shape {
    let values = values(parts);
    let is_open = has_others(parts);
    // The values say more than their format.
    parts.iter().filter_map(|it| it.spot.child("format")).for_each(|it| it.pass_over());
    report(cx, parts, &values);
    let of_type = common_type(parts).is_none_or(|ty| values.iter().all(|it| is_of(it, ty)));
    let repr = if !of_type {
        // The type and the values contradict each other, so both are read.
        EnumRepr::Mixed
    } else if values.iter().all(Json::is_string) {
        EnumRepr::Text
    } else if values.iter().all(Json::is_i64) {
        EnumRepr::Int
    } else {
        EnumRepr::Mixed
    };
    let names = listed(cx, parts, &["x-enum-varnames", "x-enumNames", "x-enum-names"], &values);
    let docs = listed(cx, parts, &["x-enum-descriptions", "x-enumDescriptions"], &values);
    let values = values.into_iter().zip(names).zip(docs).map(|((value, wish), text)| EnumValue {
        value,
        wish,
        docs: Docs { text, deprecated: None },
    });
    Shape::Enum(Enum { repr, values: values.collect(), is_open: is_open && repr == EnumRepr::Text })
}

/// True if each list of values may have others beside it.
fn has_others(parts: &[AllOfMember<'_>]) -> bool {
    parts.iter().filter(|it| it.spot.has("enum")).all(|it| it.spot.flag("x-extensible-enum"))
}

/// The text of an extension for each value: from a list beside the values, or an object by value.
fn listed(
    cx: &mut LowerCx<'_>,
    parts: &[AllOfMember<'_>],
    keys: &[&str],
    values: &[Json],
) -> Vec<Option<String>> {
    let found = parts
        .iter()
        .find_map(|part| keys.iter().find_map(|key| Some((part, *key, part.spot.value(key)?))));
    let Some((part, key, found)) = found else { return vec![None; values.len()] };
    let text = |node: &Node| node.as_str().filter(|it| !it.is_empty()).map(str::to_owned);
    let Some(list) = found.as_list() else {
        let of = |value: &Json| match value {
            Json::String(key) => found.get(key).and_then(text),
            other => found.get(&other.to_string()).and_then(text),
        };
        return values.iter().map(of).collect();
    };
    // The values of the part itself: those of all parts may be fewer.
    let own = part.spot.values("enum").map(|it| it.iter().map(Node::to_json).collect());
    let own: Vec<Json> = own.unwrap_or_else(|| values.to_vec());
    if own.len() != list.len() {
        let (texts, count) = (list.len(), own.len());
        let message = format_args!("`{key}` has {texts} texts for {count} values: none is used");
        cx.sink.report(&NO_EFFECT, &part.spot.at.child(key), message);
        return vec![None; values.len()];
    }
    let index = |value: &Json| own.iter().position(|it| it == value);
    values.iter().map(|it| list.get(index(it)?).and_then(text)).collect()
}
