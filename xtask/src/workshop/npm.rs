//! Packages for Node, installed once, as the lock file beside a program names them.

use anyhow::{Context, Result, bail};
use openapi_clients::hash::sha256;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Puts the programs of a folder into another, with the packages that they need.
pub(crate) fn install(from: &Path, to: &Path) -> Result<()> {
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
    let status = status.context("Node's npm is needed to install what judges clients")?;
    if !status.success() {
        bail!("{npm:?} failed");
    }
    fs::write(&stamp, sha256(&lock)).with_context(|| format!("cannot write {}", stamp.display()))
}
