//! `init`: makes a project of a folder. It writes what is not there, and overwrites nothing.

#[cfg(test)]
mod tests;

use crate::commands::surface::{RELEASE, Release};
use crate::commands::{generate, regen};
use crate::generated_dir::{self, atomically};
use crate::project::{ClientCrate, Program, Project, RuntimeChoice, SETTINGS};
use crate::text::lines;
use anyhow::{Context, Result, bail};
use generator::CrateLocation;
use semver::Version;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use toml_edit::DocumentMut;

const MANIFEST: &str = "Cargo.toml";

#[derive(clap::Args)]
pub struct Args {
    /// The folder, which may have a cargo project
    #[arg(value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The name of the crate of clients; that of the folder with `-clients` if not given
    #[arg(long)]
    name: Option<String>,
    /// The folder of the crate of clients, beside `specs`
    #[arg(long, default_value = "clients")]
    folder: String,
    /// `vendored`, which writes the sources of client-runtime into the crate's folder, `registry`, or its folder
    #[arg(long, value_name = "vendored|registry|PATH", default_value = "vendored")]
    runtime: String,
}

/// The cargo project that a folder is in before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Surroundings {
    /// None: the folder becomes a workspace.
    Nothing,
    /// A package without a workspace.
    Package,
    /// A workspace, of which the crate becomes a member.
    Workspace,
}

pub fn run(args: &Args, program: &Program) -> Result<ExitCode> {
    let shown = args.root.display();
    fs::create_dir_all(&args.root).with_context(|| format!("cannot create {shown}"))?;
    let root = fs::canonicalize(&args.root).with_context(|| format!("cannot find {shown}"))?;
    if root.join(SETTINGS).exists() {
        bail!(
            "{} is a project already: {SETTINGS} is there\n  = help: `{} vendor NAME FILE…` takes a document",
            root.display(),
            program.command
        );
    }
    let krate = client_crate(args, &root)?;
    let project = Project { root, krate, program: program.clone() };
    refuse_what_is_there(&project)?;
    let surroundings = Surroundings::of(&project);
    let mut written = Vec::new();
    for (path, text) in files(&project, surroundings) {
        let place = project.root.join(&path);
        if !place.exists() {
            atomically(&place, text.as_bytes())?;
            written.push(path);
        }
    }
    // The crate comes last: its manifest depends on whether a workspace is above it.
    let version = Release::of(&project)?.version.to_string();
    let files = regen::crate_files(&project, &[], &version)?;
    generated_dir::apply(&generated_dir::plan(&project.crate_folder(), files, |_| false)?)?;
    written.push(format!("{}/", project.krate.folder));
    print!("{}{}", lines(written), next(&project, surroundings));
    Ok(ExitCode::SUCCESS)
}

fn client_crate(args: &Args, root: &Path) -> Result<ClientCrate> {
    let name = match &args.name {
        Some(name) => generate::checked_name(name)?,
        None => {
            let folder = root.file_name().unwrap_or_default().to_string_lossy();
            generate::checked_name(&format!("{}-clients", generate::plain_name(&folder)))?
        }
    };
    let krate = ClientCrate {
        name,
        folder: args.folder.trim_end_matches('/').to_owned(),
        runtime: RuntimeChoice::of(&args.runtime),
        location: CrateLocation::Project,
        license: None,
        repository: None,
    };
    krate.check_folder("`--folder`")?;
    if let RuntimeChoice::Folder(folder) = &krate.runtime
        && !root.join(folder).join(MANIFEST).is_file()
    {
        bail!(
            "`--runtime` is `{folder}`, where no {MANIFEST} is\n  = help: say `vendored`, `registry`, or the folder of \
             client-runtime from {}",
            root.display()
        );
    }
    Ok(krate)
}

/// Fails where the crate's folder or its name is taken.
fn refuse_what_is_there(project: &Project) -> Result<()> {
    let folder = project.crate_folder();
    let is_empty = |it: &Path| fs::read_dir(it).is_ok_and(|mut it| it.next().is_none());
    if folder.exists() && !is_empty(&folder) {
        bail!(
            "{} is no empty folder\n  = help: name another folder by `--folder`, or move away what is in it",
            folder.display()
        );
    }
    let name = &project.krate.name;
    let entries = fs::read_dir(&project.root).into_iter().flatten().flatten();
    let folders = entries.map(|it| it.path()).chain([project.root.clone()]);
    for manifest in folders.map(|it| it.join(MANIFEST)) {
        let package = parsed(&manifest).and_then(|it| it.get("package")?.get("name").cloned());
        if package.as_ref().and_then(|it| it.as_str()) == Some(name) {
            bail!(
                "the package of {} is called `{name}`, too\n  = help: name the crate of clients by `--name`",
                manifest.display()
            );
        }
    }
    Ok(())
}

fn parsed(manifest: &Path) -> Option<DocumentMut> {
    fs::read_to_string(manifest).ok()?.parse().ok()
}

impl Surroundings {
    fn of(project: &Project) -> Self {
        if generate::workspace_above(&project.crate_folder()) {
            Self::Workspace
        } else if project.root.join(MANIFEST).exists() {
            Self::Package
        } else {
            Self::Nothing
        }
    }
}

/// The files beside the crate, by their path in the project.
fn files(project: &Project, surroundings: Surroundings) -> Vec<(String, String)> {
    let release = Release { version: Version::new(0, 1, 0), modules: None };
    let mut files = vec![
        (SETTINGS.to_owned(), project.krate.text()),
        (RELEASE.to_owned(), release.text(project)),
    ];
    if surroundings == Surroundings::Nothing {
        let folder = &project.krate.folder;
        let manifest = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{folder:?}]\nexclude = [{:?}]\n",
            format!("{folder}/{}", generate::RUNTIME)
        );
        files.push((MANIFEST.to_owned(), manifest));
        files.push((".gitignore".to_owned(), "/target\n".to_owned()));
    }
    files
}

/// The steps that come after.
fn next(project: &Project, surroundings: Surroundings) -> String {
    let (folder, command) = (&project.krate.folder, project.program.command);
    let hint = match surroundings {
        Surroundings::Nothing => String::new(),
        Surroundings::Package => format!("next: cargo add --path {folder}\n"),
        Surroundings::Workspace => {
            format!("next: add {folder} to the `members` of the [workspace] above it\n")
        }
    };
    format!("{hint}next: {command} vendor NAME FILE…\n")
}
