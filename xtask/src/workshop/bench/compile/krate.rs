//! The clients that are compiled: each a crate in a folder of its own, all with one target folder.

use super::super::generate::lines;
use super::super::measure;
use super::super::tool::{Tool, ToolKind};
use super::rustc;
use anyhow::{Context, Result};
use openapi_clients::commands::generate::crate_name;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// A client of a document.
pub(super) struct Krate {
    pub(super) kind: ToolKind,
    pub(super) name: String,
    pub(super) folder: PathBuf,
    target: PathBuf,
    notes: PathBuf,
}

/// The profile that a crate is built with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BuildMode {
    Check,
    Debug,
    Release,
}

impl BuildMode {
    fn words(self) -> &'static [&'static str] {
        match self {
            Self::Check => &["check", "--lib"],
            Self::Debug => &["build", "--lib"],
            Self::Release => &["build", "--lib", "--release"],
        }
    }
}

impl Krate {
    /// Generates it, below `scratch`.
    pub(super) fn generated(tool: &Tool, spec: &Path, scratch: &Path) -> Result<Self> {
        let name = format!("{}-{}", crate_name(spec), tool.kind.name());
        let folder = scratch.join(&name);
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot empty {}", folder.display()))?;
        }
        measure::run(&mut tool.generate(spec, &folder, &name))?;
        tool.finish(&folder, &name)?;
        let (target, notes) = (scratch.join("target"), scratch.join("notes"));
        Ok(Self { kind: tool.kind, name, folder, target, notes })
    }

    /// Builds it and, where they are not there yet, what it depends on; what its own compiler needed.
    pub(super) fn build(&self, verb: BuildMode) -> Result<measure::Usage> {
        // The same as `cargo clean` for this crate, for every kind of build.
        let root = self.folder.join("src/lib.rs");
        let touched = File::options().append(true).open(&root);
        touched.and_then(|it| it.set_modified(SystemTime::now())).context("there is no lib.rs")?;
        let mut cargo = self.cargo(verb.words());
        rustc::observe(&mut cargo, &self.notes)?;
        rustc::take(&self.notes, &self.name)?;
        measure::run(&mut cargo)?;
        rustc::take(&self.notes, &self.name)?.context("the crate was not compiled anew")
    }

    fn cargo(&self, words: &[&str]) -> Command {
        let mut cargo = crate::workshop::cargo::command();
        cargo.args(words).current_dir(&self.folder).env("CARGO_TARGET_DIR", &self.target);
        cargo
    }

    /// Lines of tables for a codec, and all others.
    pub(super) fn lines(&self) -> Result<(usize, usize)> {
        let source = self.folder.join("src");
        let codec = |it: &Path| it.iter().any(|it| it == "codec") || it.ends_with("codec.rs");
        Ok((lines(&source, &codec)?, lines(&source, &|it| !codec(it))?))
    }

    /// The number of crates below it.
    pub(super) fn below(&self) -> Result<usize> {
        let words = ["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}"];
        let (_, tree) = measure::run(&mut self.cargo(&words))?;
        Ok(packages(&tree).saturating_sub(1))
    }
}

/// The number of different packages in a tree.
fn packages(tree: &str) -> usize {
    let lines = tree.lines().filter(|it| !it.is_empty());
    lines.map(|it| it.trim_end_matches(" (*)")).collect::<BTreeSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_are_counted_once() {
        let tree =
            "acme v0.1.0 (/x)\nbytes v1.11.0\nhttp v1.4.0\nbytes v1.11.0 (*)\n\nbytes v1.11.0\n";
        assert_eq!(packages(tree), 3);
    }
}
