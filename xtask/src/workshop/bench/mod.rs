//! `bench`: how fast clients are generated, compiled and called, beside what others need for the same.

mod call;
mod cold;
mod compile;
mod decode;
mod doubled;
mod generate;
mod growth;
mod measure;
mod program;
mod samples;
mod soak;
mod tool;

pub(crate) use compile::as_rustc_wrapper;

use anyhow::Result;
use openapi_clients::project::Project;
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Benchmark,
}

#[derive(clap::Subcommand)]
enum Benchmark {
    /// Time generating a client of a document, beside other generators
    Generate(generate::Args),
    /// Time compiling a generated client, the crate alone, beside those of other generators
    Compile(compile::Args),
    /// Build a program on generated-client from nothing, beside the same by hand
    Cold(cold::Args),
    /// Time calls, beside reqwest by hand
    Call(call::Args),
    /// Time reading and writing JSON, beside derived serde
    Decode(decode::Args),
    /// Call a chaotic server with a generated client, and count what is lost or done twice
    Soak(soak::Args),
    /// Show how time and memory grow with documents that have much of one thing
    Growth(growth::Args),
    /// Write a document twice: as it is, and with all of its paths and components copied
    #[command(hide = true)]
    Double(doubled::Args),
}

pub(crate) fn run(args: &Args, workspace: &Project) -> Result<ExitCode> {
    match &args.command {
        Benchmark::Generate(args) => generate::run(args, workspace)?,
        Benchmark::Compile(args) => compile::run(args, workspace)?,
        Benchmark::Cold(args) => cold::run(args, workspace)?,
        Benchmark::Call(args) => call::run(args, workspace)?,
        Benchmark::Decode(args) => decode::run(args, workspace)?,
        Benchmark::Soak(args) => soak::run(args, workspace)?,
        Benchmark::Growth(args) => return growth::run(args, workspace),
        Benchmark::Double(args) => doubled::run(args)?,
    }
    Ok(ExitCode::SUCCESS)
}
