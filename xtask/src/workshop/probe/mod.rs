//! `probe`: takes single keywords out of documents. Without one that was used, output or findings must be others;
//! without one that has no meaning for a client, neither.

mod draw;
mod report;
mod trial;

use crate::workshop::corpus::LIST;
use crate::workshop::corpus::documents::documents;
use anyhow::Result;
use openapi_clients::project::Project;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The folders with the documents
    #[arg(required = true, value_name = "DIR")]
    dirs: Vec<PathBuf>,
    /// Keywords to take out, half of them used ones if there are enough of both
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    nodes: usize,
    /// Which are drawn
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Pass over documents that are larger
    #[arg(long, value_name = "BYTES", default_value_t = 200_000)]
    largest: u64,
}

pub(crate) fn run(args: &Args, workspace: &Project) -> Result<ExitCode> {
    let known = workspace.root.join(LIST);
    let mut all = Vec::new();
    for dir in &args.dirs {
        all.extend(documents(dir, None, None, &known)?);
    }
    let drawn = draw::draw(&all, args)?;
    let trials = trial::all(&drawn);
    println!("seed {}, {} documents", args.seed, drawn.len());
    Ok(report::print(&trials))
}
