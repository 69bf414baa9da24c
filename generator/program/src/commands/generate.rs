//! `generate`: makes a crate from any document, ready to be built where it is put.

#[cfg(test)]
mod tests;

use crate::clock;
use crate::commands::{regen, vendor};
use crate::generated_dir::{self, Manifest};
use crate::input;
use crate::project::{Program, RuntimeChoice};
use anyhow::{Context, Result, bail};
use generator::{
    CrateLocation, CrateSpec, Edits, GeneratedFile, Output, Run, RuntimeSource, Source, Text,
};
use regen::{FindingOptions, MessageFormat};
use std::panic::resume_unwind;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;
use std::thread;
use std::{fs, io};

/// The default of `--runtime`.
const VENDORED: &str = "vendored";
/// Outside of other workspaces the crate is one of its own, and the runtime is no part of it: its tests are not those
/// of the client.
const WORKSPACE: &str = "\n[workspace]\nexclude = [\"runtime\"]\n";
/// Where `client-runtime` is written, in the crate's folder.
pub(crate) const RUNTIME: &str = "runtime";

#[derive(clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command")]
pub struct Args {
    /// The OpenAPI or AsyncAPI document, YAML or JSON, or a documentation page with one (Markdown)
    spec: PathBuf,
    /// The folder to write to: empty, or one that was written to before
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The crate's name; the document's file name if not given
    #[arg(long)]
    name: Option<String>,
    /// The `client.yaml` beside the document
    #[arg(long, value_name = "FILE")]
    client: Option<PathBuf>,
    /// An AsyncAPI document, or a documentation page with one: its sockets stand beside the operations
    #[arg(long, value_name = "FILE")]
    asyncapi: Option<PathBuf>,
    /// Corrections of the document, or of both (OpenAPI Overlay)
    #[arg(long, value_name = "FILE")]
    overlay: Option<PathBuf>,
    /// `vendored`, which writes the sources of client-runtime beside the client, `registry`, or its folder
    #[arg(long, value_name = "vendored|registry|PATH", default_value = VENDORED)]
    runtime: String,
    /// Write tests beside the client, of what each call puts on the wire
    #[arg(long)]
    wire_tests: bool,
    /// Write every finding into this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// The format of findings
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
    /// Fail if anything is left out
    #[arg(long)]
    strict: bool,
    /// Show how long each pass took
    #[arg(long)]
    timings: bool,
    /// Show each warning, not only how many there are
    #[arg(long, short)]
    verbose: bool,
}

impl Args {
    /// A client with its wire tests, over a runtime that is there.
    pub fn with_wire_tests(spec: &Path, out: &Path, runtime: &Path) -> Self {
        Self {
            spec: spec.to_owned(),
            out: out.to_owned(),
            name: None,
            client: None,
            asyncapi: None,
            overlay: None,
            runtime: runtime.display().to_string(),
            wire_tests: true,
            ledger: None,
            message_format: MessageFormat::Human,
            strict: false,
            timings: false,
            verbose: false,
        }
    }
}

pub fn run(args: &Args, program: &Program) -> Result<ExitCode> {
    refuse_foreign(&args.out)?;
    let name = match &args.name {
        Some(name) => checked_name(name)?,
        None => crate_name(&args.spec),
    };
    let source = source(args, &name)?;
    // The first passes need one core; meanwhile another reads what is copied.
    let (run, runtime) = thread::scope(|scope| {
        let vendored = args.runtime == VENDORED;
        let read = || program.runtime.files(RUNTIME);
        let runtime = vendored.then(|| scope.spawn(read));
        let run = generator::generate(&source);
        (run, runtime.map(|it| it.join().unwrap_or_else(|panic| resume_unwind(panic))))
    });
    let Run { output, report, timings } = run;
    if let Some(place) = &args.ledger {
        regen::write_ledger(place, [&report])?;
    }
    let options =
        FindingOptions { format: args.message_format, verbose: args.verbose, strict: args.strict };
    // To find the lines that findings are about takes as long as to plan what is written.
    let plan = thread::scope(|scope| {
        scope.spawn(|| regen::print_findings(&source.document.name, &report, options));
        if let Some(why) = regen::objection(&report, options) {
            bail!("nothing was written: {why}");
        }
        let Ok(output) = output else { bail!("nothing was written") };
        let (summary, resources_from) = (output.summary, output.resources_from.clone());
        let files = files(args, &source, &name, output, runtime.transpose()?)?;
        let count = files.len();
        let plan = generated_dir::plan(&args.out, files, |_| false)?;
        Ok((plan, summary, resources_from, count))
    });
    let (plan, summary, resources_from, files) = plan?;
    eprint!("{}", regen::kept(&plan.kept));
    generated_dir::apply(&plan)?;
    println!(
        "{}: {} of {} operations, {} types; {files} files, {} of them new or changed",
        args.out.display(),
        summary.emitted_operations,
        summary.operations,
        summary.types,
        plan.writes.len()
    );
    println!("{resources_from}");
    if args.timings {
        println!("{}", regen::timings(&timings));
    }
    Ok(ExitCode::SUCCESS)
}

