//! `bench growth`: documents with more and more of one thing, and how time and memory grow with them.

mod fit;
mod operations;
mod schemas;
mod texts;
mod unions;

use super::measure::{self, Usage};
use super::program;
use anyhow::{Context, Result, bail};
use openapi_clients::project::Project;
use openapi_clients::terminal::table;
use serde_json::{Map, Value, json};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The exponent that neither time nor memory may exceed.
const MAX_EXPONENT: f64 = 1.2;
/// The number of times that a size is doubled.
const DOUBLINGS: u32 = 3;
/// Less is no measure of anything: milliseconds, which the system counts in steps of four or ten, and MiB.
const LEAST_CPU: f64 = 25.0;
const LEAST_PEAK: f64 = 2.0;
/// A size of which the cost is that of any document.
const SMALL: usize = 2;

#[derive(clap::Args)]
pub(super) struct Args {
    /// Kinds of documents, by a part of their name; all of them if none is named
    kinds: Vec<String>,
    /// Runs of each size; the least counts
    #[arg(long, value_name = "N", default_value_t = 3)]
    runs: usize,
    /// Write the document of the one kind, with so many of its things, and measure nothing
    #[arg(long, value_name = "FILE", requires = "size")]
    write: Option<PathBuf>,
    #[arg(long, value_name = "N", requires = "write")]
    size: Option<usize>,
}

/// Documents with any number of one thing.
struct GrowthKind {
    name: &'static str,
    /// The least number that is measured.
    first: usize,
    document: fn(usize) -> Value,
}

fn kinds() -> impl Iterator<Item = &'static GrowthKind> {
    operations::KINDS.iter().chain(schemas::KINDS).chain(unions::KINDS).chain(texts::KINDS)
}

pub(super) fn run(args: &Args, workspace: &Project) -> Result<ExitCode> {
    let is_chosen = |it: &GrowthKind| {
        args.kinds.is_empty() || args.kinds.iter().any(|part| it.name.contains(part))
    };
    let chosen: Vec<_> = kinds().filter(|it| is_chosen(it)).collect();
    if let (Some(path), Some(size)) = (&args.write, args.size) {
        let exact = args.kinds.first().and_then(|name| kinds().find(|it| it.name == name));
        return write(path, exact.context("name one kind in full")?, size);
    }
    if chosen.is_empty() {
        bail!("there is no such kind; there are {}", names(kinds()));
    }
    let scratch = workspace.target().join("bench");
    fs::create_dir_all(&scratch).with_context(|| format!("cannot create {}", scratch.display()))?;
    let scratch = tempfile::tempdir_in(&scratch).context("there is no room to generate to")?;
    let generator = program::generator(workspace)?;
    let mut rows = vec![HEADING.map(str::to_owned).to_vec()];
    let mut steep = Vec::new();
    for kind in chosen {
        let growth = growth(kind, args.runs, &generator, scratch.path())?;
        if growth.is_steep() {
            steep.push(kind);
        }
        rows.push(growth.row(kind));
        eprintln!("{}", rows[rows.len() - 1].join("  "));
    }
    print!("{}", table(&rows));
    if steep.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    println!("above n^{MAX_EXPONENT}: {}", names(steep.into_iter()));
    Ok(ExitCode::FAILURE)
}

const HEADING: [&str; 7] = ["kind", "of", "to", "user ms", "exponent", "peak MiB", "exponent"];

fn names<'k>(kinds: impl Iterator<Item = &'k GrowthKind>) -> String {
    kinds.map(|it| format!("`{}`", it.name)).collect::<Vec<_>>().join(", ")
}

