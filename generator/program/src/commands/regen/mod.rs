//! `regen`: makes generated-client from the specs.

mod documents;
mod findings;
mod renames;
mod summary;
#[cfg(test)]
pub(crate) mod tests;
mod vendor_outputs;

use crate::clock::Clock;
use crate::commands::surface;
use crate::commands::vendor::Lock;
use crate::generated_dir::{self, Plan};
use crate::workspace::Workspace;
use anyhow::{Context, Result, bail};
use generator::diag::Report;
use generator::{CrateLocation, CrateSpec, Output, RuntimeSource, Source};
use std::path::PathBuf;
use std::process::ExitCode;
use vendor_outputs::{VendorOutputs, VendorRun};

pub use findings::write as write_ledger;
pub(crate) use findings::{
    MessageFormat, Options as FindingOptions, objection, print as print_findings,
};
use summary::Told;
pub(crate) use summary::kept;
pub(crate) use vendor_outputs::timings;

/// The crate that is made.
const CRATE: &str = "generated-client";
/// Lines of difference that `--check` shows.
const DIFFERENCE: usize = 200;

#[derive(clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
pub struct Args {
    /// Write only the files of these vendors; of all if none is named
    #[arg(value_name = "VENDOR")]
    vendors: Vec<String>,
    /// Write nothing; show what differs, and fail if something does
    #[arg(long)]
    check: bool,
    /// Fail if anything is left out
    #[arg(long)]
    strict: bool,
    /// Show how long each pass took
    #[arg(long)]
    timings: bool,
    /// Write every finding into this file, one JSON object a line
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,
    /// Print the summary as one JSON object
    #[arg(long)]
    json: bool,
    /// The format of findings
    #[arg(long, value_enum, default_value_t)]
    message_format: MessageFormat,
    /// Show each warning, not only how many there are
    #[arg(long, short)]
    verbose: bool,
}

impl Args {
    /// True if all is fresh.
    pub fn check() -> Self {
        Self {
            vendors: Vec::new(),
            check: true,
            strict: false,
            timings: false,
            ledger: None,
            json: false,
            message_format: MessageFormat::Human,
            verbose: false,
        }
    }

    /// Whatever is not fresh is written.
    pub(crate) fn write() -> Self {
        Self { check: false, ..Self::check() }
    }
}

pub fn run(args: &Args, workspace: &Workspace) -> Result<ExitCode> {
    let clock = Clock::start();
    let chosen = workspace.pick(&args.vendors)?;
    let made = make(workspace)?;
    let options =
        FindingOptions { format: args.message_format, verbose: args.verbose, strict: args.strict };
    findings::ledger(args.ledger.as_deref(), &made)?;
    if let Some((it, why)) = objection_to(&made, options) {
        print_all(made.iter().map(|it| (&it.vendor, &it.report)), options);
        bail!("nothing was written: {} has {why}", it.vendor);
    }
    let outcome = VendorOutputs::new(made)?;
    let version = surface::Release::of(workspace)?.version.to_string();
    let plan = plan(workspace, &outcome.outputs, &chosen, &version)?;
    let specs = outcome.changed_specs(workspace, &chosen)?;
    let api = surface::Diff::of(workspace, &outcome.outputs)?;
    let told = Told { outcome: &outcome, plan: &plan, specs: &specs, api: &api };
    let fresh = told.is_fresh();
    // Who has seen the findings and changed nothing need not see them again.
    if !fresh || options != FindingOptions::default() {
        print_all(outcome.facts.iter().map(|it| (&it.vendor, &it.report)), options);
    }
    if !fresh && !args.json {
        print!("{}{}", documents::changes(workspace, &chosen), renames::text(&specs));
    }
    if args.check {
        return Ok(check(args, &told, &clock));
    }
    eprint!("{}{}", summary::edited(&plan, "are replaced"), summary::kept(&plan.kept));
    generated_dir::apply(&plan)?;
    for file in &specs {
        generated_dir::atomically(&workspace.root.join(&file.path), file.new.as_bytes())?;
    }
    summary::print(args.json, args.timings, &told, clock.elapsed());
    Ok(ExitCode::SUCCESS)
}

