//! The commands of the README in an empty folder: the program is installed, a document becomes a client, and its example
//! and a program call a server with it.

use crate::workshop::scratch;
use anyhow::{Context, Result, bail};
use openapi_clients::clock::Clock;
use openapi_clients::project::Project;
use std::ffi::OsString;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// The heading of the README's section.
const SECTION: &str = "## In your own repository";
/// The server's response, and what is printed of it.
const PETS: &str = r#"[{"id": 1, "name": "Rex"}, {"id": 2, "name": "Tom"}]"#;
const BY_EXAMPLE: &str = r#"[
    Pet {
        id: 1,
        name: "Rex",
    },
    Pet {
        id: 2,
        name: "Tom",
    },
]
"#;
const BY_PROGRAM: &str = "1: Rex\n2: Tom\n";
/// Of the environment what a machine with nothing but a toolchain has; cargo's home has the packages, too.
const KEPT: [&str; 4] = ["PATH", "RUSTUP_HOME", "RUSTUP_TOOLCHAIN", "CARGO_HOME"];

/// A machine with nothing on it, and a folder for a project.
struct Machine {
    home: PathBuf,
    project: PathBuf,
    variables: Vec<(OsString, OsString)>,
}

pub(super) fn run(workspace: &Project) -> Result<()> {
    let clock = Clock::start();
    let readme = fs::read_to_string(workspace.root.join("README.md")).context("README.md")?;
    let (_, section) = readme.split_once(SECTION).context("the README has no such section")?;
    let folder = tempfile::tempdir().context("there is no room for temporary files")?;
    let machine = Machine::new(folder.path(), workspace)?;
    fs::write(machine.home.join("pets.yaml"), block(section, 0, "yaml")?).context("pets.yaml")?;
    let url = server()?;
    for (number, printed) in [BY_EXAMPLE, BY_PROGRAM].into_iter().enumerate() {
        let mut said = String::new();
        for line in block(section, number, "sh")?.lines() {
            if line.starts_with("cargo run") {
                machine.prepare(section, workspace)?;
            }
            println!("$ {line}");
            said = machine.run(line, &url)?;
        }
        if said != printed {
            bail!("the last of these commands prints\n{said}");
        }
    }
    println!("{:?} passed", clock.elapsed().wall);
    Ok(())
}

/// One of the blocks of a language in a Markdown text.
fn block(text: &str, number: usize, language: &str) -> Result<String> {
    let start = format!("```{language}\n");
    let rest = text.split(&start).nth(number + 1);
    let rest = rest.with_context(|| format!("no further block of {language}"))?;
    let (block, _) = rest.split_once("```\n").context("the block does not end")?;
    Ok(block.to_owned())
}

impl Machine {
    fn new(folder: &Path, workspace: &Project) -> Result<Self> {
        let (home, project) = (folder.join("home"), folder.join("home/acme"));
        fs::create_dir_all(&project).context("there is no room for temporary files")?;
        let kept = KEPT.into_iter().filter_map(|it| Some((it.into(), std::env::var_os(it)?)));
        let mut variables: Vec<(OsString, OsString)> = kept.collect();
        let user = std::env::var_os("HOME").unwrap_or_default();
        for (name, folder) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            if std::env::var_os(name).is_none() {
                variables.push((name.into(), Path::new(&user).join(folder).into()));
            }
        }
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::split_paths(&path).collect::<Vec<_>>();
        let path = std::env::join_paths([home.join("bin")].into_iter().chain(path))?;
        variables.extend([
            ("PATH".into(), path),
            ("HOME".into(), home.clone().into()),
            ("CLONE".into(), workspace.root.clone().into()),
            ("CARGO_NET_OFFLINE".into(), "true".into()),
            ("CARGO_INSTALL_ROOT".into(), home.clone().into()),
            ("CARGO_TARGET_DIR".into(), workspace.target().into()),
        ]);
        Ok(Self { home, project, variables })
    }

    /// Writes what the next program needs: its text, if it is the README's, and versions that cargo's home has.
    fn prepare(&self, section: &str, workspace: &Project) -> Result<()> {
        let main = self.project.join("app/src/main.rs");
        if main.exists() {
            fs::write(main, block(section, 0, "rs")?)?;
        }
        scratch::lock(&self.project, workspace)
    }

    /// Runs a line as a shell would, in the project. The release of the program is not built: it takes minutes.
    fn run(&self, line: &str, url: &str) -> Result<String> {
        let line = match line.strip_prefix("cargo install ") {
            Some(words) => format!("cargo install --debug --locked {words}"),
            None => line.to_owned(),
        };
        let output = Command::new("sh")
            .args(["-e", "-c", &line])
            .current_dir(&self.project)
            .env_clear()
            .envs(self.variables.iter().map(|(name, value)| (name, value)))
            .env("PETS_BASE_URL", url)
            .stdin(Stdio::null())
            .output()
            .context("no shell can be run")?;
        if !output.status.success() {
            bail!("{line}\n{}", String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }
}

/// Starts a server that has pets, and nothing else. Gives its URL.
fn server() -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").context("no port is free")?;
    let url = format!("http://{}", listener.local_addr()?);
    thread::spawn(move || listener.incoming().flatten().try_for_each(|it| respond(&it)));
    Ok(url)
}

fn respond(mut connection: &TcpStream) -> std::io::Result<()> {
    let mut lines = BufReader::new(connection).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    while lines.next().transpose()?.is_some_and(|it| !it.is_empty()) {}
    let (status, body) = match first.as_str() {
        "GET /pets HTTP/1.1" => ("200 OK", PETS),
        _ => ("404 Not Found", "{}"),
    };
    write!(
        connection,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}
