//! What OpenAPI 3.2 adds: described events, shared media types, whole queries and `query`.

use super::operation;
use super::schema::schema;
use super::words::text;
use arbitrary::{Result, Unstructured};
use serde_json::{Value, json};

/// How many choices within choices an event may leave.
const MAX_DEPTH: u8 = 2;

/// Makes a document one of OpenAPI 3.2.
pub(super) fn renew(u: &mut Unstructured<'_>, root: &mut Value, names: &[String]) -> Result<()> {
    root["openapi"] = "3.2.0".into();
    let shared = stream(u, names)?;
    root["components"]["mediaTypes"] = json!({"shared": shared});
    root["components"]["schemas"]["event"] = event(u, names, MAX_DEPTH)?;
    for path in ["/events", "/lines"] {
        let mime = *u.choose(&["text/event-stream", "application/jsonl"])?;
        let media = match u.ratio(1, 3)? {
            true => json!({"$ref": "#/components/mediaTypes/shared"}),
            false => stream(u, names)?,
        };
        let method = *u.choose(&["get", "post", "query"])?;
        let mut it = operation(u, names, &[])?;
        it["responses"] = json!({"200": {"summary": text(u)?, "content": {mime: media}}});
        if u.ratio(1, 3)? {
            it["parameters"] = json!([whole_query(u, names)?]);
        }
        root["paths"][path] = json!({method: it, "additionalOperations": {text(u)?: {}}});
    }
    Ok(())
}

fn whole_query(u: &mut Unstructured<'_>, names: &[String]) -> Result<Value> {
    let mime = *u.choose(&["application/x-www-form-urlencoded", "application/json"])?;
    let schema = schema(u, names, 1)?;
    Ok(json!({"in": "querystring", "name": text(u)?, "content": {mime: {"schema": schema}}}))
}

fn stream(u: &mut Unstructured<'_>, names: &[String]) -> Result<Value> {
    let item = event(u, names, MAX_DEPTH)?;
    Ok(match u.ratio(1, 4)? {
        true => json!({"itemSchema": item, "schema": schema(u, names, 1)?}),
        false => json!({"itemSchema": item}),
    })
}

fn event(u: &mut Unstructured<'_>, names: &[String], depth: u8) -> Result<Value> {
    Ok(match u.int_in_range(0..=4)? {
        0 => schema(u, names, 1)?,
        1 => json!({"$ref": "#/components/schemas/event"}),
        2 if depth > 0 => {
            let (one, other) = (event(u, names, depth - 1)?, event(u, names, depth - 1)?);
            json!({"properties": {"data": data(u, names)?}, "oneOf": [one, other]})
        }
        3 => json!({"properties": {"id": {"type": "string"}, text(u)?: data(u, names)?}}),
        _ => {
            json!({"properties": {"event": {"const": text(u)?}, "data": data(u, names)?}})
        }
    })
}

fn data(u: &mut Unstructured<'_>, names: &[String]) -> Result<Value> {
    Ok(match u.int_in_range(0..=4)? {
        0 => json!({"type": "string"}),
        1 => json!({"const": text(u)?}),
        2 => schema(u, names, 1)?,
        _ => json!({"type": "string", "contentSchema": schema(u, names, 1)?}),
    })
}
