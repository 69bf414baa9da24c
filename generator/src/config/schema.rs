//! The JSON Schema of `client.yaml`, by which editors complete it.

use super::value_form::{ConfigKey, ValueForm};
use super::{DerivedTrait, keys};
use crate::diag::RULES;
use serde_json::{Map, Value, json};

/// The schema, as text.
pub fn schema() -> String {
    let mut schema = of(&keys::FILE);
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema".into();
    schema["title"] = "client.yaml".into();
    format!("{schema:#}\n")
}

fn of(form: &ValueForm) -> Value {
    match form {
        ValueForm::Text | ValueForm::Header => json!({ "type": "string", "pattern": r"\S" }),
        ValueForm::Flag => json!({ "type": "boolean" }),
        ValueForm::Number => json!({ "type": "integer", "minimum": 0 }),
        ValueForm::Variable => json!({ "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*$" }),
        ValueForm::Identifier => json!({ "type": "string", "pattern": "^[a-z_][a-z0-9_]*$" }),
        ValueForm::TypePath | ValueForm::TraitPath => {
            json!({ "type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]*::" })
        }
        ValueForm::Trait => {
            let known = DerivedTrait::KNOWN.map(|it| it.name().to_owned()).join("|");
            let pattern = format!("^({known})$|^[A-Za-z_][A-Za-z0-9_]*::");
            json!({ "type": "string", "pattern": pattern })
        }
        ValueForm::Pointer => json!({ "type": "string", "pattern": "^#/" }),
        ValueForm::Rule => json!({ "enum": RULES.iter().map(|it| it.code).collect::<Vec<_>>() }),
        ValueForm::Choice(words) => json!({ "enum": words }),
        ValueForm::List(form) => json!({ "type": "array", "items": of(form) }),
        ValueForm::Entries(_, keys) => json!({ "type": "array", "items": object(keys) }),
        ValueForm::Object(keys) => object(keys),
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
