//! Resources and their calls.
// @generated from specs/fireworks/openapi.yaml by generator/src/emit/files.rs: `cargo xtask regen`.

pub mod datasets;
