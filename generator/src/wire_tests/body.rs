//! The body that a call must send.

use super::expected::{encoded, pairs};
use super::fits;
use super::parts::{self, SentPart};
use super::tree::{DocumentTree, of_json, tree};
use crate::emit::EmitCx;
use crate::ir::{
    BodyContent, Id, Operation, ParamStyle, Shape, Struct, StyleKind, Tag, Type, TypeDef,
};
use crate::load::Json;
use std::collections::HashSet;

/// A body.
#[derive(Clone, Debug, Default)]
pub(super) enum Sent {
    #[default]
    Nothing,
    Json {
        mime: String,
        json: Json,
    },
    /// Names as they are, values as they are encoded.
    Form(Vec<(String, String)>),
    Parts {
        mime: String,
        parts: Vec<SentPart>,
    },
    /// JSON values one after the other.
    Values {
        mime: String,
        list: Json,
    },
    /// Text or bytes.
    Content {
        mime: String,
        text: String,
    },
}

/// The body of an operation, from a sample of its type.
pub(super) fn sent(cx: EmitCx<'_>, operation: &Operation, sample: Option<&Json>) -> Sent {
    let (Some(body), Some(sample)) = (&operation.body, sample) else { return Sent::Nothing };
    let mime = body.mime.clone();
    match &body.content {
        BodyContent::Json(ty) => Sent::Json { mime, json: sendable(cx, ty, sample) },
        BodyContent::Values(ty, _) => {
            let list = Type::List(Box::new(ty.clone()));
            Sent::Values { mime, list: sendable(cx, &list, sample) }
        }
        BodyContent::Form(ty, styles) => {
            Sent::Form(form(cx, ty, &sendable(cx, ty, sample), styles))
        }
        BodyContent::Multipart(id, stated) => {
            let ty = Type::Def(*id);
            let sample = sendable(cx, &ty, sample);
            Sent::Parts { mime, parts: parts::of_body(cx, &ty, &sample, stated) }
        }
        BodyContent::Parts => {
            let content = of_json(sample).text();
            let part = SentPart { name: "part".to_owned(), file: false, mime: None, content };
            Sent::Parts { mime, parts: vec![part] }
        }
        BodyContent::Bytes => {
            Sent::Content { mime: some_of(&mime).to_owned(), text: of_json(sample).text() }
        }
        BodyContent::Text => Sent::Content { mime, text: of_json(sample).text() },
    }
}

/// A media type of a range.
pub(super) fn some_of(mime: &str) -> &str {
    match mime.split_once("/*") {
        Some(("image", _)) => "image/png",
        Some(("audio", _)) => "audio/wav",
        Some(("video", _)) => "video/mp4",
        Some(("font", _)) => "font/ttf",
        Some(("text", _)) => "text/csv",
        Some(_) => "application/zip",
        None => mime,
    }
}

/// A value without what only the server sets.
pub(super) fn sendable(cx: EmitCx<'_>, ty: &Type, json: &Json) -> Json {
    match (ty, json) {
        (Type::Def(id), _) => match &cx.api.types[*id].shape {
            Shape::Struct(it) => sendable_object(cx, *id, it, json),
            Shape::Union(it) => match fits::variant(cx.api, it, json) {
                Some(index) => {
                    let mut inner = sendable(cx, &it.variants[index].ty, json);
                    if let (Tag::Property(tag), Some(object)) = (&it.tag, inner.as_object_mut()) {
                        object.insert(tag.clone(), json[tag].clone());
                    }
                    inner
                }
                None => json.clone(),
            },
            Shape::Alias(inner) => sendable(cx, inner, json),
            Shape::Enum(_) | Shape::Outcome(_) | Shape::Broken => json.clone(),
        },
        (Type::List(inner), Json::Array(items)) => {
            Json::Array(items.iter().map(|it| sendable(cx, inner, it)).collect())
        }
        (Type::Map(inner), Json::Object(map)) => Json::Object(
            map.iter().map(|(key, it)| (key.clone(), sendable(cx, inner, it))).collect(),
        ),
        (Type::Tuple(types), Json::Array(items)) => {
            Json::Array(types.iter().zip(items).map(|(ty, it)| sendable(cx, ty, it)).collect())
        }
        (Type::Nullable(inner), _) if !json.is_null() => sendable(cx, inner, json),
        _ => json.clone(),
    }
}

fn sendable_object(cx: EmitCx<'_>, id: Id<TypeDef>, it: &Struct, json: &Json) -> Json {
    let Json::Object(object) = json else { return json.clone() };
    let plans = cx.plans.structure(id).map_or(&[][..], |it| &it.fields);
    let fields = || it.fields.iter().zip(plans);
    let field = |name: &str| fields().find(|(it, _)| it.wire_name == name);
    let kept = object.iter().filter_map(|(name, value)| {
        let value = match (field(name), &it.extra) {
            (Some((_, plan)), _) if !plan.is_sent() => return None,
            (Some((field, _)), _) => sendable(cx, &field.ty, value),
            (None, Some(ty)) => sendable(cx, ty, value),
            (None, None) => value.clone(),
        };
        Some((name.clone(), value))
    });
    Json::Object(kept.collect())
}

/// The pairs of a form (OpenAPI 3.1.1, "Encoding the x-www-form-urlencoded Media Type"): a property in its style, or
/// else text, JSON for what has properties itself, and each item of a list by itself.
fn form(
    cx: EmitCx<'_>,
    ty: &Type,
    json: &Json,
    styles: &[(String, ParamStyle)],
) -> Vec<(String, String)> {
    let DocumentTree::Map(members) = tree(cx, ty, json) else { return Vec::new() };
    let pairs = members.iter().flat_map(|(name, value)| {
        let whole = &json[name.as_str()];
        let one = |json: &Json| {
            let text = if is_structured(json) { json.to_string() } else { of_json(json).text() };
            (name.clone(), encoded(&text, false))
        };
        match (styles.iter().find(|it| it.0 == *name).map(|it| it.1), whole) {
            (Some(ParamStyle { kind: StyleKind::Json, .. }), _) => {
                vec![(name.clone(), encoded(&whole.to_string(), false))]
            }
            (_, Json::Null) => vec![(name.clone(), String::new())],
            (Some(style), _) => pairs(name, value, style),
            (None, Json::Array(items)) => items.iter().map(one).collect(),
            (None, _) => vec![one(whole)],
        }
    });
    pairs.collect()
}

/// True if a value has values within.
pub(super) fn is_structured(json: &Json) -> bool {
    json.is_object() || json.is_array()
}

/// The properties of a sample beyond the named ones.
pub(super) fn others<'s>(
    it: &'s Struct,
    sample: &'s Json,
) -> impl Iterator<Item = (&'s String, &'s Json)> {
    let names: HashSet<_> = it.fields.iter().map(|it| it.wire_name.as_str()).collect();
    let members = sample.as_object().into_iter().flatten();
    members.filter(move |(name, _)| !names.contains(name.as_str()))
}
