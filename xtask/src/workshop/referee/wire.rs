//! A client with its wire tests, built and run.

use super::FOLDER;
use crate::workshop::{cargo, scratch};
use anyhow::{Context, Result, bail};
use openapi_clients::commands::generate;
use openapi_clients::project::Project;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// The results of one round.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TestResults {
    pub(super) called: usize,
    /// The messages of the tests that failed.
    pub(super) failed: BTreeMap<String, String>,
}

/// Makes the client of a document; gives its folder.
pub(super) fn client(spec: &Path, workspace: &Project) -> Result<PathBuf> {
    let folder = workspace.root.join(FOLDER).join("clients").join(generate::crate_name(spec));
    let runtime = workspace.root.join(scratch::RUNTIME);
    let made = generate::run(
        &generate::Args::with_wire_tests(spec, &folder, &runtime),
        &workspace.program,
    )?;
    if made != ExitCode::SUCCESS {
        bail!("no client can be made of {}", spec.display());
    }
    scratch::lock(&folder, workspace)?;
    Ok(folder)
}

/// Builds the tests of a client that have a name.
pub(super) fn build(client: &Path, name: &str, workspace: &Project) -> Result<PathBuf> {
    let output = cargo::command()
        .args(["test", "--test", name, "--no-run", "--message-format", "json", "--manifest-path"])
        .arg(client.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(workspace.target().join("referee-build"))
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .context("cargo cannot be run")?;
    if !output.status.success() {
        bail!("the tests in {} cannot be built", client.display());
    }
    cargo::executable(&String::from_utf8_lossy(&output.stdout)).context("cargo has built no test")
}

/// Runs the tests; each makes its call at the server too, if there is one. There must be calls.
pub(super) fn call(tests: &Path, url: Option<&str>) -> Result<TestResults> {
    let variable = url.map(|it| ("WIRE_BASE_URL", it.as_ref()));
    let found = run(tests, variable.as_slice())?;
    if found.called == 0 {
        bail!("no call was made");
    }
    Ok(found)
}

/// Runs the tests with variables in their environment, though there may be none.
pub(super) fn run(tests: &Path, variables: &[(&str, &OsStr)]) -> Result<TestResults> {
    let output = Command::new(tests)
        .args(["--test-threads", "1"])
        .envs(variables.iter().copied())
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .output()
        .context("the tests cannot be run")?;
    let said = String::from_utf8_lossy(&output.stdout);
    let found = read(&said);
    if !output.status.success() && found.failed.is_empty() {
        bail!("the tests did not come to their end: {said}");
    }
    Ok(found)
}

fn read(said: &str) -> TestResults {
    let mut found = TestResults { called: 0, failed: BTreeMap::new() };
    for line in said.lines() {
        let Some(rest) = line.strip_prefix("test ") else { continue };
        let Some((name, outcome)) = rest.split_once(" ... ") else { continue };
        // Tests of types send nothing.
        if name.starts_with("types::") && outcome == "ok" {
            continue;
        }
        found.called += 1;
        if outcome != "ok" {
            found.failed.insert(name.to_owned(), words(said, name));
        }
    }
    found
}

/// The message of a test that failed.
fn words(said: &str, name: &str) -> String {
    let start = format!("---- {name} stdout ----\n");
    let rest = said.split_once(&start).map_or("", |it| it.1);
    let words = rest.split("\n---- ").next().unwrap_or_default();
    words.split("\nfailures:\n").next().unwrap_or_default().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_are_told_in_their_own_words() {
        let said = "running 3 tests\ntest a::get ... ok\ntest a::list ... FAILED\ntest types::a ... ok\n\n\
                    failures:\n\n---- a::list stdout ----\n\nlist: status 422\n\n\nfailures:\n    a::list\n";
        let failed = BTreeMap::from([("a::list".to_owned(), "list: status 422".to_owned())]);
        assert_eq!(read(said), TestResults { called: 2, failed });
    }
}
