//! The server of judges as a process that ends when it is no longer needed.

use super::judged::{self, Judged};
use anyhow::{Context, Result};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

/// The longest that a start may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(3);

/// A running server.
pub(super) struct ValidatorServer {
    child: Child,
    port: u64,
    operations: Vec<String>,
    lines: Receiver<Value>,
}

impl ValidatorServer {
    pub(super) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Ends it, and gives what it said.
    pub(super) fn end(mut self) -> Result<Judged> {
        drop(self.child.stdin.take());
        let requests = self.lines.iter().map(|it| judged::request(&it)).collect::<Result<_>>()?;
        Ok(Judged { operations: std::mem::take(&mut self.operations), requests })
    }
}

impl Drop for ValidatorServer {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Lets the program serve a document, whose folder it is in when it follows references.
pub(super) fn start(program: &Path, document: &Path) -> Result<ValidatorServer> {
    let document = fs::canonicalize(document).context("the document is gone")?;
    let mut command = Command::new("node");
    command.arg(program).arg(&document).env_remove("NODE_ENV");
    command.current_dir(document.parent().context("a document is in a folder")?);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = command.spawn().context("node cannot be run")?;
    let output = child.stdout.take().context("it has no standard output")?;
    let (send, lines) = mpsc::channel();
    // It is read to its end, so that the server never waits for somebody to read.
    thread::spawn(move || {
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            // Nobody listens any more once something has failed.
            drop(send.send(serde_json::from_str(&line).unwrap_or(Value::String(line))));
        }
    });
    let mut server = ValidatorServer { child, port: 0, operations: Vec::new(), lines };
    let first = server.lines.recv_timeout(PATIENCE).context("the server does not start")?;
    server.port = first["port"].as_u64().with_context(|| format!("it says {first}"))?;
    server.operations = judged::texts(&first["operations"])?;
    Ok(server)
}
