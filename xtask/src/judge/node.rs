//! Node's programs: installed once, as the lock file pins them, and run over documents.

use super::values::{self, Values};
use crate::corpus::documents::Document;
use crate::hash::sha256;
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// Where they stand in the workspace.
const PROGRAMS: &str = "tests/judge";

/// Puts the programs below `folder`, with the packages that they need.
pub(super) fn install(workspace: &Workspace, folder: &Path) -> Result<()> {
    install_from(&workspace.root.join(PROGRAMS), &folder.join("node"))
}

/// Puts the programs of a folder into another, with the packages that their lock file names.
pub(crate) fn install_from(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    let unreadable = || format!("cannot read {}", from.display());
    for entry in fs::read_dir(from).with_context(unreadable)? {
        let path = entry.with_context(unreadable)?.path();
        let program = path.extension().is_some_and(|it| it == "mjs" || it == "json");
        if let (true, Some(name)) = (program, path.file_name()) {
            fs::copy(&path, to.join(name))
                .with_context(|| format!("cannot copy {}", path.display()))?;
        }
    }
    let lock = fs::read(to.join("package-lock.json")).context("there is no package-lock.json")?;
    let stamp = to.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|it| it == sha256(&lock)) {
        return Ok(());
    }
    let mut npm = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(to);
    let status = npm.stdin(Stdio::null()).status();
    let status = status.context("Node's npm is needed to install judges")?;
    if !status.success() {
        bail!("{npm:?} failed");
    }
    fs::write(&stamp, sha256(&lock)).with_context(|| format!("cannot write {}", stamp.display()))
}

/// The values of each document; each gets the overlay that gives its schemas types of known names.
pub(super) fn make(
    documents: &mut [Document],
    folder: &Path,
    seed: u32,
    count: u32,
) -> Result<Vec<Values>> {
    let mut jobs = Vec::new();
    for it in documents.iter_mut() {
        let place = folder.join("values").join(&it.krate);
        fs::create_dir_all(&place).with_context(|| format!("cannot create {}", place.display()))?;
        it.overlay = Some(place.join("overlay.json"));
        let size = fs::metadata(&it.path).map_or(0, |it| it.len());
        jobs.push((size, it.path.clone(), place));
    }
    let places: Vec<_> = jobs.iter().map(|it| it.2.clone()).collect();
    // Each process takes every so many of them, from the largest on.
    jobs.sort_by_key(|it| std::cmp::Reverse(it.0));
    let processes = thread::available_parallelism().map_or(1, usize::from).min(jobs.len());
    let share = |it| jobs.iter().skip(it).step_by(processes).map(|it| (&*it.1, &*it.2));
    thread::scope(|scope| {
        let all = (0..processes).map(|it| {
            let jobs: Vec<_> = share(it).collect();
            scope.spawn(move || process(&jobs, folder, seed, count))
        });
        let all: Vec<_> = all.collect();
        all.into_iter().try_for_each(|it| it.join().expect("it does not panic"))
    })?;
    places.iter().map(|it: &PathBuf| values::read(it)).collect()
}

fn process(jobs: &[(&Path, &Path)], folder: &Path, seed: u32, count: u32) -> Result<()> {
    let mut node = Command::new("node");
    node.args(["--stack-size=4000", "--max-old-space-size=6000", "make.mjs"]);
    node.args([seed.to_string(), count.to_string()]).current_dir(folder.join("node"));
    let child = node.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.context("Node is needed to judge values")?;
    let mut input = child.stdin.take().context("it has no standard input")?;
    for (document, place) in jobs {
        writeln!(input, "{}\t{}", document.display(), place.display())?;
    }
    drop(input);
    let output = child.wait_with_output().context("Node was lost")?;
    if !output.status.success() {
        let done = String::from_utf8_lossy(&output.stdout).lines().count();
        let at = jobs.get(done).map(|it| it.0.display().to_string()).unwrap_or_default();
        bail!("no values were made of {at}");
    }
    Ok(())
}
