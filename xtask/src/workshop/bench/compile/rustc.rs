//! Resources of each run of the compiler, crate by crate.
//!
//! cargo runs this program in the place of the compiler (`RUSTC_WRAPPER`), which runs the compiler and
//! notes what that has used. Cargo's own time stays out of it, as do the crates that are not asked
//! about; what a whole build needs, build scripts too, is what cargo's process and its children use.

use super::super::measure::Usage;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// Names the file for notes, and says that this program stands in the place of the compiler.
const VARIABLE: &str = "XTASK_BENCH_RUSTC";

/// Lets cargo run the compiler through this program. Nothing is kept between builds.
pub(super) fn observe(cargo: &mut Command, notes: &Path) -> Result<()> {
    let program = std::env::current_exe().context("this program does not know its place")?;
    cargo.env("RUSTC_WRAPPER", program).env(VARIABLE, notes).env("CARGO_INCREMENTAL", "0");
    Ok(())
}

/// Does the compiler's work, if that is what this program was started for.
pub(crate) fn as_rustc_wrapper() -> Option<ExitCode> {
    let notes = PathBuf::from(std::env::var_os(VARIABLE)?);
    let words = std::env::args_os().skip(1).collect::<Vec<_>>();
    Some(compile(&words, &notes).unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    }))
}

fn compile(words: &[OsString], notes: &Path) -> Result<ExitCode> {
    let (rustc, words) = words.split_first().context("cargo names no compiler")?;
    let start = Instant::now();
    let child = Command::new(rustc)
        .args(words)
        .env_remove(VARIABLE)
        .spawn()
        .context("the compiler cannot be run")?;
    let used = child.wait4().context("the compiler was lost")?;
    if let Some(krate) = crate_name(words) {
        let usage = Usage {
            wall: start.elapsed(),
            cpu: used.rusage.utime + used.rusage.stime,
            peak: used.rusage.maxrss,
            ..Usage::default()
        };
        // One short line at a time: compilers that run side by side do not mix theirs.
        let mut file = OpenOptions::new().create(true).append(true).open(notes)?;
        file.write_all(note(krate, usage).as_bytes()).context("the notes cannot be written")?;
    }
    let code = used.status.code().and_then(|it| u8::try_from(it).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

/// The crate; none where cargo only asks the compiler about itself.
fn crate_name(words: &[OsString]) -> Option<&str> {
    let at = words.iter().position(|it| it == "--crate-name")?;
    words.get(at + 1)?.to_str().filter(|it| *it != "___")
}

fn note(krate: &str, usage: Usage) -> String {
    let (wall, cpu) = (usage.wall.as_secs_f64(), usage.cpu.as_secs_f64());
    format!("{}\n", json!({ "crate": krate, "wall": wall, "cpu": cpu, "peak": usage.peak }))
}

/// Resources of the compilers of a crate since the notes were last taken, added up.
pub(super) fn take(notes: &Path, krate: &str) -> Result<Option<Usage>> {
    let Ok(text) = fs::read_to_string(notes) else { return Ok(None) };
    fs::remove_file(notes).context("the notes cannot be taken")?;
    let of = |it: &(String, Usage)| it.0 == krate.replace('-', "_");
    let all = read(&text).into_iter().filter(of).map(|it| it.1);
    Ok(all.reduce(|a, b| Usage {
        wall: a.wall + b.wall,
        cpu: a.cpu + b.cpu,
        peak: a.peak.max(b.peak),
        ..Usage::default()
    }))
}

/// The notes, in the order in which the compilers ended.
pub(super) fn read(text: &str) -> Vec<(String, Usage)> {
    let lines = text.lines().filter_map(|it| serde_json::from_str::<Value>(it).ok());
    let seconds = |it: &Value| Duration::try_from_secs_f64(it.as_f64().unwrap_or(0.0));
    let usage = |it: Value| {
        let krate = it["crate"].as_str()?.to_owned();
        let (wall, cpu) = (seconds(&it["wall"]).ok()?, seconds(&it["cpu"]).ok()?);
        Some((krate, Usage { wall, cpu, peak: it["peak"].as_u64()?, ..Usage::default() }))
    };
    lines.filter_map(usage).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_crate_is_known_by_the_words_of_its_compiler() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(crate_name(&words("--crate-name acme --edition=2024")), Some("acme"));
        assert_eq!(crate_name(&words("- --crate-name ___ --print=file-names")), None);
        assert_eq!(crate_name(&words("-vV")), None);
    }

    #[test]
    fn notes_are_taken_once_and_added_up() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let notes = folder.path().join("notes");
        let usage = |cpu, peak| Usage { cpu: Duration::from_millis(cpu), peak, ..Usage::default() };
        let text = note("ac_me", usage(1500, 7))
            + &note("serde", usage(9, 9))
            + &note("ac_me", usage(500, 3));
        fs::write(&notes, text).expect("the test may write there");
        let used = take(&notes, "ac-me").expect("they are there").expect("it was compiled");
        assert_eq!((used.cpu, used.peak), (Duration::from_secs(2), 7));
        assert!(take(&notes, "ac-me").expect("it is no error").is_none());
    }
}
