//! Names stay: whatever is added to a document, with its lock nothing that existed is called otherwise.

mod nested;
mod renamed;
mod selected;

use crate::shapes::{SHAPES, source};
use crate::support::{make, surface, text, vendor};
use crate::vendors::VENDORS;
use generator::{Output, Source};
use serde_json::{Map, Value, json};

/// Makes the names of what is added, from the name of something that is there.
type Variant = fn(&str) -> String;

const VARIANTS: &[(&str, Variant)] = &[
    ("upper case", |it| it.to_uppercase()),
    ("lower case", |it| it.to_lowercase()),
    ("another first letter", |it| swap_first(it)),
    ("another punctuation", |it| it.replace(['_', '-', '.', ' '], "~").replace('~', "-")),
    ("punctuation more", |it| format!("-{it}")),
    ("a number", |it| format!("{it}2")),
    ("an underscore", |it| format!("{it}_")),
];

fn swap_first(text: &str) -> String {
    let mut chars = text.chars();
    let Some(first) = chars.next() else { return "X".to_owned() };
    let other = if first.is_uppercase() {
        first.to_lowercase().to_string()
    } else {
        first.to_uppercase().to_string()
    };
    other + chars.as_str()
}

#[test]
fn nothing_is_renamed_by_what_is_added_to_a_shape() {
    let renamed: Vec<String> = SHAPES.iter().flat_map(|it| renamed_in(&source(it))).collect();
    assert!(renamed.is_empty(), "{} names are lost:\n{}", renamed.len(), renamed.join("\n"));
}

#[test]
fn nothing_is_renamed_by_what_is_added_to_a_vendored_document() {
    let anew = |it: &&str| Source { names: None, ..vendor(it) };
    let renamed: Vec<String> = VENDORS.iter().map(anew).flat_map(|it| renamed_in(&it)).collect();
    assert!(renamed.is_empty(), "{} names are lost:\n{}", renamed.len(), renamed.join("\n"));
}

#[test]
fn a_second_run_gives_the_same_bytes() {
    for name in SHAPES {
        let source = source(name);
        let first = make(&source);
        let again = make(&Source { names: Some(text("names.lock", &first.names())), ..source });
        assert_eq!(first.names(), again.names(), "{name}");
        assert!(first.files == again.files, "{name} comes out otherwise with its own lock");
    }
}

/// Lines that the surface of a document loses by additions of each kind.
fn renamed_in(source: &Source) -> Vec<String> {
    let document =
        generator::read(&source.document).expect("the document is well-formed").to_json();
    let before = make(&of(source, &document, None));
    let mut lost = Vec::new();
    for (what, variant) in VARIANTS {
        lost.extend(renamed_by(source, what, &before, &grown(&document, *variant)));
    }
    let schemas = with_schemas(&document, surface(&before));
    lost.extend(renamed_by(source, "inline types' names", &before, &schemas));
    lost
}

/// The lines that a document's surface loses when the document grows.
fn renamed_by(source: &Source, what: &str, before: &Output, grown: &Value) -> Vec<String> {
    let after = make(&of(source, grown, Some(&before.names())));
    let after: Vec<_> = surface(&after).lines().collect();
    // A type that is sent by what was added can be made from nothing: it has a trait more.
    let items = surface(before).lines().filter(|it| !it.contains(" has "));
    let lost = items.filter(|it| !after.contains(it)).map(|line| {
        let item = line.split(": ").next().unwrap_or(line);
        let now = after.iter().filter(|it| it.split(": ").next() == Some(item));
        let now: Vec<_> = now.copied().collect();
        format!("{} + {what}: {line}, now {now:?}", source.vendor)
    });
    lost.collect()
}

/// The same vendor with another document and lock.
fn of(source: &Source, document: &Value, names: Option<&str>) -> Source {
    Source {
        document: text("openapi.json", &document.to_string()),
        names: names.map(|it| text("names.lock", it)),
        ..source.clone()
    }
}

/// The document with a schema for the name of each type that it gives, save those that it demands.
fn with_schemas(document: &Value, surface: &str) -> Value {
    let mut document = document.clone();
    let types = surface.lines().filter_map(|it| {
        let (_, it) = it.split_once("::types::")?;
        it.strip_prefix("struct ").or(it.strip_prefix("enum ")).map(str::to_owned)
    });
    let demanded =
        |name: &String| document.to_string().contains(&format!(r#""x-rust-name":"{name}""#));
    let names: Vec<String> = types.filter(|it| !demanded(it)).collect();
    for name in names {
        let schemas = member(member(&mut document, "components"), "schemas");
        schemas.entry(name).or_insert_with(
            || json!({"type": "object", "properties": {"added": {"type": "string"}}}),
        );
    }
    document
}

fn member<'v>(value: &'v mut (impl AsObject + ?Sized), key: &str) -> &'v mut Map<String, Value> {
    let entry = value.object().entry(key).or_insert_with(|| json!({}));
    entry.as_object_mut().expect("it is an object")
}

