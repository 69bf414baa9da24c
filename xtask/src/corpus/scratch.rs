//! The workspace that the generated crates are checked in: one runtime, one lock file, one target folder.

use super::generated::{self, Made};
use crate::generate;
use crate::owned;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use generator::{CrateSpec, RuntimeSource};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the runtime is.
const RUNTIME: &str = "generator/runtime";

/// Writes all crates and gives the workspace's manifest. What has not changed keeps its time, so
/// that cargo need not check it again.
pub(super) fn write(workspace: &Workspace, made: &[Made<'_>], wire_tests: bool) -> Result<PathBuf> {
    let root = workspace.target().join("corpus");
    let mut members = Vec::new();
    for it in made {
        let Ok(output) = &it.output else { continue };
        let folder = root.join(&it.document.krate);
        let runtime = generate::path_from(&folder, &workspace.root.join(RUNTIME))?;
        let spec = CrateSpec::alone(&it.document.krate, RuntimeSource::Path(runtime));
        let mut files = generate::krate(&spec, output);
        if wire_tests {
            let source = generated::source(it.document)?;
            generate::add_wire_tests(&mut files, &spec, &source);
        }
        owned::apply(&owned::plan(&folder, &files, |_| false)?)
            .with_context(|| format!("cannot write the crate of {}", it.document.name))?;
        members.push(it.document.krate.clone());
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = {members:?}\n");
    put(&root.join("Cargo.toml"), manifest.as_bytes())?;
    // The crates' dependencies are those of the workspace, so they are taken at the same versions.
    let lock = root.join("Cargo.lock");
    if let (false, Ok(ours)) = (lock.exists(), fs::read(workspace.root.join("Cargo.lock"))) {
        put(&lock, &ours)?;
    }
    Ok(root.join("Cargo.toml"))
}

fn put(place: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(place).ok().as_deref() == Some(bytes) {
        return Ok(());
    }
    owned::atomically(place, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_already_is_not_written_again() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let place = folder.path().join("a");
        put(&place, b"1").expect("it is writable");
        let time = || fs::metadata(&place).and_then(|it| it.modified()).expect("it is there");
        let before = time();
        put(&place, b"1").expect("it is writable");
        assert_eq!(time(), before);
    }
}
