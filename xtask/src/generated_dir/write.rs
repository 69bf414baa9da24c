//! Carries a plan out: files are complete before the first one changes its place.

use super::{Manifest, Plan, Write};
use anyhow::{Context, Result};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread;
use tempfile::TempPath;

/// Makes the folder as planned.
///
/// All new files are written beside their places first, then put there. Meanwhile the list has the
/// old files and the new ones, so that a killed run leaves nothing that the next one does not know.
pub(crate) fn apply(plan: &Plan) -> Result<()> {
    if plan.is_empty() {
        return Ok(());
    }
    let staged = stage(plan)?;
    let list = plan.root.join(Manifest::NAME);
    atomically(&list, plan.before.union(&plan.after).text().as_bytes())?;
    for (file, place) in staged {
        file.persist(&place).with_context(|| format!("cannot write {}", place.display()))?;
    }
    for it in &plan.removals {
        remove(&plan.root, &it.path)?;
    }
    atomically(&list, plan.after.text().as_bytes())
}

fn stage(plan: &Plan) -> Result<Vec<(TempPath, PathBuf)>> {
    fs::create_dir_all(&plan.root)
        .with_context(|| format!("cannot create {}", plan.root.display()))?;
    let one = |it: &Write| {
        let place = plan.root.join(&it.path);
        Ok((beside(&place, it.new.as_bytes())?, place))
    };
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = plan.writes.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let all = |part: &[Write]| part.iter().map(one).collect::<Result<Vec<_>>>();
        let parts: Vec<_> =
            plan.writes.chunks(share).map(|part| scope.spawn(move || all(part))).collect();
        let staged: Result<Vec<_>> =
            parts.into_iter().map(|it| it.join().expect("writing a file does not panic")).collect();
        Ok(staged?.into_iter().flatten().collect())
    })
}

/// Writes a file so that it is there as a whole or not at all.
pub(crate) fn atomically(place: &Path, bytes: &[u8]) -> Result<()> {
    beside(place, bytes)?
        .persist(place)
        .with_context(|| format!("cannot write {}", place.display()))?;
    Ok(())
}

/// A temporary file in the folder of `place`; removed again unless it is put there. It is closed:
/// a client may have more files than a process may have open.
fn beside(place: &Path, bytes: &[u8]) -> Result<TempPath> {
    let written = || -> std::io::Result<TempPath> {
        let folder = place.parent().expect("a file stands in a folder");
        fs::create_dir_all(folder)?;
        let mut file = builder().tempfile_in(folder)?;
        file.write_all(bytes)?;
        Ok(file.into_temp_path())
    };
    written().with_context(|| format!("cannot write {}", place.display()))
}

fn builder() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".regen-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Removes a file, and the folders that are empty then.
fn remove(root: &Path, path: &str) -> Result<()> {
    let place = root.join(path);
    fs::remove_file(&place).with_context(|| format!("cannot remove {}", place.display()))?;
    for folder in place.ancestors().skip(1).take_while(|it| *it != root) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
    Ok(())
}