/// A folder with other people's files is not ours to write to.
fn refuse_foreign(out: &Path) -> Result<()> {
    let Ok(mut entries) = fs::read_dir(out) else { return Ok(()) };
    if entries.next().is_some() && Manifest::of(out)?.is_none() {
        bail!(
            "{} is not empty, and nothing in it was generated\n  = help: name a new folder",
            out.display()
        );
    }
    Ok(())
}

fn source(args: &Args, name: &str) -> Result<Source> {
    let optional = |path: &Option<PathBuf>| path.as_deref().map(text).transpose();
    Ok(Source {
        vendor: name.replace('-', "_"),
        home: CrateLocation::Alone,
        krate: Some(name.replace('-', "_")),
        document: document(&args.spec)?,
        files: Some(input::files_around(&args.spec)),
        origins: Vec::new(),
        asyncapi: args.asyncapi.as_deref().map(document).transpose()?,
        overlay: optional(&args.overlay)?,
        client: optional(&args.client)?,
        names: None,
        edits: Edits {
            overlay: edited(args.overlay.as_deref(), "an overlay (`--overlay FILE`)"),
            client: edited(args.client.as_deref(), "a client.yaml (`--client FILE`)"),
        },
        now: Some(clock::now),
    })
}

/// The name in findings of a file that need not be given.
fn edited(path: Option<&Path>, otherwise: &str) -> String {
    path.map_or_else(|| otherwise.to_owned(), |it| it.display().to_string())
}

/// A document, which may be a block of a page.
fn document(path: &Path) -> Result<Text> {
    let text = text(path)?;
    let is_page = path.extension().is_some_and(|it| it.eq_ignore_ascii_case("md"));
    if !is_page {
        return Ok(text);
    }
    let page = String::from_utf8_lossy(&text.bytes);
    let Some(block) = vendor::document_of_page(&page)? else {
        bail!("{} has no block that is an OpenAPI or AsyncAPI document", text.name)
    };
    Ok(Text { name: text.name, bytes: block.into_bytes() })
}

fn text(path: &Path) -> Result<Text> {
    let name = path.display().to_string();
    let bytes = input::read(path, &name)?;
    Ok(Text { name, bytes })
}

/// A name that cargo takes, from that of a file.
pub fn crate_name(spec: &Path) -> String {
    plain_name(&spec.file_stem().unwrap_or_default().to_string_lossy())
}

/// A name that cargo takes, from any text.
pub(crate) fn plain_name(text: &str) -> String {
    let lower = text.to_lowercase();
    let plain = lower.split(|it: char| !it.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let name = plain.collect::<Vec<_>>().join("-");
    match &*name {
        "" => "client".to_owned(),
        _ if name.starts_with(|it: char| it.is_ascii_digit()) => format!("client-{name}"),
        _ if is_taken(&name) => format!("{name}-client"),
        _ => name,
    }
}

/// True if a crate of this name would hide another one, or cargo refuses it: keywords, names of folders that it
/// makes, and those that some systems keep for devices.
fn is_taken(name: &str) -> bool {
    let module = name.replace('-', "_").to_lowercase();
    let device = |it: &str| {
        let number = it.strip_prefix("com").or_else(|| it.strip_prefix("lpt"));
        number.is_some_and(|it| it.len() == 1 && it.bytes().all(|it| it.is_ascii_digit()))
    };
    matches!(
        &*module,
        "core"
            | "std"
            | "alloc"
            | "test"
            | "proc_macro"
            | "client_runtime"
            | "build"
            | "deps"
            | "examples"
            | "incremental"
            | "con"
            | "prn"
            | "aux"
            | "nul"
    ) || device(&module)
        || generator::is_reserved(&module)
}

/// A name that was asked for, if cargo takes it.
pub(crate) fn checked_name(name: &str) -> Result<String> {
    let starts = name.starts_with(|it: char| it.is_ascii_alphabetic());
    let plain = name.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'-' || it == b'_');
    if starts && plain && !is_taken(name) && name.len() <= 64 {
        return Ok(name.to_owned());
    }
    let shown: String = name.chars().take(64).collect();
    bail!(
        "{shown:?} cannot be the name of a crate\n  = help: names are letters, digits, `-` and `_`, such as `{}`",
        plain_name(&shown)
    )
}

