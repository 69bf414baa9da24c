//! The commands for whoever keeps clients. They use nothing of the workshop.

pub mod dump;
pub mod generate;
pub mod regen;
pub mod release;
pub mod surface;
pub mod vendor;

use crate::workspace::Workspace;
use anyhow::Result;
use clap::Subcommand;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum ClientCommand {
    /// Make generated-client from the specs
    Regen(regen::Args),
    /// Take a vendor's documentation pages or whole documents into the specs
    Vendor(vendor::Args),
    /// Give generated-client the version that its changes ask for, and keep what it is to compare with
    Release(release::Args),
    /// Make a client crate from any OpenAPI document
    Generate(generate::Args),
    /// Show the state after a pass
    Dump(dump::Args),
}

pub fn run(command: &ClientCommand, workspace: &Workspace) -> Result<ExitCode> {
    match command {
        ClientCommand::Regen(args) => regen::run(args, workspace),
        ClientCommand::Vendor(args) => vendor::run(args, workspace),
        ClientCommand::Release(args) => release::run(args, workspace),
        ClientCommand::Generate(args) => generate::run(args, workspace),
        ClientCommand::Dump(args) => dump::run(args, workspace),
    }
}
