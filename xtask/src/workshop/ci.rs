//! `ci`: everything that CI runs, step by step, so that it can be run before anything is pushed.

mod program;
mod publish;

use crate::workshop::{corpus, judge, misread, referee, requests};
use anyhow::{Context, Result, anyhow, bail};
use generator::Node;
use generator::diag::ReportStyle;
use openapi_clients::commands::regen;
use openapi_clients::project::Project;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// Tells the tests where it is; with it, they fail where they would be passed over.
const REFEREE_VARIABLE: &str = "REFEREE_PRISM";
/// Documents of others, beside the repository where there are any.
const CORPUS: &str = "../shared/corpus/specs";
/// Documents that each show one feature.
const SHAPES: &str = "tests/fixtures/shapes";
/// Documents whose clients are called, in a folder for each topic.
const BEHAVIOR: &str = "tests/fixtures/behavior";
/// Whole documents of vendors, beside the repository where there are any, what Prism is known to say of
/// them, and programs that call their clients.
const VENDORS: &str = "../shared/corpus/vendors";
const KNOWN: &str = "tests/referee/known.txt";
const PROGRAMS: &str = "tests/programs";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Run only these; all if none is named
    #[arg(value_enum)]
    steps: Vec<Step>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Step {
    /// Install the mock server that referees the wire tests
    Referee,
    /// Run all tests
    Test,
    /// Check the layout of the code
    Fmt,
    /// Check the code for what is better written otherwise
    Clippy,
    /// Build the documentation
    Doc,
    /// Check that the committed client is fresh
    Regen,
    /// Check the client with each vendor alone
    Features,
    /// Check clients of documents that others wrote
    Corpus,
    /// Let programs that others wrote make values of all schemas, which clients read and write unchanged
    Values,
    /// Run tests of what clients of small documents put on the wire
    Wire,
    /// Plant misreadings, each of which the judges of values, of the wire and of requests must find
    Misread,
    /// Call the clients of whole vendor documents, by programs and at the mock server
    Calls,
    /// Call the clients of documents that others wrote at a server of judges that others wrote
    Requests,
    /// Run the README's commands for other repositories in an empty folder
    Program,
    /// Check licences and sources of dependencies
    Deny,
    /// Pack what is published, and build it from that
    Package,
    /// Check with the oldest Rust that is promised
    OldestRust,
    /// Compare what is published with the last release
    Semver,
}

pub(crate) fn run(args: &Args, workspace: &Project) -> Result<ExitCode> {
    let all = <Step as clap::ValueEnum>::value_variants();
    let steps = if args.steps.is_empty() { all } else { &args.steps };
    let mut failed = Vec::new();
    for step in steps {
        let start = Instant::now();
        println!("── {step:?}");
        if let Err(error) = step.run(workspace) {
            eprintln!("error: {error:#}");
            failed.push(format!("{step:?}"));
        }
        println!("── {step:?}: {} s", start.elapsed().as_secs());
    }
    if failed.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    bail!("failed: {}", failed.join(", "))
}

impl Step {
    fn run(self, workspace: &Project) -> Result<()> {
        let root = &workspace.root;
        match self {
            Self::Referee => referee::install(root),
            Self::Test => test(root),
            Self::Fmt => cargo(root, &["fmt", "--all", "--check"], &[]),
            Self::Clippy => {
                let words = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
                cargo(root, &words, &[])
            }
            Self::Doc => {
                let words = ["doc", "--workspace", "--no-deps"];
                cargo(root, &words, &[("RUSTDOCFLAGS", "-D warnings".into())])
            }
            Self::Regen => succeeded(regen::run(&regen::Args::check(), workspace)?),
            Self::Features => features(workspace),
            Self::Corpus => sample(workspace),
            Self::Values => values(workspace),
            Self::Wire => wire(workspace),
            Self::Misread => misreadings(workspace),
            Self::Calls => calls(workspace),
            Self::Requests => ask(workspace),
            Self::Program => program::run(workspace),
            Self::Deny => deny(root),
            Self::Package => publish::package(root),
            Self::OldestRust => publish::oldest_rust(root),
            Self::Semver => publish::semver(workspace),
        }
    }
}

/// The README's test command, and the runtime's tests that only run with features that are off there.
fn test(root: &Path) -> Result<()> {
    let prism = (REFEREE_VARIABLE, referee::prism(root).into_os_string());
    cargo(root, &["test", "--workspace"], &[prism])?;
    cargo(root, &["test", "--package", "client-runtime", "--all-features"], &[])
}

fn features(workspace: &Project) -> Result<()> {
    for (_, client) in regen::clients(workspace)? {
        let module = client.module;
        let words = ["clippy", "--package", "generated-client", "--all-targets"];
        let alone = ["--no-default-features", "--features", &module, "--", "-D", "warnings"];
        cargo(&workspace.root, &[&words[..], &alone].concat(), &[])
            .with_context(|| format!("with `{module}` alone"))?;
    }
    Ok(())
}

/// A folder beside the repository, if it is there.
fn beside(workspace: &Project, place: &str) -> Option<PathBuf> {
    let folder = Some(workspace.root.join(place)).filter(|it| it.is_dir());
    if folder.is_none() {
        println!("there are no documents of others at {place}: nothing to do with them");
    }
    folder
}

