//! The values that lead through a list: which parameters and properties can hold the same.

use super::super::hint;
use super::words::{TIMES, URLS};
use crate::diag::SpecPtr;
use crate::ir::{Api, ExternalForm, Scalar, Shape, Type, ValueHint};
use crate::load::{Document, NodeRef};
use serde_json::Value as Json;

/// The number of references and members of `allOf` that may lie between a parameter and its keywords.
const MAX_DEPTH: u8 = 8;

/// The values of a parameter or property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ValueKind {
    /// A text, with its format.
    Text(Option<String>),
    /// A text that is a URL.
    Url,
    Integer,
    /// A point in time, by its format.
    Time(String),
    /// A text or an integer.
    Any,
    Other,
}

/// The values of a type, by the type and the keywords at its place.
pub(super) fn value(api: &Api, ty: &Type, said: &ValueHint) -> ValueKind {
    let format = said.format.as_deref().map(str::to_ascii_lowercase);
    match plain(api, ty) {
        ValueKind::Text(_) | ValueKind::Integer | ValueKind::Any
            if format.as_deref().is_some_and(|it| TIMES.contains(&it)) =>
        {
            ValueKind::Time(format.unwrap_or_default())
        }
        ValueKind::Text(_) if is_url(said) => ValueKind::Url,
        ValueKind::Text(_) => ValueKind::Text(format),
        other => other,
    }
}

fn plain(api: &Api, ty: &Type) -> ValueKind {
    match api.types.behind(ty) {
        Type::Nullable(inner) => plain(api, inner),
        Type::Scalar(Scalar::Text) => ValueKind::Text(None),
        Type::Scalar(Scalar::External(id)) => match api.externals.types[*id].form {
            ExternalForm::Text => ValueKind::Text(None),
            ExternalForm::Timestamp => ValueKind::Time("date-time".to_owned()),
            ExternalForm::Json | ExternalForm::Base64 | ExternalForm::Base64Url => ValueKind::Other,
        },
        Type::Scalar(Scalar::Timestamp) => ValueKind::Time("date-time".to_owned()),
        Type::Scalar(Scalar::Int(_) | Scalar::IntText(_) | Scalar::Float) => ValueKind::Integer,
        Type::Json => ValueKind::Any,
        Type::Def(id) => match &api.types[*id].shape {
            Shape::Union(it) => {
                let scalar = |ty: &Type| matches!(api.types.behind(ty), Type::Scalar(_));
                let mut values = it.variants.iter().map(|it| plain(api, &it.ty));
                match it.variants.iter().all(|it| scalar(&it.ty)) {
                    true if values.any(|it| matches!(it, ValueKind::Text(_))) => ValueKind::Any,
                    true | false => ValueKind::Other,
                }
            }
            Shape::Struct(_)
            | Shape::Enum(_)
            | Shape::Alias(_)
            | Shape::Outcome(_)
            | Shape::Broken => ValueKind::Other,
        },
        Type::List(_) | Type::Map(_) | Type::Tuple(_) | Type::Scalar(_) => ValueKind::Other,
    }
}

fn is_url(said: &ValueHint) -> bool {
    let example = said.example.as_ref().and_then(Json::as_str);
    said.format.as_deref().is_some_and(|it| URLS.contains(&it))
        || example.is_some_and(|it| it.starts_with("http://") || it.starts_with("https://"))
}

/// True if an example or the default is a date, with which a text without a format is a time.
pub(super) fn is_dated(said: &ValueHint) -> bool {
    let is_date = |it: &Json| it.as_str().is_some_and(starts_with_date);
    said.example.iter().chain(&said.default).any(is_date)
}

fn starts_with_date(text: &str) -> bool {
    text.get(..10).is_some_and(|it| {
        let is_digit = |(index, it): (usize, u8)| match index {
            4 | 7 => it == b'-',
            _ => it.is_ascii_digit(),
        };
        it.bytes().enumerate().all(is_digit)
    })
}

/// True if a parameter accepts the values of a property.
pub(super) fn takes(param: &ValueKind, property: &ValueKind) -> bool {
    match (param, property) {
        (_, ValueKind::Other) | (ValueKind::Other, _) => false,
        (ValueKind::Any, _)
        | (_, ValueKind::Any)
        | (ValueKind::Text(_), ValueKind::Text(_) | ValueKind::Integer | ValueKind::Time(_))
        | (ValueKind::Integer, ValueKind::Integer)
        | (ValueKind::Url, ValueKind::Url) => true,
        (ValueKind::Time(one), ValueKind::Time(other)) => one == other,
        (ValueKind::Text(_) | ValueKind::Integer | ValueKind::Time(_) | ValueKind::Url, _) => false,
    }
}

