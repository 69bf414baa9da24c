//! Tuples, patterns of properties, and what may stand beside what is named.

use super::super::node::{Node, Value};
use super::schema::Schema;

pub(super) fn prefix_items(schema: &mut Schema<'_>) {
    let listed = schema.map.get("items").is_some_and(|it| it.as_list().is_some());
    if listed && let Some(items) = schema.take("items") {
        if schema.has("prefixItems") {
            return schema
                .no_effect(items.id, "a list of `items` has no effect beside `prefixItems`");
        }
        schema.map.insert("prefixItems".to_owned(), items);
    }
    if !schema.has("prefixItems") {
        return;
    }
    if let Some(rest) = schema.take("additionalItems").filter(|_| listed) {
        schema.map.insert("items".to_owned(), rest);
    }
    match schema.map.get("items").map(|it| &it.value) {
        Some(Value::Bool(false)) => {
            schema.take("items");
            schema.notes().closed = true;
        }
        Some(Value::Bool(true)) => {
            schema.take("items");
        }
        Some(_) | None => {}
    }
}

/// Types have the properties of all that a schema extends, so both keywords say the same of the whole.
pub(super) fn unevaluated(schema: &mut Schema<'_>) {
    let Some(node) = schema.take("unevaluatedProperties") else { return };
    if schema.has("additionalProperties") {
        let message = "`unevaluatedProperties` has no effect beside `additionalProperties`, which leaves none";
        return schema.no_effect(node.id, message);
    }
    schema.map.insert("additionalProperties".to_owned(), node);
    schema.notes().unevaluated = true;
}

pub(super) fn nothing_more(schema: &mut Schema<'_>) {
    let more = schema.map.get_mut("additionalProperties").filter(|it| is_nothing(it));
    if let Some(more) = more {
        more.value = Value::Bool(false);
    }
}

/// True if a schema is `{not: {}}`, which nothing fits.
fn is_nothing(node: &Node) -> bool {
    let Some(map) = node.as_map() else { return false };
    let not = map.get("not").and_then(Node::as_map);
    map.len() == 1 && not.is_some_and(indexmap::IndexMap::is_empty)
}
