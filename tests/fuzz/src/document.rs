//! Documents that have the form of OpenAPI, with names and texts that mean harm, from a row of bytes.

mod newer;
mod schema;
pub(crate) mod words;

use arbitrary::{Result, Unstructured};
use schema::{literal, schema};
use serde_json::{Map, Value, json};
use words::{list, text};

/// How deep schemas stand in each other.
const MAX_DEPTH: u8 = 3;

const MIMES: &[&str] = &[
    "application/json",
    "text/plain",
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "text/event-stream",
    "application/x-ndjson",
    "image/*",
    "*/*",
    "application/octet-stream",
];
const STATUSES: &[&str] = &["200", "201", "204", "2XX", "default", "400", "4XX", "\"", "99999"];
const METHODS: &[&str] = &["get", "put", "post", "delete", "patch", "head", "options", "trace"];
const STYLES: &[&str] =
    &["simple", "label", "matrix", "form", "spaceDelimited", "pipeDelimited", "deepObject", "x"];

/// A document.
///
/// # Errors
/// If the bytes end too early, which they never do: the rest counts as zeros.
pub fn document(u: &mut Unstructured<'_>) -> Result<Value> {
    let mut names = list(u, 6, text)?;
    if u.ratio(9, 10)? {
        names.push("name0".to_owned());
    }
    let mut paths = Map::new();
    for _ in 0..u.int_in_range(1..=3)? {
        let (path, params) = path(u)?;
        paths.insert(path, item(u, &names, &params)?);
    }
    let mut schemas = Map::new();
    for name in &names {
        schemas.insert(name.clone(), schema(u, &names, MAX_DEPTH)?);
    }
    let mut root = json!({
        "openapi": u.choose(&["3.0.3", "3.1.0"])?,
        "info": {"title": text(u)?, "version": text(u)?, "description": text(u)?},
        "servers": [{"url": format!("https://{}", text(u)?)}],
        "tags": [{"name": text(u)?, "description": text(u)?}],
        "paths": paths,
        "components": {"schemas": schemas},
    });
    for (kind, made) in
        [("parameters", shared_parameter as Made), ("responses", answer), ("requestBodies", body)]
    {
        let made = made(u, &names)?;
        root["components"][kind] = json!({"shared": made});
    }
    if u.ratio(1, 4)? {
        let (name, value) = (text(u)?, text(u)?);
        root["servers"] = json!([{
            "url": format!("https://{{{name}}}.example.com/{}", text(u)?),
            "variables": {name: {"default": value, "enum": [value, text(u)?]}},
        }]);
    }
    if u.ratio(1, 3)? {
        let name = text(u)?;
        root["components"]["securitySchemes"] = json!({name.clone(): security_scheme(u)?});
        root["security"] = json!([{name: []}]);
    }
    // Last, so that rows of bytes that are known stand for the same as before.
    if !u.ratio(1, 2)? {
        newer::renew(u, &mut root, &names)?;
    }
    Ok(root)
}

