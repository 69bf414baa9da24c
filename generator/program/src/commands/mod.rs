//! The commands.

pub mod dump;
pub mod generate;
pub mod init;
pub mod learn;
pub mod regen;
pub mod release;
pub mod surface;
pub mod vendor;

use crate::project::{Program, Project};
use anyhow::Result;
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum ClientCommand {
    /// Make the crate of clients from the specs
    Regen(regen::Args),
    /// Take a vendor's documentation pages or whole documents into the specs
    Vendor(vendor::Args),
    /// Give the crate of clients the version that its changes ask for, and keep what it is to compare with
    Release(release::Args),
    /// Make a client crate from any OpenAPI document
    Generate(generate::Args),
    /// Propose corrections of documents from what clients have noted of responses
    Learn(learn::Args),
    /// Show the state after a pass
    Dump(dump::Args),
}

/// Runs a command in the project that `find` finds. To generate a crate of its own takes none.
pub fn run(
    command: &ClientCommand,
    program: &Program,
    find: impl FnOnce() -> Result<Project>,
) -> Result<ExitCode> {
    match command {
        ClientCommand::Regen(args) => regen::run(args, &find()?),
        ClientCommand::Vendor(args) => vendor::run(args, &find()?),
        ClientCommand::Release(args) => release::run(args, &find()?),
        ClientCommand::Generate(args) => generate::run(args, program),
        ClientCommand::Learn(args) => learn::run(args, &find()?),
        ClientCommand::Dump(args) => dump::run(args, &find()?),
    }
}
