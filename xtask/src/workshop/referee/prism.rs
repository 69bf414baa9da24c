//! Prism as a process that ends when it is no longer needed.

use super::expect::Round;
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// Time for a start on a machine that has other things to do.
const PATIENCE: Duration = Duration::from_mins(3);
/// The port is free when it is picked, and might not be once Prism asks for it.
const TRIES: usize = 3;

/// A running Prism.
pub(super) struct PrismServer {
    child: Child,
    url: String,
}

impl PrismServer {
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for PrismServer {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Lets Prism serve a document.
pub(super) fn start(binary: &Path, document: &Path, round: Round) -> Result<PrismServer> {
    if !binary.exists() {
        bail!("there is no Prism\n  = help: `cargo xtask ci referee` installs it");
    }
    let mut last = None;
    for _ in 0..TRIES {
        match once(binary, document, round) {
            Ok(server) => return Ok(server),
            Err(error) => last = Some(error),
        }
    }
    Err(last.expect("it was tried")).context("Prism cannot be run")
}

fn once(binary: &Path, document: &Path, round: Round) -> Result<PrismServer> {
    let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
    let mut command = Command::new(binary);
    command.args(["mock", "-h", "127.0.0.1", "-p", &port.to_string()]);
    if let Round::Random(seed) = round {
        command.args(["-d", "--seed", &seed.to_string()]);
    }
    command.arg(document).env_remove("NODE_ENV");
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let (output, errors) = (child.stdout.take(), child.stderr.take());
    let server = PrismServer { child, url: format!("http://127.0.0.1:{port}") };
    let (send, lines) = mpsc::channel();
    // Both are read to their end, so that Prism never waits for somebody to read.
    listen(output.context("it has no standard output")?, send.clone());
    listen(errors.context("it has no standard error")?, send);
    let mut said = String::new();
    loop {
        match lines.recv_timeout(PATIENCE) {
            Ok(line) if line.contains("listening") => return Ok(server),
            Ok(line) => said += &(line + "\n"),
            Err(RecvTimeoutError::Timeout) => bail!("it does not start:\n{said}"),
            Err(RecvTimeoutError::Disconnected) => bail!("it ended:\n{said}"),
        }
    }
}

fn listen(stream: impl Read + Send + 'static, lines: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            // Nobody listens any more once it has started.
            drop(lines.send(line));
        }
    });
}
