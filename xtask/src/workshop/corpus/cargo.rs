//! One run of cargo over all crates, read message by message.

use anyhow::{Context, Result, bail};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::thread;

/// The task of cargo.
pub(super) enum CargoTask {
    Check,
    Doc,
    /// Build the tests of the wire.
    Tests,
}

/// The compiler's messages about a crate.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Findings {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    /// The messages themselves, as the compiler shows them.
    pub(super) texts: Vec<String>,
    /// The tests of the wire, if they were built.
    pub(super) tests: Option<PathBuf>,
    /// The messages of those that failed.
    pub(super) failed: Vec<String>,
}

/// Findings by the name of the crate.
pub(super) type PerCrate = BTreeMap<String, Findings>;

/// Messages of a crate that are kept.
const KEPT: usize = 3;
/// Characters of cargo's own message that are kept, if it fails without the compiler.
const LAST_WORDS: usize = 4000;

/// Runs cargo over the workspace of a manifest, and adds what was found.
pub(super) fn run(verb: &CargoTask, manifest: &Path, found: &mut PerCrate) -> Result<()> {
    let mut child = spawn(verb, manifest)?;
    let mut errors = child.stderr.take().context("cargo has no standard error")?;
    let said = thread::spawn(move || {
        let mut text = Vec::new();
        errors.read_to_end(&mut text).map(|_| String::from_utf8_lossy(&text).into_owned())
    });
    let output = child.stdout.take().context("cargo has no standard output")?;
    let before = found.values().map(|it| it.errors).sum::<usize>();
    read(verb, BufReader::new(output), found)?;
    let fine = child.wait().context("cargo was lost")?.success();
    let said = said.join().ok().and_then(Result::ok).unwrap_or_default();
    let after = found.values().map(|it| it.errors).sum::<usize>();
    if !fine && before == after {
        let start = said.floor_char_boundary(said.len().saturating_sub(LAST_WORDS));
        bail!("cargo failed before it came to a crate\n{}", &said[start..]);
    }
    Ok(())
}

fn spawn(verb: &CargoTask, manifest: &Path) -> Result<Child> {
    let mut command = crate::workshop::cargo::command();
    match verb {
        CargoTask::Check => command.args(["check", "--lib", "--examples"]),
        CargoTask::Doc => command.args(["doc", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"),
        CargoTask::Tests => command.args(["build", "--test", "wire"]),
    };
    let folder = manifest.parent().context("a manifest stands in a folder")?;
    // As many crates as there are documents, each compiled once: what they leave behind is kept small.
    command
        .envs([("CARGO_INCREMENTAL", "0"), ("CARGO_PROFILE_DEV_DEBUG", "0")])
        .args(["--workspace", "--keep-going", "--message-format", "json", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(folder.join("target"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cargo cannot be run")
}

/// Reads cargo's messages until it ends.
fn read(verb: &CargoTask, output: impl BufRead, found: &mut PerCrate) -> Result<()> {
    let bar = match verb {
        CargoTask::Check => bar(0, "checking"),
        CargoTask::Doc => bar(0, "documenting"),
        CargoTask::Tests => bar(0, "building tests"),
    };
    for line in output.lines() {
        let line = line.context("cargo's messages cannot be read")?;
        let Ok(message) = serde_json::from_str::<Value>(&line) else { continue };
        match message["reason"].as_str() {
            Some("compiler-message") => add(&message, found),
            Some("compiler-artifact") => {
                bar.set_message(message["target"]["name"].as_str().unwrap_or_default().to_owned());
                bar.inc(1);
                if let (CargoTask::Tests, Some(tests)) = (verb, message["executable"].as_str()) {
                    found.entry(package(&message)).or_default().tests = Some(tests.into());
                }
            }
            _ => {}
        }
    }
    bar.finish_and_clear();
    Ok(())
}

fn add(message: &Value, found: &mut PerCrate) {
    let text = &message["message"];
    // The last line of a crate counts the others.
    if text["spans"].as_array().is_none_or(Vec::is_empty) && is_summary(text["message"].as_str()) {
        return;
    }
    let of = found.entry(package(message)).or_default();
    match text["level"].as_str() {
        Some("warning") => of.warnings += 1,
        Some(level) if level.starts_with("error") => of.errors += 1,
        _ => return,
    }
    if of.texts.len() < KEPT {
        of.texts.push(text["rendered"].as_str().unwrap_or_default().to_owned());
    }
}

fn is_summary(text: Option<&str>) -> bool {
    text.is_some_and(|it| {
        it.starts_with("aborting due to")
            || it.ends_with("warnings emitted")
            || it.ends_with("warning emitted")
    })
}

/// The package of a message, which stands at the end of its folder.
fn package(message: &Value) -> String {
    let manifest = Path::new(message["manifest_path"].as_str().unwrap_or_default());
    let folder = manifest.parent().and_then(Path::file_name);
    folder.map(|it| it.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A bar that is seen on a terminal only; one of length 0 counts without an end.
pub(super) fn bar(length: usize, what: &'static str) -> ProgressBar {
    let bar =
        if length == 0 { ProgressBar::new_spinner() } else { ProgressBar::new(length as u64) };
    let shape =
        if length == 0 { "{prefix} {pos} {wide_msg}" } else { "{prefix} {pos}/{len} {wide_bar}" };
    if !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    bar.set_style(ProgressStyle::with_template(shape).expect("the template is well-formed"));
    bar.with_prefix(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_counted_by_their_crate() {
        let message = |krate: &str, level: &str, text: &str| {
            let spans = if text == "aborting due to 1 previous error" { "[]" } else { "[{}]" };
            format!(
                "{{\"reason\":\"compiler-message\",\"manifest_path\":\"/x/{krate}/Cargo.toml\",\"message\":\
                 {{\"level\":\"{level}\",\"message\":\"{text}\",\"rendered\":\"{text}\",\"spans\":{spans}}}}}\n"
            )
        };
        let text = [
            message("spec-a", "error", "wrong"),
            message("spec-a", "error", "aborting due to 1 previous error"),
            message("spec-b", "warning", "odd"),
            "{\"reason\":\"build-finished\",\"success\":false}\n".to_owned(),
        ]
        .concat();
        let mut found = PerCrate::new();
        read(&CargoTask::Check, text.as_bytes(), &mut found).expect("it is text");
        let a = Findings { errors: 1, texts: vec!["wrong".to_owned()], ..Findings::default() };
        let b = Findings { warnings: 1, texts: vec!["odd".to_owned()], ..Findings::default() };
        assert_eq!(found, PerCrate::from([("spec-a".to_owned(), a), ("spec-b".to_owned(), b)]));
    }
}
