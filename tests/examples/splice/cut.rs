//! Operations, cut out of the documents that they stand in.

use crate::common::Dice;
use serde_json::{Value, json};

const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];
/// Operations of a document that are taken, spread over it.
const MAX_OPERATIONS: usize = 60;
/// Components that one takes along; references to others lead elsewhere in the end.
const COMPONENTS: usize = 20;
/// An operation with all that belongs to it: bytes of JSON.
const SIZE: usize = 20_000;

/// Some operations of a document, each as a document of its own.
pub(crate) fn operations(document: &Value) -> Vec<Value> {
    let version = document["openapi"].as_str().unwrap_or_default();
    let Some(paths) = document["paths"].as_object().filter(|_| version.starts_with("3.")) else {
        return Vec::new();
    };
    let all: Vec<_> = paths
        .iter()
        .filter_map(|(path, item)| Some((path, item.as_object()?)))
        .flat_map(|(path, item)| item.iter().map(move |(key, it)| (path, item, key, it)))
        .filter(|(_, _, key, _)| METHODS.contains(&&***key))
        .collect();
    let step = all.len().div_ceil(MAX_OPERATIONS).max(1);
    let cut = all.into_iter().step_by(step).map(|(path, item, method, operation)| {
        let mut item = item.clone();
        item.retain(|key, _| !METHODS.contains(&&**key));
        item.insert(method.clone(), operation.clone());
        alone(document, json!({ path.clone(): item }))
    });
    cut.filter(|it| it.to_string().len() <= SIZE).collect()
}

/// A document of these paths, and what they refer to.
fn alone(document: &Value, paths: Value) -> Value {
    let mut made = json!({
        "openapi": document["openapi"],
        "info": {"title": "Parts of others", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
    });
    if let Some(security) = document.get("security") {
        made["security"] = security.clone();
    }
    if let Some(schemes) = document.pointer("/components/securitySchemes") {
        made["components"]["securitySchemes"] = schemes.clone();
    }
    let mut todo = references(&paths);
    made["paths"] = paths;
    let mut taken = 0;
    while let Some(reference) = todo.pop().filter(|_| taken < COMPONENTS) {
        let (Some(pointer), Some(value)) =
            (reference.strip_prefix('#'), find(document, &reference))
        else {
            continue;
        };
        let [_, "components", kind, name] = *pointer.split('/').collect::<Vec<_>>() else {
            continue;
        };
        let name = name.replace("~1", "/").replace("~0", "~");
        if made["components"][kind].get(&name).is_none() {
            made["components"][kind][&name] = value.clone();
            todo.extend(references(value));
            taken += 1;
        }
    }
    made
}

fn find<'d>(document: &'d Value, reference: &str) -> Option<&'d Value> {
    reference.strip_prefix('#').and_then(|it| document.pointer(it))
}

fn references(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    each(value, &mut |it| {
        if let Some(Value::String(reference)) = it.get("$ref") {
            found.push(reference.clone());
        }
    });
    found
}

fn each(value: &Value, see: &mut impl FnMut(&Value)) {
    see(value);
    match value {
        Value::Object(map) => map.values().for_each(|it| each(it, see)),
        Value::Array(list) => list.iter().for_each(|it| each(it, see)),
        _ => {}
    }
}

/// Lets references that lead nowhere lead to some schema, or takes them away.
pub(crate) fn mend(document: &mut Value, dice: &mut Dice) {
    let whole = document.clone();
    let schemas = whole.pointer("/components/schemas").and_then(Value::as_object);
    let names: Vec<_> = schemas.into_iter().flat_map(|it| it.keys()).collect();
    mend_in(document, &mut |holder| {
        let Some(Value::String(reference)) = holder.get("$ref") else { return };
        if find(&whole, reference).is_some() {
            return;
        }
        if names.is_empty() || !reference.contains("/schemas/") {
            holder.remove("$ref");
        } else {
            let name = names[dice.below(names.len())].replace('~', "~0").replace('/', "~1");
            holder.insert("$ref".to_owned(), json!(format!("#/components/schemas/{name}")));
        }
    });
}

fn mend_in(value: &mut Value, mend: &mut impl FnMut(&mut serde_json::Map<String, Value>)) {
    match value {
        Value::Object(map) => {
            mend(map);
            map.values_mut().for_each(|it| mend_in(it, mend));
        }
        Value::Array(list) => list.iter_mut().for_each(|it| mend_in(it, mend)),
        _ => {}
    }
}
