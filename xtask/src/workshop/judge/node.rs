//! Node's programs, run over documents.

use super::values::{self, Values};
use crate::workshop::corpus::documents::CorpusDocument;
use anyhow::{Context, Result, bail};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// The values of each document; each gets the overlay that gives its schemas types of known names.
pub(super) fn make(
    documents: &mut [CorpusDocument],
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
