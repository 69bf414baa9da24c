//! A server of sockets that another library runs: it sends back what it gets.

use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The running server, which ends with this.
pub(crate) struct EchoServer {
    child: Child,
    url: String,
}

impl EchoServer {
    /// The URL of its sockets, by the scheme of http.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for EchoServer {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// Starts the server, which is installed before where that is needed.
pub(crate) fn start(root: &Path) -> Result<EchoServer> {
    super::install(root)?;
    let mut command = Command::new("node");
    command.arg(root.join(super::FOLDER).join("echo.mjs"));
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("Node is needed for the server of sockets")?;
    let output = child.stdout.take().context("it is piped")?;
    let mut server = EchoServer { child, url: String::new() };
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).context("it says where it listens")?;
    let Some(port) = line.trim().strip_prefix("listening on ") else {
        bail!("the server of sockets does not start")
    };
    server.url = format!("http://127.0.0.1:{port}");
    Ok(server)
}
