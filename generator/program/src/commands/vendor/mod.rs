//! `vendor`: takes documentation pages or whole documents into `specs/VENDOR/openapi.yaml` and `asyncapi.yaml`.

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
use crate::project::Project;
use crate::{text, yaml};
use anyhow::{Context, Result, bail};
use collect::{DocumentKind, Input};
use generator::diag::nearest_name;
use generator::{Node, Text};
use std::path::PathBuf;
use std::process::ExitCode;

pub(crate) use lock::Lock;
pub(crate) use page::document as document_of_page;

#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
pub struct Args {
    /// The vendor: its folder under specs, its module and its Cargo feature
    vendor: String,
    /// Documentation pages (Markdown with one fenced OpenAPI or AsyncAPI block), whole documents (YAML or
    /// JSON), or folders of either; together those of a kind are the whole document of that kind
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

/// A document of a vendor as it was, and as it is to be.
struct Update {
    kind: DocumentKind,
    name: String,
    old: Option<Input>,
    pages: Vec<Input>,
    merged: Merged,
}

pub fn run(args: &Args, project: &Project) -> Result<ExitCode> {
    check_name(&args.vendor)?;
    let pages = collect::files(&args.files)?;
    let is_new = DocumentKind::ALL.iter().all(|it| !place(args, project, *it).exists());
    if is_new && args.add {
        let name = pages.first().map_or(DocumentKind::OpenApi, |it| it.kind).file();
        bail!(
            "there is no specs/{}/{name} to add to{}\n  = help: leave out --add",
            args.vendor,
            near(args, project)
        )
    }
    if is_new {
        greet(args, project)?;
    }
    let mut updates = Vec::new();
    for kind in DocumentKind::ALL {
        let own: Vec<Input> = pages.iter().filter(|it| it.kind == kind).cloned().collect();
        if !own.is_empty() {
            updates.push(Update::of(args, project, kind, own)?);
        }
    }
    let lock = lock(args, project, &updates)?;
    for it in &updates {
        print!("{}", it.changes());
    }
    if args.dry_run {
        println!("nothing was written: --dry-run");
        return Ok(ExitCode::SUCCESS);
    }
    if !args.add && !args.drops {
        updates.iter().try_for_each(Update::keeps_all)?;
    }
    write(args, project, &updates, &lock)
}

fn place(args: &Args, project: &Project, kind: DocumentKind) -> PathBuf {
    project.spec(&args.vendor, kind.file())
}

impl Update {
    fn of(args: &Args, project: &Project, kind: DocumentKind, pages: Vec<Input>) -> Result<Self> {
        let name = format!("specs/{}/{}", args.vendor, kind.file());
        let old = collect::vendored(&place(args, project, kind), &name)?;
        let mut inputs = Vec::new();
        if let Some(old) = old.as_ref().filter(|_| args.add) {
            Lock::of(project, &args.vendor)?.check_one(project, &args.vendor, kind, &old.bytes)?;
            inputs.push(Input { gives_way: args.replace, ..old.clone() });
        }
        inputs.extend(pages.iter().cloned());
        let merged = merged(&inputs, &name)?;
        Ok(Self { kind, name, old, pages, merged })
    }

    /// The changes for people.
    fn changes(&self) -> String {
        let changes = changes::between(self.old.as_ref().map(|it| &it.root), &self.merged.root);
        let differs = self.old.as_ref().is_none_or(|it| it.bytes != self.merged.bytes);
        changes::text(&self.name, &changes, differs)
    }

    /// Fails if operations of the old document are gone.
    fn keeps_all(&self) -> Result<()> {
        let old = self.old.as_ref();
        let dropped = old.map_or(Vec::new(), |old| changes::dropped(&old.root, &self.merged.root));
        if dropped.is_empty() {
            return Ok(());
        }
        let one = match self.kind {
            DocumentKind::OpenApi => "operation",
            DocumentKind::AsyncApi => "channel",
        };
        bail!(
            "{} would lose {}; nothing was written\n{}  \
             = help: add these to what is there by --add, or drop the others by --drop",
            self.name,
            text::count(dropped.len(), one),
            text::first(20, &dropped)
        );
    }
}

/// Changes that one document makes in another, for people.
pub(crate) fn changes(name: &str, old: &Node, new: &Node) -> String {
    changes::text(name, &changes::between(Some(old), new), true)
}

/// Says that a vendor is new, unless another one was probably meant.
fn greet(args: &Args, project: &Project) -> Result<()> {
    let near = near(args, project);
    if near.is_empty() || args.is_new {
        println!("{} is a new vendor", args.vendor);
        return Ok(());
    }
    bail!("there is no vendor `{}`{near}\n  = help: --new makes it a new one", args.vendor)
}

/// The vendor that was probably meant.
fn near(args: &Args, project: &Project) -> String {
    let vendors = project.vendors().unwrap_or_default();
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

/// The lock with what is taken now, beside the sources that were taken before of other documents.
fn lock(args: &Args, project: &Project, updates: &[Update]) -> Result<Lock> {
    let is_kept = |kind: &DocumentKind| {
        let is_new = updates.iter().any(|it| it.kind == *kind);
        (args.add || !is_new) && place(args, project, *kind).exists()
    };
    let mut lock = match DocumentKind::ALL.iter().any(is_kept) {
        true => Lock::of(project, &args.vendor)?,
        false => Lock::default(),
    };
    for it in updates {
        lock = if args.add { lock } else { lock.without(it.kind) };
        lock = lock.with(it.kind, &it.merged.bytes, &it.pages);
    }
    Ok(lock)
}

fn write(args: &Args, project: &Project, updates: &[Update], lock: &Lock) -> Result<ExitCode> {
    let vendor = &*args.vendor;
    let mut files: Vec<(&str, Vec<u8>)> =
        updates.iter().map(|it| (it.kind.file(), it.merged.bytes.clone())).collect();
    files.push(("sources.lock", lock.text(project)?.into_bytes()));
    for (file, bytes) in files {
        let place = project.spec(vendor, file);
        if std::fs::read(&place).ok().as_ref() != Some(&bytes) {
            atomically(&place, &bytes)?;
        }
    }
    let client = project.spec(vendor, "client.yaml");
    if !client.exists() {
        let source = project.source(vendor)?;
        // Where no client can be made, `regen` says why, and there is nothing to propose.
        let proposal = generator::propose(&source).ok();
        atomically(&client, starter::client_yaml(vendor, proposal.as_ref()).as_bytes())?;
        println!("specs/{vendor}/client.yaml is new: say there what the document does not");
    }
    println!("next: {} regen", project.program.command);
    Ok(ExitCode::SUCCESS)
}
