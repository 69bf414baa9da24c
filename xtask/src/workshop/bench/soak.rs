//! `bench soak`: a generated client at a chaotic server, for as long as one likes.

use super::measure;
use crate::workshop::{cargo, scratch};
use anyhow::{Context, Result, bail};
use generator::{GeneratedFile, Source, Text};
use openapi_clients::commands::generate;
use openapi_clients::project::Project;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Minutes to call for
    #[arg(long, value_name = "N", default_value_t = 2)]
    minutes: u64,
    /// Number of calls in flight
    #[arg(long, value_name = "CALLS", default_value_t = 64)]
    calls: u32,
}

const PROGRAM: &str = "tests/soak";
const CLIENT: &str = "soak-client";
const MANIFEST: &str = r#"[package]
name = "soak"
version = "0.0.0"
edition = "2024"

[dependencies]
client-runtime = { path = "RUNTIME", default-features = false }
futures-core = { version = "0.3", default-features = false }
soak-client = { path = "../soak-client" }
tokio = { version = "1", features = ["io-util", "net", "rt-multi-thread", "time"] }
"#;

/// Our own, so that dependencies need not be built again.
const PROFILE: &str = "
[profile.dev]
debug = \"line-tables-only\"

[profile.dev.package.\"*\"]
opt-level = 2
debug = false
";

pub(super) fn run(args: &Args, workspace: &Project) -> Result<()> {
    let manifest = write(workspace)?;
    // Not as it is released: overflows are found.
    let words = ["build", "--package", "soak", "--message-format", "json", "--manifest-path"];
    eprintln!("building: cargo {} {}", words.join(" "), manifest.display());
    let mut build = cargo::command();
    build.args(words).arg(manifest).arg("--target-dir").arg(workspace.target());
    let (_, messages) = measure::run(&mut build)?;
    let program = cargo::executable(&messages).context("cargo made no program")?;
    let seconds = args.minutes * 60;
    let status = Command::new(program).args([seconds.to_string(), args.calls.to_string()]).status();
    if !status.context("the program cannot be run")?.success() {
        bail!("calls were lost or done twice");
    }
    Ok(())
}

/// Writes the client, and the program that calls it beside a server. Gives the manifest of both.
fn write(workspace: &Project) -> Result<PathBuf> {
    let root = workspace.target().join("soak");
    let read = |name: &str| {
        let path = format!("{PROGRAM}/{name}");
        fs::read_to_string(workspace.root.join(&path))
            .with_context(|| format!("cannot read {path}"))
    };
    let source = Source {
        vendor: "soak".to_owned(),
        krate: Some(CLIENT.replace('-', "_")),
        document: Text {
            name: format!("{PROGRAM}/openapi.yaml"),
            bytes: read("openapi.yaml")?.into(),
        },
        ..Source::default()
    };
    let Ok(output) = generator::generate(&source).output else {
        bail!("the client cannot be made: `generate` says why");
    };
    let client = root.join(CLIENT);
    let spec = scratch::spec(CLIENT, &client, workspace)?;
    scratch::put(&client, &generate::krate(&spec, &output))?;
    scratch::put(&root.join("soak"), &program(&root.join("soak"), &read, workspace)?)?;
    let members = ["soak", CLIENT].map(str::to_owned);
    scratch::manifest(&root, &members, PROFILE, workspace)
}

fn program(
    folder: &Path,
    read: &dyn Fn(&str) -> Result<String>,
    workspace: &Project,
) -> Result<Vec<GeneratedFile>> {
    let manifest = MANIFEST.replace("RUNTIME", &scratch::runtime(folder, workspace)?);
    let mut files = vec![GeneratedFile { path: "Cargo.toml".to_owned(), text: manifest }];
    for name in ["main.rs", "calls.rs", "routes.rs", "server.rs"] {
        files.push(GeneratedFile { path: format!("src/{name}"), text: read(name)? });
    }
    Ok(files)
}