/// The first vendor that keeps everything from being written, and why.
fn objection_to(made: &[VendorRun], options: FindingOptions) -> Option<(&VendorRun, String)> {
    made.iter().find_map(|it| Some((it, objection(&it.report, options)?)))
}

fn print_all<'r>(found: impl Iterator<Item = (&'r String, &'r Report)>, options: FindingOptions) {
    for (vendor, report) in found {
        print_findings(vendor, report, options);
    }
}

/// Generates all clients: those that are not wanted stand in the crate's own files all the same.
fn make(workspace: &Workspace) -> Result<Vec<VendorRun>> {
    let mut sources = Vec::new();
    let mut refused = Vec::new();
    for vendor in workspace.vendors()? {
        match trusted(workspace, &vendor) {
            Ok(source) => sources.push(source),
            Err(error) => refused.push(format!("{error:#}")),
        }
    }
    if !refused.is_empty() {
        bail!("{}", refused.join("\nerror: "));
    }
    Ok(sources.into_iter().map(VendorRun::from).collect())
}

/// A vendor's files, if its document is the one that `vendor` took.
fn trusted(workspace: &Workspace, vendor: &str) -> Result<Source> {
    let source = workspace.source(vendor)?;
    let lock = Lock::of(workspace, vendor)?;
    lock.check(vendor, &source)?;
    Ok(Source { origins: lock.origins(), ..source })
}

/// The clients of all vendors, with the vendors' names.
pub fn clients(workspace: &Workspace) -> Result<Vec<(String, Output)>> {
    let outcome = VendorOutputs::new(make(workspace)?).context("run `cargo xtask regen`")?;
    let vendors = outcome.facts.into_iter().map(|it| it.vendor);
    Ok(vendors.zip(outcome.outputs).collect())
}

/// Fails where a release of this version would: all that can be wrong is known before the first file is written.
pub(crate) fn rehearse(workspace: &Workspace, version: &str) -> Result<()> {
    let vendors = workspace.vendors()?;
    let made = make(workspace)?;
    if let Some((it, why)) = objection_to(&made, FindingOptions::default()) {
        bail!("nothing was written: {} has {why}", it.vendor);
    }
    let outcome = VendorOutputs::new(made)?;
    outcome.changed_specs(workspace, &vendors)?;
    plan(workspace, &outcome.outputs, &vendors, version).map(|_| ())
}

fn plan(
    workspace: &Workspace,
    outputs: &[Output],
    chosen: &[String],
    version: &str,
) -> Result<Plan> {
    let spec = CrateSpec {
        name: CRATE.to_owned(),
        version: version.to_owned(),
        runtime: RuntimeSource::Workspace,
        home: CrateLocation::Workspace,
    };
    let left = left_alone(workspace, outputs, chosen)?;
    let mut files = generator::assemble(&spec, outputs);
    files.extend(outputs.iter().flat_map(|it| it.files.iter().cloned()));
    files.retain(|it| !left(&it.path));
    generated_dir::plan(&workspace.root.join(CRATE), files, &left)
}

/// True if a path belongs to a vendor that is not wanted.
fn left_alone<'o>(
    workspace: &Workspace,
    outputs: &'o [Output],
    chosen: &[String],
) -> Result<impl Fn(&str) -> bool + use<'o>> {
    let vendors = workspace.vendors()?;
    let others = vendors.iter().zip(outputs).filter(|(vendor, _)| !chosen.contains(vendor));
    let others = others.map(|(_, output)| output).collect::<Vec<_>>();
    Ok(move |path: &str| {
        let of = |it: &&Output| {
            path.starts_with(&format!("src/{}/", it.module))
                || it.files.iter().any(|file| file.path == path)
        };
        others.iter().any(of)
    })
}

fn check(args: &Args, told: &Told<'_>, clock: &Clock) -> ExitCode {
    if args.json || told.is_fresh() {
        summary::print(args.json, args.timings, told, clock.elapsed());
    } else {
        print!("{}", generated_dir::differences(told.plan, CRATE, told.specs, DIFFERENCE));
        print!("{}", surface::text(told.api));
        eprint!("{}", summary::stale(told.plan, told.specs));
    }
    if told.is_fresh() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
