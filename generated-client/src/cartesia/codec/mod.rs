//! Codecs of the types.
// @generated from specs/cartesia/openapi.yaml by generator/src/emit/files.rs: `cargo xtask regen`.

mod datasets;
mod datasets_files;
mod fine_tunes;
