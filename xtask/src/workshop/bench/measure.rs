//! Resources of a process: time, time of the processor, memory.

use anyhow::{Context, Result, bail};
use std::io::{Read, Seek};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

/// Resources that a process has needed, with those that it started and waited for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Usage {
    pub(super) wall: Duration,
    /// In user and kernel mode.
    pub(super) cpu: Duration,
    /// In user mode alone: file systems have a growth of their own.
    pub(super) user: Duration,
    /// The most memory that one of the processes has held at a time, in bytes.
    ///
    /// On Linux a process starts with what its parent held, so this one keeps its own memory small.
    pub(super) peak: u64,
}

/// Runs a process to its end. `Err` says what it last said, if it fails.
pub(super) fn run(command: &mut Command) -> Result<(Usage, String)> {
    let name = command.get_program().to_string_lossy().into_owned();
    // Files, not pipes: nobody has to read while the process runs.
    let mut output = tempfile::tempfile().context("there is no room for temporary files")?;
    let mut errors = tempfile::tempfile().context("there is no room for temporary files")?;
    command.stdin(Stdio::null()).stdout(output.try_clone()?).stderr(errors.try_clone()?);
    let start = Instant::now();
    let child = command.spawn().with_context(|| format!("{name} cannot be run"))?;
    let used = child.wait4().with_context(|| format!("{name} was lost"))?;
    let wall = start.elapsed();
    let mut said = String::new();
    if !used.status.success() {
        errors.rewind()?;
        errors.read_to_string(&mut said)?;
        bail!("{name} failed\n{}", last_lines(&said));
    }
    output.rewind()?;
    output.read_to_string(&mut said)?;
    let used = used.rusage;
    Ok((Usage { wall, cpu: used.utime + used.stime, user: used.utime, peak: used.maxrss }, said))
}

fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(20)..].join("\n")
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_measured_and_heard() {
        let mut shell = Command::new("sh");
        shell.args(["-c", "i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; echo done"]);
        let (used, said) = run(&mut shell).expect("it succeeds");
        assert_eq!(said, "done\n");
        assert!(used.cpu > Duration::ZERO && used.wall > Duration::ZERO && used.peak > 100_000);
    }

    #[test]
    fn a_failure_is_told_in_the_words_of_the_process() {
        let mut shell = Command::new("sh");
        let error = run(shell.args(["-c", "echo no room >&2; exit 3"])).expect_err("it fails");
        assert_eq!(error.to_string(), "sh failed\nno room");
    }
}
