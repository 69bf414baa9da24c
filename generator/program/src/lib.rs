//! The program `openapi-clients`, and the library of its commands, which is no promise to others.
//!
#![doc = include_str!("manual.md")]

#[doc(hidden)]
pub mod clock;
#[doc(hidden)]
pub mod commands;
#[doc(hidden)]
pub mod generated_dir;
#[doc(hidden)]
pub mod hash;
#[doc(hidden)]
pub mod input;
#[doc(hidden)]
pub mod project;
#[doc(hidden)]
pub mod runtime;
#[doc(hidden)]
pub mod terminal;
mod text;
#[doc(hidden)]
pub mod yaml;

/// The program as it is installed: it has the sources of the runtime within itself.
#[cfg(feature = "embedded")]
#[doc(hidden)]
pub fn program() -> project::Program {
    let runtime = runtime::RuntimeSources::Embedded(client_runtime::sources::FILES);
    project::Program { command: "openapi-clients", runtime }
}