fn sample(workspace: &Project) -> Result<()> {
    let Some(folder) = beside(workspace, CORPUS) else { return Ok(()) };
    let args = corpus::Args::of_list(folder, workspace.root.join(corpus::LIST));
    succeeded(corpus::run(&args, workspace)?)
}

/// The folders with small documents.
fn small(workspace: &Project) -> Result<Vec<PathBuf>> {
    let mut folders = vec![workspace.root.join(SHAPES)];
    let entries = std::fs::read_dir(workspace.root.join(BEHAVIOR)).context("cannot read it")?;
    folders.extend(entries.filter_map(|it| Some(it.ok()?.path())).filter(|it| it.is_dir()));
    folders.sort();
    Ok(folders)
}

/// Judges values of the small documents, of the vendors' and of a sample of others.
fn values(workspace: &Project) -> Result<()> {
    let mut specs = small(workspace)?;
    let documents = workspace.vendors()?.into_iter().map(|it| workspace.spec(&it, "openapi.yaml"));
    specs.extend(documents.filter(|it| it.exists()));
    succeeded(judge::values(&judge::ValuesArgs::of(specs, None), workspace)?)?;
    let Some(folder) = beside(workspace, CORPUS) else { return Ok(()) };
    let list = workspace.root.join(judge::LIST);
    succeeded(judge::values(&judge::ValuesArgs::of(vec![folder], Some(list)), workspace)?)
}

/// Runs the tests that are emitted for each small document, and for those of the vendors.
fn wire(workspace: &Project) -> Result<()> {
    let folders = small(workspace)?.into_iter().chain([vendors(workspace)?]);
    for folder in folders {
        println!("{}", folder.display());
        succeeded(corpus::run(&corpus::Args::with_wire_tests(folder), workspace)?)?;
    }
    Ok(())
}

/// A folder with the documents of the vendors as they are corrected, and what is said beside them.
fn vendors(workspace: &Project) -> Result<PathBuf> {
    let folder = workspace.target().join("wire");
    let mut files = Vec::new();
    for vendor in workspace.vendors()? {
        let source = workspace.source(&vendor)?;
        let (document, asyncapi) = generator::corrected_documents(&source)
            .map_err(|report| anyhow!("{vendor}\n{}", report.render(ReportStyle::Plain)))?;
        let bytes = |it: &Node| it.to_json().to_string().into_bytes();
        files.push((format!("{vendor}.json"), bytes(&document)));
        files.extend(asyncapi.map(|it| (format!("{vendor}.asyncapi.yaml"), bytes(&it))));
        files.extend(source.client.map(|it| (format!("{vendor}.client.yaml"), it.bytes)));
    }
    if folder.exists() {
        std::fs::remove_dir_all(&folder).context("the documents of before cannot be removed")?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("no {}", folder.display()))?;
    for (name, bytes) in files {
        std::fs::write(folder.join(&name), bytes).with_context(|| format!("no {name}"))?;
    }
    Ok(folder)
}

/// Plants the misreadings that each judge must find.
fn misreadings(workspace: &Project) -> Result<()> {
    for judge in <misread::MisreadJudge as clap::ValueEnum>::value_variants() {
        succeeded(misread::run(&misread::Args::of(*judge), workspace)?)?;
    }
    Ok(())
}

fn calls(workspace: &Project) -> Result<()> {
    let Some(folder) = beside(workspace, VENDORS) else { return Ok(()) };
    let entries = std::fs::read_dir(&folder).context("the documents of vendors cannot be read")?;
    let mut specs: Vec<_> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    specs.sort();
    let args =
        referee::Args::short(specs, workspace.root.join(KNOWN), workspace.root.join(PROGRAMS));
    succeeded(referee::run(&args, workspace)?)
}

fn ask(workspace: &Project) -> Result<()> {
    let Some(folder) = beside(workspace, CORPUS) else { return Ok(()) };
    succeeded(requests::run(&requests::Args::of(folder), workspace)?)
}

fn deny(root: &Path) -> Result<()> {
    let there = Command::new("cargo").args(["deny", "--version"]).output();
    if !there.is_ok_and(|it| it.status.success()) {
        println!("cargo-deny is not installed: nothing to check");
        return Ok(());
    }
    cargo(root, &["deny", "check", "bans", "licenses", "sources"], &[])
}

fn cargo(root: &Path, words: &[&str], variables: &[(&str, std::ffi::OsString)]) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(words).envs(variables.iter().map(|(name, value)| (name, value))).current_dir(root);
    wait(&mut command)
}

fn wait(command: &mut Command) -> Result<()> {
    let name = format!("{command:?}");
    let status =
        command.stdin(Stdio::null()).status().with_context(|| format!("cannot run {name}"))?;
    if !status.success() {
        bail!("{name} failed");
    }
    Ok(())
}

fn succeeded(code: ExitCode) -> Result<()> {
    if code == ExitCode::SUCCESS {
        return Ok(());
    }
    bail!("it is not as it should be")
}
