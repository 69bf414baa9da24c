//! Carries a plan out: files are complete before the first one changes its place.

use super::{Manifest, Plan, Write};
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::thread;
use tempfile::TempPath;

/// Makes the folder as planned.
///
/// All new files are written beside their places first, then put there. Meanwhile the list has the
/// old files and the new ones, so that a killed run leaves nothing that the next one does not know.
pub fn apply(plan: &Plan) -> Result<()> {
    if plan.is_empty() {
        return Ok(());
    }
    if !plan.root.exists() {
        return create(plan);
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

/// Makes a folder that is not there: it takes its place as a whole.
fn create(plan: &Plan) -> Result<()> {
    let above = plan.root.parent().filter(|it| !it.as_os_str().is_empty());
    let above = above.unwrap_or(Path::new("."));
    let cannot = || format!("cannot create {}", plan.root.display());
    fs::create_dir_all(above).with_context(cannot)?;
    let staged = builder(0o777).tempdir_in(above).with_context(cannot)?;
    let write = |path: &str, text: &str| {
        let place = || format!("cannot write {}", plan.root.join(path).display());
        fs::write(staged.path().join(path), text).with_context(place)
    };
    make_folders(plan, staged.path())?;
    on_all_cores(&plan.writes, |it| write(&it.path, &it.new))?;
    write(Manifest::NAME, &plan.after.text())?;
    fs::rename(staged.path(), &plan.root).with_context(cannot)?;
    let _moved = staged.keep();
    Ok(())
}

fn make_folders(plan: &Plan, root: &Path) -> Result<()> {
    let folders: BTreeSet<_> =
        plan.writes.iter().filter_map(|it| Path::new(&it.path).parent()).collect();
    for folder in folders {
        fs::create_dir_all(root.join(folder))
            .with_context(|| format!("cannot create {}", plan.root.join(folder).display()))?;
    }
    Ok(())
}

fn stage(plan: &Plan) -> Result<Vec<(TempPath, PathBuf)>> {
    make_folders(plan, &plan.root)?;
    on_all_cores(&plan.writes, |it| {
        let place = plan.root.join(&it.path);
        Ok((beside(&place, it.new.as_bytes())?, place))
    })
}

fn on_all_cores<T: Send>(
    writes: &[Write],
    one: impl Fn(&Write) -> Result<T> + Copy + Send,
) -> Result<Vec<T>> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = writes.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let all = move |part: &[Write]| part.iter().map(one).collect::<Result<Vec<_>>>();
        let parts: Vec<_> =
            writes.chunks(share).map(|part| scope.spawn(move || all(part))).collect();
        let done: Result<Vec<_>> =
            parts.into_iter().map(|it| it.join().expect("writing a file does not panic")).collect();
        Ok(done?.into_iter().flatten().collect())
    })
}

/// Writes a file so that it is there as a whole or not at all.
///
/// # Panics
/// Where the place is no path of a file.
pub fn atomically(place: &Path, bytes: &[u8]) -> Result<()> {
    let folder = place.parent().expect("a file stands in a folder");
    let cannot = || format!("cannot write {}", place.display());
    fs::create_dir_all(folder).with_context(cannot)?;
    beside(place, bytes)?.persist(place).with_context(cannot)
}

/// A temporary file in the folder of `place`; removed again unless it is put there. It is closed:
/// a client may have more files than a process may have open.
fn beside(place: &Path, bytes: &[u8]) -> Result<TempPath> {
    let written = || -> std::io::Result<TempPath> {
        let folder = place.parent().expect("a file stands in a folder");
        let mut file = builder(0o666).tempfile_in(folder)?;
        file.write_all(bytes)?;
        Ok(file.into_temp_path())
    };
    written().with_context(|| format!("cannot write {}", place.display()))
}

fn builder(mode: u32) -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".regen-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(mode));
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
