//! `judge`: programs that others wrote make values of every schema of documents and judge them valid; the emitted
//! types must read and write them unchanged.

mod client;
mod compare;
mod documents;
mod node;
mod values;

use crate::workshop::corpus::generated::{self, Failure};
use crate::workshop::known::KnownList;
use crate::workshop::npm;
use anyhow::{Context, Result};
use compare::{Comparison, JudgedValue};
use openapi_clients::project::Project;
use openapi_clients::terminal::table;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use values::Values;

/// The folder below `target` in which the programs are installed and everything is made.
const FOLDER: &str = "judge";
/// The list of known faults, each with a reason.
const KNOWN: &str = "tests/judge/known.txt";
const KNOWN_FORM: &str = "DOCUMENT | KIND | SCHEMA | WHY";
/// The programs for Node.
const PROGRAMS: &str = "tests/judge";
/// The documents of others that CI judges.
pub(crate) const LIST: &str = "tests/judge/sample.txt";

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    of: Of,
}

#[derive(clap::Subcommand)]
enum Of {
    /// Values of all schemas, made by json-schema-faker, and the examples that stand in the documents
    Values(ValuesArgs),
}

#[derive(clap::Args)]
pub(crate) struct ValuesArgs {
    /// OpenAPI documents and folders of them; `NAME.client.yaml` beside one says what it does not
    #[arg(required = true, value_name = "DOC")]
    specs: Vec<PathBuf>,
    /// Of folders, take only the documents that this file names, one a line
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Known faults, one a line: `DOCUMENT | KIND | SCHEMA | WHY`
    #[arg(long, value_name = "FILE", default_value = KNOWN)]
    known: PathBuf,
    /// Where the values come from: the same number makes the same values
    #[arg(long, value_name = "N", default_value_t = 7)]
    seed: u32,
    /// Values of each schema, besides those of each variant
    #[arg(long, value_name = "N", default_value_t = 12)]
    count: u32,
}

impl ValuesArgs {
    /// The values that CI judges.
    pub(crate) fn of(specs: Vec<PathBuf>, list: Option<PathBuf>) -> Self {
        Self { specs, list, known: KNOWN.into(), seed: 7, count: 12 }
    }
}

pub(crate) fn run(args: &Args, workspace: &Project) -> Result<ExitCode> {
    match &args.of {
        Of::Values(args) => values(args, workspace),
    }
}

/// Judges values of documents, prints what came of each, and fails if anything is not as it should be.
pub(crate) fn values(args: &ValuesArgs, workspace: &Project) -> Result<ExitCode> {
    let folder = workspace.target().join(FOLDER);
    let mut known = KnownFaults::of(&workspace.root.join(&args.known), KNOWN_FORM)?;
    npm::install(&workspace.root.join(PROGRAMS), &folder.join("node"))?;
    let mut documents = documents::all(&args.specs, args.list.as_deref(), workspace, &folder)?;
    println!(
        "{} documents, seed {}, {} values of a schema",
        documents.len(),
        args.seed,
        args.count
    );
    let made = node::make(&mut documents, &folder, args.seed, args.count)?;
    let clients = generated::all(&documents, None);
    let outcomes = client::outcomes(&clients, &made, workspace, &folder)?;
    let mut rows = vec![heading()];
    let mut faults = String::new();
    let mut open = 0;
    for ((client, values), outcomes) in clients.iter().zip(&made).zip(outcomes) {
        let name = &client.document.name;
        let Some(outcomes) = outcomes else {
            let why = client.output.as_ref().err().map(Failure::text).unwrap_or_default();
            let wrong = usize::from(!explains(&mut known, name, "document", "*"));
            let _ = writeln!(faults, "{name}: no client is made\n{why}");
            rows.push(row(name, values, &BTreeMap::new(), wrong));
            open += wrong;
            continue;
        };
        let found = compare::all(values, &outcomes);
        let wrong = report(name, &found, &mut known, &mut faults);
        rows.push(row(name, values, &compare::counts(&found), wrong));
        open += wrong;
    }
    print!("{}", table(&rows));
    let stale =
        known.unused(|[document, ..]| clients.iter().any(|it| it.document.name == *document));
    conclude(&folder, &faults, open, &stale)
}

/// The list of known faults: documents, kinds and schemas.
type KnownFaults = KnownList<3>;

/// True if the list explains a fault.
fn explains(known: &mut KnownFaults, name: &str, fault: &str, of: &str) -> bool {
    known.explains(|[document, kind, schema]| {
        document == name && kind == fault && (schema == of || schema == "*")
    })
}

fn heading() -> Vec<String> {
    let facts = ["document", "schemas", "no value", "values", "examples", "invalid", "equal"];
    let kinds = Comparison::FAULTS.iter().chain([&Comparison::LeftOut]).map(|it| it.word());
    facts.into_iter().chain(kinds).chain(["open"]).map(str::to_owned).collect()
}

fn row(
    name: &str,
    values: &Values,
    counts: &BTreeMap<Comparison, usize>,
    open: usize,
) -> Vec<String> {
    let it = &values.counts;
    let equal = counts.get(&Comparison::Equal).copied().unwrap_or(0);
    let facts = [it.schemas, it.without.len(), it.values, it.examples, it.invalid, equal];
    let kinds = Comparison::FAULTS.iter().chain([&Comparison::LeftOut]);
    let kinds = kinds.map(|it| counts.get(it).copied().unwrap_or(0));
    let figures = facts.into_iter().chain(kinds).chain([open]).map(|it| it.to_string());
    std::iter::once(name.to_owned()).chain(figures).collect()
}

/// Writes the shortest value of each kind of fault of each schema, and counts those that no reason is known for.
fn report(
    name: &str,
    found: &[JudgedValue<'_>],
    known: &mut KnownFaults,
    faults: &mut String,
) -> usize {
    let mut open = 0;
    for it in compare::shortest(found) {
        let told = explains(known, name, it.kind.word(), &it.value.name);
        open += usize::from(!told);
        let mark = if told { ", known" } else { "" };
        let example = if it.value.example { ", of an example" } else { "" };
        let _ = writeln!(
            faults,
            "{name} {} {}{example}{mark}: {}\n\tin  {}\n\tout {}",
            it.kind.word(),
            it.value.name,
            it.why,
            it.value.text,
            it.written
        );
    }
    open
}

fn conclude(folder: &Path, faults: &str, open: usize, stale: &[&str]) -> Result<ExitCode> {
    let place = folder.join("faults.txt");
    fs::write(&place, faults).with_context(|| format!("cannot write {}", place.display()))?;
    for it in stale {
        println!("{it} is known to fail, and does not");
    }
    println!(
        "{open} faults without a known reason; the shortest value of each is in {}",
        place.display()
    );
    if open > 0 {
        let shown: Vec<_> =
            faults.lines().filter(|it| !it.contains(", known: ")).take(60).collect();
        println!("{}", shown.join("\n"));
    }
    Ok(if open == 0 && stale.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
