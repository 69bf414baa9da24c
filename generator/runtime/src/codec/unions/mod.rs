//! Unions: the value is taken as untyped JSON once, then read as the variant that fits.

mod choices;
mod tagged;
#[cfg(test)]
mod tests;
mod untagged;

pub(super) use choices::Outermost;
pub(super) use tagged::equals;
pub use tagged::{
    encode_tagged, lacks_tag, read_tagged, tag, tag_equals, tagged_variant, unknown_variant,
    variant,
};
pub use untagged::{Attempts, best_variant, read_untagged};
