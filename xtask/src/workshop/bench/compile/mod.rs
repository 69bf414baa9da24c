//! `bench compile`: what the compiler needs for a generated client, the crate alone.

mod cold;
mod krate;
mod rustc;

pub(crate) use rustc::as_rustc_wrapper;

use super::program;
use super::samples::{Samples, Usages, fastest};
use super::tool::{self, ToolKind};
use anyhow::{Context, Result};
use krate::{BuildMode, Krate};
use openapi_clients::project::Project;
use openapi_clients::terminal::table;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(super) struct Args {
    /// The OpenAPI documents
    #[arg(required = true)]
    specs: Vec<PathBuf>,
    /// A folder with the programs of other generators
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,
    /// Compilations of each client, all by turns
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: usize,
    /// Only check
    #[arg(long, conflicts_with = "release")]
    check: bool,
    /// Also build with `--release`
    #[arg(long)]
    release: bool,
    /// Also build a program on each client once, its dependencies too
    #[arg(long)]
    cold: bool,
}

pub(super) fn run(args: &Args, workspace: &Project) -> Result<()> {
    let tools = tool::all(program::generator(workspace)?, args.peers.as_deref());
    let scratch = workspace.target().join("bench/compile");
    fs::create_dir_all(&scratch).with_context(|| format!("cannot create {}", scratch.display()))?;
    for spec in &args.specs {
        println!("{}", spec.display());
        let mut clients = Vec::new();
        for tool in &tools {
            match Krate::generated(tool, spec, &scratch) {
                Ok(krate) => clients.push(Client { krate, of: Vec::new(), failed: false }),
                Err(error) => println!("{} makes no client: {}", tool.kind.name(), last(&error)),
            }
        }
        for verb in verbs(args) {
            compile(&mut clients, verb, args.runs);
        }
        print!("{}", table(&sizes(&clients)?));
        for (index, verb) in verbs(args).into_iter().enumerate() {
            println!("\n{}", what(verb));
            print!("{}", table(&comparison(&clients, index)));
        }
        println!(
            "seconds and MiB of the compiler of the crate alone: median (least) of {} runs by turns",
            args.runs
        );
        if args.cold {
            print!("\n{}", cold(&clients, &scratch)?);
        }
        println!();
    }
    Ok(())
}

fn verbs(args: &Args) -> Vec<BuildMode> {
    match (args.check, args.release) {
        (true, _) => vec![BuildMode::Check],
        (false, false) => vec![BuildMode::Check, BuildMode::Debug],
        (false, true) => vec![BuildMode::Check, BuildMode::Debug, BuildMode::Release],
    }
}

fn what(verb: BuildMode) -> &'static str {
    match verb {
        BuildMode::Check => "check",
        BuildMode::Debug => "debug build",
        BuildMode::Release => "release build",
    }
}

/// A client, and what the compiler has needed for it, verb by verb.
struct Client {
    krate: Krate,
    of: Vec<Usages>,
    failed: bool,
}

/// Once to have all dependencies there, then by turns.
fn compile(clients: &mut [Client], verb: BuildMode, runs: usize) {
    for run in 0..=runs {
        for it in clients.iter_mut() {
            if run == 0 {
                eprintln!("{}: {}", what(verb), it.krate.name);
                it.of.push(Usages::default());
            }
            if it.failed {
                continue;
            }
            match (it.krate.build(verb), it.of.last_mut()) {
                (Ok(used), Some(usages)) if run > 0 => usages.add(used),
                (Ok(_), _) => {}
                (Err(error), _) => {
                    println!("{} does not compile: {}", it.krate.name, last(&error));
                    it.failed = true;
                }
            }
        }
    }
}

fn sizes(clients: &[Client]) -> Result<Vec<Vec<String>>> {
    let heading = ["client", "lines of types and calls", "of codecs", "crates below"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    for it in clients.iter().filter(|it| !it.failed) {
        let (codec, others) = it.krate.lines()?;
        let name = it.krate.kind.name().to_owned();
        rows.push(vec![name, others.to_string(), codec.to_string(), it.krate.below()?.to_string()]);
    }
    Ok(rows)
}

/// Each beside the fastest of the others.
fn comparison(clients: &[Client], verb: usize) -> Vec<Vec<String>> {
    let heading = ["client", "CPU s", "ratio", "peak MiB", "ratio", "wall s"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    let others =
        || clients.iter().filter(|it| it.krate.kind != ToolKind::Ours).map(|it| &it.of[verb]);
    let (cpu, peak) = (fastest(others().map(|it| &it.cpu)), fastest(others().map(|it| &it.peak)));
    for it in clients {
        let used = &it.of[verb];
        let name = it.krate.kind.name().to_owned();
        rows.push(match used.cpu.is_empty() {
            true => vec![name, "not compiled".to_owned()],
            false => vec![
                name,
                used.cpu.show(2),
                used.cpu.times(&cpu),
                used.peak.show(0),
                used.peak.times(&peak),
                used.wall.show(2),
            ],
        });
    }
    rows
}

fn cold(clients: &[Client], scratch: &Path) -> Result<String> {
    let heading = ["cold build of a program on", "CPU s", "ratio", "crates that need most"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    let mut built = Vec::new();
    for it in clients.iter().filter(|it| !it.failed) {
        eprintln!("cold build: {}", it.krate.name);
        built.push((it.krate.kind, cold::build(&it.krate, scratch)?));
    }
    let others = built.iter().filter(|it| it.0 != ToolKind::Ours).map(|it| &it.1.cpu);
    let least: Samples = fastest(others);
    for (kind, it) in &built {
        let most = it.crates.iter().take(5).map(|(name, cpu)| format!("{name} {cpu:.1}"));
        rows.push(vec![
            kind.name().to_owned(),
            format!("{:.1}", it.cpu.median()),
            it.cpu.times(&least),
            most.collect::<Vec<_>>().join(", "),
        ]);
    }
    Ok(table(&rows))
}

/// The last line of an error that says more than one.
fn last(error: &anyhow::Error) -> String {
    let text = format!("{error:#}");
    let found = text.lines().find(|it| it.starts_with("error")).or(text.lines().last());
    found.unwrap_or_default().chars().take(200).collect()
}
