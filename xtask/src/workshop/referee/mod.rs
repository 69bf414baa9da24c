//! `referee`: calls every operation of a document at Prism, a mock server that others wrote, which
//! objects to what the document does not allow and answers with what it declares.

mod copy;
pub(crate) mod echo;
mod expect;
mod prism;
mod program;
mod wire;

use crate::workshop::npm;
use anyhow::{Context, Result};
use expect::{Expected, Round};
use openapi_clients::project::Project;
use openapi_clients::terminal::table;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use wire::TestResults;

/// The packages of Prism.
const PACKAGES: &str = "tests/referee";
/// Where Prism is put, and what is made for it, in the folder of the workspace.
const FOLDER: &str = "target/referee";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// The OpenAPI documents, YAML or JSON
    #[arg(required = true)]
    specs: Vec<PathBuf>,
    /// Rounds with random answers, besides the one with the document's examples
    #[arg(long, value_name = "N", default_value_t = 10)]
    seeds: u32,
    /// File of known failures, one a line: `DOCUMENT | always, examples or random | TEST | WHY`
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,
    /// Programs to run with the clients of documents, each named after its document
    #[arg(long, value_name = "DIR")]
    programs: Option<PathBuf>,
}

impl Args {
    /// A short run over `specs`.
    pub(crate) fn short(specs: Vec<PathBuf>, expect: PathBuf, programs: PathBuf) -> Self {
        Self { specs, seeds: 2, expect: Some(expect), programs: Some(programs) }
    }
}

/// Installs Prism, as its lock file names it.
pub(crate) fn install(root: &Path) -> Result<()> {
    npm::install(&root.join(PACKAGES), &root.join(FOLDER))
}

/// Where Prism is.
pub(crate) fn prism(root: &Path) -> PathBuf {
    root.join(FOLDER).join("node_modules/.bin/prism")
}

/// Runs the tests of a client with variables in their environment, and gives what those that failed have to say.
pub(crate) fn failures(tests: &Path, variables: &[(&str, &OsStr)]) -> Result<Vec<String>> {
    let failed = wire::run(tests, variables)?.failed;
    Ok(failed.into_iter().map(|(test, said)| format!("{test}\n{said}")).collect())
}

pub(crate) fn run(args: &Args, workspace: &Project) -> Result<ExitCode> {
    let expected = args.expect.as_deref().map(Expected::of).transpose()?.unwrap_or_default();
    let mut rows =
        vec![["document", "round", "called", "failed", "unexpected"].map(str::to_owned).to_vec()];
    let mut objections = Vec::new();
    for spec in &args.specs {
        let name = spec.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let client = wire::client(spec, workspace)?;
        let program = args.programs.as_deref().map(|it| program::run(it, &client, workspace));
        if let Some(found) = program.transpose()?.flatten() {
            rows.push(row(&name, "program", &found, found.failed.len()));
            let failed = found.failed.iter();
            objections
                .extend(failed.map(|(test, said)| format!("{name}, program: {test}\n{said}")));
        }
        let tests = wire::build(&client, "wire", workspace)?;
        let copy = copy::write(spec, &workspace.root.join(FOLDER))?;
        let rounds = (1..=args.seeds).map(Round::Random);
        for round in [Round::Examples].into_iter().chain(rounds) {
            let server = prism::start(&prism(&workspace.root), &copy, round)?;
            let found = wire::call(&tests, Some(server.url()));
            let found = found.with_context(|| format!("{name}, {round}"))?;
            let wrong = expected.compare(&name, round, &found.failed);
            rows.push(row(&name, &round.to_string(), &found, wrong.len()));
            objections.extend(wrong.iter().map(|it| format!("{name}, {round}: {it}")));
        }
    }
    print!("{}", table(&rows));
    for it in &objections {
        println!("\n{it}");
    }
    Ok(if objections.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn row(document: &str, round: &str, found: &TestResults, unexpected: usize) -> Vec<String> {
    let figures = [found.called, found.failed.len(), unexpected].map(|it| it.to_string());
    [document, round].map(str::to_owned).into_iter().chain(figures).collect()
}
