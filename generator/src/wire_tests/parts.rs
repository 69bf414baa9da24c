//! The parts that a body must have, whatever the client makes of it.

use super::body::{is_structured, others};
use super::fits;
use super::tree::of_json;
use crate::emit::EmitCx;
use crate::ir::{Field, PartEncoding, Presence, Scalar, Shape, Tag, Type};
use crate::load::Json;
use crate::plan::behind;

/// The name of files in tests.
pub(super) const FILE: &str = "sample.bin";

/// A part of a body.
#[derive(Clone, Debug)]
pub(super) struct SentPart {
    pub(super) name: String,
    pub(super) file: bool,
    /// The media type; none where plain text needs none.
    pub(super) mime: Option<String>,
    pub(super) content: String,
}

/// The stated encodings of parts, by name.
type Stated<'a> = &'a [(String, PartEncoding)];

/// The parts of a body (OpenAPI 3.1.1, 4.8.15.1).
pub(super) fn of_body(cx: EmitCx<'_>, ty: &Type, json: &Json, stated: Stated<'_>) -> Vec<SentPart> {
    let mut parts = Vec::new();
    properties(cx, ty, json, "", stated, &mut parts);
    parts
}

/// A part for each property of an object; those within another have their names in brackets.
fn properties(
    cx: EmitCx<'_>,
    ty: &Type,
    json: &Json,
    within: &str,
    stated: Stated<'_>,
    parts: &mut Vec<SentPart>,
) {
    let Type::Def(id) = behind(cx.plan(), ty) else { return };
    let full = |name: &str| match within {
        "" => name.to_owned(),
        within => format!("{within}[{name}]"),
    };
    let it = match &cx.api.types[*id].shape {
        Shape::Struct(it) => it,
        Shape::Union(it) => {
            let Some(index) = fits::variant(cx.api, it, json) else { return };
            let variant = &it.variants[index];
            if let (Tag::Property(tag), true) = (&it.tag, variant.adds_tag) {
                parts.push(plain(full(tag), &json[tag.as_str()]));
            }
            return properties(cx, &variant.ty, json, within, stated, parts);
        }
        Shape::Enum(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => return,
    };
    let null = |it: &Field| it.presence == Presence::Nullable && it.constant.is_none();
    let fields = it.fields.iter().filter_map(|field| {
        let value = json.get(&field.wire_name).filter(|it| !it.is_null() || null(field))?;
        Some((field.wire_name.as_str(), &field.ty, value))
    });
    let extra = it.extra.iter();
    let extra =
        extra.flat_map(|ty| others(it, json).map(move |(name, value)| (name.as_str(), ty, value)));
    for (name, ty, value) in fields.chain(extra) {
        let part =
            PartProperty { cx, stated, root: if within.is_empty() { name } else { root(within) } };
        match cx.analysis.holds_files(ty) {
            true => part.files(&full(name), ty, value, parts),
            false => part.value(&full(name), ty, value, within.is_empty(), parts),
        }
    }
}

/// The name of the part that something is within.
fn root(within: &str) -> &str {
    within.split('[').next().unwrap_or_default()
}

/// A property and what is said of it.
#[derive(Clone, Copy)]
struct PartProperty<'a> {
    cx: EmitCx<'a>,
    stated: Stated<'a>,
    root: &'a str,
}

