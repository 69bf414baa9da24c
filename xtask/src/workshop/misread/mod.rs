//! `misread`: plants misreadings into a copy of the generator, one at a time, and sees that a judge finds each.

mod copy;
mod plants;

use crate::workshop::cargo;
use anyhow::{Context, Result, bail};
use openapi_clients::project::Project;
use openapi_clients::terminal::table;
use plants::Plant;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

/// The plants, and where the copy and everything else is, in the folder of the workspace.
const PLANTS: &str = "tests/misread/plants.yaml";
const FOLDER: &str = "misread";
/// The planted program, beside that of the workspace.
const PROGRAM: &str = "xtask-misread";

#[derive(clap::Args)]
pub(crate) struct Args {
    /// Who is to find them
    #[arg(value_enum)]
    judge: MisreadJudge,
    /// Only these plants; all that the judge can find if none is named
    plants: Vec<String>,
}

impl Args {
    /// All plants that a judge can find.
    pub(crate) fn of(judge: MisreadJudge) -> Self {
        Self { judge, plants: Vec::new() }
    }
}

/// A command that fails where a client is not what its document says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum MisreadJudge {
    /// The wire tests, and the check of what they send against the document
    Wire,
    /// Programs that others wrote, which make values that the client must read and write
    Values,
    /// Validators that others wrote, which check what the client sends
    Servers,
}

impl MisreadJudge {
    /// The key of its documents in the list of plants.
    fn key(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Values => "values",
            Self::Servers => "servers",
        }
    }

    /// The words of this program that judge the documents of a folder, in which `LIST` names them.
    fn words(self, folder: &Path) -> Vec<OsString> {
        let words: &[&str] = match self {
            Self::Wire => &["corpus", "--wire-tests"],
            Self::Values => &["judge", "values"],
            Self::Servers => &["requests", "--list"],
        };
        let list = (self == Self::Servers).then(|| folder.join(copy::LIST).into_os_string());
        words.iter().map(OsString::from).chain(list).chain([folder.into()]).collect()
    }
}

pub(crate) fn run(args: &Args, workspace: &Project) -> Result<ExitCode> {
    let plants = plants::read(&workspace.root.join(PLANTS), args.judge.key(), &args.plants)?;
    let folder = workspace.target().join(FOLDER);
    let copy = copy::write(&workspace.root, &folder.join("sources"), &workspace.target())?;
    // All must be as the sources are now, before the first costs time.
    for it in &plants {
        it.planted(&workspace.root)?;
    }
    let mut rows = vec![["misreading", "s", "result"].map(str::to_owned).to_vec()];
    let mut missed = Vec::new();
    for plant in &plants {
        let start = Instant::now();
        let judged = plant_and_judge(plant, args.judge, workspace, &folder, &copy)?;
        let result = if judged.is_none() { "found" } else { "NOT FOUND" }.to_owned();
        rows.push(vec![plant.name.clone(), start.elapsed().as_secs().to_string(), result]);
        missed.extend(judged.map(|said| format!("{}: {said}", plant.name)));
    }
    print!("{}", table(&rows));
    for it in &missed {
        println!("\n{it}");
    }
    Ok(if missed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Plants one misreading. Gives what the judge said, unless it found it.
fn plant_and_judge(
    plant: &Plant,
    judge: MisreadJudge,
    workspace: &Project,
    folder: &Path,
    copy: &Path,
) -> Result<Option<String>> {
    let file = copy.join(&plant.file);
    let sound = fs::read_to_string(&file)?;
    fs::write(&file, plant.planted(&workspace.root)?)?;
    let built = build(copy, workspace);
    fs::write(&file, sound)?;
    let program = built.with_context(|| format!("with `{}` planted", plant.name))?;
    let documents = folder.join("documents");
    copy::documents(&plant.documents, &workspace.root, &documents)?;
    let output = Command::new(program)
        .args(judge.words(&documents))
        .env("CARGO_TARGET_DIR", workspace.target())
        .current_dir(copy)
        .stdin(Stdio::null())
        .output()
        .context("the planted program cannot be run")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_found = !output.status.success() && said.contains(&plant.says);
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok((!is_found).then(|| format!("`{}` is not among this\n{said}{errors}", plant.says)))
}

/// Builds the program of the copy, from the dependencies that are built for that of the workspace.
fn build(copy: &Path, workspace: &Project) -> Result<PathBuf> {
    let output = cargo::command()
        .args(["build", "--package", "xtask", "--bin", PROGRAM, "--message-format", "json"])
        .arg("--target-dir")
        .arg(workspace.target())
        // The copy is built again for each misreading, wherever else nothing is built twice.
        .env("CARGO_INCREMENTAL", "1")
        .current_dir(copy)
        .stdin(Stdio::null())
        .output()
        .context("cargo cannot be run")?;
    if !output.status.success() {
        bail!("the generator cannot be built\n{}", String::from_utf8_lossy(&output.stdout));
    }
    cargo::executable(&String::from_utf8_lossy(&output.stdout)).context("no program was built")
}
