//! Keywords without an effect on a client.

use super::super::keyword::{ReadBy, SchemaKeyword};
use super::super::node::Value;
use super::schema::Schema;

/// Removes what has no effect; a client neither checks values nor knows dialects.
pub(super) fn keywords(schema: &mut Schema<'_>) {
    let whole = schema.at.extended();
    // `contentSchema` is read where it describes the data of an event (OpenAPI 3.2), which may be a component.
    let carries = whole.is_property("data") || whole.is_component();
    let nobody = |it: SchemaKeyword| match it.row().read_by {
        ReadBy::Nobody => Some(true),
        ReadBy::Author => Some(false),
        ReadBy::Tree if it == SchemaKeyword::ContentSchema => Some(true).filter(|_| !carries),
        ReadBy::Tree | ReadBy::Piece | ReadBy::Downgrade => None,
    };
    let found = schema.map.keys().filter_map(|it| SchemaKeyword::of(it));
    let mut found: Vec<_> = found.filter_map(|it| Some((it, nobody(it)?))).collect();
    found.sort_by_key(|it| it.0 as usize);
    for (keyword, told) in found {
        let Some(node) = schema.take(keyword.name()) else { continue };
        if told {
            let message = format_args!("`{}` has no effect on the client", keyword.name());
            schema.no_effect(node.id, message);
        }
    }
}

/// The client reads values that no mapping names as `Unknown`, with all of their JSON.
pub(super) fn default_mapping(schema: &mut Schema<'_>) {
    let Some(Value::Map(map)) = schema.map.get_mut("discriminator").map(|it| &mut it.value) else {
        return;
    };
    if let Some(node) = map.shift_remove("defaultMapping") {
        schema.no_effect(node.id, "`defaultMapping` has no effect: other values are `Unknown`");
    }
}