impl PartProperty<'_> {
    fn encoding(&self) -> Option<&PartEncoding> {
        self.stated.iter().find(|it| it.0 == self.root).map(|it| &it.1)
    }

    /// The files in a value, at any depth.
    fn files(&self, name: &str, ty: &Type, json: &Json, parts: &mut Vec<SentPart>) {
        match (behind(self.cx.plan(), ty), json) {
            (Type::Scalar(Scalar::Part), _) => parts.push(self.file(name, json)),
            (Type::Nullable(inner), _) => self.files(name, inner, json, parts),
            (Type::List(inner), Json::Array(items)) => {
                for (index, it) in items.iter().enumerate() {
                    match self.is_nested(inner) {
                        true => self.files(&format!("{name}[{index}]"), inner, it, parts),
                        false => self.files(name, inner, it, parts),
                    }
                }
            }
            (Type::Map(inner), Json::Object(map)) => {
                for (key, it) in map {
                    self.files(&format!("{name}[{key}]"), inner, it, parts);
                }
            }
            (Type::Def(id), _) => match &self.cx.api.types[*id].shape {
                Shape::Union(it) if !matches!(json, Json::Object(_)) => {
                    let Some(index) = fits::variant(self.cx.api, it, json) else { return };
                    let ty = &it.variants[index].ty;
                    match self.cx.analysis.holds_files(ty) {
                        true => self.files(name, ty, json, parts),
                        false => self.value(name, ty, json, true, parts),
                    }
                }
                _ => properties(self.cx, ty, json, name, self.stated, parts),
            },
            _ => {}
        }
    }

    /// True if items of a list are told apart by their numbers.
    fn is_nested(&self, ty: &Type) -> bool {
        match behind(self.cx.plan(), ty) {
            Type::Map(_) | Type::List(_) => true,
            Type::Nullable(inner) => self.is_nested(inner),
            Type::Def(id) => match &self.cx.api.types[*id].shape {
                Shape::Struct(_) => true,
                Shape::Union(it) => it.variants.iter().any(|it| {
                    let ty = behind(self.cx.plan(), &it.ty);
                    self.cx.analysis.holds_files(ty) && matches!(ty, Type::Def(_) | Type::Map(_))
                }),
                Shape::Enum(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => false,
            },
            Type::Tuple(_) | Type::Scalar(_) | Type::Json => false,
        }
    }

    fn file(&self, name: &str, json: &Json) -> SentPart {
        let usual = "application/octet-stream";
        let mime = match self.encoding() {
            Some(PartEncoding::Type(mime)) if !mime.contains(['*', ',']) => mime,
            Some(PartEncoding::Type(_) | PartEncoding::DeepObject) | None => usual,
        };
        SentPart {
            name: name.to_owned(),
            file: true,
            mime: Some(mime.to_owned()),
            content: of_json(json).text(),
        }
    }

    /// A value without files: text, JSON for what has parts itself, and a part for each item of a list.
    fn value(&self, name: &str, ty: &Type, json: &Json, top: bool, parts: &mut Vec<SentPart>) {
        let stated = self.encoding().filter(|_| top);
        let mime = match stated {
            Some(PartEncoding::Type(mime)) => Some(mime.clone()),
            Some(PartEncoding::DeepObject) => return deep(name, json, parts),
            None => None,
        };
        let is_json = mime.as_deref().is_some_and(|it| it.contains("json"));
        // A list is a part for each item, and so is what may be a list, if it is one.
        let items = !matches!(behind(self.cx.plan(), ty), Type::Tuple(_)) && !is_json;
        let one = |json: &Json| {
            let whole = is_json || is_structured(json);
            let usual = whole.then(|| "application/json".to_owned());
            SentPart {
                mime: mime.clone().or(usual),
                content: if whole { json.to_string() } else { of_json(json).text() },
                ..plain(name.to_owned(), json)
            }
        };
        match json {
            Json::Array(list) if items => parts.extend(list.iter().map(one)),
            _ => parts.push(one(json)),
        }
    }
}

/// A part of plain text.
fn plain(name: String, json: &Json) -> SentPart {
    SentPart { name, file: false, mime: None, content: of_json(json).text() }
}

/// A part for each property, down to those that are text.
fn deep(name: &str, json: &Json, parts: &mut Vec<SentPart>) {
    match json {
        Json::Null => {}
        Json::Object(members) => {
            members.iter().for_each(|(key, it)| deep(&format!("{name}[{key}]"), it, parts));
        }
        Json::Array(items) => {
            for (index, it) in items.iter().enumerate() {
                let key = if is_structured(it) { index.to_string() } else { String::new() };
                deep(&format!("{name}[{key}]"), it, parts);
            }
        }
        Json::Bool(_) | Json::Number(_) | Json::String(_) => {
            parts.push(plain(name.to_owned(), json));
        }
    }
}
