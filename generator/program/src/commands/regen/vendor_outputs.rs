//! The clients that the generator made of the vendors.

use crate::generated_dir::Write;
use crate::project::{Project, optional};
use anyhow::{Result, bail};
use generator::diag::{Report, Severity};
use generator::{GeneratedFile, Output, Source, Summary, Timing};
use std::time::Duration;

/// The schema from which editors complete client.yaml.
const SCHEMA: &str = "specs/client.schema.json";
/// The same for people.
const REFERENCE: &str = "specs/client.md";

/// One vendor's run.
pub(super) struct VendorRun {
    pub(super) vendor: String,
    pub(super) output: Option<Output>,
    pub(super) report: Report,
    pub(super) timings: Vec<Timing>,
}

/// All vendors' clients, one for each entry of both lists.
pub(super) struct VendorOutputs {
    pub(super) outputs: Vec<Output>,
    pub(super) facts: Vec<VendorSummary>,
}

/// A vendor's row of the summary.
pub(super) struct VendorSummary {
    pub(super) vendor: String,
    pub(super) summary: Summary,
    pub(super) report: Report,
    pub(super) timings: Vec<Timing>,
}

impl From<Source> for VendorRun {
    fn from(source: Source) -> Self {
        let run = generator::generate(&source);
        let output = run.output.ok();
        Self { vendor: source.vendor, output, report: run.report, timings: run.timings }
    }
}

impl VendorSummary {
    pub(super) fn skipped(&self) -> usize {
        self.report.count(Severity::Skipped)
    }

    pub(super) fn warnings(&self) -> usize {
        self.report.count(Severity::Warning)
    }
}

impl VendorOutputs {
    pub(super) fn new(made: Vec<VendorRun>) -> Result<Self> {
        let mut outcome = Self { outputs: Vec::new(), facts: Vec::new() };
        for it in made {
            let Some(output) = it.output else { bail!("there are errors in specs/{}", it.vendor) };
            outcome.facts.push(VendorSummary {
                summary: output.summary,
                report: it.report,
                vendor: it.vendor,
                timings: it.timings,
            });
            outcome.outputs.push(output);
        }
        Ok(outcome)
    }

    /// The files under specs that are ours and not as they should be, by their path in the project.
    pub(super) fn changed_specs(&self, project: &Project, chosen: &[String]) -> Result<Vec<Write>> {
        let schema = GeneratedFile { path: SCHEMA.to_owned(), text: generator::client_schema() };
        let reference =
            GeneratedFile { path: REFERENCE.to_owned(), text: generator::client_reference() };
        let all = self.facts.iter().zip(&self.outputs);
        let locks =
            all.filter(|(facts, _)| chosen.contains(&facts.vendor)).map(|(facts, output)| {
                let path = format!("specs/{}/names.lock", facts.vendor);
                GeneratedFile { path, text: output.names() }
            });
        let mut changed = Vec::new();
        for file in locks.chain([schema, reference]) {
            let there = optional(&project.root.join(&file.path), &file.path)?;
            let old = there.map(|it| it.bytes);
            if old.as_deref() != Some(file.text.as_bytes()) {
                changed.push(Write { path: file.path, old, new: file.text });
            }
        }
        Ok(changed)
    }
}

/// The durations of the passes.
pub(crate) fn timings(timings: &[Timing]) -> String {
    let total = timings.iter().map(|it| it.time).sum::<Duration>();
    let passes = timings.iter().map(|it| format!("{} {:.1}", it.pass, milliseconds(it.time)));
    format!("{} = {:.1} ms", passes.collect::<Vec<_>>().join(" + "), milliseconds(total))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
