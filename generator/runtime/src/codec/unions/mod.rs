//! Unions: the value is taken as untyped JSON once, then read as the variant that fits.

mod tagged;
mod untagged;

pub(super) use tagged::equals;
pub use tagged::{
    encode_tagged, lacks_tag, tag, tag_equals, tagged_variant, unknown_variant, variant,
};
pub use untagged::Attempts;
