//! Changes of a document, each in one place.

use crate::common::Dice;
use crate::places::{Kind, places};
use serde_json::{Value, json};

/// What stands in the documents, by its kind.
pub(crate) struct Parts {
    schemas: Vec<Value>,
    parameters: Vec<Value>,
    contents: Vec<Value>,
    answers: Vec<Value>,
}

impl Parts {
    pub(crate) fn of(documents: &[Value]) -> Self {
        let mut parts =
            Self { schemas: vec![], parameters: vec![], contents: vec![], answers: vec![] };
        for document in documents {
            for (kind, at) in places(document) {
                let list = match kind {
                    Kind::Schema => &mut parts.schemas,
                    Kind::Parameter => &mut parts.parameters,
                    Kind::Content => &mut parts.contents,
                    Kind::Answers => &mut parts.answers,
                    _ => continue,
                };
                list.extend(document.pointer(&at).filter(|it| it.is_object()).cloned());
            }
        }
        parts
    }

    fn schema(&self, dice: &mut Dice) -> Value {
        any(&self.schemas, dice)
    }
}

/// Changes the document in one place, if it has one of the kind.
pub(crate) fn change(document: &mut Value, parts: &Parts, dice: &mut Dice) {
    let kind = match dice.below(10) {
        0..6 => Kind::Schema,
        6 => Kind::Parameter,
        7 => Kind::Parameters,
        8 => Kind::Content,
        _ => Kind::Answers,
    };
    let there: Vec<_> = places(document).into_iter().filter(|it| it.0 == kind).collect();
    if there.is_empty() {
        return;
    }
    let (_, at) = &there[dice.below(there.len())];
    let Some(place) = document.pointer_mut(at) else { return };
    match kind {
        Kind::Schema => schema(place, parts, dice),
        Kind::Parameter => parameter(place, dice),
        Kind::Parameters => {
            place.as_array_mut().into_iter().for_each(|it| it.push(any(&parts.parameters, dice)));
        }
        Kind::Content => content(place, parts, dice),
        _ => add_some(place, &any(&parts.answers, dice), dice),
    }
}

fn any(list: &[Value], dice: &mut Dice) -> Value {
    list.get(dice.below(list.len())).cloned().unwrap_or_default()
}

/// Adds one entry of a map to another.
fn add_some(place: &mut Value, other: &Value, dice: &mut Dice) {
    let (Value::Object(place), Value::Object(other)) = (place, other) else { return };
    let entry = other.iter().nth(dice.below(other.len()));
    place.extend(entry.map(|(key, value)| (key.clone(), value.clone())));
}

fn schema(place: &mut Value, parts: &Parts, dice: &mut Dice) {
    match dice.below(6) {
        0 => *place = parts.schema(dice),
        1 => add_some(place, &parts.schema(dice), dice),
        2 => require_all(place),
        3 => *place = plain(dice),
        _ => *place = around(place.take(), parts, dice),
    }
}

fn require_all(place: &mut Value) {
    let Some(properties) = place["properties"].as_object() else { return };
    place["required"] = properties.keys().cloned().collect();
}

/// A schema without any other in it.
fn plain(dice: &mut Dice) -> Value {
    const FORMATS: &[&str] = &[
        "byte",
        "binary",
        "int64",
        "int32",
        "date",
        "date-time",
        "time",
        "duration",
        "uuid",
        "uri",
        "email",
        "password",
        "decimal",
    ];
    const CONSTANTS: &[&str] = &["1", "\"x\"", "true", "null", "1.5", "\"\"", "\"a b\"", "\".\""];
    let mut constant = || {
        let text = CONSTANTS[dice.below(CONSTANTS.len())];
        serde_json::from_str::<Value>(text).expect("it is JSON")
    };
    let (one, other) = (constant(), constant());
    match dice.below(6) {
        0 => json!({"enum": [one, other]}),
        1 => json!({"const": one}),
        2 => json!({"type": ["string", "null"]}),
        3 => json!({"type": ["boolean", "integer"]}),
        _ => json!({"type": "string", "format": FORMATS[dice.below(FORMATS.len())]}),
    }
}

/// A schema with this one in it.
fn around(it: Value, parts: &Parts, dice: &mut Dice) -> Value {
    let other = parts.schema(dice);
    let mut tagged = |value: Value| {
        let tag = ["a", "b", "c", "d"][dice.below(4)];
        let properties = json!({"tag": {"type": "string", "enum": [tag]}, "value": value});
        json!({"type": "object", "required": ["tag"], "properties": properties})
    };
    let variants = [tagged(it.clone()), tagged(other.clone())];
    match dice.below(11) {
        0 => json!({"type": "array", "items": it}),
        1 => json!({"type": "object", "additionalProperties": it}),
        2 => {
            json!({"type": "array", "prefixItems": [it, plain(dice)], "items": false, "minItems": 2})
        }
        3 => json!({"oneOf": [it, other]}),
        4 => json!({"anyOf": [it, other, {"type": "integer"}]}),
        5 => json!({"allOf": [it, other]}),
        6 => json!({"oneOf": [it, {"type": "null"}]}),
        7 => json!({"oneOf": variants, "discriminator": {"propertyName": "tag"}}),
        8 => json!({"oneOf": variants}),
        9 => with(it, "readOnly", json!(true)),
        _ => with(it, "writeOnly", json!(true)),
    }
}

fn with(mut schema: Value, key: &str, value: Value) -> Value {
    if let Value::Object(map) = &mut schema {
        map.insert(key.to_owned(), value);
    }
    schema
}

fn parameter(place: &mut Value, dice: &mut Dice) {
    let Value::Object(map) = place else { return };
    let within = map.get("in").and_then(Value::as_str).unwrap_or_default().to_owned();
    let (key, choices): (_, &[_]) = match &*within {
        "query" => ("style", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        "path" => ("style", &["simple", "label", "matrix"]),
        _ => ("in", &["query", "header", "cookie"]),
    };
    map.insert(key.to_owned(), json!(choices[dice.below(choices.len())]));
    if dice.below(2) == 0 {
        map.insert("explode".to_owned(), json!(dice.below(2) == 0));
    }
    if dice.below(2) == 0 && map.contains_key("schema") {
        map.insert("schema".to_owned(), of_parameter(dice));
    }
}

/// A schema that a parameter may well have.
fn of_parameter(dice: &mut Dice) -> Value {
    let properties = json!({"a": {"type": "string"}, "b": {"type": "integer"}});
    match dice.below(4) {
        0 => json!({"type": "array", "items": {"type": "string"}}),
        1 => json!({"type": "array", "items": {"type": "string", "format": "int64"}}),
        2 => json!({"type": "object", "properties": properties}),
        _ => plain(dice),
    }
}

/// Another media type for what a body is, or one more.
fn content(place: &mut Value, parts: &Parts, dice: &mut Dice) {
    const TYPES: &[&str] = &[
        "application/json",
        "application/vnd.example+json",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "text/event-stream",
        "application/x-ndjson",
        "text/plain",
        "application/octet-stream",
        "image/*",
    ];
    if dice.below(3) == 0 {
        return add_some(place, &any(&parts.contents, dice), dice);
    }
    let Value::Object(map) = place else { return };
    let Some(key) = map.keys().nth(dice.below(map.len())).cloned() else { return };
    let value = if dice.below(3) == 0 { map.get(&key).cloned() } else { map.remove(&key) };
    let named = TYPES[dice.below(TYPES.len())].to_owned();
    map.extend(value.map(|it| (named, it)));
}
