//! The commands of the workspace: `cargo xtask --help` lists them.

mod location;
mod workshop;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use openapi_clients::commands::{self, ClientCommand};
use std::fmt::Write;
use std::process::ExitCode;
use workshop::WorkshopCommand;

/// Generating makes many small values, on all cores.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", about = "The commands of the workspace")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(flatten)]
    Clients(ClientCommand),
    #[command(flatten)]
    Workshop(WorkshopCommand),
}

fn main() -> ExitCode {
    if let Some(code) = workshop::bench::as_rustc_wrapper() {
        return code;
    }
    let workspace = location::workspace();
    let parsed = Cli::from_arg_matches(&grouped().get_matches());
    let done = match parsed.unwrap_or_else(|error| error.exit()).command {
        Command::Clients(command) => {
            commands::run(&command, &workspace.program.clone(), || Ok(workspace))
        }
        Command::Workshop(command) => workshop::run(&command, &workspace),
    };
    done.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

/// All commands, with a help that lists those of the workshop apart: clap has one heading for all subcommands.
fn grouped() -> clap::Command {
    let workshop = WorkshopCommand::augment_subcommands(clap::Command::new("workshop"));
    let mut list = String::new();
    for it in workshop.get_subcommands() {
        let about = it.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(list, "  {:<9} {about}", it.get_name());
    }
    Cli::command()
        .mut_subcommands(|it| {
            let hidden = workshop.find_subcommand(it.get_name()).is_some();
            it.hide(hidden)
        })
        .help_template(format!(
            "{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\nClients:\n{{subcommands}}\n\n\
             The workshop of the generator:\n{list}\nOptions:\n{{options}}{{after-help}}"
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_all_commands_fit_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_help_lists_each_command_once() {
        let help = grouped().render_help().to_string();
        let listed = |name: &str| help.matches(&format!("\n  {name} ")).count();
        for command in Cli::command().get_subcommands() {
            assert_eq!(listed(command.get_name()), 1, "{}: {help}", command.get_name());
        }
        let place = |word: &str| help.find(word).unwrap_or_else(|| panic!("no {word}: {help}"));
        assert!(place("\n  dump ") < place("workshop") && place("workshop") < place("\n  ci "));
    }

    #[test]
    fn benchmarks_are_told_what_to_measure() {
        let parses = |words: &str| Cli::try_parse_from(words.split(' ')).is_ok();
        for (words, right) in [
            ("xtask bench generate --peers bin --runs 2 --double a.yaml b.json", true),
            ("xtask bench generate", false),
            ("xtask bench compile --release --cold a.yaml", true),
            ("xtask bench compile --check --release a.yaml", false),
            ("xtask bench call --in-flight 10000", true),
            ("xtask bench call --in-flight many", false),
            ("xtask bench decode --runs 1", true),
            ("xtask bench soak --minutes 60 --calls 8", true),
            ("xtask bench soak --minutes long", false),
            ("xtask bench growth --runs 1 variants", true),
            ("xtask bench growth --size 5", false),
            ("xtask bench", false),
        ] {
            assert_eq!(parses(words), right, "{words}");
        }
    }
}
