//! Workspaces that generated crates are built in: one runtime, one lock file, one target folder.

use anyhow::{Context, Result};
use generator::{CrateSpec, GeneratedFile, RuntimeSource};
use openapi_clients::commands::generate;
use openapi_clients::generated_dir;
use openapi_clients::project::Project;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the runtime is.
pub(crate) const RUNTIME: &str = "generator/runtime";

/// The way from a crate to the runtime.
pub(crate) fn runtime(folder: &Path, workspace: &Project) -> Result<String> {
    generate::path_from(folder, &workspace.root.join(RUNTIME))
}

/// A crate with one client in a folder.
pub(crate) fn spec(name: &str, folder: &Path, workspace: &Project) -> Result<CrateSpec> {
    Ok(CrateSpec::alone(name, RuntimeSource::Path(runtime(folder, workspace)?)))
}

/// Writes the files of a crate. Those that have not changed keep their time, so that cargo need not build them again.
pub(crate) fn put(folder: &Path, files: &[GeneratedFile]) -> Result<()> {
    generated_dir::apply(&generated_dir::plan(folder, files.to_vec(), |_| false)?)
        .with_context(|| format!("cannot write {}", folder.display()))
}

/// Writes the manifest of a workspace, in which more may stand, and its lock file. Gives the manifest's path.
pub(crate) fn manifest(
    root: &Path,
    members: &[String],
    more: &str,
    workspace: &Project,
) -> Result<PathBuf> {
    let place = root.join("Cargo.toml");
    let text = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n{more}");
    if fs::read_to_string(&place).ok().as_ref() != Some(&text) {
        generated_dir::atomically(&place, text.as_bytes())?;
    }
    lock(root, workspace)?;
    Ok(place)
}

/// Writes the lock file of a crate or workspace, unless it has one: dependencies are taken at the versions of our own.
pub(crate) fn lock(root: &Path, workspace: &Project) -> Result<()> {
    let lock = root.join("Cargo.lock");
    if let (false, Ok(ours)) = (lock.exists(), fs::read(workspace.root.join("Cargo.lock"))) {
        generated_dir::atomically(&lock, &ours)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_already_is_not_written_again() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let workspace = Project::of_generator(folder.path().to_owned());
        let root = folder.path().join("scratch");
        fs::create_dir(&root).expect("the test may write there");
        let write = |members: &[String]| manifest(&root, members, "", &workspace);
        let place = write(&["a".to_owned()]).expect("the test may write there");
        let time = || fs::metadata(&place).and_then(|it| it.modified()).expect("it is there");
        let before = time();
        write(&["a".to_owned()]).expect("the test may write there");
        assert_eq!(time(), before);
        write(&["b".to_owned()]).expect("the test may write there");
        assert!(fs::read_to_string(&place).is_ok_and(|it| it.contains("[\"b\"]")));
    }
}
