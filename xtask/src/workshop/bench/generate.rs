//! `bench generate`: how long generators take for a document, from their start to files on disk.

use super::samples::{Samples, Usages, fastest};
use super::tool::{self, Tool, ToolKind};
use super::{measure, program};
use anyhow::{Context, Result};
use openapi_clients::commands::generate::crate_name;
use openapi_clients::project::Project;
use openapi_clients::terminal::table;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The OpenAPI documents
    #[arg(required = true)]
    specs: Vec<PathBuf>,
    /// A folder with the programs of other generators
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,
    /// Runs of each generator on each document, all by turns
    #[arg(long, value_name = "N", default_value_t = 5)]
    runs: usize,
    /// Also generate a copy of twice the size
    #[arg(long)]
    double: bool,
}

pub(super) fn run(args: &Args, workspace: &Project) -> Result<()> {
    let tools = tool::all(program::generator(workspace)?, args.peers.as_deref());
    let scratch = workspace.target().join("bench");
    fs::create_dir_all(&scratch).with_context(|| format!("cannot create {}", scratch.display()))?;
    let scratch = tempfile::tempdir_in(&scratch).context("there is no room to generate to")?;
    for spec in &args.specs {
        println!("{}", spec.display());
        if args.double {
            let (single, doubled) = double(spec, scratch.path())?;
            let measured = measure_all(&tools, &[&single, &doubled], args.runs, scratch.path())?;
            print!("{}", table(&growth(&measured)));
        } else {
            let measured = measure_all(&tools, &[spec], args.runs, scratch.path())?;
            print!("{}", table(&comparison(&measured)));
        }
        println!("median (least) of {} runs by turns\n", args.runs);
    }
    Ok(())
}

/// The document in one size and in twice that, both written in the same way.
fn double(spec: &Path, scratch: &Path) -> Result<(PathBuf, PathBuf)> {
    let name = spec.file_name().context("a document is a file")?.to_string_lossy();
    let (single, doubled) = (scratch.join(name.as_ref()), scratch.join(format!("doubled-{name}")));
    let mut command = Command::new(program::xtask()?);
    command.args(["bench", "double"]).arg(spec);
    command.arg("--single").arg(&single).arg("--doubled").arg(&doubled);
    measure::run(&mut command)?;
    Ok((single, doubled))
}

/// Resources that a generator has needed for each document, or why it makes no client of it.
struct Measured {
    kind: ToolKind,
    of: Vec<Result<OfDocument>>,
}

#[derive(Default)]
struct OfDocument {
    used: Usages,
    lines: usize,
}

fn measure_all(
    tools: &[Tool],
    specs: &[&Path],
    runs: usize,
    scratch: &Path,
) -> Result<Vec<Measured>> {
    let none = || specs.iter().map(|_| Ok(OfDocument::default())).collect();
    let mut measured: Vec<_> =
        tools.iter().map(|it| Measured { kind: it.kind, of: none() }).collect();
    // Removed at the end: file systems are slow to give a place again that was free a moment ago.
    let mut folders = Vec::new();
    for _ in 0..runs {
        for (tool, measured) in tools.iter().zip(&mut measured) {
            for (spec, of) in specs.iter().zip(&mut measured.of) {
                let Ok(done) = of else { continue };
                let folder = tempfile::tempdir_in(scratch).context("there is no room")?;
                let out = folder.path().join("client");
                match measure::run(&mut tool.generate(spec, &out, &crate_name(spec))) {
                    Ok((used, _)) => {
                        done.used.add(used);
                        done.lines = lines(&out, &|_| true)?;
                    }
                    Err(error) => *of = Err(error),
                }
                folders.push(folder);
            }
        }
    }
    Ok(measured)
}

/// Lines of Rust below a folder, but for sources of a runtime beside a client, in files that are wanted.
pub(super) fn lines(folder: &Path, wanted: &dyn Fn(&Path) -> bool) -> Result<usize> {
    let mut count = 0;
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        if path.is_dir() {
            let passed = ["runtime", "target", "examples"].iter().any(|it| path.ends_with(it));
            count += if passed { 0 } else { lines(&path, wanted)? };
        } else if path.extension().is_some_and(|it| it == "rs") && wanted(&path) {
            count += fs::read_to_string(&path)?.lines().count();
        }
    }
    Ok(count)
}

/// Ours is compared with the fastest of the others, each of them with ours.
fn comparison(measured: &[Measured]) -> Vec<Vec<String>> {
    let heading =
        ["generator", "wall ms", "CPU ms", "peak MiB", "lines", "wall ratio", "CPU ratio"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    let others = || {
        measured
            .iter()
            .filter(|it| it.kind != ToolKind::Ours)
            .filter_map(|it| it.of[0].as_ref().ok())
    };
    let wall = fastest(others().map(|it| &it.used.wall));
    let cpu = fastest(others().map(|it| &it.used.cpu));
    for it in measured {
        rows.push(match &it.of[0] {
            Ok(of) => vec![
                it.kind.name().to_owned(),
                millis(&of.used.wall),
                millis(&of.used.cpu),
                of.used.peak.show(0),
                of.lines.to_string(),
                of.used.wall.times(&wall),
                of.used.cpu.times(&cpu),
            ],
            Err(error) => refused(it.kind, error),
        });
    }
    rows
}

fn growth(measured: &[Measured]) -> Vec<Vec<String>> {
    let heading =
        ["generator", "CPU ms", "of twice the size", "ratio", "wall ratio", "lines ratio"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    for it in measured {
        rows.push(match (&it.of[0], &it.of[1]) {
            (Ok(single), Ok(doubled)) => vec![
                it.kind.name().to_owned(),
                millis(&single.used.cpu),
                millis(&doubled.used.cpu),
                doubled.used.cpu.times(&single.used.cpu),
                doubled.used.wall.times(&single.used.wall),
                format!("{:.2}", ratio(doubled.lines, single.lines)),
            ],
            (Err(error), _) | (_, Err(error)) => refused(it.kind, error),
        });
    }
    rows
}

fn ratio(a: usize, b: usize) -> f64 {
    let number = |it: usize| f64::from(u32::try_from(it).unwrap_or(u32::MAX));
    number(a) / number(b)
}

fn millis(seconds: &Samples) -> String {
    seconds.scaled(1000.0).show(0)
}

fn refused(kind: ToolKind, error: &anyhow::Error) -> Vec<String> {
    let why = format!("{error:#}");
    let last = why.lines().last().unwrap_or_default().chars().take(60).collect::<String>();
    vec![kind.name().to_owned(), format!("makes no client: {last}")]
}
