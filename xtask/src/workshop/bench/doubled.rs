//! Doubles a document: all of its paths and components once more, under other names.

use anyhow::{Context, Result, bail};
use generator::Text;
use openapi_clients::input;
use openapi_clients::yaml;
use serde_json::{Map, Value};
use std::fs;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(super) struct Args {
    spec: PathBuf,
    /// The document as it is, written in the same way
    #[arg(long)]
    single: PathBuf,
    #[arg(long)]
    doubled: PathBuf,
}

/// In a process of its own: what measures others must be small.
pub(super) fn run(args: &Args) -> Result<()> {
    let name = args.spec.display().to_string();
    let bytes = input::read(&args.spec, &name)?;
    let document = yaml::parse(&Text { name: name.clone(), bytes })?.to_json();
    let json = args.spec.extension().is_some_and(|it| it == "json");
    let text = |document: &Value| match json {
        true => serde_json::to_string_pretty(document).context("the document is no JSON"),
        false => yaml::write(document),
    };
    for (path, document) in [(&args.single, &document), (&args.doubled, &doubled(&document)?)] {
        fs::write(path, text(document)?)
            .with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

const SUFFIX: &str = "Doubled";

/// A document of twice the size, of which no half refers to the other.
fn doubled(document: &Value) -> Result<Value> {
    let mut out = document.clone();
    if let Some(paths) = out.get_mut("paths").and_then(Value::as_object_mut) {
        copy(paths, |path| format!("/doubled{path}"))?;
    }
    let components = out.get_mut("components").and_then(Value::as_object_mut);
    for (section, items) in components.into_iter().flatten() {
        // The other half is sent with the same credentials.
        if let (false, Some(items)) = (section == "securitySchemes", items.as_object_mut()) {
            copy(items, |name| format!("{name}{SUFFIX}"))?;
        }
    }
    Ok(out)
}

fn copy(items: &mut Map<String, Value>, rename: impl Fn(&str) -> String) -> Result<()> {
    let copies = items.iter().map(|(key, it)| (rename(key), renamed(it, None)));
    for (key, copy) in copies.collect::<Vec<_>>() {
        if items.insert(key.clone(), copy).is_some() {
            bail!("the document has `{key}` already: is it a copy itself?");
        }
    }
    Ok(())
}

/// A copy that refers to copies; `key` is where it stands.
fn renamed(value: &Value, key: Option<&str>) -> Value {
    match (value, key) {
        (Value::String(text), Some("$ref")) => Value::String(reference(text)),
        (Value::String(text), Some("operationId")) => Value::String(format!("{text}{SUFFIX}")),
        (Value::Object(object), Some("mapping")) => {
            let target = |it: &Value| it.as_str().map_or(it.clone(), |it| target(it).into());
            object.iter().map(|(key, it)| (key.clone(), target(it))).collect()
        }
        (Value::Array(list), Some("tags")) => {
            let tag =
                |it: &Value| it.as_str().map_or(it.clone(), |it| format!("{it}{SUFFIX}").into());
            list.iter().map(tag).collect()
        }
        (Value::Object(object), _) => {
            object.iter().map(|(key, it)| (key.clone(), renamed(it, Some(key)))).collect()
        }
        (Value::Array(list), _) => list.iter().map(|it| renamed(it, None)).collect(),
        _ => value.clone(),
    }
}

/// The schema that a value of a discriminator stands for: a reference or a name.
fn target(text: &str) -> String {
    match text.contains('/') {
        true => reference(text),
        false => format!("{text}{SUFFIX}"),
    }
}

fn reference(text: &str) -> String {
    if let Some(rest) = text.strip_prefix("#/paths/~1") {
        return format!("#/paths/~1doubled~1{rest}");
    }
    let parts = text.strip_prefix("#/components/").and_then(|it| it.split_once('/'));
    let Some((section, rest)) = parts.filter(|it| it.0 != "securitySchemes") else {
        return text.to_owned();
    };
    let (name, below) = rest.split_once('/').map_or((rest, None), |it| (it.0, Some(it.1)));
    let below = below.map(|it| format!("/{it}")).unwrap_or_default();
    format!("#/components/{section}/{name}{SUFFIX}{below}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn each_half_refers_to_itself() {
        let document = json!({
            "paths": { "/a": { "get": {
                "operationId": "getA",
                "tags": ["things"],
                "responses": { "200": { "$ref": "#/components/responses/A" } },
            } } },
            "components": {
                "responses": { "A": { "x": { "$ref": "#/components/schemas/B/properties/c" } } },
                "schemas": { "B": {
                    "properties": { "c": { "$ref": "#/paths/~1a/get" } },
                    "discriminator": { "mapping": { "b": "B", "c": "#/components/schemas/B" } },
                } },
                "securitySchemes": { "key": {} },
            },
        });
        let out = doubled(&document).expect("it has no copy yet");
        for (place, there) in [("/paths/~1a", true), ("/components/schemas/B", true)] {
            assert_eq!(out.pointer(place) == document.pointer(place), there, "{place}");
        }
        let copy = json!({
            "operationId": "getADoubled",
            "tags": ["thingsDoubled"],
            "responses": { "200": { "$ref": "#/components/responses/ADoubled" } },
        });
        assert_eq!(out["paths"]["/doubled/a"]["get"], copy);
        let x = &out["components"]["responses"]["ADoubled"]["x"]["$ref"];
        assert_eq!(x, "#/components/schemas/BDoubled/properties/c");
        let schema = &out["components"]["schemas"]["BDoubled"];
        assert_eq!(schema["properties"]["c"]["$ref"], "#/paths/~1doubled~1a/get");
        let mapping = json!({ "b": "BDoubled", "c": "#/components/schemas/BDoubled" });
        assert_eq!(schema["discriminator"]["mapping"], mapping);
        assert_eq!(out["components"]["securitySchemes"], json!({ "key": {} }));
    }

    #[test]
    fn a_copy_takes_nobodys_place() {
        let document = json!({ "paths": { "/a": {}, "/doubled/a": {} } });
        doubled(&document).expect_err("the path is taken");
    }
}
