//! Schemas, read as far as a request depends on them.

use super::document::{At, CheckedDocument};
use serde_json::Value;

/// The depth to which schemas are followed.
pub(super) const MAX_DEPTH: usize = 24;

/// The JSON types that a schema allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kinds {
    pub(super) scalar: bool,
    pub(super) list: bool,
    pub(super) object: bool,
}

impl Kinds {
    const ALL: Self = Self { scalar: true, list: true, object: true };
    const NONE: Self = Self { scalar: false, list: false, object: false };

    fn of_type(name: &str) -> Self {
        match name {
            "array" => Self { list: true, ..Self::NONE },
            "object" => Self { object: true, ..Self::NONE },
            "null" => Self::NONE,
            _ => Self { scalar: true, ..Self::NONE },
        }
    }

    fn of_value(value: &Value) -> Self {
        match value {
            Value::Array(_) => Self::of_type("array"),
            Value::Object(_) => Self::of_type("object"),
            _ => Self::of_type("string"),
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            scalar: self.scalar || other.scalar,
            list: self.list || other.list,
            object: self.object || other.object,
        }
    }

    fn and(self, other: Self) -> Self {
        Self {
            scalar: self.scalar && other.scalar,
            list: self.list && other.list,
            object: self.object && other.object,
        }
    }

    /// True if a value is of one of them.
    pub(super) fn allow(self, value: &Value) -> bool {
        value.is_null() || self.and(Self::of_value(value)) != Self::NONE
    }

    /// True if nothing is said of the type.
    pub(super) fn are_open(self) -> bool {
        self == Self::ALL
    }
}

/// The types of a schema.
pub(super) fn kinds(document: &CheckedDocument<'_>, schema: &At<'_>) -> Kinds {
    kinds_within(document, schema, MAX_DEPTH)
}

fn kinds_within(document: &CheckedDocument<'_>, schema: &At<'_>, depth: usize) -> Kinds {
    let Some(depth) = depth.checked_sub(1) else { return Kinds::ALL };
    let mut found = Kinds::ALL;
    if let Some(reference) = schema.text("$ref") {
        let Some(target) = document.target(reference) else { return Kinds::ALL };
        found = kinds_within(document, &target, depth);
    }
    if let Some(names) = types(schema.node) {
        found = found.and(names.iter().map(|it| Kinds::of_type(it)).fold(Kinds::NONE, Kinds::or));
    } else if let Some(values) = allowed(schema.node) {
        found = found.and(values.iter().map(Kinds::of_value).fold(Kinds::NONE, Kinds::or));
    } else if ["properties", "additionalProperties"].iter().any(|it| schema.node.get(it).is_some())
    {
        found = found.and(Kinds::of_type("object"));
    } else if schema.node.get("items").is_some() {
        found = found.and(Kinds::of_type("array"));
    }
    for it in schema.items("allOf") {
        found = found.and(kinds_within(document, &it, depth));
    }
    for key in ["oneOf", "anyOf"] {
        let each = schema.items(key);
        if !each.is_empty() {
            let each = each.iter().map(|it| kinds_within(document, it, depth));
            found = found.and(each.fold(Kinds::NONE, Kinds::or));
        }
    }
    found
}