/// True if a parameter accepts the id of an item: it must have the type of the id.
pub(super) fn takes_id(param: &ValueKind, id: &ValueKind) -> bool {
    match (param, id) {
        (ValueKind::Text(one), ValueKind::Text(other)) => {
            match (one.as_deref(), other.as_deref()) {
                (Some(one), Some(other)) => one == other,
                (Some(one), None) => !FOREIGN.contains(&one),
                (None, _) => true,
            }
        }
        (ValueKind::Integer, ValueKind::Integer)
        | (ValueKind::Any, ValueKind::Text(_) | ValueKind::Integer) => true,
        (
            ValueKind::Text(_)
            | ValueKind::Url
            | ValueKind::Integer
            | ValueKind::Time(_)
            | ValueKind::Any
            | ValueKind::Other,
            _,
        ) => false,
    }
}

/// The formats of texts that are no ids.
const FOREIGN: &[&str] = &[
    "email",
    "idn-email",
    "hostname",
    "ipv4",
    "ipv6",
    "password",
    "regex",
    "binary",
    "byte",
    "base64",
    "decimal",
    "json-pointer",
];

/// True if a parameter takes numbers, which a document may also write as text.
pub(super) fn is_number(api: &Api, ty: &Type, said: &ValueHint) -> bool {
    match value(api, ty, said) {
        ValueKind::Integer => true,
        ValueKind::Text(_) => {
            said.default.as_ref().is_some_and(|it| integer(it).is_some())
                || said.pattern.as_deref().is_some_and(is_digits)
        }
        ValueKind::Other => least(api, ty).is_some(),
        ValueKind::Url | ValueKind::Time(_) | ValueKind::Any => false,
    }
}

/// True if a pattern matches digits only.
fn is_digits(pattern: &str) -> bool {
    let inner = pattern.trim_start_matches('^').trim_end_matches('$');
    ["\\d", "[0-9]", "[1-9]"].iter().any(|it| inner.starts_with(it))
        && inner.chars().all(|it| "\\d[0-9]*+{1,}()?".contains(it) || it.is_ascii_digit())
}

/// The least value of an enum of integers.
fn least(api: &Api, ty: &Type) -> Option<i64> {
    match api.types.behind(ty) {
        Type::Nullable(inner) => least(api, inner),
        Type::Def(id) => match &api.types[*id].shape {
            Shape::Enum(it) => {
                let values: Option<Vec<_>> =
                    it.values.iter().map(|it| integer(&it.value)).collect();
                values?.into_iter().min()
            }
            Shape::Struct(_)
            | Shape::Union(_)
            | Shape::Alias(_)
            | Shape::Outcome(_)
            | Shape::Broken => None,
        },
        Type::List(_) | Type::Map(_) | Type::Tuple(_) | Type::Scalar(_) | Type::Json => None,
    }
}

/// The first number of a list: what a server takes if none is sent, else the least that there is.
pub(super) fn first(api: &Api, ty: &Type, said: &ValueHint) -> Option<i64> {
    let minimum = said.minimum.and_then(|(it, out)| {
        let least = whole(it.ceil())?;
        Some(least + i64::from(out && it.fract().abs() < f64::EPSILON))
    });
    let stated = said.default.as_ref().and_then(integer);
    stated.or(minimum).or_else(|| least(api, ty)).filter(|it| *it >= 0)
}

fn integer(value: &Json) -> Option<i64> {
    match value {
        Json::Number(number) => number.as_i64().or_else(|| whole(number.as_f64()?)),
        Json::String(text) => text.parse().ok(),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn whole(value: f64) -> Option<i64> {
    (value.fract().abs() < f64::EPSILON && value.abs() < 9e15).then_some(value as i64)
}

/// The keywords of a document about a parameter or property, through references, `allOf` and choices.
pub(super) fn said(document: &Document, at: &SpecPtr) -> ValueHint {
    let Some(spot) = document.at(at) else { return ValueHint::default() };
    let content = spot.entries("content").next().and_then(|(_, it)| it.child("schema"));
    let schema = spot.child("schema").or(content).unwrap_or_else(|| spot.clone());
    let mut hint = of_schema(document, &schema, MAX_DEPTH);
    hint.example = hint::example(document, &spot).or(hint.example);
    hint
}

fn of_schema(document: &Document, spot: &NodeRef<'_>, depth: u8) -> ValueHint {
    let Some(left) = depth.checked_sub(1) else { return ValueHint::default() };
    let mut found = hint::own(spot);
    if spot.reference().is_some()
        && let Some(target) = hint::resolve(document, spot.clone())
    {
        found.add(of_schema(document, &target, left));
    }
    let members = spot.items("allOf").chain(spot.items("anyOf")).chain(spot.items("oneOf"));
    for member in members {
        found.add(of_schema(document, &member, left));
    }
    found
}
