//! The body that a call must send.

use super::super::Cx;
use super::super::multipart::is_sent;
use super::super::types::{behind, is_file};
use super::expected::{encoded, pairs};
use super::fits;
use super::tree::{Tree, of_json, tree};
use crate::ir::{
    BodyContent, Id, Operation, Shape, Struct, Style, StyleKind, Success, Tag, Type, TypeDef,
};
use crate::load::Json;

/// The name of files in tests.
pub(super) const FILE: &str = "sample.bin";

/// A body.
#[derive(Debug, Default)]
pub(super) enum Sent {
    #[default]
    Nothing,
    Json {
        mime: String,
        json: Json,
    },
    /// Names as they are, values as they are encoded.
    Form(Vec<(String, String)>),
    Parts(Vec<Part>),
    /// Text or bytes.
    Content {
        mime: String,
        text: String,
    },
}

/// A part of a multipart form.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) name: String,
    pub(super) file: bool,
    /// The media type; none where plain text needs none.
    pub(super) mime: Option<String>,
    pub(super) content: String,
}

/// The body of an operation, from a sample of its type.
pub(super) fn sent(cx: Cx<'_>, operation: &Operation, sample: Option<&Json>) -> Sent {
    let (Some(body), Some(sample)) = (&operation.body, sample) else { return Sent::Nothing };
    let mime = body.mime.clone();
    match &body.content {
        BodyContent::Json(ty) => {
            let mut json = sendable(cx, ty, sample);
            if let Success::JsonOrEvents { flag, .. } = &operation.success
                && json.get(flag) == Some(&Json::Bool(true))
            {
                json[flag] = false.into();
            }
            Sent::Json { mime, json }
        }
        BodyContent::Form(ty, styles) => {
            Sent::Form(form(cx, ty, &sendable(cx, ty, sample), styles))
        }
        BodyContent::Multipart(id, stated) => match &cx.api.types[*id].shape {
            Shape::Struct(it) => {
                let sample = sendable_object(cx, *id, it, sample);
                Sent::Parts(multipart(cx, *id, it, stated, &sample))
            }
            _ => Sent::Parts(Vec::new()),
        },
        BodyContent::Parts => {
            let content = of_json(sample).text();
            Sent::Parts(vec![Part { name: "part".to_owned(), file: false, mime: None, content }])
        }
        BodyContent::Bytes | BodyContent::Text => {
            Sent::Content { mime, text: of_json(sample).text() }
        }
    }
}

/// A value without what only the server sets.
pub(super) fn sendable(cx: Cx<'_>, ty: &Type, json: &Json) -> Json {
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

fn sendable_object(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct, json: &Json) -> Json {
    let Json::Object(object) = json else { return json.clone() };
    let field = |name: &str| it.fields.iter().find(|it| it.wire_name == name);
    let kept = object.iter().filter_map(|(name, value)| {
        let value = match (field(name), &it.extra) {
            (Some(field), _) if !is_sent(cx, id, field) => return None,
            (Some(field), _) => sendable(cx, &field.ty, value),
            (None, Some(ty)) => sendable(cx, ty, value),
            (None, None) => value.clone(),
        };
        Some((name.clone(), value))
    });
    Json::Object(kept.collect())
}

/// The pairs of a form: each property in its style; objects in brackets unless they say otherwise.
fn form(cx: Cx<'_>, ty: &Type, json: &Json, styles: &[(String, Style)]) -> Vec<(String, String)> {
    let tree = tree(cx, ty, json);
    let pairs = tree.members().flat_map(|(name, value)| {
        let stated = styles.iter().find(|it| it.0 == *name).map(|it| it.1);
        let kind =
            if matches!(value, Tree::Map(_)) { StyleKind::DeepObject } else { StyleKind::Form };
        let usual = Style::of(kind);
        match stated {
            Some(Style { kind: StyleKind::Json, .. }) => {
                vec![(name.to_owned(), encoded(&json[name].to_string(), false))]
            }
            stated => pairs(name, value, stated.unwrap_or(usual)),
        }
    });
    pairs.collect()
}

/// The parts of a form (OpenAPI 3.1.1, 4.8.15.1): a file, JSON for what has parts itself, else text.
fn multipart(
    cx: Cx<'_>,
    id: Id<TypeDef>,
    it: &Struct,
    stated: &[(String, String)],
    sample: &Json,
) -> Vec<Part> {
    // What is sent as JSON elsewhere holds no files.
    let files = cx.facts.is_multipart(id);
    let fields = it.fields.iter().filter_map(|field| {
        let value = sample.get(&field.wire_name).filter(|it| !it.is_null())?;
        let mime = stated.iter().find(|it| it.0 == field.wire_name).map(|it| it.1.as_str());
        Some((field.wire_name.as_str(), &field.ty, value, mime))
    });
    let extra = it.extra.iter().flat_map(|ty| {
        others(it, sample).map(move |(name, value)| (name.as_str(), ty, value, None))
    });
    let mut parts = Vec::new();
    for (name, ty, value, mime) in fields.chain(extra) {
        let part = |ty: &Type, value: &Json| {
            let file = files && is_file(cx, ty);
            part(name, file, value, mime)
        };
        // A list is a part for each item, and so is what may be a list, if it is one.
        let item = match behind(cx, ty) {
            Type::List(inner) => Some(&**inner),
            ty @ (Type::Def(_) | Type::Json) => Some(ty),
            _ => None,
        };
        match (item, value) {
            (Some(ty), Json::Array(items)) if !mime.is_some_and(is_json) => {
                parts.extend(items.iter().map(|it| part(ty, it)));
            }
            _ => parts.push(part(ty, value)),
        }
    }
    parts
}

/// What a sample has beyond the named properties.
pub(super) fn others<'s>(
    it: &'s Struct,
    sample: &'s Json,
) -> impl Iterator<Item = (&'s String, &'s Json)> {
    let named = |name: &str| it.fields.iter().any(|it| it.wire_name == name);
    sample.as_object().into_iter().flatten().filter(move |(name, _)| !named(name))
}

fn part(name: &str, file: bool, value: &Json, mime: Option<&str>) -> Part {
    let exact = mime.filter(|it| !it.contains(['*', ','])).map(str::to_owned);
    let json = value.is_object() || value.is_array();
    let json = !file && (json || mime.is_some_and(is_json));
    let usual = match (file, json) {
        (true, _) => Some("application/octet-stream".to_owned()),
        (false, true) => Some("application/json".to_owned()),
        (false, false) => None,
    };
    Part {
        name: name.to_owned(),
        file,
        mime: exact.or(usual),
        content: if json { value.to_string() } else { of_json(value).text() },
    }
}

fn is_json(mime: &str) -> bool {
    mime.contains("json")
}
