//! The JSON Schema of `client.yaml`, by which editors complete it.

use super::form::{ConfigKey, Form};
use super::keys;
use crate::diag::RULES;
use serde_json::{Map, Value, json};

/// The schema, as text.
pub fn schema() -> String {
    let mut schema = of(&keys::FILE);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "client.yaml".into();
    format!("{schema:#}\n")
}

fn of(form: &Form) -> Value {
    match form {
        Form::Text | Form::Header => json!({ "type": "string", "pattern": r"\S" }),
        Form::Number => json!({ "type": "integer", "minimum": 0 }),
        Form::Variable => json!({ "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" }),
        Form::Identifier => json!({ "type": "string", "pattern": "^[a-z_][a-z0-9_]*$" }),
        Form::Pointer => json!({ "type": "string", "pattern": "^#/" }),
        Form::Rule => json!({ "enum": RULES.iter().map(|it| it.code).collect::<Vec<_>>() }),
        Form::Choice(words) => json!({ "enum": words }),
        Form::List(form) => json!({ "type": "array", "items": of(form) }),
        Form::Entries(_, keys) => json!({ "type": "array", "items": object(keys) }),
        Form::Object(keys) => object(keys),
    }
}

fn object(keys: &[ConfigKey]) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut schema = of(&key.form);
        schema["description"] = key.about.into();
        properties.insert(key.name.to_owned(), schema);
    }
    let required: Vec<_> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}
