//! Resources and their calls.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/files.rs: `cargo xtask regen`.

pub mod datasets;
pub mod fine_tunes;
