//! `corpus`: clients of many documents, all checked by one run of cargo.

mod cargo;
pub(crate) mod documents;
pub(crate) mod generated;
mod names;
mod report;
mod unread_keywords;
mod wire;

use crate::workshop::scratch;
use anyhow::{Context, Result, bail};
use cargo::CargoTask;
use generated::GeneratedClient;
use generator::GeneratedFile;
use openapi_clients::commands::{generate, regen};
use openapi_clients::project::Project;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Which documents CI takes, and which no client can be made of.
pub(crate) const LIST: &str = "tests/corpus.txt";

#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
pub(crate) struct Args {
    /// The folder with the documents; `NAME.client.yaml` beside one says what it does not
    dir: PathBuf,
    /// Take only so many, evenly spread over the folder
    #[arg(long, value_name = "N", conflicts_with = "list")]
    sample: Option<usize>,
    /// Take only those that this file names, one a line; `NAME refused` says that one cannot be
    /// generated. Without it, tests/corpus.txt says so of all documents that bear the name
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Only generate
    #[arg(long)]
    no_check: bool,
    /// Build the documentation too, with every warning an error
    #[arg(long)]
    doc: bool,
    /// Run tests of what each call puts on the wire too
    #[arg(long, conflicts_with = "no_check")]
    wire_tests: bool,
    /// List public names with a hash, a number that the document has not, or `Variant0`, and fail if there are any
    #[arg(long)]
    names: bool,
    /// Write every finding into this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Number of documents that are generated at the same time
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

impl Args {
    /// The documents of `dir` that `list` names.
    pub(crate) fn of_list(dir: PathBuf, list: PathBuf) -> Self {
        Self { list: Some(list), ..Self::of(dir) }
    }

    /// All documents of `dir`, with the tests of their clients.
    pub(crate) fn with_wire_tests(dir: PathBuf) -> Self {
        Self { wire_tests: true, ..Self::of(dir) }
    }

    fn of(dir: PathBuf) -> Self {
        Self {
            dir,
            sample: None,
            list: None,
            no_check: false,
            doc: false,
            wire_tests: false,
            names: false,
            ledger: None,
            jobs: None,
        }
    }
}

pub(crate) fn run(args: &Args, workspace: &Project) -> Result<ExitCode> {
    let known = workspace.root.join(LIST);
    let documents = documents::documents(&args.dir, args.sample, args.list.as_deref(), &known)?;
    if documents.is_empty() {
        bail!("{} has no document", args.dir.display());
    }
    let made = generated::all(&documents, args.jobs);
    if let Some(place) = &args.ledger {
        regen::write_ledger(place, made.iter().filter_map(|it| it.report.as_ref()))?;
    }
    let mut findings = cargo::PerCrate::new();
    if !args.no_check && made.iter().any(|it| it.output.is_ok()) {
        let manifest = write(workspace, &made, args.wire_tests)?;
        cargo::run(&CargoTask::Check, &manifest, &mut findings)?;
        if args.doc {
            cargo::run(&CargoTask::Doc, &manifest, &mut findings)?;
        }
        if args.wire_tests {
            cargo::run(&CargoTask::Tests, &manifest, &mut findings)?;
            wire::run(&made, &mut findings, workspace)?;
        }
    }
    unread_keywords::print(&made);
    let made_up = args.names && names::print(&made);
    let code = report::print(&made, &findings);
    Ok(if made_up { ExitCode::FAILURE } else { code })
}

/// Writes the crates of all clients into one workspace, and gives its manifest.
fn write(workspace: &Project, made: &[GeneratedClient<'_>], wire_tests: bool) -> Result<PathBuf> {
    let root = workspace.target().join("corpus");
    let mut members = Vec::new();
    for it in made {
        let Ok(output) = &it.output else { continue };
        let folder = root.join(&it.document.krate);
        let spec = scratch::spec(&it.document.krate, &folder, workspace)?;
        let mut files = generate::krate(&spec, output);
        if wire_tests {
            let source = generated::source(it.document)?;
            generate::add_wire_tests(&mut files, &spec, &source);
        }
        with_sockets(&mut files);
        scratch::put(&folder, &files)?;
        members.push(it.document.krate.clone());
    }
    scratch::manifest(&root, &members, "", workspace)
}

/// Switches on what opens sockets, so that it is compiled and tested too.
fn with_sockets(files: &mut [GeneratedFile]) {
    let manifest = files.iter_mut().find(|it| it.path == "Cargo.toml");
    let Some(it) = manifest.filter(|it| it.text.contains("\nwebsocket = [")) else { return };
    let is_on = it.text.lines().any(|it| it.starts_with("default = ") && it.contains("websocket"));
    if !is_on {
        it.text = it.text.replacen("\ndefault = [", "\ndefault = [\"websocket\", ", 1);
    }
}

/// A document and the program that tests its client.
pub(crate) struct Program {
    /// The file's name.
    pub(crate) name: String,
    pub(crate) document: PathBuf,
    pub(crate) tests: PathBuf,
}

/// Builds the tests of the clients of those documents of a folder that a list names, by one run of cargo.
pub(crate) fn programs(dir: &Path, list: &Path, workspace: &Project) -> Result<Vec<Program>> {
    let documents = documents::documents(dir, None, Some(list), list)?;
    let made = generated::all(&documents, None);
    if made.iter().any(|it| it.output.is_err()) {
        report::print(&made, &cargo::PerCrate::new());
        bail!("some documents that {} names have no client", list.display());
    }
    let manifest = write(workspace, &made, true)?;
    let mut findings = cargo::PerCrate::new();
    cargo::run(&CargoTask::Tests, &manifest, &mut findings)?;
    let program = |it: &documents::CorpusDocument| {
        let tests = findings.get_mut(&it.krate).and_then(|it| it.tests.take());
        let tests = tests.with_context(|| format!("the tests of {} are not built", it.name))?;
        Ok(Program { name: it.name.clone(), document: it.path.clone(), tests })
    };
    documents.iter().map(program).collect()
}
