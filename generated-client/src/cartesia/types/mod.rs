//! Types that are sent and received.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/files.rs: `cargo xtask regen`.

mod datasets;
mod datasets_files;
mod fine_tunes;

pub use datasets::*;
pub use datasets_files::*;
pub use fine_tunes::*;
