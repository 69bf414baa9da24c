//! The shape of a value: the types that were seen, and the names of properties.

use super::tally::Tally;
use super::words;
use serde_json::Value;

/// Levels of a shape, items of a list and properties of an object that are looked at: 8, 100 and 40.
const MAX_DEPTH: usize = 8;
const MAX_ITEMS: usize = 100;
const MAX_PROPERTIES: usize = 40;

/// The JSON type of a value, as schemas call it.
pub(super) fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(it) if is_integer(it) => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

fn is_integer(number: &serde_json::Number) -> bool {
    number.is_i64() || number.is_u64() || number.as_f64().is_some_and(|it| it.fract() == 0.0)
}

/// The shape of a value: a count by type, below `items` those of a list, below `properties` those of an object, and
/// below `values` those of properties whose names are not kept.
pub(super) fn shape(value: &Value) -> Tally {
    shape_at(value, 0)
}

fn shape_at(value: &Value, depth: usize) -> Tally {
    let mut tally = Tally::default();
    tally.add(&[type_of(value)], 1);
    let mut below = |path: &[&str], value: &Value| {
        if let (true, Some(known)) = (depth < MAX_DEPTH, tally.at(path)) {
            known.merge(shape_at(value, depth + 1), &mut usize::MAX.clone());
        }
    };
    match value {
        Value::Array(items) => {
            items.iter().take(MAX_ITEMS).for_each(|it| below(&["items"], it));
        }
        Value::Object(properties) => {
            let is_map = properties.len() > MAX_PROPERTIES;
            for (name, value) in properties.iter().take(MAX_ITEMS) {
                match !is_map && words::is_name(name) {
                    true => below(&["properties", name], value),
                    false => below(&["values"], value),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    tally
}
