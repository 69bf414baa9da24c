//! Unions: the value is taken as untyped JSON once, then read as the variant that fits.

mod accessors;
mod events;
mod payloads;
mod tagged;
#[cfg(test)]
mod tests;
mod untagged;

pub use events::{EventRow, encode_event, event_data, event_variant, read_event};
pub use tagged::{
    encode_tagged, lacks_tag, tag, tag_equals, tagged_variant, unknown_variant, variant,
};
pub use untagged::{VariantTrials, best_variant};

use super::{JsonNode, Source};

/// Reads a union from the value as a whole.
pub fn read_union<U>(
    source: &mut dyn Source,
    read: fn(&mut JsonNode<'_, '_>) -> Option<U>,
) -> Option<U> {
    let mut value = None;
    source.tree(&mut |node| value = read(node));
    value
}
