//! Choices between the kinds of response of an operation: a call sets the flag or the word that asks for its kind,
//! whatever the caller has given there.

use super::document::{At, CheckedDocument};
use super::text::is_json;
use super::{head, schema};
use anyhow::{Context, Result};
use generator::Text;
use openapi_clients::yaml;
use serde::Deserialize;
use serde_json::Value;

/// A stream that client.yaml adds to an operation.
#[derive(Debug, Deserialize)]
pub(super) struct UndeclaredStream {
    /// The pointer of the operation.
    at: String,
    format: String,
}

#[derive(Default, Deserialize)]
struct StreamsSection {
    #[serde(default)]
    operations: Vec<UndeclaredStream>,
}

#[derive(Deserialize)]
struct ClientConfig {
    #[serde(default)]
    streams: StreamsSection,
}

/// The streams that a client.yaml adds.
pub(super) fn streams(client: &Text) -> Result<Vec<UndeclaredStream>> {
    let is_comment =
        |line: &[u8]| line.trim_ascii().is_empty() || line.trim_ascii().starts_with(b"#");
    if client.bytes.split(|it| *it == b'\n').all(is_comment) {
        return Ok(Vec::new());
    }
    let read: ClientConfig = serde_json::from_value(yaml::parse(client)?.to_json())
        .with_context(|| format!("{}: `streams` cannot be read", client.name))?;
    Ok(read.streams.operations)
}

/// The media types of streams that client.yaml or an extension adds to an operation.
pub(super) fn undeclared_types(
    document: &CheckedDocument<'_>,
    operation: &At<'_>,
) -> &'static [&'static str] {
    let of_client = document.streams.iter().find(|it| it.at == operation.pointer);
    let of_client = of_client.map(|it| it.format.as_str());
    let of_extension = operation.node.get("x-fern-streaming");
    let of_extension =
        of_extension.filter(|it| **it != Value::Bool(false)).map(|it| match it.get("format") {
            Some(Value::String(format)) if format == "sse" => "events",
            _ => "lines",
        });
    match of_client.or(of_extension) {
        Some("events") => &["text/event-stream"],
        Some(_) => &["application/x-ndjson", "application/jsonl", "application/json", "text/plain"],
        None => &[],
    }
}

/// True if an operation has other responses than one of JSON.
pub(super) fn is_due(document: &CheckedDocument<'_>, operation: &At<'_>) -> bool {
    let declared = head::successes(document, operation);
    declared.iter().any(|it| !is_json(it)) || !undeclared_types(document, operation).is_empty()
}

/// The other values of a flag, or of an enum of words.
pub(super) fn others(document: &CheckedDocument<'_>, schema: &At<'_>, value: &Value) -> Vec<Value> {
    let mut found = match value {
        Value::Bool(it) => vec![Value::Bool(!it)],
        Value::String(_) => schema::listed(document, schema),
        _ => Vec::new(),
    };
    found.retain(|it| it != value);
    found
}