/// In a process of its own: what measures others must be small.
fn write(path: &Path, kind: &GrowthKind, size: usize) -> Result<ExitCode> {
    let file = File::create(path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut file = BufWriter::new(file);
    serde_json::to_writer(&mut file, &(kind.document)(size)).context("it is no JSON")?;
    file.flush().with_context(|| format!("cannot write {}", path.display()))?;
    Ok(ExitCode::SUCCESS)
}

/// Time and memory of the documents of a kind, less those of the smallest document.
struct Growth {
    sizes: Vec<f64>,
    /// In milliseconds.
    cpu: Vec<f64>,
    /// In MiB.
    peak: Vec<f64>,
}

impl Growth {
    fn exponents(&self) -> [f64; 2] {
        [&self.cpu, &self.peak].map(|it| fit::exponent(&self.sizes, it))
    }

    fn is_steep(&self) -> bool {
        self.exponents().iter().any(|it| *it > MAX_EXPONENT)
    }

    fn row(&self, kind: &GrowthKind) -> Vec<String> {
        let [cpu, peak] = self.exponents();
        let all = |it: &[f64]| it.iter().map(|it| format!("{it:.0}")).collect::<Vec<_>>();
        let sizes = all(&self.sizes);
        vec![
            kind.name.to_owned(),
            sizes[0].clone(),
            sizes[sizes.len() - 1].clone(),
            all(&self.cpu).join(" "),
            format!("{cpu:.2}"),
            all(&self.peak).join(" "),
            format!("{peak:.2}"),
        ]
    }
}

fn growth(kind: &GrowthKind, runs: usize, generator: &Path, scratch: &Path) -> Result<Growth> {
    let small = least(kind, SMALL, runs, generator, scratch)?;
    let mut growth = Growth { sizes: Vec::new(), cpu: Vec::new(), peak: Vec::new() };
    for size in (0..=DOUBLINGS).map(|it| kind.first << it) {
        let used = least(kind, size, runs, generator, scratch)?;
        let cpu = used.user.saturating_sub(small.user).as_secs_f64() * 1000.0;
        let peak = used.peak.saturating_sub(small.peak) >> 10;
        growth.sizes.push(f64::from(u32::try_from(size).unwrap_or(u32::MAX)));
        growth.cpu.push(cpu.max(LEAST_CPU));
        growth
            .peak
            .push((f64::from(u32::try_from(peak).unwrap_or(u32::MAX)) / 1024.0).max(LEAST_PEAK));
    }
    Ok(growth)
}

/// The least that a document has needed: client and tests are made of it.
fn least(
    kind: &GrowthKind,
    size: usize,
    runs: usize,
    generator: &Path,
    scratch: &Path,
) -> Result<Usage> {
    let spec = scratch.join("document.json");
    let mut writing = Command::new(program::xtask()?);
    writing.args(["bench", "growth", kind.name, "--size", &size.to_string(), "--write"]).arg(&spec);
    measure::run(&mut writing)?;
    let mut least: Option<Usage> = None;
    for _ in 0..runs.max(1) {
        let folder = tempfile::tempdir_in(scratch).context("there is no room")?;
        let mut command = Command::new(generator);
        command.arg("generate").arg(&spec).arg("--out").arg(folder.path().join("client"));
        command.args(["--name", "growth", "--wire-tests"]);
        let (used, _) = measure::run(&mut command)
            .with_context(|| format!("{size} of `{}` make no client", kind.name))?;
        let before = least.unwrap_or(used);
        let (user, peak) = (used.user.min(before.user), used.peak.min(before.peak));
        least = Some(Usage { user, peak, ..used });
    }
    least.context("it was measured at least once")
}

/// A document with these paths and components.
fn document(paths: Value, components: Value) -> Value {
    let mut document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Growth", "version": "1"},
        "servers": [{"url": "https://api.example.com"}],
    });
    document["paths"] = paths;
    document["components"] = components;
    document
}

/// A document of which one operation sends and receives this schema.
fn with_schema(schema: &Value, schemas: Value) -> Value {
    let body = json!({"application/json": {"schema": schema}});
    let operation = json!({
        "operationId": "exchange",
        "requestBody": {"required": true, "content": body},
        "responses": {"200": {"description": "ok", "content": body}},
    });
    let mut components = json!({});
    components["schemas"] = schemas;
    document(json!({"/things": {"post": operation}}), components)
}

/// A document with one operation, to which this is added.
fn with_operation(method: &str, own: Value) -> Value {
    let mut operation = json!({"operationId": "call", "responses": {"204": {"description": "ok"}}});
    if let (Some(operation), Value::Object(own)) = (operation.as_object_mut(), own) {
        operation.extend(own);
    }
    document(json!({"/things": {method: operation}}), json!({}))
}

/// An object with a member for each number.
fn map(count: usize, member: impl Fn(usize) -> (String, Value)) -> Value {
    Value::Object((0..count).map(member).collect::<Map<_, _>>())
}

fn list(count: usize, item: impl Fn(usize) -> Value) -> Value {
    Value::Array((0..count).map(item).collect())
}

fn to(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn text() -> Value {
    json!({"type": "string"})
}
