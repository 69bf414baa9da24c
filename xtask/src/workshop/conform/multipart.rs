//! Bodies of several parts (OpenAPI 3.1.1, 4.8.15.1).

use super::body::Compared;
use super::document::{At, CheckedDocument, Concern};
use super::schema::{self, Kinds};
use super::text::{self, essence, is_json, matches};
use serde_json::Value;

/// A part that was sent.
#[derive(Debug)]
pub(super) struct BodyPart {
    pub(super) name: String,
    is_file: bool,
    media_type: Option<String>,
    content: String,
}

/// The parts of a body; none if it has none (RFC 2046, 5.1).
pub(super) fn parts(media_type: &str, body: &str) -> Option<Vec<BodyPart>> {
    let boundary = media_type.split_once("boundary=")?.1.split(';').next()?.trim_matches('"');
    let body = format!("\r\n{body}");
    let (inner, _) = body.rsplit_once(&format!("\r\n--{boundary}--"))?;
    inner.split(&format!("\r\n--{boundary}\r\n")).skip(1).map(part).collect()
}

fn part(text: &str) -> Option<BodyPart> {
    let (head, content) = text.split_once("\r\n\r\n")?;
    let lines: Vec<_> = head.split("\r\n").filter_map(|it| it.split_once(':')).collect();
    let header =
        |name: &str| lines.iter().find(|it| it.0.eq_ignore_ascii_case(name)).map(|it| it.1.trim());
    let disposition = header("content-disposition")?;
    let attribute = |name: &str| {
        let value = disposition.split_once(&format!("; {name}=\""))?.1.split('"').next()?;
        Some(text::percent_decoded(value))
    };
    Some(BodyPart {
        name: attribute("name")?,
        is_file: attribute("filename").is_some(),
        media_type: header("content-type").map(str::to_owned),
        content: content.to_owned(),
    })
}

/// A property, and how it is to be sent.
pub(super) struct Due<'c, 'd> {
    pub(super) document: &'c CheckedDocument<'d>,
    pub(super) encoding: Option<At<'d>>,
    pub(super) named: Vec<At<'d>>,
    pub(super) value: &'c Value,
}

impl<'d> Due<'_, 'd> {
    /// The objection to the parts of a property, if any.
    pub(super) fn objection(&self, parts: &[BodyPart]) -> Option<String> {
        let stated = self.encoding.as_ref().and_then(|it| it.text("contentType"));
        let stated: Vec<_> =
            stated.into_iter().flat_map(|it| it.split(',')).map(str::trim).collect();
        // A tuple has a schema for each item, so its items have no common media type.
        let is_tuple = self.named.iter().any(|it| {
            let schema = self.document.resolve(it);
            schema.is_some_and(|it| it.node.get("prefixItems").is_some())
        });
        let whole = is_tuple || stated.iter().any(|it| is_json(it));
        // Each item of a list is a part, unless the whole is one of JSON.
        let items = match self.value {
            Value::Array(items) if !whole || parts.len() > 1 => items.iter().collect(),
            other => vec![other],
        };
        if parts.len() != items.len() {
            return Some(format!(
                "{} parts instead of {} for {}",
                parts.len(),
                items.len(),
                self.value
            ));
        }
        parts.iter().zip(items).find_map(|(part, value)| {
            self.of_type(part, value, &stated).or_else(|| {
                let is_same = text::is_scalar(&part.content, value) || self.is_json(part, value);
                (!is_same).then(|| format!("{:?} is not {value}", part.content))
            })
        })
    }

    /// True if a part is a value as JSON, save for what only a server sets.
    fn is_json(&self, part: &BodyPart, value: &Value) -> bool {
        let Ok(sent) = serde_json::from_str::<Value>(&part.content) else { return false };
        let schema = self.named.first().map(|it| match self.value {
            Value::Array(_) if !value.is_array() => self.items_of(it),
            _ => it.clone(),
        });
        let mut found = Vec::new();
        let compared = Compared { document: self.document, has_choice: false };
        compared.compare(schema.as_ref(), value, &sent, "", &mut found);
        found.is_empty()
    }

    /// The objection to the media type of a part, if any: it is one of those stated, or that of its schema.
    fn of_type(&self, part: &BodyPart, value: &Value, stated: &[&str]) -> Option<String> {
        if self.encoding.as_ref().is_some_and(|it| self.document.is_told(it, Concern::Encoding)) {
            return None;
        }
        let sent = part.media_type.as_deref().unwrap_or("text/plain");
        // Of a file the caller says what it is, where the document leaves a choice.
        let is_open = stated.len() != 1 || stated[0].contains('*');
        if part.is_file && is_open {
            return None;
        }
        if !stated.is_empty() {
            let fits = stated.iter().any(|it| matches(it, sent));
            return (!fits)
                .then(|| format!("its type is {sent}, but stated is {}", stated.join(", ")));
        }
        let usual = self.usual(value)?;
        (essence(sent) != usual).then(|| format!("its type is {sent} instead of {usual}"))
    }

    /// The media type that a schema gives; none where it says too little.
    fn usual(&self, value: &Value) -> Option<&'static str> {
        let [schema] = &self.named[..] else { return None };
        let schema = match value {
            Value::Array(_) => return None,
            _ => self.items_of(schema),
        };
        let says =
            |key: &str, value: &str| schema::says(self.document, &schema, key, &value.into());
        let resolved = self.document.resolve(&schema)?;
        let kinds: Kinds = schema::kinds(self.document, &schema);
        if says("format", "binary")
            || resolved.node.get("contentEncoding").is_some()
            || resolved.node.get("contentMediaType").is_some()
        {
            return says("format", "binary").then_some("application/octet-stream");
        }
        match value {
            Value::Object(_) if !kinds.are_open() => Some("application/json"),
            _ if kinds.scalar && !kinds.object => Some("text/plain"),
            _ => None,
        }
    }

    /// The schema of one part.
    fn items_of(&self, schema: &At<'d>) -> At<'d> {
        let resolved = self.document.resolve(schema);
        let items = resolved.as_ref().and_then(|it| it.child("items"));
        items.or(resolved).unwrap_or_else(|| schema.clone())
    }
}
