//! The commands for whoever works on the generator: they check and measure what it makes.

pub(crate) mod bench;
mod cargo;
mod ci;
mod conform;
mod corpus;
mod judge;
mod known;
mod misread;
mod npm;
mod probe;
mod referee;
mod requests;
mod scratch;

use anyhow::Result;
use clap::Subcommand;
use openapi_clients::project::Project;
use std::process::ExitCode;

#[derive(Subcommand)]
pub(crate) enum WorkshopCommand {
    /// Run everything that CI runs
    Ci(ci::Args),
    /// Generate and check clients of many documents
    Corpus(corpus::Args),
    /// Check recorded requests of a client against its document
    Conform(conform::Args),
    /// Call every operation of a document at Prism, a mock server that others wrote
    Referee(referee::Args),
    /// Let programs that others wrote judge what clients read and write
    Judge(judge::Args),
    /// Call every operation of many documents at a server of validators that others wrote
    Requests(requests::Args),
    /// Take single keywords out of documents, and see whether what is said of them is true
    Probe(probe::Args),
    /// Plant misreadings into a copy of the generator, and see that a judge finds each
    Misread(misread::Args),
    /// Time the generator, and what it generates, beside others
    Bench(bench::Args),
}

pub(crate) fn run(command: &WorkshopCommand, workspace: &Project) -> Result<ExitCode> {
    match command {
        WorkshopCommand::Ci(args) => ci::run(args, workspace),
        WorkshopCommand::Corpus(args) => corpus::run(args, workspace),
        WorkshopCommand::Conform(args) => conform::run(args),
        WorkshopCommand::Referee(args) => referee::run(args, workspace),
        WorkshopCommand::Judge(args) => judge::run(args, workspace),
        WorkshopCommand::Requests(args) => requests::run(args, workspace),
        WorkshopCommand::Probe(args) => probe::run(args, workspace),
        WorkshopCommand::Misread(args) => misread::run(args, workspace),
        WorkshopCommand::Bench(args) => bench::run(args, workspace),
    }
}
