//! What must hold before anything is published: the packages build as they are packed, with the
//! oldest Rust that they promise, and break no one whom their version does not warn.

use super::{cargo, wait};
use crate::surface::Release;
use crate::workspace::Workspace;
use anyhow::{Context, Result};
use std::path::Path;
use std::process::{Command, Stdio};

/// What is published; each depends on those before it, so that they are packed together.
const PACKAGES: [&str; 3] = ["client-runtime", "generator", "generated-client"];

/// Packs what is published, and builds it from what was packed. Without the network: the steps before
/// have fetched what is needed, and none of the packages is looked up in a registry.
pub(super) fn package(root: &Path) -> Result<()> {
    let words = ["package", "--offline", "--allow-dirty"];
    cargo(root, &[&words[..], &packages()].concat(), &[])
}

/// Checks with the oldest Rust that the manifests promise, where it is installed.
pub(super) fn oldest_rust(root: &Path) -> Result<()> {
    let oldest = promised(root)?;
    if !succeeds(Command::new("rustup").args(["run", &oldest, "cargo", "--version"])) {
        println!("Rust {oldest} is not installed: NOT CHECKED that the packages build with it");
        println!("  `rustup toolchain install {oldest}` makes this step check it");
        return Ok(());
    }
    let words = ["run", &oldest, "cargo", "check", "--target-dir", "target/oldest-rust"];
    let mut rustup = Command::new("rustup");
    // Cargo hands its own toolchain down to what it runs.
    rustup.args(words).args(packages()).env_remove("RUSTUP_TOOLCHAIN").env_remove("RUSTC");
    wait(rustup.current_dir(root))
}

/// Asks cargo-semver-checks about what changed since the last release, where that is tagged.
pub(super) fn semver(workspace: &Workspace) -> Result<()> {
    let root = &workspace.root;
    let release = Release::of(workspace)?;
    let tag = format!("v{}", release.version);
    if release.modules.is_none() {
        println!("nothing was released: there is nothing to compare with");
        return Ok(());
    }
    let verify = ["rev-parse", "--verify", "--quiet", &tag];
    if !succeeds(Command::new("git").args(verify).current_dir(root)) {
        println!("there is no tag {tag}: NOT COMPARED with the last release");
        return Ok(());
    }
    if !succeeds(Command::new("cargo").args(["semver-checks", "--version"])) {
        println!("cargo-semver-checks is not installed: NOT COMPARED with {tag}");
        return Ok(());
    }
    let words = ["semver-checks", "--baseline-rev", &tag];
    cargo(root, &[&words[..], &packages()].concat(), &[])
}

fn packages() -> Vec<&'static str> {
    PACKAGES.iter().flat_map(|it| ["--package", *it]).collect()
}

/// The `rust-version` of the clients.
fn promised(root: &Path) -> Result<String> {
    let name = "generated-client/Cargo.toml";
    let text =
        std::fs::read_to_string(root.join(name)).with_context(|| format!("cannot read {name}"))?;
    let manifest = text.parse::<toml_edit::DocumentMut>().context(name)?;
    let version = manifest.get("package").and_then(|it| it.get("rust-version"));
    let version = version.and_then(|it| it.as_str());
    Ok(version.with_context(|| format!("{name} says no `rust-version`"))?.to_owned())
}

/// Whether a command is there and succeeds; nothing of what it says is shown.
fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|it| it.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_published_promises_the_same_rust() {
        let root = Workspace::here().root;
        let oldest = promised(&root).expect("it is said");
        for name in ["generator", "generator/runtime"] {
            let text = std::fs::read_to_string(root.join(name).join("Cargo.toml"));
            let line = format!("rust-version = \"{oldest}\"\n");
            assert!(text.expect("it is there").contains(&line), "{name}");
        }
    }
}
