//! Schemas, and values of them.

use super::words::{list, text};
use arbitrary::{Result, Unstructured};
use serde_json::{Map, Value, json};

const SCALARS: &[&str] = &["string", "integer", "number", "boolean", "null", "object", "array"];
const FORMATS: &[&str] =
    &["int32", "int64", "float", "double", "byte", "binary", "date-time", "uuid"];

/// A value, of whatever type.
pub(super) fn literal(u: &mut Unstructured<'_>) -> Result<Value> {
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

/// A schema that may refer to those of these names, with others in it as deep as `depth`.
pub(super) fn schema(u: &mut Unstructured<'_>, names: &[String], depth: u8) -> Result<Value> {
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
    Ok(match u.int_in_range(0..=15)? {
        0 | 1 => object(u, names, left)?,
        12 => page(u, names, left)?,
        13 => {
            let mut own = object(u, names, left)?;
            own["additionalProperties"] = u.ratio(1, 2)?.into();
            json!({"allOf": [reference(u, names)?, own]})
        }
        14 => {
            json!({"type": "array", "prefixItems": list(u, 3, |u| schema(u, names, left))?, "items": false})
        }
        15 => {
            let mut target = reference(u, names)?;
            target["description"] = text(u)?.into();
            json!({"oneOf": [target, {"type": "null"}]})
        }
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

/// What lists come in.
fn page(u: &mut Unstructured<'_>, names: &[String], left: u8) -> Result<Value> {
    let items = *u.choose(&["data", "items", "results"])?;
    let next = *u.choose(&["next_page_token", "next_cursor", "next", "has_more", "total"])?;
    let kind = if next == "has_more" { "boolean" } else { "string" };
    let item = schema(u, names, left)?;
    Ok(json!({"type": "object", "required": [items], "properties": {
        items: {"type": "array", "items": item}, next: {"type": kind}}}))
}

fn scalar(u: &mut Unstructured<'_>) -> Result<Value> {
    Ok(json!({"type": u.choose(SCALARS)?, "writeOnly": u.ratio(1, 10)?}))
}

fn reference(u: &mut Unstructured<'_>, names: &[String]) -> Result<Value> {
    let name = if names.is_empty() { "x".to_owned() } else { u.choose(names)?.clone() };
    let name = name.replace('~', "~0").replace('/', "~1");
    Ok(json!({"$ref": format!("#/components/schemas/{name}")}))
}
