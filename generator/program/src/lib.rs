//! The commands that keep a crate of clients: documents are taken into `specs/`, and become its sources.

pub mod clock;
pub mod commands;
pub mod generated_dir;
pub mod hash;
pub mod input;
pub mod terminal;
mod text;
pub mod workspace;
pub mod yaml;