/// The stated types.
pub(super) fn types(schema: &Value) -> Option<Vec<&str>> {
    match schema.get("type")? {
        Value::String(it) => Some(vec![it]),
        Value::Array(it) => Some(it.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

/// The only values, if a schema lists them.
pub(super) fn allowed(schema: &Value) -> Option<Vec<Value>> {
    match (schema.get("const"), schema.get("enum")) {
        (Some(it), _) => Some(vec![it.clone()]),
        (None, Some(it)) => it.as_array().cloned(),
        (None, None) => None,
    }
}

/// The values that a schema, or one that it refers to or is made of, lists.
pub(super) fn listed(document: &CheckedDocument<'_>, schema: &At<'_>) -> Vec<Value> {
    let mut found = Vec::new();
    each_part(document, schema, MAX_DEPTH, &mut |it| {
        found.extend(allowed(it.node).into_iter().flatten());
    });
    found
}

/// The schemas that the parts of a schema give for a property.
pub(super) fn property<'d>(
    document: &CheckedDocument<'d>,
    schema: &At<'d>,
    name: &str,
) -> Vec<At<'d>> {
    let mut found = Vec::new();
    each_part(document, schema, MAX_DEPTH, &mut |it| {
        found.extend(it.child("properties").and_then(|it| it.child(name)));
    });
    found
}

/// Visits a schema and all that it refers to or is made of: what a reference leads to comes first, members last.
fn each_part<'d>(
    document: &CheckedDocument<'d>,
    schema: &At<'d>,
    depth: usize,
    visit: &mut dyn FnMut(&At<'d>),
) {
    let Some(depth) = depth.checked_sub(1) else { return };
    if let Some(target) = schema.text("$ref").and_then(|it| document.target(it)) {
        each_part(document, &target, depth, visit);
    }
    visit(schema);
    for it in ["allOf", "oneOf", "anyOf"].iter().flat_map(|it| schema.items(it)) {
        each_part(document, &it, depth, visit);
    }
}

/// True if a schema, or one that it refers to or is made of, has a keyword with this value.
pub(super) fn says(
    document: &CheckedDocument<'_>,
    schema: &At<'_>,
    key: &str,
    value: &Value,
) -> bool {
    says_within(document, schema, key, value, MAX_DEPTH)
}

fn says_within(
    document: &CheckedDocument<'_>,
    schema: &At<'_>,
    key: &str,
    value: &Value,
    depth: usize,
) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    let target = schema.text("$ref").and_then(|it| document.target(it));
    let is_all = |choices: Vec<At<'_>>| {
        !choices.is_empty() && choices.iter().all(|it| says_within(document, it, key, value, depth))
    };
    schema.node.get(key).is_some_and(|it| it == value || is_same_text(it, value))
        || ["oneOf", "anyOf"].iter().any(|it| is_all(schema.items(it)))
        || target.is_some_and(|it| says_within(document, &it, key, value, depth))
        || schema.items("allOf").iter().any(|it| says_within(document, it, key, value, depth))
}

/// True if a text means a boolean.
fn is_same_text(text: &Value, value: &Value) -> bool {
    value.as_bool().is_some_and(|it| text.as_str() == Some(it.to_string().as_str()))
}

/// The schemas of what is below a value: of a property, else of those that have no name, or of items.
pub(super) fn below<'d>(document: &CheckedDocument<'d>, schema: &At<'d>, key: &str) -> Vec<At<'d>> {
    let named = property(document, schema, key);
    if !named.is_empty() {
        return named;
    }
    let mut found = Vec::new();
    for key in ["additionalProperties", "items"] {
        each_part(document, schema, MAX_DEPTH, &mut |it| {
            found.extend(it.child(key).filter(|it| it.node.is_object()));
        });
    }
    found
}

/// True if a schema names null among its values.
pub(super) fn is_null_named(document: &CheckedDocument<'_>, schema: &At<'_>, depth: usize) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return true };
    let target = schema.text("$ref").and_then(|it| document.target(it));
    schema.flag("nullable") == Some(true)
        || types(schema.node).is_some_and(|it| it.contains(&"null"))
        || allowed(schema.node).is_some_and(|it| it.contains(&Value::Null))
        || target.is_some_and(|it| is_null_named(document, &it, depth))
        || ["allOf", "oneOf", "anyOf"]
            .iter()
            .flat_map(|it| schema.items(it))
            .any(|it| is_null_named(document, &it, depth))
}

/// The tag of a value where a schema has a discriminator, and the schema that it names.
pub(super) fn tagged<'d>(
    document: &CheckedDocument<'d>,
    schema: &At<'d>,
    value: &Value,
) -> Option<(String, Option<At<'d>>)> {
    let discriminator = schema.child("discriminator")?;
    let tag = value.get(discriminator.text("propertyName")?)?;
    let tag = tag.as_str().map_or_else(|| tag.to_string(), str::to_owned);
    let by_name = |name: &str| document.target(&format!("#/components/schemas/{name}"));
    let mapping = discriminator.entries("mapping");
    let target = match mapping.iter().find(|(key, _)| *key == tag) {
        Some((_, it)) => {
            // A mapping may name files, of which a bundler has kept the names only.
            let by_file = |it: &str| {
                let name = it.rsplit('/').next()?;
                by_name(name).or_else(|| by_name(name.rsplit_once('.')?.0))
            };
            it.node.as_str().and_then(|it| document.target(it).or_else(|| by_file(it)))
        }
        None => by_name(&tag),
    };
    Some((tag, target))
}
