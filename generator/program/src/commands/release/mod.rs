//! `release`: gives the crate of clients the version that its changes ask for, and makes its surface the
//! one that later changes are compared with.

mod changelog;
#[cfg(test)]
mod tests;

use crate::commands::regen;
use crate::commands::surface::{self, Diff, RELEASE, RELEASED, Release};
use crate::generated_dir::atomically;
use crate::project::{Project, optional};
use crate::text::lines;
use anyhow::{Context, Result, bail};
use generator::{CrateLocation, Output};
use semver::Version;
use std::process::ExitCode;
use std::time::SystemTime;
use toml_edit::{DocumentMut, value};

/// Where the version of each package stands.
const LOCK: &str = "Cargo.lock";
const CHANGELOG: &str = "CHANGELOG.md";

#[derive(clap::Args)]
pub struct Args {
    /// The version; the lowest that semver allows if none is given
    version: Option<Version>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// A file that a release writes.
struct Written {
    path: String,
    text: String,
}

pub fn run(args: &Args, project: &Project) -> Result<ExitCode> {
    let clients = regen::clients(project)?;
    let (vendors, outputs): (Vec<_>, Vec<_>) = clients.into_iter().unzip();
    let release = Release::of(project)?;
    let diff = Diff::of(project, &outputs)?;
    let next = next(&release, &diff, args.version.as_ref())?;
    let files = files(project, &vendors, &outputs, &diff, &next)?;
    regen::rehearse(project, &next.to_string())?;
    print!("{}", surface::text(&diff));
    match &diff.since {
        Some(since) => println!("release: {since} → {next}"),
        None => println!("release: {next}, the first"),
    }
    print!("{}", lines(files.iter().map(|it| format!("  {}", it.path))));
    if args.dry_run {
        println!("nothing was written: --dry-run");
        return Ok(ExitCode::SUCCESS);
    }
    for it in &files {
        atomically(&project.root.join(&it.path), it.text.as_bytes())?;
    }
    let code = regen::run(&regen::Args::write(), project)?;
    match project.krate.location {
        CrateLocation::Workspace => {
            println!("next: read {CHANGELOG}, run `cargo xtask ci`, commit, tag v{next}");
        }
        CrateLocation::Project | CrateLocation::Alone => println!("next: commit, tag v{next}"),
    }
    Ok(code)
}

/// The version of this release, if semver lets it follow.
fn next(release: &Release, diff: &Diff, wanted: Option<&Version>) -> Result<Version> {
    let least = match &diff.since {
        Some(since) => diff.demand().after(since),
        None => release.version.clone(),
    };
    let next = wanted.unwrap_or(&least);
    if !next.pre.is_empty() || !next.build.is_empty() {
        bail!("`{next}` must be three numbers");
    }
    if *next < least {
        let why = match (&diff.since, diff.breaking()) {
            (None, _) => format!("{RELEASE} says that the first release is {least}"),
            (Some(since), 0) => format!("what changed since {since} asks for {least}"),
            (Some(since), number) => {
                format!(
                    "{number} of what changed since {since} may break callers: semver asks for {least}"
                )
            }
        };
        bail!("{next} is too low: {why}\n{}", surface::text(diff));
    }
    Ok(next.clone())
}

fn files(
    project: &Project,
    vendors: &[String],
    outputs: &[Output],
    diff: &Diff,
    next: &Version,
) -> Result<Vec<Written>> {
    let mut modules = outputs.iter().map(|it| it.module.clone()).collect::<Vec<_>>();
    modules.sort();
    let release = Release { version: next.clone(), modules: Some(modules) };
    let baselines = vendors.iter().zip(outputs).map(|(vendor, output)| Written {
        path: format!("specs/{vendor}/{RELEASED}"),
        text: surface::surface(output).to_owned(),
    });
    let head = Written { path: RELEASE.to_owned(), text: release.text(project) };
    let mut files = [head].into_iter().chain(baselines).collect::<Vec<_>>();
    if let Some(text) = text(project, CHANGELOG)? {
        let date = humantime::format_rfc3339(SystemTime::now()).to_string();
        let date = date.split('T').next().expect("a split has a first part");
        let text = changelog::with(&text, next, date, diff)?;
        files.push(Written { path: CHANGELOG.to_owned(), text });
    }
    if let Some(text) = text(project, LOCK)? {
        files.push(Written {
            path: LOCK.to_owned(),
            text: locked(&text, &project.krate.name, next)?,
        });
    }
    Ok(files)
}

fn text(project: &Project, path: &str) -> Result<Option<String>> {
    let Some(it) = optional(&project.root.join(path), path)? else { return Ok(None) };
    Ok(Some(String::from_utf8(it.bytes).with_context(|| format!("{path} is not UTF-8"))?))
}

/// `Cargo.lock` with the version, as cargo would write it: so that `--locked` holds.
fn locked(text: &str, name: &str, next: &Version) -> Result<String> {
    let mut lock = text.parse::<DocumentMut>().with_context(|| format!("{LOCK} is not TOML"))?;
    let packages = lock.get_mut("package").and_then(|it| it.as_array_of_tables_mut());
    for package in packages.into_iter().flat_map(|it| it.iter_mut()) {
        if package.get("name").and_then(|it| it.as_str()) == Some(name) {
            package["version"] = value(next.to_string());
        }
    }
    Ok(lock.to_string())
}
