//! Whether JSON is a value of a type: documents have examples that are none of theirs.

use crate::ir::{
    Access, Api, Field, Id, Presence, Scalar, Shape, Struct, Tag, Type, TypeDef, Union,
};
use crate::load::Json;
use serde_json::Map;
use std::collections::HashMap;
use std::ptr;

/// What is known of the values of types that stand in a value: without it, a union that leads back to
/// itself would try all variants of each for each variant of the one around it.
type Known = HashMap<(Id<TypeDef>, *const Json), bool>;

/// Whether JSON is a value of a type, and nothing of it would get lost.
pub(super) fn fits(api: &Api, ty: &Type, json: &Json) -> bool {
    fit(api, ty, json, &mut Known::new())
}

/// The variant of a union that JSON is a value of.
pub(super) fn variant(api: &Api, it: &Union, json: &Json) -> Option<usize> {
    choice(api, it, json, &mut Known::new())
}

fn fit(api: &Api, ty: &Type, json: &Json, known: &mut Known) -> bool {
    match (ty, json) {
        (Type::Def(id), _) => {
            let key = (*id, ptr::from_ref(json));
            if let Some(fits) = known.get(&key) {
                return *fits;
            }
            let fits = def(api, *id, json, known);
            known.insert(key, fits);
            fits
        }
        (Type::List(inner), Json::Array(items)) => {
            items.iter().all(|it| fit(api, inner, it, known))
        }
        (Type::Map(inner), Json::Object(map)) => map.values().all(|it| fit(api, inner, it, known)),
        (Type::Tuple(types), Json::Array(items)) => {
            let mut both = types.iter().zip(items);
            types.len() == items.len() && both.all(|(ty, it)| fit(api, ty, it, known))
        }
        (Type::Nullable(_), Json::Null) | (Type::Json, _) => true,
        (Type::Nullable(inner), _) => fit(api, inner, json, known),
        (Type::Scalar(it), _) => scalar(*it, json),
        (Type::List(_) | Type::Map(_) | Type::Tuple(_), _) => false,
    }
}

fn def(api: &Api, id: Id<TypeDef>, json: &Json, known: &mut Known) -> bool {
    match &api.types[id].shape {
        Shape::Struct(it) => {
            json.as_object().is_some_and(|json| object(api, it, json, None, known))
        }
        Shape::Enum(it) => it.values.iter().any(|it| it.value == *json),
        Shape::Union(it) => choice(api, it, json, known).is_some(),
        Shape::Alias(inner) => fit(api, inner, json, known),
        Shape::Outcome(_) | Shape::Broken => false,
    }
}

fn choice(api: &Api, it: &Union, json: &Json, known: &mut Known) -> Option<usize> {
    let Tag::Property(tag) = &it.tag else {
        return it.variants.iter().position(|it| fit(api, &it.ty, json, known));
    };
    let (value, object) = (json.get(tag)?, json.as_object()?);
    let index = it.variants.iter().position(|it| it.tags.contains(value))?;
    let ty = &it.variants[index].ty;
    let fits = match plain_struct(api, ty) {
        Some(inner) => self::object(api, inner, object, Some(tag), known),
        None => fit(api, ty, json, known),
    };
    fits.then_some(index)
}

fn plain_struct<'a>(api: &'a Api, ty: &Type) -> Option<&'a Struct> {
    let Type::Def(id) = ty else { return None };
    match &api.types[*id].shape {
        Shape::Struct(it) => Some(it),
        Shape::Alias(inner) => plain_struct(api, inner),
        Shape::Enum(_) | Shape::Union(_) | Shape::Outcome(_) | Shape::Broken => None,
    }
}

/// Whether an object has what is required and nothing unknown, besides a tag.
fn object(
    api: &Api,
    it: &Struct,
    json: &Map<String, Json>,
    tag: Option<&str>,
    known: &mut Known,
) -> bool {
    let named = |name: &str| it.fields.iter().any(|it| it.wire_name == name);
    let rest = json.iter().filter(|(key, _)| !named(key) && tag != Some(key.as_str()));
    let mut rest = rest.map(|(_, value)| value);
    let rest_fits = match &it.extra {
        Some(ty) => rest.all(|it| fit(api, ty, it, known)),
        None => rest.next().is_none(),
    };
    rest_fits && it.fields.iter().all(|field| member(api, field, json.get(&field.wire_name), known))
}

fn member(api: &Api, field: &Field, json: Option<&Json>, known: &mut Known) -> bool {
    match (json, field.presence) {
        (None, Presence::Optional | Presence::OptionalNullable)
        | (Some(Json::Null), Presence::Nullable) => true,
        (None, Presence::Required | Presence::Nullable) => field.access != Access::Both,
        (Some(json), _) => match &field.constant {
            Some(constant) => json == constant,
            None => fit(api, &field.ty, json, known),
        },
    }
}

/// Whether JSON is a value of a scalar, in the spelling that the client writes.
pub(super) fn scalar(it: Scalar, json: &Json) -> bool {
    match (it, json) {
        (Scalar::Bool, Json::Bool(_))
        | (Scalar::Null, Json::Null)
        | (Scalar::Text | Scalar::File, Json::String(_)) => true,
        (Scalar::Int(kind), Json::Number(number)) => match (number.as_i64(), number.as_u64()) {
            (Some(value), _) => kind.range().contains(&value.into()),
            (None, Some(value)) => kind.range().contains(&value.into()),
            (None, None) => false,
        },
        (Scalar::IntText(kind), Json::String(text)) => text
            .parse::<i128>()
            .is_ok_and(|it| kind.range().contains(&it) && it.to_string() == *text),
        (Scalar::Float, Json::Number(number)) => number.as_f64().is_some_and(f64::is_finite),
        (Scalar::Timestamp, Json::String(text)) => text.starts_with(|it: char| it.is_ascii_digit()),
        (Scalar::Base64 | Scalar::Base64Url, Json::String(text)) => {
            text.len() % 4 == 0 && text.bytes().all(|it| it.is_ascii_alphanumeric())
        }
        _ => false,
    }
}
