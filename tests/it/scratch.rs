//! Crates that are written, compiled and run by tests, outside of the workspace.

use crate::support::root;
use generator::GeneratedFile;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Once;

/// A folder of its own for a scratch workspace; what is in it from the last run is kept, so that
/// cargo need not build it again.
pub(crate) fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("scratch").join(name)
}

/// Writes exactly these files into the folder, save those that are there already, and takes the
/// versions of dependencies from the workspace.
pub(crate) fn write(folder: &Path, files: &[GeneratedFile]) {
    for stale in crate::support::files_under(&folder.join("src")) {
        if !files.iter().any(|it| it.path == format!("src/{stale}")) {
            fs::remove_file(folder.join("src").join(stale)).expect("a stale file can go");
        }
    }
    for file in files {
        put(&folder.join(&file.path), &file.text);
    }
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the workspace is locked");
    put(&folder.join("Cargo.lock"), &lock);
}

fn put(place: &Path, text: &str) {
    if fs::read_to_string(place).is_ok_and(|it| it == text) {
        return;
    }
    fs::create_dir_all(place.parent().expect("a file is in a folder")).expect("it can be made");
    fs::write(place, text).expect("it can be written");
}

/// Runs cargo in the folder, without network and with every warning an error.
pub(crate) fn cargo(folder: &Path, words: &[&str], variables: &[(&str, &str)]) -> Output {
    static FETCHED: Once = Once::new();
    FETCHED.call_once(fetch);
    Command::new(program())
        .args(words)
        .arg("--offline")
        .current_dir(folder)
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env("RUSTFLAGS", "-D warnings")
        .env("CARGO_TARGET_DIR", self::folder("target"))
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .expect("cargo can be run")
}

/// Fetches what the lock names: features of clients have crates that nothing in the workspace is built with.
fn fetch() {
    let mut fetch = Command::new(program());
    let output = fetch.args(["fetch", "--locked"]).current_dir(root()).output();
    succeeded(&output.expect("cargo can be run"));
}

fn program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"))
}

/// Fails with what cargo said, unless it succeeded.
pub(crate) fn succeeded(output: &Output) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo failed:\n{said}");
}