/// What makes a piece of a document that has schemas of these names.
type Made = fn(&mut Unstructured<'_>, &[String]) -> Result<Value>;

fn path(u: &mut Unstructured<'_>) -> Result<(String, Vec<String>)> {
    let (mut path, mut params) = (String::new(), Vec::new());
    for _ in 0..u.int_in_range(1..=3)? {
        path.push('/');
        if u.ratio(1, 3)? {
            let name = text(u)?;
            path.push_str(&format!("{{{name}}}"));
            params.push(name);
        } else {
            path.push_str(&text(u)?);
        }
    }
    Ok((path, params))
}

fn item(u: &mut Unstructured<'_>, names: &[String], params: &[String]) -> Result<Value> {
    let mut item = Map::new();
    for _ in 0..u.int_in_range(1..=2)? {
        item.insert((*u.choose(METHODS)?).to_owned(), operation(u, names, params)?);
    }
    Ok(item.into())
}

fn operation(u: &mut Unstructured<'_>, names: &[String], params: &[String]) -> Result<Value> {
    let mut parameters = Vec::new();
    for name in params {
        parameters.push(parameter(u, names, name, "path")?);
    }
    for _ in 0..u.int_in_range(0..=3)? {
        let (name, place) = (text(u)?, *u.choose(&["query", "query", "header", "cookie", "path"])?);
        parameters.push(parameter(u, names, &name, place)?);
    }
    if u.ratio(1, 6)? {
        parameters.push(json!({"$ref": "#/components/parameters/shared"}));
    }
    let mut responses = Map::new();
    for _ in 0..u.int_in_range(1..=3)? {
        let answer = match u.ratio(1, 8)? {
            true => json!({"$ref": "#/components/responses/shared"}),
            false => answer(u, names)?,
        };
        responses.insert((*u.choose(STATUSES)?).to_owned(), answer);
    }
    let mut it = json!({"parameters": parameters, "responses": responses});
    for key in ["summary", "description"] {
        if u.ratio(1, 3)? {
            it[key] = text(u)?.into();
        }
    }
    if u.ratio(1, 2)? {
        it["operationId"] = text(u)?.into();
    }
    if u.ratio(1, 2)? {
        it["tags"] = json!([text(u)?]);
    }
    if u.ratio(1, 4)? {
        it["deprecated"] = true.into();
        it["x-deprecated-reason"] = text(u)?.into();
    }
    if u.ratio(1, 3)? {
        it["requestBody"] = match u.ratio(1, 6)? {
            true => json!({"$ref": "#/components/requestBodies/shared"}),
            false => body(u, names)?,
        };
    }
    if u.ratio(1, 10)? {
        it["servers"] = json!([{"url": format!("https://{}", text(u)?)}]);
    }
    if u.ratio(1, 10)? {
        it["security"] = json!([{text(u)?: []}, {}]);
    }
    Ok(it)
}

fn answer(u: &mut Unstructured<'_>, names: &[String]) -> Result<Value> {
    let mut answer = json!({"description": text(u)?});
    if u.ratio(3, 4)? {
        answer["content"] = content(u, names)?;
    }
    if u.ratio(1, 4)? {
        let name = text(u)?;
        answer["headers"] = json!({name: {"schema": {"type": "string"}}});
    }
    Ok(answer)
}

fn body(u: &mut Unstructured<'_>, names: &[String]) -> Result<Value> {
    Ok(json!({"required": u.ratio(1, 2)?, "content": content(u, names)?}))
}

fn shared_parameter(u: &mut Unstructured<'_>, names: &[String]) -> Result<Value> {
    let (name, place) = (text(u)?, *u.choose(&["query", "header"])?);
    parameter(u, names, &name, place)
}

fn parameter(u: &mut Unstructured<'_>, names: &[String], name: &str, place: &str) -> Result<Value> {
    let mut it = json!({"name": name, "in": place, "required": place == "path" || u.ratio(1, 4)?});
    it["schema"] = schema(u, names, 1)?;
    if u.ratio(1, 3)? {
        let fitting = match place {
            "path" => &STYLES[..3],
            "query" => &STYLES[3..7],
            "cookie" => &STYLES[3..4],
            _ => &STYLES[..1],
        };
        let style = if u.ratio(1, 20)? { u.choose(STYLES)? } else { u.choose(fitting)? };
        it["style"] = (*style).into();
        it["explode"] = u.ratio(1, 2)?.into();
    }
    if u.ratio(1, 4)? {
        it["description"] = text(u)?.into();
        it["example"] = literal(u)?;
    }
    Ok(it)
}

fn content(u: &mut Unstructured<'_>, names: &[String]) -> Result<Value> {
    let mut content = Map::new();
    for _ in 0..u.int_in_range(1..=2)? {
        let mime = if u.ratio(1, 10)? { text(u)? } else { (*u.choose(MIMES)?).to_owned() };
        let mut media = json!({"schema": schema(u, names, MAX_DEPTH)?});
        if u.ratio(1, 5)? {
            media["example"] = literal(u)?;
        }
        if u.ratio(1, 6)? {
            let (name, mime) = (text(u)?, text(u)?);
            media["encoding"] = json!({name: {"contentType": mime}});
        }
        content.insert(mime, media);
    }
    Ok(content.into())
}

fn security_scheme(u: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match u.int_in_range(0..=3)? {
        0 => json!({"type": "http", "scheme": "bearer", "description": text(u)?}),
        1 => json!({"type": "http", "scheme": "basic"}),
        2 => {
            json!({"type": "apiKey", "in": u.choose(&["header", "query", "cookie"])?, "name": text(u)?})
        }
        _ => json!({"type": text(u)?}),
    })
}