trait AsObject {
    fn object(&mut self) -> &mut Map<String, Value>;
}

impl AsObject for Value {
    fn object(&mut self) -> &mut Map<String, Value> {
        self.as_object_mut().expect("it is an object")
    }
}

impl AsObject for Map<String, Value> {
    fn object(&mut self) -> &mut Map<String, Value> {
        self
    }
}

/// The document with one thing more beside each that has a name.
fn grown(document: &Value, variant: Variant) -> Value {
    let mut document = document.clone();
    for kind in ["schemas", "securitySchemes"] {
        if let Some(all) = document.pointer_mut(&format!("/components/{kind}")) {
            add_all(all, variant, without_wishes);
        }
    }
    grow(&mut document, variant);
    let paths = document["paths"].as_object_mut().expect("a document has paths");
    let added: Vec<_> = paths.iter().enumerate().filter_map(|it| added_path(it, variant)).collect();
    paths.extend(added);
    document
}

/// Adds, for each entry, one under another name.
fn add_all(map: &mut Value, variant: Variant, made: fn(&Value) -> Value) {
    let Some(map) = map.as_object_mut() else { return };
    let added: Vec<_> = map.iter().map(|(name, it)| (variant(name), made(it))).collect();
    for (name, value) in added {
        map.entry(name).or_insert(value);
    }
}

/// A copy that does not ask for a name of its own.
fn without_wishes(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(key, _)| *key != "x-rust-name");
            kept.map(|(key, it)| (key.clone(), without_wishes(it))).collect()
        }
        Value::Array(list) => list.iter().map(without_wishes).collect(),
        scalar => scalar.clone(),
    }
}

/// Adds properties, values and parameters, at every depth.
fn grow(value: &mut Value, variant: Variant) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(|it| grow(it, variant)),
        Value::Object(map) => {
            map.values_mut().for_each(|it| grow(it, variant));
            if let Some(properties) = map.get_mut("properties") {
                add_all(properties, variant, |_| json!({"type": "string"}));
            }
            if map.get("type").and_then(Value::as_str) == Some("string")
                && let Some(Value::Array(values)) = map.get_mut("enum").filter(|it| is_choice(it))
            {
                let all: Vec<_> = values.iter().filter_map(Value::as_str).map(variant).collect();
                add_missing(values, all.into_iter().map(Value::from));
            }
            if let Some(Value::Array(list)) = map.get_mut("parameters") {
                let query = list.iter().filter(|it| it["in"] == "query");
                let added: Vec<_> = query.map(|it| another_parameter(it, variant)).collect();
                let named =
                    |name: &Value| list.iter().any(|it| it["name"] == *name && it["in"] == "query");
                let added: Vec<_> = added.into_iter().filter(|it| !named(&it["name"])).collect();
                list.extend(added);
            }
        }
        _ => {}
    }
}

/// A value more makes an enum of a constant, which is another thing altogether.
fn is_choice(values: &Value) -> bool {
    values.as_array().is_some_and(|it| it.len() > 1)
}

fn add_missing(list: &mut Vec<Value>, added: impl Iterator<Item = Value>) {
    for value in added {
        if !list.contains(&value) {
            list.push(value);
        }
    }
}

fn another_parameter(parameter: &Value, variant: Variant) -> Value {
    let name = parameter["name"].as_str().expect("a parameter has a name");
    json!({"name": variant(name), "in": "query", "schema": {"type": "string"}})
}

/// A path with the operations of another, under other operationIds and tags.
fn added_path(
    (index, (path, item)): (usize, (&String, &Value)),
    variant: Variant,
) -> Option<(String, Value)> {
    let mut item = item.clone();
    for (_, operation) in
        item.as_object_mut()?.iter_mut().filter(|(_, it)| it.get("responses").is_some())
    {
        if let Some(name) = operation.get("operationId").and_then(Value::as_str).map(variant) {
            operation["operationId"] = name.into();
        }
        if index % 2 == 0
            && let Some(tag) = operation["tags"].get(0).and_then(Value::as_str).map(variant)
        {
            operation["tags"][0] = tag.into();
        }
    }
    let bare = path.split(['?', '#']).next().unwrap_or_default();
    Some((format!("{}/added{index}", bare.trim_end_matches('/')), item))
}
