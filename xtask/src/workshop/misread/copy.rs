//! A copy of the sources that misreadings are planted in.

use super::PROGRAM;
use anyhow::{Context, Result};
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// The list of the documents in a folder.
pub(super) const LIST: &str = "documents.txt";
/// Folders without sources.
const LEFT_OUT: &[&str] = &["target", ".git"];

/// Brings the copy up to date. What has not changed keeps its time, so that cargo need not build it again; what is built,
/// installed and made stands in the same folder as that of the work tree.
pub(super) fn write(root: &Path, copy: &Path, target: &Path) -> Result<PathBuf> {
    update(root, copy).with_context(|| format!("cannot write {}", copy.display()))?;
    let manifest = copy.join("xtask/Cargo.toml");
    let named = fs::read_to_string(root.join("xtask/Cargo.toml"))?;
    // Under the workspace's own name it would take the place of the program that is running.
    put(
        &manifest,
        format!("{named}\n[[bin]]\nname = {PROGRAM:?}\npath = \"src/main.rs\"\n").as_bytes(),
    )?;
    // Elsewhere the dependencies are built once more.
    #[cfg(not(unix))]
    let _ = target;
    #[cfg(unix)]
    if !copy.join("target").exists() {
        std::os::unix::fs::symlink(target, copy.join("target"))
            .with_context(|| format!("no link to {}", target.display()))?;
    }
    Ok(copy.to_owned())
}

fn update(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    let mut names = Vec::new();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let (name, kind) = (entry.file_name(), entry.file_type()?);
        if is_left_out(&name) {
            continue;
        }
        if kind.is_dir() {
            update(&entry.path(), &to.join(&name))?;
        } else if kind.is_file() && !entry.path().ends_with("xtask/Cargo.toml") {
            put(&to.join(&name), &fs::read(entry.path())?)?;
        }
        names.push(name);
    }
    for entry in fs::read_dir(to)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            _ if names.contains(&entry.file_name()) || is_left_out(&entry.file_name()) => {}
            true => fs::remove_dir_all(entry.path())?,
            false => fs::remove_file(entry.path())?,
        }
    }
    Ok(())
}

/// A folder with nothing but these documents.
pub(super) fn documents(paths: &[String], root: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)?;
    }
    fs::create_dir_all(folder)?;
    let mut list = Vec::new();
    for path in paths {
        let name = Path::new(path).file_name().context("a document has a name")?;
        fs::copy(root.join(path), folder.join(name))
            .with_context(|| format!("cannot copy {path}"))?;
        list.push(name.display().to_string());
    }
    fs::write(folder.join(LIST), list.join("\n"))?;
    Ok(())
}

fn is_left_out(name: &OsStr) -> bool {
    LEFT_OUT.iter().any(|it| name == *it)
}

fn put(place: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(place).ok().as_deref() != Some(bytes) {
        fs::write(place, bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_copy_is_as_the_sources_are_and_keeps_what_has_not_changed() {
        let (root, copy) = (tempfile::tempdir(), tempfile::tempdir());
        let (root, copy) = (root.expect("the folder can be made"), copy.expect("a folder"));
        let write = |path: &str, text: &str| {
            let place = root.path().join(path);
            fs::create_dir_all(place.parent().expect("it has one"))
                .expect("the test may write there");
            fs::write(place, text).expect("the test may write there");
        };
        write("xtask/Cargo.toml", "[package]\n");
        write("generator/src/lib.rs", "sound");
        write("target/debug/x", "built");
        let copy = copy.path();
        super::write(root.path(), copy, &root.path().join("target"))
            .expect("the test may write there");
        let time = || fs::metadata(copy.join("xtask/Cargo.toml")).and_then(|it| it.modified());
        let before = time().expect("it is there");
        assert!(!copy.join("target").is_dir() || copy.join("target").is_symlink());
        fs::write(copy.join("generator/src/lib.rs"), "planted").expect("the test may write there");
        fs::write(copy.join("generator/src/old.rs"), "old").expect("the test may write there");
        super::write(root.path(), copy, &root.path().join("target"))
            .expect("the test may write there");
        let text = fs::read_to_string(copy.join("generator/src/lib.rs")).expect("it is there");
        assert_eq!((text.as_str(), time().expect("it is there")), ("sound", before));
        assert!(!copy.join("generator/src/old.rs").exists());
        let manifest = fs::read_to_string(copy.join("xtask/Cargo.toml")).expect("it is there");
        assert!(manifest.contains("xtask-misread"), "{manifest}");
    }
}
