//! Checks that JSON is a value of a type: documents have examples that do not fit their schemas.

use crate::ir::{
    Access, Api, Enum, Field, Id, Presence, Scalar, Shape, Struct, Tag, Type, TypeDef, Union,
};
use crate::load::Json;
use serde_json::Map;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::ptr;

/// The evidence that JSON is a value of a type: the runtime compares the same numbers, in this order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
struct Fit {
    /// Constants, tags among them, that are there and equal.
    constants: usize,
    /// Values of a declared type, and of declared properties.
    described: usize,
}

impl Fit {
    const ONE: Self = Self { constants: 0, described: 1 };

    fn and(self, other: Self) -> Self {
        let (constants, described) =
            (self.constants + other.constants, self.described + other.described);
        Self { constants, described }
    }
}

/// The results so far, by type and value: without them, a union that leads back to
/// itself would try all variants of each for each variant of the one around it.
type Known = HashMap<(Id<TypeDef>, *const Json), Option<Fit>>;

/// True if JSON is a value of a type, and nothing of it would get lost.
pub(super) fn fits(api: &Api, ty: &Type, json: &Json) -> bool {
    fit(api, ty, json, &mut Known::new()).is_some()
}

/// The variant of a union that JSON is a value of.
pub(super) fn variant(api: &Api, it: &Union, json: &Json) -> Option<usize> {
    choice(api, it, json, &mut Known::new()).map(|it| it.0)
}

fn fit(api: &Api, ty: &Type, json: &Json, known: &mut Known) -> Option<Fit> {
    match (ty, json) {
        (Type::Def(id), _) => {
            let key = (*id, ptr::from_ref(json));
            if let Some(fit) = known.get(&key) {
                return *fit;
            }
            let fit = def(api, *id, json, known);
            known.insert(key, fit);
            fit
        }
        (Type::List(inner), Json::Array(items)) => {
            all(items.iter().map(|it| fit(api, inner, it, known)))
        }
        (Type::Map(inner), Json::Object(map)) => {
            all(map.values().map(|it| fit(api, inner, it, known)))
        }
        (Type::Tuple(types), Json::Array(items)) => {
            let both = types.iter().zip(items);
            let fits = all(both.map(|(ty, it)| fit(api, ty, it, known)));
            fits.filter(|_| types.len() == items.len())
        }
        (Type::Nullable(_), Json::Null) => Some(Fit::ONE),
        (Type::Json, _) => Some(Fit::default()),
        (Type::Nullable(inner), _) => fit(api, inner, json, known),
        (Type::Scalar(it), _) => scalar(api, *it, json).then_some(Fit::ONE),
        (Type::List(_) | Type::Map(_) | Type::Tuple(_), _) => None,
    }
}

/// A list or object of which all parts fit.
fn all(parts: impl IntoIterator<Item = Option<Fit>>) -> Option<Fit> {
    parts.into_iter().try_fold(Fit::ONE, |all, it| Some(all.and(it?)))
}

fn def(api: &Api, id: Id<TypeDef>, json: &Json, known: &mut Known) -> Option<Fit> {
    match &api.types[id].shape {
        Shape::Struct(it) => object(api, it, json.as_object()?, None, known),
        Shape::Enum(it) => listed(it, json),
        Shape::Union(it) => choice(api, it, json, known).map(|it| it.1),
        Shape::Alias(inner) => fit(api, inner, json, known),
        Shape::Outcome(_) | Shape::Broken => None,
    }
}

/// One of the values of an enum; one that has a single value is a constant.
fn listed(it: &Enum, json: &Json) -> Option<Fit> {
    let fits = it.values.iter().any(|it| it.value == *json);
    let constants = usize::from(fits && it.values.len() == 1);
    (fits || it.is_open && json.is_string()).then_some(Fit { constants, described: 1 })
}

