//! Documents that have the form of OpenAPI, with names and texts that mean harm, from a row of bytes.

use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

/// How deep schemas stand in each other.
const DEPTH: u8 = 3;

/// Names and texts that end strings, comments or paths, are keywords, or say nothing.
const TEXTS: &[&str] = &[
    "id",
    "type",
    "Self",
    "self",
    "crate",
    "a-b",
    "a b",
    "",
    " ",
    "1",
    "é",
    "日本",
    "ａ",
    "a\u{200d}b",
    "\"]",
    "\"#;",
    "*/",
    "/*",
    "\n",
    "\r",
    "\u{2028}",
    "\u{202e}",
    "\0",
    "{}",
    "{0}",
    "{",
    "}",
    "\\",
    "#![x]",
    "```",
    "```rust\nfn main() {}\n```",
    "<b>",
    "[x](y)",
    "../../x",
    "/etc/x",
    "con",
    "lib",
    "mod",
    "Vec",
    "Option",
    "String",
    "Result",
    "Json",
    "Unknown",
    "Client",
    "new",
    "send",
    "data",
    "next_page_token",
    "page_token",
    "limit",
    "offset",
    "cursor",
    "has_more",
    "items",
    "body",
    "query",
    "get1",
    "get_1",
    "getThing",
    "get__thing",
    "Thing",
    "ThingBuilder",
    "thing_call",
    "A",
    "a",
    "a1",
    "a_1",
    "aOperation",
    "builder",
    "build",
    "default",
];
const SCALARS: &[&str] = &["string", "integer", "number", "boolean", "null", "object", "array"];
const FORMATS: &[&str] =
    &["int32", "int64", "float", "double", "byte", "binary", "date-time", "uuid"];
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
    let names = list(u, 4, text)?;
    let mut paths = Map::new();
    for _ in 0..u.int_in_range(1..=3)? {
        let (path, params) = path(u)?;
        paths.insert(path, item(u, &names, &params)?);
    }
    let mut schemas = Map::new();
    for name in &names {
        schemas.insert(name.clone(), schema(u, &names, DEPTH)?);
    }
    let mut root = json!({
        "openapi": u.choose(&["3.0.3", "3.1.0"])?,
        "info": {"title": text(u)?, "version": text(u)?, "description": text(u)?},
        "servers": [{"url": format!("https://{}", text(u)?)}],
        "tags": [{"name": text(u)?, "description": text(u)?}],
        "paths": paths,
        "components": {"schemas": schemas},
    });
    if u.ratio(1, 3)? {
        let name = text(u)?;
        root["components"]["securitySchemes"] = json!({name.clone(): security_scheme(u)?});
        root["security"] = json!([{name: []}]);
    }
    Ok(root)
}

fn text(u: &mut Unstructured<'_>) -> Result<String> {
    Ok(match u.int_in_range(0..=9)? {
        0 => u.arbitrary::<&str>()?.chars().take(40).collect(),
        1 => format!("{}{}", u.choose(TEXTS)?, u.choose(TEXTS)?),
        2..=5 => format!("name{}", u.int_in_range(0..=9)?),
        _ => (*u.choose(TEXTS)?).to_owned(),
    })
}

fn list<T>(
    u: &mut Unstructured<'_>,
    most: usize,
    one: impl Fn(&mut Unstructured<'_>) -> Result<T>,
) -> Result<Vec<T>> {
    (0..u.int_in_range(0..=most)?).map(|_| one(u)).collect()
}

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
        let (name, place) = (text(u)?, *u.choose(&["query", "header", "cookie", "path"])?);
        parameters.push(parameter(u, names, &name, place)?);
    }
    let mut responses = Map::new();
    for _ in 0..u.int_in_range(1..=2)? {
        let mut answer = json!({"description": text(u)?});
        if u.ratio(3, 4)? {
            answer["content"] = content(u, names)?;
        }
        if u.ratio(1, 4)? {
            let name = text(u)?;
            answer["headers"] = json!({name: {"schema": {"type": "string"}}});
        }
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
        it["requestBody"] = json!({"required": u.ratio(1, 2)?, "content": content(u, names)?});
    }
    Ok(it)
}

