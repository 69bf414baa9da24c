//! Keywords without an effect on a client.

use super::super::node::Value;
use super::schema::Schema;

/// Removed; a client neither checks values nor knows dialects.
pub(super) const KEYWORDS: &[&str] = &[
    "$comment",
    "$anchor",
    "$dynamicAnchor",
    "$recursiveAnchor",
    "$vocabulary",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
    "unevaluatedProperties",
    "unevaluatedItems",
    "contains",
    "minContains",
    "maxContains",
    "propertyNames",
    "contentSchema",
];

/// Those that are for schemas' authors: nobody misses them.
const SILENT: &[&str] =
    &["$comment", "$anchor", "$dynamicAnchor", "$recursiveAnchor", "$vocabulary"];

pub(super) fn keywords(schema: &mut Schema<'_>) {
    // What an event carries (OpenAPI 3.2) travels as `x-ir-content-schema`; its data may refer to a component.
    let whole = schema.at.extended();
    if (whole.is_property("data") || whole.is_component())
        && let Some(carried) = schema.take("contentSchema")
    {
        schema.map.insert("x-ir-content-schema".to_owned(), carried);
    }
    for keyword in KEYWORDS {
        let Some(node) = schema.take(keyword) else { continue };
        if !SILENT.contains(keyword) {
            schema.no_effect(node.id, format_args!("`{keyword}` has no effect on the client"));
        }
    }
}

/// What no mapping names is `Unknown` to the client, with all of its JSON.
pub(super) fn default_mapping(schema: &mut Schema<'_>) {
    let Some(Value::Map(map)) = schema.map.get_mut("discriminator").map(|it| &mut it.value) else {
        return;
    };
    if let Some(node) = map.shift_remove("defaultMapping") {
        schema.no_effect(node.id, "`defaultMapping` has no effect: other values are `Unknown`");
    }
}
