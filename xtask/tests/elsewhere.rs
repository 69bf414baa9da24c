//! Whatever the language, the time zone and the folder of a machine: the same bytes.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Settings of machines that sort, change case and count hours in other ways.
const MACHINES: &[&[(&str, &str)]] = &[
    &[("LC_ALL", "C"), ("TZ", "UTC")],
    &[("LC_ALL", "tr_TR.UTF-8"), ("LANG", "tr_TR.UTF-8"), ("TZ", "Asia/Kathmandu")],
    &[("LC_ALL", "et_EE.ISO-8859-1"), ("TZ", "America/St_Johns"), ("COLUMNS", "20"), ("HOME", "/")],
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands in the root")
}

/// Runs a command of the workspace in a folder of a machine.
fn xtask(words: &[&OsStr], folder: &Path, machine: &[(&str, &str)]) {
    let run = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(words)
        .current_dir(folder)
        .env_clear()
        .envs(machine.iter().copied())
        .output()
        .expect("what was built can be run");
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{words:?} fails with {machine:?}:\n{said}");
}

/// All files below a folder, by their path.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut found, mut left) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(next) = left.pop() {
        for entry in fs::read_dir(next).expect("it is a folder") {
            let path = entry.expect("it is readable").path();
            if path.is_dir() {
                left.push(path);
            } else {
                let inner = path.strip_prefix(folder).expect("it was found there").to_owned();
                found.insert(inner, fs::read(&path).expect("it is readable"));
            }
        }
    }
    found
}

#[test]
fn a_client_is_the_same_wherever_it_is_made() {
    let spec = root().join("specs/cartesia/openapi.yaml");
    let mut first = None;
    for (index, machine) in MACHINES.iter().enumerate() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = "ı".repeat(index) + "out";
        let words = ["generate".as_ref(), spec.as_os_str(), "--wire-tests".as_ref()];
        let words = [&words[..], &["--out".as_ref(), out.as_ref()]].concat();
        xtask(&words, folder.path(), machine);
        let made = files(&folder.path().join(out));
        assert!(made.len() > 10, "it writes where it is told to");
        assert!(*first.get_or_insert_with(|| made.clone()) == made, "other bytes with {machine:?}");
    }
}

#[test]
fn the_committed_client_is_fresh_on_every_machine() {
    for machine in MACHINES {
        let folder = tempfile::tempdir().expect("a temporary folder");
        xtask(&["regen".as_ref(), "--check".as_ref()], folder.path(), machine);
    }
}

#[test]
fn a_misspelt_vendor_to_add_to_is_not_called_new() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for place in ["xtask", "specs/acme"] {
        fs::create_dir_all(folder.path().join(place)).expect("it is writable");
    }
    let document = "openapi: 3.0.1\ninfo: {title: A, version: '1'}\npaths: {}\n";
    for (place, text) in
        [("xtask/Cargo.toml", ""), ("specs/acme/openapi.yaml", document), ("a.yaml", document)]
    {
        fs::write(folder.path().join(place), text).expect("it is writable");
    }
    let run = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["vendor", "acne", "a.yaml", "--add"])
        .current_dir(folder.path())
        .output()
        .expect("what was built can be run");
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(errors.contains("did you mean `acme`?"), "{errors}");
    assert_eq!(String::from_utf8_lossy(&run.stdout), "");
}