/// All files of the client, with those of its runtime where that is written beside it.
fn files(
    args: &Args,
    source: &Source,
    name: &str,
    output: Output,
    runtime: Option<Vec<GeneratedFile>>,
) -> Result<Vec<GeneratedFile>> {
    let spec = CrateSpec::alone(
        name,
        dependency(&RuntimeChoice::of(&args.runtime), &args.out, Path::new(""))?,
    );
    let mut files = generator::assemble(&spec, std::slice::from_ref(&output));
    files.extend(output.files);
    if args.wire_tests {
        add_wire_tests(&mut files, &spec, source);
    }
    stand_alone(&mut files, &args.out);
    files.extend(runtime.into_iter().flatten());
    Ok(files)
}

/// The dependency of a crate on its runtime. A folder is named from `root`, and written from that of the crate.
pub(crate) fn dependency(
    runtime: &RuntimeChoice,
    krate: &Path,
    root: &Path,
) -> Result<RuntimeSource> {
    Ok(match runtime {
        RuntimeChoice::Workspace => RuntimeSource::Workspace,
        RuntimeChoice::Vendored => RuntimeSource::Path(RUNTIME.to_owned()),
        RuntimeChoice::Registry => RuntimeSource::Version(env!("CARGO_PKG_VERSION").to_owned()),
        RuntimeChoice::Folder(folder) => RuntimeSource::Path(path_from(krate, &root.join(folder))?),
    })
}

/// Makes a crate a workspace of its own where none is above its folder.
pub(crate) fn stand_alone(files: &mut [GeneratedFile], folder: &Path) {
    if !workspace_above(folder) {
        add_to_manifest(files, WORKSPACE);
    }
}

/// True if a workspace is above a folder, of which its crate may be a member or a dependency: cargo knows no workspace
/// within another. What is below a folder for build output belongs to none.
pub(crate) fn workspace_above(out: &Path) -> bool {
    let Ok(out) = resolved(out) else { return false };
    for folder in out.ancestors().skip(1) {
        if folder.join("CACHEDIR.TAG").is_file() {
            return false;
        }
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
        let manifest = manifest.parse::<toml_edit::DocumentMut>().unwrap_or_default();
        if manifest.contains_key("workspace") {
            return true;
        }
    }
    false
}

/// The absolute path of a folder that need not be there yet, without links and `..`.
fn resolved(folder: &Path) -> io::Result<PathBuf> {
    let mut path = PathBuf::new();
    for it in std::path::absolute(folder)?.components() {
        match it {
            Component::ParentDir => _ = path.pop(),
            other => path.push(other),
        }
        if let Ok(real) = fs::canonicalize(&path) {
            path = real;
        }
    }
    Ok(path)
}

/// Adds the tests of a client to the files of its crate.
///
/// # Panics
/// Where the document makes no client.
pub fn add_wire_tests(files: &mut Vec<GeneratedFile>, spec: &CrateSpec, source: &Source) {
    let tests = generator::wire_tests(spec, source);
    let tests = tests.expect("a document that makes a client makes its tests");
    add_to_manifest(files, &tests.manifest);
    files.extend(tests.files);
}

fn add_to_manifest(files: &mut [GeneratedFile], text: &str) {
    for file in files.iter_mut().filter(|it| it.path == "Cargo.toml") {
        file.text.push_str(text);
    }
}

/// All files of a crate with one client.
pub fn krate(spec: &CrateSpec, output: &Output) -> Vec<GeneratedFile> {
    let mut files = generator::assemble(spec, std::slice::from_ref(output));
    files.extend(output.files.iter().cloned());
    files
}

/// The way from one folder to another.
pub fn path_from(from: &Path, to: &Path) -> Result<String> {
    let to =
        fs::canonicalize(to).with_context(|| format!("there is no folder {}", to.display()))?;
    fs::create_dir_all(from).with_context(|| format!("cannot create {}", from.display()))?;
    let from = fs::canonicalize(from).with_context(|| format!("cannot find {}", from.display()))?;
    let shared = from.components().zip(to.components()).take_while(|(a, b)| a == b).count();
    let up = from.components().skip(shared).map(|_| "..".to_owned());
    let down = to.components().skip(shared).map(|it| it.as_os_str().to_string_lossy().into_owned());
    Ok(up.chain(down).collect::<Vec<_>>().join("/"))
}
