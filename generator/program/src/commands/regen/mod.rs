//! `regen`: makes the crate of clients from the specs.

mod documents;
mod findings;
mod renames;
mod summary;
#[cfg(test)]
pub(crate) mod tests;
mod vendor_outputs;

use crate::clock::Clock;
use crate::commands::vendor::Lock;
use crate::commands::{generate, surface};
use crate::generated_dir::{self, Plan};
use crate::project::{Project, RuntimeChoice};
use anyhow::{Context, Result, bail};
use generator::diag::Report;
use generator::{CrateLocation, CrateSpec, GeneratedFile, Output, Source};
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

pub fn run(args: &Args, project: &Project) -> Result<ExitCode> {
    let clock = Clock::start();
    let chosen = project.pick(&args.vendors)?;
    let made = make(project)?;
    let options =
        FindingOptions { format: args.message_format, verbose: args.verbose, strict: args.strict };
    findings::ledger(args.ledger.as_deref(), &made)?;
    if let Some((it, why)) = objection_to(&made, options) {
        print_all(made.iter().map(|it| (&it.vendor, &it.report)), options);
        bail!("nothing was written: {} has {why}", it.vendor);
    }
    let outcome = VendorOutputs::new(made)?;
    let version = surface::Release::of(project)?.version.to_string();
    let plan = plan(project, &outcome.outputs, &chosen, &version)?;
    let specs = outcome.changed_specs(project, &chosen)?;
    let api = surface::Diff::of(project, &outcome.outputs)?;
    let told = Told { project, outcome: &outcome, plan: &plan, specs: &specs, api: &api };
    let fresh = told.is_fresh();
    // Who has seen the findings and changed nothing need not see them again.
    if !fresh || options != FindingOptions::default() {
        print_all(outcome.facts.iter().map(|it| (&it.vendor, &it.report)), options);
    }
    if !fresh && !args.json {
        print!("{}{}", documents::changes(project, &chosen), renames::text(&specs));
    }
    if args.check {
        return Ok(check(args, &told, &clock));
    }
    eprint!(
        "{}{}",
        summary::edited(&project.krate.folder, &plan, "are replaced"),
        summary::kept(&plan.kept)
    );
    generated_dir::apply(&plan)?;
    for file in &specs {
        generated_dir::atomically(&project.root.join(&file.path), file.new.as_bytes())?;
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
fn make(project: &Project) -> Result<Vec<VendorRun>> {
    let mut sources = Vec::new();
    let mut refused = Vec::new();
    for vendor in project.vendors()? {
        match trusted(project, &vendor) {
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
fn trusted(project: &Project, vendor: &str) -> Result<Source> {
    let source = project.source(vendor)?;
    let lock = Lock::of(project, vendor)?;
    lock.check(project, vendor, &source)?;
    Ok(Source { origins: lock.origins(), ..source })
}

/// The clients of all vendors, with the vendors' names.
pub fn clients(project: &Project) -> Result<Vec<(String, Output)>> {
    let outcome = VendorOutputs::new(make(project)?)
        .with_context(|| format!("run `{} regen`", project.program.command))?;
    let vendors = outcome.facts.into_iter().map(|it| it.vendor);
    Ok(vendors.zip(outcome.outputs).collect())
}

/// Fails where a release of this version would: all that can be wrong is known before the first file is written.
pub(crate) fn rehearse(project: &Project, version: &str) -> Result<()> {
    let vendors = project.vendors()?;
    let made = make(project)?;
    if let Some((it, why)) = objection_to(&made, FindingOptions::default()) {
        bail!("nothing was written: {} has {why}", it.vendor);
    }
    let outcome = VendorOutputs::new(made)?;
    outcome.changed_specs(project, &vendors)?;
    plan(project, &outcome.outputs, &vendors, version).map(|_| ())
}

fn plan(project: &Project, outputs: &[Output], chosen: &[String], version: &str) -> Result<Plan> {
    let left = left_alone(project, outputs, chosen)?;
    let mut files = crate_files(project, outputs, version)?;
    files.extend(outputs.iter().flat_map(|it| it.files.iter().cloned()));
    files.retain(|it| !left(&it.path));
    generated_dir::plan(&project.crate_folder(), files, &left)
}

/// The files of the crate that are no vendor's own, with those of its runtime where that is written beside it.
pub(crate) fn crate_files(
    project: &Project,
    outputs: &[Output],
    version: &str,
) -> Result<Vec<GeneratedFile>> {
    let (krate, folder) = (&project.krate, project.crate_folder());
    let spec = CrateSpec {
        name: krate.name.clone(),
        version: version.to_owned(),
        runtime: generate::dependency(&krate.runtime, &folder, &project.root)?,
        home: krate.location,
        license: krate.license.clone(),
        repository: krate.repository.clone(),
    };
    let mut files = generator::assemble(&spec, outputs);
    if krate.location == CrateLocation::Project {
        generate::stand_alone(&mut files, &folder);
    }
    if krate.runtime == RuntimeChoice::Vendored {
        files.extend(project.program.runtime.files(generate::RUNTIME)?);
    }
    Ok(files)
}

/// True if a path belongs to a vendor that is not wanted.
fn left_alone<'o>(
    project: &Project,
    outputs: &'o [Output],
    chosen: &[String],
) -> Result<impl Fn(&str) -> bool + use<'o>> {
    let vendors = project.vendors()?;
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
        print!(
            "{}",
            generated_dir::differences(
                told.plan,
                &told.project.krate.folder,
                told.specs,
                DIFFERENCE
            )
        );
        print!("{}", surface::text(told.api));
        eprint!("{}", summary::stale(told));
    }
    if told.is_fresh() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