fn parameter(u: &mut Unstructured<'_>, names: &[String], name: &str, place: &str) -> Result<Value> {
    let mut it = json!({"name": name, "in": place, "required": place == "path" || u.ratio(1, 4)?});
    it["schema"] = schema(u, names, 1)?;
    if u.ratio(1, 3)? {
        it["style"] = (*u.choose(STYLES)?).into();
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
        let mut media = json!({"schema": schema(u, names, DEPTH)?});
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

fn literal(u: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match u.int_in_range(0..=8)? {
        0 => Value::Null,
        1 => u.arbitrary::<bool>()?.into(),
        2 => u.arbitrary::<i64>()?.into(),
        3 => u.arbitrary::<u64>()?.into(),
        4 => u.arbitrary::<f64>()?.into(),
        5 => json!([text(u)?, 1]),
        6 => {
            let name = text(u)?;
            json!({name: text(u)?})
        }
        _ => text(u)?.into(),
    })
}

fn schema(u: &mut Unstructured<'_>, names: &[String], depth: u8) -> Result<Value> {
    let mut it = shape(u, names, depth)?;
    let words: [(&str, fn(&mut Unstructured<'_>) -> Result<Value>); 12] = [
        ("description", |u| Ok(text(u)?.into())),
        ("title", |u| Ok(text(u)?.into())),
        ("default", literal),
        ("example", literal),
        ("const", literal),
        ("nullable", |u| Ok(u.ratio(1, 2)?.into())),
        ("pattern", |u| Ok(text(u)?.into())),
        ("format", |u| Ok((*u.choose(FORMATS)?).into())),
        ("readOnly", |u| Ok(u.ratio(1, 2)?.into())),
        ("minimum", literal),
        ("x-rust-name", |u| Ok(text(u)?.into())),
        ("x-enum-varnames", |u| Ok(list(u, 3, text)?.into())),
    ];
    for (key, value) in words {
        if u.ratio(1, 12)? {
            it[key] = value(u)?;
        }
    }
    Ok(it)
}

fn shape(u: &mut Unstructured<'_>, names: &[String], depth: u8) -> Result<Value> {
    let Some(left) = depth.checked_sub(1) else { return scalar(u) };
    Ok(match u.int_in_range(0..=11)? {
        0 | 1 => object(u, names, left)?,
        2 => json!({"type": "array", "items": schema(u, names, left)?}),
        3 => json!({"type": "object", "additionalProperties": schema(u, names, left)?}),
        4 => json!({"enum": list(u, 4, literal)?}),
        5 => json!({"type": "string", "enum": list(u, 4, text)?}),
        6 => {
            let key = *u.choose(&["oneOf", "anyOf", "allOf"])?;
            json!({key: list(u, 3, |u| schema(u, names, left))?})
        }
        7 => {
            let tag = text(u)?;
            let target = reference(u, names)?;
            let mapping = json!({text(u)?: target["$ref"]});
            json!({"oneOf": [target, reference(u, names)?],
                "discriminator": {"propertyName": tag, "mapping": mapping}})
        }
        8 | 9 => reference(u, names)?,
        10 => json!({"type": [u.choose(SCALARS)?, u.choose(SCALARS)?]}),
        _ => scalar(u)?,
    })
}

fn object(u: &mut Unstructured<'_>, names: &[String], left: u8) -> Result<Value> {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for _ in 0..u.int_in_range(0..=4)? {
        let name = text(u)?;
        if u.ratio(1, 2)? {
            required.push(name.clone());
        }
        properties.insert(name, schema(u, names, left)?);
    }
    Ok(json!({"type": "object", "properties": properties, "required": required}))
}

fn scalar(u: &mut Unstructured<'_>) -> Result<Value> {
    Ok(json!({"type": u.choose(SCALARS)?}))
}

fn reference(u: &mut Unstructured<'_>, names: &[String]) -> Result<Value> {
    let name = if names.is_empty() { "x".to_owned() } else { u.choose(names)?.clone() };
    let name = name.replace('~', "~0").replace('/', "~1");
    Ok(json!({"$ref": format!("#/components/schemas/{name}")}))
}
