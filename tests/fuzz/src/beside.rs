//! What a person writes beside a document: corrections, `client.yaml`, and the lock of names.

use crate::document::words::{list, text};
use arbitrary::{Result, Unstructured};
use generator::{Source, Text};
use serde_json::{Map, Value, json};

/// A document in which every key of `client.yaml` finds something, and the three files beside it.
///
/// # Errors
/// If the bytes end too early, which they never do: the rest counts as zeros.
pub fn beside(u: &mut Unstructured<'_>) -> Result<Source> {
    let document = document();
    let schema = serde_json::from_str(&generator::client_schema()).expect("the schema is JSON");
    let client = value(u, &schema, &document)?;
    let overlay = json!({
        "overlay": "1.0.0",
        "info": {"title": "Corrections", "version": "1"},
        "actions": list(u, 4, |u| action(u, &document))?,
    });
    let mut names = Map::new();
    for key in list(u, 4, |u| locked(u, &document))? {
        names.insert(key, text(u)?.into());
    }
    Ok(Source {
        vendor: "acme".to_owned(),
        document: file("document.yaml", &document),
        overlay: any(u, "overlay.yaml", &overlay)?,
        client: any(u, "client.yaml", &client)?,
        names: any(u, "names.lock", &json!({"names": names}))?,
        ..Source::default()
    })
}

/// The file, or another text in its place, or none.
fn any(u: &mut Unstructured<'_>, name: &str, value: &Value) -> Result<Option<Text>> {
    Ok(match u.int_in_range(0..=15)? {
        0 | 1 => None,
        2 => Some(Text { name: name.to_owned(), bytes: u.arbitrary::<&str>()?.into() }),
        _ => Some(file(name, value)),
    })
}

fn file(name: &str, value: &Value) -> Text {
    Text { name: name.to_owned(), bytes: value.to_string().into_bytes() }
}

/// What a schema asks for, most of the time.
fn value(u: &mut Unstructured<'_>, schema: &Value, document: &Value) -> Result<Value> {
    if u.ratio(1, 40)? {
        return Ok(text(u)?.into());
    }
    if let Some(words) = schema["enum"].as_array() {
        return u.choose(words).cloned();
    }
    Ok(match (schema["type"].as_str(), schema["pattern"].as_str()) {
        (Some("array"), _) => list(u, 3, |u| value(u, &schema["items"], document))?.into(),
        (Some("object"), _) => {
            let mut made = Map::new();
            for (key, schema) in schema["properties"].as_object().into_iter().flatten() {
                if u.ratio(2, 3)? {
                    made.insert(key.clone(), value(u, schema, document)?);
                }
            }
            made.into()
        }
        (_, Some("^#/")) => format!("#{}", pointer(&way(u, document)?)).into(),
        _ if u.ratio(2, 3)? => way(u, document)?.pop().unwrap_or_default().into(),
        _ => text(u)?.into(),
    })
}

/// The keys on the way to something in a tree, one after the other.
fn way(u: &mut Unstructured<'_>, tree: &Value) -> Result<Vec<String>> {
    let (mut keys, mut at) = (Vec::new(), tree);
    while !u.ratio(1, 8)? {
        let children: Vec<(String, &Value)> = match at {
            Value::Object(it) => it.iter().map(|(key, value)| (key.clone(), value)).collect(),
            Value::Array(it) => {
                it.iter().enumerate().map(|(at, it)| (at.to_string(), it)).collect()
            }
            _ => break,
        };
        if children.is_empty() {
            break;
        }
        let (key, below) = u.choose(&children)?;
        keys.push(key.clone());
        at = below;
    }
    Ok(keys)
}

fn pointer(keys: &[String]) -> String {
    keys.iter().map(|it| format!("/{}", it.replace('~', "~0").replace('/', "~1"))).collect()
}

