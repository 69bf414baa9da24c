//! `vendor`: takes documentation pages or whole documents into `specs/VENDOR/openapi.yaml`.

mod changes;
mod collect;
mod conflict;
mod detail;
mod lock;
mod merge;
mod outline;
mod page;
mod splice;
mod starter;
#[cfg(test)]
mod tests;

use crate::generated_dir::atomically;
use crate::workspace::Workspace;
use crate::{text, yaml};
use anyhow::{Context, Result, bail};
use collect::Input;
use generator::diag::nearest_name;
use generator::{Node, Source, Text};
use std::path::PathBuf;
use std::process::ExitCode;

pub(crate) use lock::Lock;
pub(crate) use page::document as document_of_page;

#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
pub(crate) struct Args {
    /// The vendor: its folder under specs, its module and its Cargo feature
    vendor: String,
    /// Documentation pages (Markdown with one fenced OpenAPI block), whole documents (YAML or JSON),
    /// or folders of either; together they are the whole document
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Keep what the document has, and add these
    #[arg(long)]
    add: bool,
    /// With `--add`: where these differ from what the document has, these count
    #[arg(long, requires = "add")]
    replace: bool,
    /// Drop the operations that the document has and these do not
    #[arg(long = "drop", conflicts_with = "add")]
    drops: bool,
    /// Take a vendor whose name is much like that of another
    #[arg(long = "new")]
    is_new: bool,
    /// Show what would change, and write nothing
    #[arg(long)]
    dry_run: bool,
}

#[cfg(test)]
impl Args {
    /// Of one file.
    pub(crate) fn of_file(vendor: &str, file: PathBuf) -> Self {
        let vendor = vendor.to_owned();
        let files = vec![file];
        Self {
            vendor,
            files,
            add: false,
            replace: false,
            drops: true,
            is_new: true,
            dry_run: false,
        }
    }
}

/// A document that is ready to be written.
struct Merged {
    bytes: Vec<u8>,
    root: Node,
}

pub(crate) fn run(args: &Args, workspace: &Workspace) -> Result<ExitCode> {
    check_name(&args.vendor)?;
    let pages = collect::files(&args.files)?;
    let place = workspace.spec(&args.vendor, "openapi.yaml");
    let name = format!("specs/{}/openapi.yaml", args.vendor);
    let old = collect::vendored(&place, &name)?;
    if old.is_none() && !place.exists() && !args.add {
        greet(args, workspace)?;
    }
    let mut inputs = Vec::new();
    if args.add {
        let Some(old) = &old else {
            bail!(
                "there is no {name} to add to{}\n  = help: leave out --add",
                near(args, workspace)
            )
        };
        Lock::of(workspace, &args.vendor)?.check(&args.vendor, &old.bytes)?;
        inputs.push(Input { gives_way: args.replace, ..old.clone() });
    }
    inputs.extend(pages.iter().cloned());
    let merged = merged(&inputs, &name)?;
    let lock = lock(args, workspace, &merged, &pages)?;
    let changes = changes::between(old.as_ref().map(|it| &it.root), &merged.root);
    let differs = old.as_ref().is_none_or(|it| it.bytes != merged.bytes);
    print!("{}", changes::text(&name, &changes, differs));
    let dropped = old.map_or(Vec::new(), |old| changes::dropped(&old.root, &merged.root));
    if args.dry_run {
        println!("nothing was written: --dry-run");
        return Ok(ExitCode::SUCCESS);
    }
    if !args.add && !args.drops && !dropped.is_empty() {
        bail!(
            "{name} would lose {}; nothing was written\n{}  \
             = help: add these to what is there by --add, or drop the others by --drop",
            text::count(dropped.len(), "operation"),
            text::first(20, &dropped)
        );
    }
    write(args, workspace, &merged, &lock)
}

/// Changes that one document makes in another, for people.
pub(crate) fn changes(name: &str, old: &Node, new: &Node) -> String {
    changes::text(name, &changes::between(Some(old), new), true)
}

/// Says that a vendor is new, unless another one was probably meant.
fn greet(args: &Args, workspace: &Workspace) -> Result<()> {
    let near = near(args, workspace);
    if near.is_empty() || args.is_new {
        println!("{} is a new vendor", args.vendor);
        return Ok(());
    }
    bail!("there is no vendor `{}`{near}\n  = help: --new makes it a new one", args.vendor)
}

/// The vendor that was probably meant.
fn near(args: &Args, workspace: &Workspace) -> String {
    let vendors = workspace.vendors().unwrap_or_default();
    let near = nearest_name(&args.vendor, vendors.iter().map(String::as_str));
    near.map(|it| format!(": did you mean `{it}`?")).unwrap_or_default()
}

/// A vendor's name becomes a folder, a module and a feature.
fn check_name(name: &str) -> Result<()> {
    let starts = name.starts_with(|it: char| it.is_ascii_lowercase());
    if starts && name.chars().all(|it| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_')
    {
        return Ok(());
    }
    bail!("`{name}` cannot be a module\n  = help: use lower case letters, digits and `_`")
}

/// One document from several. One alone is taken as it stands.
fn merged(inputs: &[Input], name: &str) -> Result<Merged> {
    if let [only] = inputs {
        return Ok(Merged { bytes: only.bytes.clone(), root: only.root.clone() });
    }
    let document = merge::merge(inputs)?;
    let spliced =
        splice::splice(&document, inputs).and_then(|text| verified(text, &document, name).ok());
    match spliced {
        Some(merged) => Ok(merged),
        None => verified(yaml::write(&document)?, &document, name)
            .context("the documents cannot be put together as YAML"),
    }
}

/// A text that says what was merged, and nothing else.
fn verified(text: String, document: &merge::Tree<'_>, name: &str) -> Result<Merged> {
    let text = Text { name: name.to_owned(), bytes: text.into_bytes() };
    let root = yaml::parse(&text)?;
    if !document.is(&root) {
        bail!("{name} would not say what its sources say");
    }
    Ok(Merged { bytes: text.bytes, root })
}

fn lock(args: &Args, workspace: &Workspace, merged: &Merged, pages: &[Input]) -> Result<Lock> {
    let before = if args.add { Lock::of(workspace, &args.vendor)? } else { Lock::default() };
    Ok(before.with(&merged.bytes, pages))
}

fn write(args: &Args, workspace: &Workspace, merged: &Merged, lock: &Lock) -> Result<ExitCode> {
    let vendor = &*args.vendor;
    let files = [("openapi.yaml", &*merged.bytes), ("sources.lock", lock.text()?.as_bytes())]
        .map(|(file, bytes)| (workspace.spec(vendor, file), bytes.to_vec()));
    for (place, bytes) in files {
        if std::fs::read(&place).ok().as_ref() != Some(&bytes) {
            atomically(&place, &bytes)?;
        }
    }
    let client = workspace.spec(vendor, "client.yaml");
    if !client.exists() {
        let document = Text { name: "openapi.yaml".to_owned(), bytes: merged.bytes.clone() };
        let source = Source { vendor: vendor.to_owned(), document, ..Source::default() };
        // Where no client can be made, `regen` says why, and there is nothing to propose.
        let proposal = generator::propose(&source).ok();
        atomically(&client, starter::client_yaml(vendor, proposal.as_ref()).as_bytes())?;
        println!("specs/{vendor}/client.yaml is new: say there what the document does not");
    }
    println!("next: cargo xtask regen");
    Ok(ExitCode::SUCCESS)
}
