//! The body of a request, by what the document says of its media type.

use super::document::{At, CheckedDocument, Concern};
use super::schema;
use super::style::{self, ParameterStyle};
use super::text::{self, essence, is_json, matches};
use super::{Sent, choice, fits, multipart};
use serde_json::{Map, Value};

/// The objection to the body, if any.
pub(super) fn objections(
    document: &CheckedDocument<'_>,
    operation: &At<'_>,
    declared: Option<&At<'_>>,
    sent: &Sent,
) -> Vec<String> {
    let given = &sent.given;
    let media_type = sent.header("content-type");
    let (Some(declared), Some(value)) = (declared, &given.body) else {
        let is_empty = sent.body.is_empty() && media_type.is_none()
            || is_flag_alone(document, operation, sent);
        let why = || format!("no body is due, but one of {media_type:?} was sent");
        return (!is_empty).then(why).into_iter().collect();
    };
    let contents = declared.entries("content");
    let Some(media_type) = media_type else {
        // Nothing is what an absent value is, where a body may be none.
        let is_none = sent.body.is_empty() && (value.is_null() || contents.is_empty());
        return (!is_none).then(|| "a body has no media type".to_owned()).into_iter().collect();
    };
    let exact = contents.iter().find(|it| essence(it.0) == essence(media_type));
    let entry = exact.or_else(|| contents.iter().find(|it| matches(it.0, media_type)));
    let Some((_, entry)) = entry else {
        let names = contents.iter().map(|it| it.0).collect::<Vec<_>>().join(", ");
        return vec![format!("a body of `{media_type}` was sent, but declared is {names}")];
    };
    let entry = &document.resolve(entry).unwrap_or_else(|| entry.clone());
    let has_choice = choice::is_due(document, operation);
    let body = Body { document, entry, schema: entry.child("schema"), has_choice };
    match essence(media_type).as_str() {
        it if is_json(it) => body.json(value, &sent.body),
        "application/x-www-form-urlencoded" => body.form(value, &sent.body),
        it if it.starts_with("multipart/") => match multipart::parts(media_type, &sent.body) {
            Some(parts) => body.parts(value, parts),
            None => vec![format!("the body has no parts: {:?}", sent.body)],
        },
        _ => Body::other(value, &sent.body),
    }
}

/// True if a body that nobody gave says no more than which response is wanted.
pub(super) fn is_flag_alone(
    document: &CheckedDocument<'_>,
    operation: &At<'_>,
    sent: &Sent,
) -> bool {
    let members = serde_json::from_str::<Map<String, Value>>(&sent.body).unwrap_or_default();
    let is_flag = members.len() == 1 && members.values().all(Value::is_boolean);
    sent.given.body.is_none() && is_flag && choice::is_due(document, operation)
}

/// A comparison of samples with what was sent of them.
#[derive(Clone, Copy)]
pub(super) struct Compared<'c, 'd> {
    pub(super) document: &'c CheckedDocument<'d>,
    /// True if the call itself may choose between kinds of response.
    pub(super) has_choice: bool,
}

impl<'d> Compared<'_, 'd> {
    /// Differences between a sample and what was sent of it: what only a server sets is not sent.
    pub(super) fn compare(
        &self,
        schema: Option<&At<'d>>,
        value: &Value,
        sent: &Value,
        path: &str,
        found: &mut Vec<String>,
    ) {
        let (Value::Object(members), Value::Object(sent_members)) = (value, sent) else {
            if let (Value::Array(items), Value::Array(sent)) = (value, sent)
                && items.len() == sent.len()
            {
                let of_items = schema.and_then(|it| self.items_of(it));
                for (index, (value, sent)) in items.iter().zip(sent).enumerate() {
                    self.compare(of_items.as_ref(), value, sent, &format!("{path}/{index}"), found);
                }
            } else if !(is_same(value, sent) || self.is_choice(schema, value, sent)) {
                found.push(format!("body: `{path}` is {sent} instead of {value}"));
            }
            return;
        };
        for (name, value) in members {
            let path = format!("{path}/{name}");
            let named = schema.map(|it| schema::below(self.document, it, name));
            let named = named.unwrap_or_default();
            match sent_members.get(name) {
                Some(sent) => self.compare(named.first(), value, sent, &path, found),
                None if value.is_null() || is_received(self.document, &named) => {}
                None => found.push(format!("body: `{path}` is not sent")),
            }
        }
        for (name, sent) in sent_members {
            if !(members.contains_key(name) || self.has_choice && sent.is_boolean()) {
                found.push(format!("body: `{path}/{name}` was not given, but {sent} is sent"));
            }
        }
    }

    /// True if the call itself may have set this to get the kind of response that it asks for.
    fn is_choice(&self, schema: Option<&At<'d>>, value: &Value, sent: &Value) -> bool {
        let others = || schema.map(|it| choice::others(self.document, it, value));
        let is_flag = value.is_boolean() && sent.is_boolean();
        self.has_choice && (is_flag || others().is_some_and(|it| it.contains(sent)))
    }

    fn items_of(&self, schema: &At<'d>) -> Option<At<'d>> {
        self.document.resolve(schema)?.child("items")
    }
}

