//! Codecs of the types.
// @generated from specs/fireworks/openapi.yaml by generator/src/emit/files.rs: `cargo xtask regen`.

mod datasets;
