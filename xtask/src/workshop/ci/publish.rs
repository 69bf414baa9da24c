//! Checks before anything is published: the packages build as they are packed, with the
//! oldest Rust that they promise, and break no one whom their version does not warn.

use super::{cargo, wait};
use anyhow::{Context, Result};
use openapi_clients::commands::surface::Release;
use openapi_clients::project::Project;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Packages that are published; each depends on those before it, so that they are packed together.
const PACKAGES: [&str; 4] = ["client-runtime", "generator", "openapi-clients", "generated-client"];

/// Packs what is published, and builds it from what was packed. Without the network: the steps before
/// have fetched what is needed, and none of the packages is looked up in a registry.
///
/// `cargo package` could build as well, but unpacks into cargo's home, by name and version, and builds
/// what an earlier run has left there.
pub(super) fn package(root: &Path) -> Result<()> {
    let folder = root.join("target/packed");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).context("cannot empty target/packed")?;
    }
    let words = ["package", "--offline", "--allow-dirty", "--no-verify", "--target-dir"];
    cargo(root, &[&words[..], &["target/packed"], &packages()].concat(), &[])?;
    let unpacked = folder.join("unpacked");
    for name in PACKAGES {
        let archive = archive(&folder.join("package"), name)?;
        unpack(&archive, &unpacked.join(name)).with_context(|| format!("cannot unpack {name}"))?;
    }
    std::fs::write(unpacked.join("Cargo.toml"), UNPACKED).context("Cargo.toml")?;
    std::fs::copy(root.join("Cargo.lock"), unpacked.join("Cargo.lock")).context("Cargo.lock")?;
    let target = ("CARGO_TARGET_DIR", root.join("target").into_os_string());
    cargo(&unpacked, &["check", "--workspace", "--offline"], &[target])
}

/// A workspace of the unpacked packages, which name each other by version.
const UNPACKED: &str = r#"[workspace]
resolver = "3"
members = ["*/"]

[patch.crates-io]
client-runtime = { path = "client-runtime" }
generator = { path = "generator" }
"#;

/// The archive of a package, whatever its version.
fn archive(packed: &Path, name: &str) -> Result<PathBuf> {
    let entries = std::fs::read_dir(packed).context("nothing was packed")?;
    let mut archives = entries.filter_map(|it| Some(it.ok()?.path()));
    let start = format!("{name}-");
    let archive = archives.find(|it| {
        let stem = it.file_stem().and_then(|it| it.to_str());
        stem.is_some_and(|it| it.starts_with(&start)) && it.extension() == Some("crate".as_ref())
    });
    archive.with_context(|| format!("{name} was not packed"))
}

/// Unpacks an archive without the folder that all in it lies in. The time of each file becomes that of
/// now: archives say the same time for ever, by which cargo would take all as built already.
fn unpack(archive: &Path, folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut tar = Command::new("tar");
    tar.args(["--strip-components", "1", "-C"]).arg(folder).arg("-xmzf").arg(archive);
    wait(&mut tar)
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
pub(super) fn semver(workspace: &Project) -> Result<()> {
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

/// True if a command is there and succeeds; nothing of what it says is shown.
fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|it| it.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_is_published_promises_the_same_rust() {
        let root = crate::location::workspace().root;
        let oldest = promised(&root).expect("it is said");
        for name in ["generator", "generator/program", "generator/runtime"] {
            let text = std::fs::read_to_string(root.join(name).join("Cargo.toml"));
            let line = format!("rust-version = \"{oldest}\"\n");
            assert!(text.expect("it is there").contains(&line), "{name}");
        }
    }
}
