//! What stands where in a document.

use serde_json::Value;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Schema,
    /// A map or list of schemas.
    Schemas,
    Parameter,
    Parameters,
    /// A map from media types.
    Content,
    Answers,
    /// An example or another value that is no part of the description.
    Data,
    Other,
}

/// Deeper places are left alone: bytes of a JSON pointer.
const DEEPEST: usize = 400;

/// All places as JSON pointers, with what stands there.
pub(crate) fn places(document: &Value) -> Vec<(Kind, String)> {
    let mut found = Vec::new();
    walk(document, Kind::Other, &mut String::new(), &mut found);
    found
}

fn walk(value: &Value, kind: Kind, at: &mut String, found: &mut Vec<(Kind, String)>) {
    if kind == Kind::Data || at.len() > DEEPEST {
        return;
    }
    found.push((kind, at.clone()));
    let length = at.len();
    let mut step = |key: &str, value: &Value| {
        at.push('/');
        at.push_str(&key.replace('~', "~0").replace('/', "~1"));
        walk(value, below(kind, key, value), at, found);
        at.truncate(length);
    };
    match value {
        Value::Object(map) => map.iter().for_each(|(key, it)| step(key, it)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(index, it)| step(&index.to_string(), it));
        }
        _ => {}
    }
}

/// What stands under a key.
fn below(kind: Kind, key: &str, value: &Value) -> Kind {
    match (kind, key) {
        _ if !value.is_object() && !value.is_array() => Kind::Data,
        (Kind::Schemas, _) => Kind::Schema,
        (Kind::Parameters, _) => Kind::Parameter,
        (Kind::Answers, _) => Kind::Other,
        (Kind::Schema, "properties" | "oneOf" | "anyOf" | "allOf" | "prefixItems") => Kind::Schemas,
        (Kind::Schema, "items" | "additionalProperties") if value.is_object() => Kind::Schema,
        (Kind::Schema, _) | (_, "example" | "examples") => Kind::Data,
        (_, "schema") => Kind::Schema,
        (_, "schemas") => Kind::Schemas,
        (_, "parameters") => Kind::Parameters,
        (_, "content") => Kind::Content,
        (_, "responses") => Kind::Answers,
        _ => Kind::Other,
    }
}