fn choice(api: &Api, it: &Union, json: &Json, known: &mut Known) -> Option<(usize, Fit)> {
    let untagged = |tag: &String| json.get(tag).is_none_or(Json::is_null);
    let tag = match &it.tag {
        Tag::Property(tag) if !untagged(tag) => Some(tag),
        Tag::Property(_) | Tag::Event | Tag::Untagged => None,
    };
    if it.tag == Tag::Event {
        let (name, data) = (json.get("event")?, json.get("data")?);
        let index = it.variants.iter().position(|it| it.tags.contains(name))?;
        return Some((index, fit(api, &it.variants[index].ty, data, known)?));
    }
    let Some(tag) = tag else {
        let all = it.variants.iter().enumerate();
        let fits = all.filter(|(_, variant)| it.tag == Tag::Untagged || variant.lacks_tag);
        let fits = fits.filter_map(|(index, it)| Some((index, fit(api, &it.ty, json, known)?)));
        return fits.max_by_key(|(index, fit)| (*fit, Reverse(*index)));
    };
    let (value, object) = (json.get(tag)?, json.as_object()?);
    let index = it.variants.iter().position(|it| it.tags.contains(value))?;
    let variant = &it.variants[index];
    let fits = match plain_struct(api, &variant.ty) {
        Some(inner) => self::object(api, inner, object, Some(tag), known),
        None => fit(api, &variant.ty, json, known),
    }?;
    let described = fits.described + usize::from(variant.adds_tag);
    Some((index, Fit { constants: fits.constants.max(1), described }))
}

fn plain_struct<'a>(api: &'a Api, ty: &Type) -> Option<&'a Struct> {
    let Type::Def(id) = ty else { return None };
    match &api.types[*id].shape {
        Shape::Struct(it) => Some(it),
        Shape::Alias(inner) => plain_struct(api, inner),
        Shape::Enum(_) | Shape::Union(_) | Shape::Outcome(_) | Shape::Broken => None,
    }
}

/// True if an object has what is required and nothing unknown, besides a tag.
fn object(
    api: &Api,
    it: &Struct,
    json: &Map<String, Json>,
    tag: Option<&str>,
    known: &mut Known,
) -> Option<Fit> {
    let names: HashSet<_> = it.fields.iter().map(|it| it.wire_name.as_str()).collect();
    let named = |name: &str| names.contains(name);
    let rest = json.iter().filter(|(key, _)| !named(key) && tag != Some(key.as_str()));
    let rest = all(rest.map(|(_, json)| fit(api, it.extra.as_ref()?, json, known)))?;
    let members = it.fields.iter().map(|it| member(api, it, json.get(&it.wire_name), known));
    Some(all(members)?.and(rest)).map(|it| Fit { described: it.described - 1, ..it })
}

fn member(api: &Api, field: &Field, json: Option<&Json>, known: &mut Known) -> Option<Fit> {
    match (json, field.presence) {
        (None, Presence::Optional | Presence::OptionalNullable | Presence::Clearable) => {
            Some(Fit::default())
        }
        (Some(Json::String(text)), Presence::Clearable) if text.is_empty() => Some(Fit::ONE),
        (Some(Json::Null), Presence::Nullable) => Some(Fit::ONE),
        (None, Presence::Required | Presence::Nullable) => {
            (field.access != Access::Both).then(Fit::default)
        }
        (Some(json), _) => match &field.constant {
            Some(constant) => (json == constant).then_some(Fit { constants: 1, described: 1 }),
            None => {
                let fit = fit(api, &field.ty, json, known)?;
                Some(Fit { described: fit.described.max(1), ..fit })
            }
        },
    }
}

/// True if JSON is a value of a scalar, in the spelling that the client writes.
pub(super) fn scalar(api: &Api, it: Scalar, json: &Json) -> bool {
    match (it, json) {
        (Scalar::Bool, Json::Bool(_))
        | (Scalar::Null, Json::Null)
        | (Scalar::Text | Scalar::File | Scalar::Part, Json::String(_)) => true,
        (Scalar::Int(kind), Json::Number(number)) => match (number.as_i64(), number.as_u64()) {
            (Some(value), _) => kind.range().contains(&value.into()),
            (None, Some(value)) => kind.range().contains(&value.into()),
            (None, None) => false,
        },
        (Scalar::IntText(kind), Json::String(text)) => text
            .parse::<i128>()
            .is_ok_and(|it| kind.range().contains(&it) && it.to_string() == *text),
        (Scalar::Float, Json::Number(number)) => number.as_f64().is_some_and(f64::is_finite),
        // Others may be values too, which the type writes in another spelling.
        (Scalar::External(id), _) => api.externals.types[id].samples.contains(json),
        (Scalar::Timestamp, Json::String(text)) => text.starts_with(|it: char| it.is_ascii_digit()),
        (Scalar::Base64 | Scalar::Base64Url, Json::String(text)) => {
            text.len() % 4 == 0 && text.bytes().all(|it| it.is_ascii_alphanumeric())
        }
        _ => false,
    }
}
