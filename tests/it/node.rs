//! Servers that other libraries run, as programs for Node beside those that referee.

use crate::referee;
use crate::support::root;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running server, which ends with this.
pub(crate) struct NodeServer {
    child: Child,
    /// The URL of its sockets, by the scheme of http.
    pub(crate) url: String,
}

impl Drop for NodeServer {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A program of `tests/referee` once it listens; `None` if there are no packages for it and none are asked for.
pub(crate) fn server(program: &str) -> Option<NodeServer> {
    let prism = referee::binary()?;
    let folder = prism.ancestors().nth(3).expect("Prism is in `node_modules/.bin`");
    // Packages are found from the folder of the program.
    let place = folder.join(program);
    fs::copy(root().join("tests/referee").join(program), &place).expect("it can be put there");
    let mut command = Command::new("node");
    command.arg(&place).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("Node is there, since Prism is");
    let output = child.stdout.take().expect("it is piped");
    let mut server = NodeServer { child, url: String::new() };
    let mut line = String::new();
    BufReader::new(output).read_line(&mut line).expect("it says where it listens");
    let port = line.trim().strip_prefix("listening on ");
    let port = port.unwrap_or_else(|| {
        panic!("{program} does not start: `cargo xtask ci referee` installs what it needs")
    });
    server.url = format!("http://127.0.0.1:{port}");
    Some(server)
}
