//! The generators that are measured: ours, and those of others whose programs are found in a folder.

use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A generator and where its program is.
#[derive(Clone, Debug)]
pub(super) struct Tool {
    pub(super) kind: ToolKind,
    program: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ToolKind {
    Ours,
    Ploidy,
    Oas3Gen,
    OpenapiToRust,
    Progenitor,
}

const PEERS: [ToolKind; 4] =
    [ToolKind::Ploidy, ToolKind::Oas3Gen, ToolKind::OpenapiToRust, ToolKind::Progenitor];

/// Ours first, then the others of which there is a program.
pub(super) fn all(ours: PathBuf, peers: Option<&Path>) -> Vec<Tool> {
    let mut tools = vec![Tool { kind: ToolKind::Ours, program: ours }];
    for kind in PEERS {
        let program = peers.map(|it| it.join(kind.program()).with_extension(EXTENSION));
        tools.extend(program.filter(|it| it.is_file()).map(|program| Tool { kind, program }));
    }
    tools
}

const EXTENSION: &str = std::env::consts::EXE_EXTENSION;

impl ToolKind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Ploidy | Self::Oas3Gen | Self::OpenapiToRust => self.program(),
            Self::Progenitor => "progenitor",
        }
    }

    fn program(self) -> &'static str {
        match self {
            Self::Ours => "openapi-clients",
            Self::Ploidy => "ploidy",
            Self::Oas3Gen => "oas3-gen",
            Self::OpenapiToRust => "openapi-to-rust",
            Self::Progenitor => "cargo-progenitor",
        }
    }
}

impl Tool {
    /// The command that makes a client of a document, into a folder that is empty or not there.
    pub(super) fn generate(&self, spec: &Path, out: &Path, krate: &str) -> Command {
        let mut command = Command::new(&self.program);
        match self.kind {
            ToolKind::Ours => {
                command.arg("generate").arg(spec).arg("--out").arg(out).args(["--name", krate])
            }
            ToolKind::Ploidy => {
                let words = command.args(["generate", "rust"]).arg(spec);
                words.arg("--output").arg(out).args(["--name", krate])
            }
            ToolKind::Oas3Gen => {
                let words = command.args(["generate", "client-mod", "--workspace", "--quiet"]);
                words.arg("--input").arg(spec).arg("--output").arg(out)
            }
            ToolKind::OpenapiToRust => {
                command.arg("generate").arg(spec).arg("--output-dir").arg(out.join(MODULE))
            }
            ToolKind::Progenitor => {
                let words = command.arg("progenitor").arg("--input").arg(spec);
                let words = words.arg("--output").arg(out).args(["--name", krate]);
                words.args(["--version", "0.1.0"])
            }
        };
        command
    }

    /// Makes what was generated a crate of this name, outside of every workspace.
    pub(super) fn finish(&self, out: &Path, krate: &str) -> Result<()> {
        let path = out.join("Cargo.toml");
        let read = |path: &Path| {
            fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
        };
        let mut manifest = match self.kind {
            ToolKind::Ours => return Ok(()),
            ToolKind::Ploidy | ToolKind::Progenitor => read(&path)?,
            // Its crates are named after their folders.
            ToolKind::Oas3Gen => renamed(&read(&path)?, krate),
            ToolKind::OpenapiToRust => {
                fs::write(out.join("src/lib.rs"), "//! What was generated.\npub mod generated;\n")?;
                let package = format!(
                    "[package]\nname = \"{krate}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n"
                );
                package + &read(&out.join(MODULE).join("REQUIRED_DEPS.toml"))?
            }
        };
        if !manifest.contains("[workspace]") {
            manifest.push_str("\n[workspace]\n");
        }
        fs::write(&path, manifest).with_context(|| format!("cannot write {}", path.display()))
    }
}

/// Where a module goes that is generated without a crate.
const MODULE: &str = "src/generated";

/// A manifest with another name of its package.
fn renamed(manifest: &str, krate: &str) -> String {
    let line = |it: &str| match it.starts_with("name = ") {
        true => format!("name = \"{krate}\"\n"),
        false => format!("{it}\n"),
    };
    manifest.lines().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn others_are_measured_where_their_programs_are() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let program = folder.path().join("oas3-gen").with_extension(EXTENSION);
        fs::write(program, "").expect("the test may write there");
        let kinds =
            |peers| all(PathBuf::from("openapi-clients"), peers).iter().map(|it| it.kind).collect();
        let (alone, both): (Vec<_>, Vec<_>) = (kinds(None), kinds(Some(folder.path())));
        assert_eq!(alone, [ToolKind::Ours]);
        assert_eq!(both, [ToolKind::Ours, ToolKind::Oas3Gen]);
    }

    #[test]
    fn a_module_becomes_a_crate_outside_of_every_workspace() {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let module = folder.path().join(MODULE);
        fs::create_dir_all(&module).expect("the test may write there");
        fs::write(module.join("REQUIRED_DEPS.toml"), "[dependencies]\nbytes = \"1\"\n")
            .expect("the test may write there");
        let tool = Tool { kind: ToolKind::OpenapiToRust, program: PathBuf::new() };
        tool.finish(folder.path(), "acme").expect("all is there");
        let manifest = fs::read_to_string(folder.path().join("Cargo.toml")).expect("it is written");
        assert!(manifest.starts_with("[package]\nname = \"acme\"\n"), "{manifest}");
        assert!(manifest.ends_with("bytes = \"1\"\n\n[workspace]\n"), "{manifest}");
        assert_eq!(
            renamed("[package]\nname = \"o\"\nversion = \"1\"\n", "a"),
            "[package]\nname = \"a\"\nversion = \"1\"\n"
        );
    }
}
