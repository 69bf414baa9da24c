//! Makes a schema of the shape of values.

use super::fragment::Fragment;
use serde_json::Value;

/// The version of a document, which decides how null and several types are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// OpenAPI 3.0.
    Nullable,
    /// OpenAPI 3.1 and later.
    NullType,
}

/// The types of JSON but for null.
const TYPES: [&str; 6] = ["string", "integer", "number", "boolean", "array", "object"];

/// The schema of all values of a shape. `None` if it says too little.
pub(super) fn schema(shape: &Value, dialect: Dialect) -> Option<Fragment> {
    let mut types: Vec<_> = TYPES.into_iter().filter(|it| count(shape, it) > 0).collect();
    if types.contains(&"number") {
        types.retain(|it| *it != "integer");
    }
    let is_nullable = count(shape, "null") > 0;
    let each: Vec<_> = types.iter().map(|it| of_type(shape, it, dialect)).collect();
    let is_plain = each.iter().all(|it| matches!(it, Fragment::Map(keys) if keys.len() == 1));
    match (&types[..], dialect) {
        ([], _) => None,
        (_, Dialect::NullType) if is_plain && (types.len() > 1 || is_nullable) => {
            let null = is_nullable.then_some("null");
            let names = types.into_iter().chain(null).map(Fragment::text);
            Some(Fragment::entry("type", Fragment::List(names.collect())))
        }
        (_, Dialect::NullType) if types.len() > 1 => {
            let null = is_nullable.then(|| Fragment::entry("type", Fragment::text("null")));
            Some(Fragment::entry("anyOf", Fragment::List(each.into_iter().chain(null).collect())))
        }
        (_, Dialect::Nullable) if types.len() > 1 => {
            let all = Fragment::entry("anyOf", Fragment::List(each));
            Some(if is_nullable { nullable(all) } else { all })
        }
        (_, Dialect::Nullable) => {
            let only = each.into_iter().next()?;
            Some(if is_nullable { nullable(only) } else { only })
        }
        (_, Dialect::NullType) => {
            let mut only = each.into_iter().next()?;
            if let (true, Fragment::Map(keys)) = (is_nullable, &mut only) {
                keys[0].1 = Fragment::List(vec![keys[0].1.clone(), Fragment::text("null")]);
            }
            Some(only)
        }
    }
}

fn nullable(schema: Fragment) -> Fragment {
    schema.with("nullable", Fragment::Word("true".to_owned()))
}

fn count(shape: &Value, name: &str) -> u64 {
    shape.get(name).and_then(Value::as_u64).unwrap_or(0)
}

fn of_type(shape: &Value, name: &str, dialect: Dialect) -> Fragment {
    let only = Fragment::entry("type", Fragment::text(name));
    match name {
        "array" => only.with("items", inner(shape.get("items"), dialect)),
        "object" => object(shape, only, dialect),
        _ => only,
    }
}

/// A schema, or one of anything.
fn inner(shape: Option<&Value>, dialect: Dialect) -> Fragment {
    let schema = shape.and_then(|it| schema(it, dialect));
    schema.unwrap_or_else(|| Fragment::Map(Vec::new()))
}

fn object(shape: &Value, only: Fragment, dialect: Dialect) -> Fragment {
    let mut object = only;
    let names: Vec<_> =
        shape.get("properties").into_iter().flat_map(super::evidence::entries).collect();
    if !names.is_empty() {
        let properties = names.iter().map(|(name, it)| ((*name).clone(), inner(Some(it), dialect)));
        object = object.with("properties", Fragment::Map(properties.collect()));
    }
    match shape.get("values") {
        Some(values) => object.with("additionalProperties", inner(Some(values), dialect)),
        None => object,
    }
}
