//! The program: `openapi-clients --help` lists its commands.

use clap::{Parser, Subcommand};
use openapi_clients::commands::{self, ClientCommand, init};
use openapi_clients::project::Project;
use std::process::ExitCode;

/// Generating makes many small values, on all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Keeps a crate of Rust clients that are generated from OpenAPI and AsyncAPI documents.
#[derive(Parser)]
#[command(name = "openapi-clients", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a project of a folder: `specs`, and a crate for the clients
    Init(init::Args),
    #[command(flatten)]
    Clients(ClientCommand),
}

fn main() -> ExitCode {
    let program = openapi_clients::program();
    let done = match Cli::parse().command {
        Command::Init(args) => init::run(&args, &program),
        Command::Clients(command) => commands::run(&command, &program, || {
            let folder = std::env::current_dir()?;
            Project::around(&folder, program.clone())
        }),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_words_of_all_commands_fit_together() {
        Cli::command().debug_assert();
    }
}
