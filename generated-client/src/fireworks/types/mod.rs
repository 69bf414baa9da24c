//! Types that are sent and received.
// @generated from specs/fireworks/openapi.yaml by generator/src/emit/files.rs: `cargo xtask regen`.

mod datasets;

pub use datasets::*;