fn action(u: &mut Unstructured<'_>, document: &Value) -> Result<Value> {
    let target = path(u, document)?;
    Ok(match u.int_in_range(0..=3)? {
        0 => json!({"target": target, "remove": true}),
        1 => json!({"target": target, "update": text(u)?}),
        2 => {
            let (key, value) = (text(u)?, text(u)?);
            json!({"target": target, "update": {key: value}})
        }
        _ => {
            let other = way(u, document)?;
            let found = document.pointer(&pointer(&other)).cloned();
            let key = other.last().cloned().unwrap_or_default();
            json!({"target": target, "update": {key: found}})
        }
    })
}

/// A JSONPath to one thing or to many, or to none.
fn path(u: &mut Unstructured<'_>, document: &Value) -> Result<String> {
    let mut path = "$".to_owned();
    for key in way(u, document)? {
        path += &match u.int_in_range(0..=9)? {
            0 => "[*]".to_owned(),
            1 => "..*".to_owned(),
            2 => format!("..{key}"),
            3 => format!("[?@.{key}]"),
            4 => format!("[?(@.{key} == {} && !@.x || @[0] < 2)]", json!(text(u)?)),
            5 => format!("[{}:{}]", u.int_in_range(-3..=3)?, u.int_in_range(-3..=3)?),
            6 => text(u)?,
            _ => match key.parse::<usize>() {
                Ok(number) => format!("[{number}]"),
                Err(_) => format!("[{}]", json!(key)),
            },
        };
    }
    Ok(path)
}

/// A key of the lock of names.
fn locked(u: &mut Unstructured<'_>, document: &Value) -> Result<String> {
    const KINDS: &[&str] = &[
        "operation",
        "resource",
        "type",
        "field",
        "value",
        "variant",
        "param",
        "client scheme",
        "client header",
        "x",
    ];
    let kind = u.choose(KINDS)?;
    Ok(match u.ratio(3, 4)? {
        true => format!("{kind} #{}", pointer(&way(u, document)?)),
        false => format!("{kind} {}", text(u)?),
    })
}

fn document() -> Value {
    let id = json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}});
    let account =
        json!({"name": "account", "in": "path", "required": true, "schema": {"type": "string"}});
    let version = json!({
        "name": "Version", "in": "header", "required": true,
        "schema": {"type": "string", "enum": ["2024-01-01"]},
    });
    let text = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "string"}});
    let answers = |mime: &str, schema: Value| {
        let content = json!({mime: {"schema": schema}});
        json!({"200": {"description": "Fine.", "content": content}})
    };
    let refer = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let mut page = json!({"type": "object", "properties": {}});
    page["properties"]["jobs"] = json!({"type": "array", "items": refer("Job")});
    page["properties"]["next_page_token"] = json!({"type": "string"});
    let union = json!({"oneOf": [refer("Job"), refer("Note")]});
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Jobs", "version": "1"},
        "servers": [{"url": "https://api.example.com/{stage}", "variables": {"stage": {"default": "v1"}}}],
        "security": [{"Key": []}, {"Login": []}],
        "paths": {
            "/accounts/{account}/jobs": {
                "parameters": [account, version],
                "get": {
                    "operationId": "listJobs", "tags": ["Jobs"],
                    "parameters": [text("page_token"), text("before")],
                    "responses": answers("application/json", page),
                },
                "post": {
                    "operationId": "Jobs_run", "tags": ["Jobs"],
                    "requestBody": {"content": {"application/json": {"schema": refer("Job")}}},
                    "responses": answers("text/event-stream", union),
                },
            },
            "/jobs/{id}": {
                "parameters": [id],
                "get": {"responses": answers("application/json", refer("Job"))},
                "delete": {"tags": ["Old"], "responses": {"204": {"description": "Gone."}}},
            },
        },
        "components": {
            "securitySchemes": {
                "Key": {"type": "apiKey", "in": "header", "name": "X-Key"},
                "Login": {"type": "http", "scheme": "basic"},
            },
            "schemas": {
                "Job": {"type": "object", "required": ["id"], "properties": {
                    "id": {"type": "string"},
                    "state": {"type": "string", "enum": ["QUEUED", "DONE", "FAILED"]},
                    "meta": {"type": "object", "properties": {"state": {"type": "string"}}},
                }},
                "Note": {"type": "object", "properties": {"note": {"type": "string"}}},
            },
        },
    })
}
