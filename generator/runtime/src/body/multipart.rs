//! Bodies of several parts: `multipart/form-data` (RFC 7578) and other multipart types (RFC 2046, RFC 2387).

use super::parts::Part;
use super::value::{FormValue, form_value, json_text};
use super::{BodyField, FilePart, RequestBody, guess, parts};
use crate::Patch;
use crate::codec::{Encode, Json, from_slice};
use crate::param::{Node, node};
use std::collections::BTreeMap;

/// A type that is sent as a body of several parts.
pub trait IntoMultipart {
    /// Adds its parts.
    fn into_multipart(self, form: &mut Multipart);
}

/// The encoding that a document states for a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartEncoding {
    /// Its media type; of a file several may be named, with commas between them, of which its name chooses one.
    Type(&'static str),
    /// `name[key]` for each property.
    DeepObject,
}

/// The parts of a body, in order.
#[derive(Clone, Debug, Default)]
pub struct Multipart {
    parts: Vec<Part>,
    error: Option<String>,
    encodings: &'static [(&'static str, PartEncoding)],
    /// The name of the part that holds the parts that are added.
    prefix: String,
}

impl Multipart {
    /// A body without parts.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// A body without parts, and how some of them are to be written.
    pub(crate) fn encoded(encodings: &'static [(&'static str, PartEncoding)]) -> Self {
        Self { encodings, ..Self::default() }
    }

    fn push(&mut self, name: &str, mime: Option<&str>, body: RequestBody) {
        let (name, mime) = (self.name(name), mime.map(str::to_owned));
        self.parts.push(Part { name, file_name: None, mime, body });
    }

    fn name(&self, name: &str) -> String {
        match self.prefix.as_str() {
            "" => name.to_owned(),
            prefix => format!("{prefix}[{name}]"),
        }
    }

    /// Takes what can be written, and remembers the first reason why something cannot.
    fn kept<T>(&mut self, result: Result<T, String>) -> Option<T> {
        result.map_err(|error| self.error = self.error.take().or(Some(error))).ok()
    }

    fn encoding(&self, name: &str) -> Option<PartEncoding> {
        self.encodings.iter().find(|it| it.0 == name).map(|it| it.1)
    }

    /// Adds a part: text, or JSON for an object. A list adds one part for each item, null adds
    /// none.
    pub fn text(&mut self, name: &str, value: &dyn Encode) {
        let stated = self.encoding(name).filter(|_| self.prefix.is_empty());
        self.add(name, value, stated, false);
    }

    /// A part of another media type.
    pub fn text_as(&mut self, name: &str, value: &dyn Encode, mime: &'static str) {
        self.add(name, value, Some(PartEncoding::Type(mime)), false);
    }

    /// A part that is empty for null.
    pub fn nullable(&mut self, name: &str, value: &dyn Encode) {
        let stated = self.encoding(name).filter(|_| self.prefix.is_empty());
        self.add(name, value, stated, true);
    }

    /// A part of a change: none, an empty one for null, or that of the value.
    pub fn patch<T: Encode>(&mut self, name: &str, value: &Patch<T>) {
        match value {
            Patch::Value(value) => self.text(name, value),
            none => self.cleared(name, none.is_null()),
        }
    }

    /// An empty part in the place of null, if there is one.
    pub fn cleared(&mut self, name: &str, is_null: bool) {
        if is_null {
            self.nullable(name, &None::<bool>);
        }
    }

    /// An empty text in the place of null, if there is one.
    pub fn emptied(&mut self, name: &str, is_null: bool) {
        if is_null {
            self.text(name, &"");
        }
    }

    /// A part for each property of an object of which no type is known.
    pub fn unknown(&mut self, value: &Json) {
        for (name, value) in value.as_object().into_iter().flatten() {
            self.nullable(name, value);
        }
    }

    fn add(&mut self, name: &str, value: &dyn Encode, stated: Option<PartEncoding>, null: bool) {
        let Some(found) = self.kept(form_value(value)) else { return };
        let mime = match (&found, stated) {
            (FormValue::Null, _) if !null => return,
            (_, None) | (FormValue::Null, Some(PartEncoding::DeepObject)) => None,
            (_, Some(PartEncoding::DeepObject)) => return self.deep(name, value),
            (_, Some(PartEncoding::Type(mime))) if is_json(mime) => {
                return self.json_as(name, value, mime);
            }
            (_, Some(PartEncoding::Type(mime))) => Some(mime),
        };
        self.items(name, found, mime);
    }

    fn items(&mut self, name: &str, value: FormValue, mime: Option<&str>) {
        match value {
            FormValue::List(items) => {
                let defined = items.into_iter().filter(|it| !matches!(it, FormValue::Null));
                defined.for_each(|it| self.item(name, it, mime));
            }
            other => self.item(name, other, mime),
        }
    }

    fn item(&mut self, name: &str, item: FormValue, mime: Option<&str>) {
        match item {
            FormValue::Text(text) => self.push(name, mime, text.into()),
            FormValue::Json(text) => {
                self.push(name, Some(mime.unwrap_or("application/json")), text.into());
            }
            FormValue::Null | FormValue::List(_) => self.push(name, mime, RequestBody::from("")),
        }
    }

    /// A part for each property, down to those that are text.
    fn deep(&mut self, name: &str, value: &dyn Encode) {
        if let Some(node) = self.kept(node(value)) {
            self.nodes(name, &node);
        }
    }

    fn nodes(&mut self, name: &str, node: &Node) {
        match node {
            Node::Null => {}
            Node::Text(text) => self.push(name, None, text.clone().into()),
            Node::Map(members) => self.nested(name, |form| {
                for (key, it) in members {
                    form.nodes(key, it);
                }
            }),
            Node::List(items) => self.nested(name, |form| {
                for (index, it) in items.iter().enumerate() {
                    let key =
                        if matches!(it, Node::Text(_)) { String::new() } else { index.to_string() };
                    form.nodes(&key, it);
                }
            }),
        }
    }

    /// A part of JSON.
    pub fn json(&mut self, name: &str, value: &dyn Encode) {
        self.json_as(name, value, "application/json");
    }

    /// A part of JSON of another type.
    pub fn json_as(&mut self, name: &str, value: &dyn Encode, mime: &'static str) {
        if let Some(text) = self.kept(json_text(value)) {
            self.push(name, Some(mime), text.into());
        }
    }

    /// A file.
    pub fn file(&mut self, name: &str, file: FilePart) {
        let FilePart { name: file_name, mime, body } = file;
        let root = self.prefix.split('[').next().filter(|it| !it.is_empty()).unwrap_or(name);
        let stated = match self.encoding(root) {
            Some(PartEncoding::Type(it)) => it,
            Some(PartEncoding::DeepObject) | None => "",
        };
        let usual = match stated.contains([',', '*']) {
            true => file_name.as_deref().and_then(|it| guess::by_name(it, stated)),
            false => Some(stated).filter(|it| !it.is_empty()),
        };
        let usual = usual.unwrap_or("application/octet-stream");
        let mime = mime.unwrap_or_else(|| usual.to_owned());
        let file_name = Some(file_name.unwrap_or_else(|| name.to_owned()));
        self.parts.push(Part { name: self.name(name), file_name, mime: Some(mime), body });
    }

    /// Adds parts whose names are put in brackets after a name: `name[part]`.
    pub fn nested(&mut self, name: &str, add: impl FnOnce(&mut Self)) {
        let inner = self.name(name);
        let outer = std::mem::replace(&mut self.prefix, inner);
        add(self);
        self.prefix = outer;
    }

    /// A part for each property that has no field of its own.
    pub fn additional_properties<T: Encode>(&mut self, map: &BTreeMap<String, T>) {
        for (name, value) in map {
            self.text(name, value);
        }
    }

    /// Returns whether a part has this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.parts.iter().any(|it| it.name == name)
    }

    /// A part in place of those of its name.
    pub(crate) fn replace(&mut self, field: &BodyField) {
        let name = &*field.name;
        self.parts.retain(|it| it.name != name);
        match (self.encoding(name), &field.form) {
            (_, FormValue::Null) => {}
            (Some(PartEncoding::Type(mime)), _) if is_json(mime) => {
                self.push(name, Some(mime), field.json.clone().into());
            }
            (Some(PartEncoding::Type(mime)), value) => self.items(name, value.clone(), Some(mime)),
            (Some(PartEncoding::DeepObject), _) => {
                let value = from_slice::<Json>(&field.json).map_err(|it| it.to_string());
                if let Some(value) = self.kept(value) {
                    self.deep(name, &value);
                }
            }
            (None, value) => self.items(name, value.clone(), None),
        }
    }

    /// True if all parts can be sent again.
    pub(crate) fn can_repeat(&self) -> bool {
        self.parts.iter().all(|it| it.body.can_repeat())
    }

    /// The type of the body, `mime` with its boundary, and the body.
    pub(crate) fn finish(self, mime: &str) -> Result<(String, RequestBody), String> {
        match self.error {
            Some(error) => Err(error),
            None => Ok(parts::finish(self.parts, mime)),
        }
    }
}

impl IntoMultipart for Multipart {
    fn into_multipart(self, form: &mut Multipart) {
        form.parts.extend(self.parts);
        form.error = form.error.take().or(self.error);
    }
}

/// Returns whether a media type is JSON.
fn is_json(mime: &str) -> bool {
    let essence = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence.ends_with("/json") || essence.ends_with("+json")
}
