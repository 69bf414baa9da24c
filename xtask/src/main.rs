//! The commands of the workspace: `cargo xtask --help` lists them.

mod bench;
mod cargo;
mod ci;
mod clock;
mod conform;
mod corpus;
mod dump;
mod generate;
mod hash;
mod input;
mod judge;
mod known;
mod misread;
mod npm;
mod owned;
mod probe;
mod referee;
mod regen;
mod release;
mod requests;
mod scratch;
mod surface;
mod terminal;
mod text;
mod vendor;
mod workspace;
mod yaml;

use clap::{Parser, Subcommand};
use std::process::ExitCode;
use workspace::Workspace;

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
    /// Generate and check clients of many documents
    Corpus(corpus::Args),
    /// Call every operation of a document at Prism, a mock server that others wrote
    Referee(referee::Args),
    /// Take single keywords out of documents, and see whether what is said of them is true
    Probe(probe::Args),
    /// Let programs that others wrote judge what clients read and write
    Judge(judge::Args),
    /// Call every operation of many documents at a server of validators that others wrote
    Requests(requests::Args),
    /// Check recorded requests of a client against its document
    Conform(conform::Args),
    /// Plant misreadings into a copy of the generator, and see that a judge finds each
    Misread(misread::Args),
    /// Time the generator, and what it generates, beside others
    Bench(bench::Args),
    /// Run everything that CI runs
    Ci(ci::Args),
}

fn main() -> ExitCode {
    if let Some(code) = bench::as_rustc_wrapper() {
        return code;
    }
    let workspace = Workspace::here();
    let done = match Cli::parse().command {
        Command::Regen(args) => regen::run(&args, &workspace),
        Command::Vendor(args) => vendor::run(&args, &workspace),
        Command::Release(args) => release::run(&args, &workspace),
        Command::Generate(args) => generate::run(&args, &workspace),
        Command::Dump(args) => dump::run(&args, &workspace),
        Command::Corpus(args) => corpus::run(&args, &workspace),
        Command::Referee(args) => referee::run(&args, &workspace),
        Command::Probe(args) => probe::run(&args, &workspace),
        Command::Judge(args) => judge::run(&args, &workspace),
        Command::Requests(args) => requests::run(&args, &workspace),
        Command::Misread(args) => misread::run(&args, &workspace),
        Command::Conform(args) => conform::run(&args),
        Command::Bench(args) => bench::run(&args, &workspace),
        Command::Ci(args) => ci::run(&args, &workspace),
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