/// True if only a server sets what these schemas describe.
fn is_received<'d>(document: &CheckedDocument<'d>, named: &[At<'d>]) -> bool {
    named.iter().any(|it| schema::says(document, it, "readOnly", &Value::Bool(true)))
}

struct Body<'c, 'd> {
    document: &'c CheckedDocument<'d>,
    entry: &'c At<'d>,
    schema: Option<At<'d>>,
    has_choice: bool,
}

impl<'d> Body<'_, 'd> {
    fn json(&self, value: &Value, body: &str) -> Vec<String> {
        let sent: Value = match serde_json::from_str(body) {
            Ok(it) => it,
            Err(error) => return vec![format!("the body is no JSON: {error}")],
        };
        let mut found = Vec::new();
        let compared = Compared { document: self.document, has_choice: self.has_choice };
        compared.compare(self.schema.as_ref(), value, &sent, "", &mut found);
        if let Some(schema) = &self.schema {
            found
                .extend(fits::misfit(self.document, schema, &sent).map(|it| format!("body: {it}")));
        }
        found
    }

    fn is_received(&self, named: &[At<'d>]) -> bool {
        is_received(self.document, named)
    }

    /// The encoding that the document states for a property, and its schemas.
    fn property(&self, name: &str) -> (Option<At<'d>>, Vec<At<'d>>) {
        let encoding = self.entry.child("encoding").and_then(|it| it.child(name));
        let named = self.schema.as_ref().map(|it| schema::property(self.document, it, name));
        (encoding, named.unwrap_or_default())
    }

    fn is_told(&self, encoding: &At<'d>) -> bool {
        self.document.is_told(encoding, Concern::Encoding)
    }

    fn form(&self, value: &Value, body: &str) -> Vec<String> {
        let Value::Object(members) = value else { return Self::other(value, body) };
        let text = body.replace('+', "%20");
        let mut pairs = text::pairs(&text, "&");
        let mut found = Vec::new();
        for (name, value) in members {
            let (encoding, named) = self.property(name);
            let is_there =
                pairs.iter().any(|it| it.0 == *name || it.0.starts_with(&format!("{name}[")));
            let is_told = encoding.as_ref().is_some_and(|it| self.is_told(it));
            if is_there && is_told || !is_there && self.is_received(&named) {
                pairs.retain(|it| it.0 != *name && !it.0.starts_with(&format!("{name}[")));
                continue;
            }
            let before = pairs.clone();
            let mut read = Self::take_field(&mut pairs, name, encoding.as_ref(), value);
            let others = named.first().filter(|_| self.has_choice && read.is_err());
            let others = others.map(|it| choice::others(self.document, it, value));
            for other in others.unwrap_or_default() {
                let mut rest = before.clone();
                if Self::take_field(&mut rest, name, encoding.as_ref(), &other).is_ok() {
                    (pairs, read) = (rest, Ok(()));
                }
            }
            found.extend(read.err().map(|why| format!("form: `{name}`: {why}")));
        }
        pairs.retain(|it| !self.is_flag(&it.0));
        found.extend(pairs.iter().map(|it| format!("form: the pair {it:?} is not due")));
        found
    }

    /// A property of a form: in its style if one is stated in part, else by its media type (OpenAPI 3.1.1, 4.8.15).
    fn take_field(
        pairs: &mut style::Pairs<'_>,
        name: &str,
        encoding: Option<&At<'d>>,
        value: &Value,
    ) -> Result<(), String> {
        let says = |key: &str| encoding.is_some_and(|it| it.node.get(key).is_some());
        if ["style", "explode", "allowReserved"].iter().any(|it| says(it)) {
            if style::is_undefined(value) {
                style::take(pairs, name);
                return Ok(());
            }
            let style = encoding.and_then(|it| it.text("style")).unwrap_or("form");
            let explode = encoding.and_then(|it| it.flag("explode")).unwrap_or(style == "form");
            return style::take_pairs(pairs, name, ParameterStyle { name: style, explode }, value);
        }
        let media_type = encoding.and_then(|it| it.text("contentType"));
        let sent = style::take(pairs, name);
        let sent: Vec<_> = sent.iter().map(|it| text::percent_decoded(it)).collect();
        let items = match value {
            Value::Array(items) if !media_type.is_some_and(is_json) => items.clone(),
            other => vec![other.clone()],
        };
        let is_one = |(text, value): (&String, &Value)| match value {
            Value::Array(_) | Value::Object(_) => is_json_of(text, value),
            _ if media_type.is_some_and(is_json) => is_json_of(text, value),
            _ => text::is_scalar(text, value),
        };
        let is_same = sent.len() == items.len() && sent.iter().zip(&items).all(is_one);
        let is_absent = value.is_null() && sent.is_empty();
        (is_same || is_absent).then_some(()).ok_or_else(|| format!("{sent:?} is not {value}"))
    }

    /// A property that chooses between responses, which the call itself adds.
    fn is_flag(&self, name: &str) -> bool {
        let (_, named) = self.property(name);
        self.has_choice
            && named.iter().any(|it| schema::says(self.document, it, "type", &"boolean".into()))
    }

    fn parts(&self, value: &Value, mut parts: Vec<multipart::BodyPart>) -> Vec<String> {
        let Value::Object(members) = value else { return Vec::new() };
        let mut found = Vec::new();
        for (name, value) in members {
            let within = format!("{name}[");
            let own: Vec<_> = parts.extract_if(.., |it| it.name == *name).collect();
            let nested = parts.extract_if(.., |it| it.name.starts_with(&within)).count();
            let (encoding, named) = self.property(name);
            if value.is_boolean() && self.has_choice {
                continue;
            }
            // Files within values have no form in OpenAPI, which is told or has names in brackets.
            if nested > 0 {
                continue;
            }
            if own.is_empty() {
                if !style::is_undefined(value) && !self.is_received(&named) {
                    found.push(format!("parts: `{name}` is not sent"));
                }
                continue;
            }
            let due = multipart::Due { document: self.document, encoding, named, value };
            found.extend(due.objection(&own).map(|why| format!("parts: `{name}`: {why}")));
        }
        parts.retain(|it| !self.is_flag(&it.name));
        found.extend(parts.iter().map(|it| format!("parts: `{}` is not due", it.name)));
        found
    }

    /// Texts, bytes, and values one after the other.
    fn other(value: &Value, body: &str) -> Vec<String> {
        let is_same = match value {
            Value::Array(items) => {
                let lines = body.lines().map(|it| it.trim_start_matches('\u{1e}'));
                let lines: Vec<_> = lines.filter(|it| !it.is_empty()).collect();
                lines.len() == items.len()
                    && lines.iter().zip(items).all(|(line, it)| is_json_of(line, it))
            }
            _ => text::is_scalar(body, value) || is_json_of(body, value),
        };
        (!is_same).then(|| format!("{body:?} is not {value}")).into_iter().collect()
    }
}

fn is_json_of(text: &str, value: &Value) -> bool {
    serde_json::from_str::<Value>(text).is_ok_and(|it| is_same(&it, value))
}

/// True if two values are equal, however their numbers are written.
pub(super) fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(a), Value::Number(b)) => a == b || a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| is_same(a, b)))
        }
        _ => one == other,
    }
}
