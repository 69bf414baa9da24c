//! `learn`: proposes corrections of documents from what clients have noted of responses.

mod document;
mod evidence;
mod fragment;
mod infer;
mod overlay;
mod propose;
mod responses;
#[cfg(test)]
mod tests;
mod types;
mod variants;

use crate::generated_dir::{atomically, unified};
use crate::project::Project;
use crate::text;
use anyhow::{Context, Result, anyhow, bail};
use document::CorrectedDocument;
use generator::diag::ReportStyle;
use generator::{Source, Text};
use propose::{Correction, Finding};
use serde_json::Value;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// Files that `Drift::save` of clients has written; what they say is added up
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The vendor whose client wrote them, if its folder is not called as its module
    #[arg(long, value_name = "VENDOR")]
    client: Option<String>,
    /// Add the proposed actions to the vendor's overlay.yaml
    #[arg(long)]
    write: bool,
}

impl Args {
    /// Of one file, whose corrections are written.
    pub fn write(file: PathBuf) -> Self {
        Self { files: vec![file], client: None, write: true }
    }
}

pub fn run(args: &Args, project: &Project) -> Result<ExitCode> {
    let clients = evidence::read(&args.files)?;
    if clients.is_empty() {
        println!("no responses were noted");
    }
    if let (Some(vendor), true) = (&args.client, clients.len() > 1) {
        let names: Vec<_> = clients.keys().map(String::as_str).collect();
        bail!(
            "`--client {vendor}` is about one client, and the files are about {}\n  \
             = help: give the files of one client at a time",
            names.join(", ")
        );
    }
    for (client, noted) in clients {
        let vendor = args.client.clone().unwrap_or(client);
        project.pick(std::slice::from_ref(&vendor)).with_context(|| {
            format!("a file is about the client `{vendor}`; `--client VENDOR` says whose it is")
        })?;
        learn(args, project, &vendor, &noted)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn learn(args: &Args, project: &Project, vendor: &str, noted: &Value) -> Result<()> {
    let source = project.source(vendor)?;
    let (findings, old, new) = proposed(&source, noted)?;
    let name = &source.edits.overlay;
    print!("{}", summary(vendor, &findings));
    if old.as_deref() == Some(&*new) || !findings.iter().any(is_proposed) {
        return Ok(());
    }
    print!("{}", unified(name, old.as_deref(), &new));
    if args.write {
        atomically(&project.spec(vendor, "overlay.yaml"), new.as_bytes())?;
        println!("{name} was written: run `{} regen`", project.program.command);
    } else {
        println!("nothing was written: `--write` adds them to {name}");
    }
    Ok(())
}

fn is_proposed(it: &Finding) -> bool {
    matches!(it.correction, Correction::Proposed(_))
}

/// The findings of a vendor, and its overlay before and after.
fn proposed(source: &Source, noted: &Value) -> Result<(Vec<Finding>, Option<String>, String)> {
    let document = CorrectedDocument::new(corrected(source)?);
    let findings = propose::findings(&document, evidence::evidence(noted));
    let name = &source.edits.overlay;
    let old = source.overlay.as_ref().map(|it| String::from_utf8_lossy(&it.bytes).into_owned());
    if !findings.iter().any(is_proposed) {
        return Ok((findings, old.clone(), old.unwrap_or_default()));
    }
    let new = overlay::with_actions(name, old.as_deref(), &findings)?;
    // Each action must be readable and match, or whoever accepts it would have to repair it.
    let text = Text { name: name.clone(), bytes: new.clone().into_bytes() };
    corrected(&Source { overlay: Some(text), ..source.clone() })
        .context("the proposed actions do not fit the document; report this as a bug")?;
    Ok((findings, old, new))
}

fn corrected(source: &Source) -> Result<generator::Node> {
    generator::corrected(source)
        .map_err(|report| anyhow!("{}", report.render(ReportStyle::Plain).trim_end().to_owned()))
}

/// The findings for people; those with actions are in the difference.
fn summary(vendor: &str, findings: &[Finding]) -> String {
    let count = |wanted: fn(&Correction) -> bool| {
        findings
            .iter()
            .filter(|it| wanted(&it.correction))
            .map(|it| it.evidence.len())
            .sum::<usize>()
    };
    let mut lines = vec![format!(
        "{vendor}: {}: {} proposed, {} covered by the document and its overlay, {} told below",
        text::count(count(|_| true), "difference"),
        count(|it| matches!(it, Correction::Proposed(_))),
        count(|it| *it == Correction::Covered),
        count(|it| matches!(it, Correction::Told(_))),
    )];
    for it in findings {
        let (word, why) = match &it.correction {
            Correction::Covered => ("covered", String::new()),
            Correction::Told(why) => ("told", format!(": {why}")),
            Correction::Proposed(_) => continue,
        };
        for evidence in &it.evidence {
            lines.push(format!("  {word}: #{}: {}{why}", evidence.at.text(), evidence.sentence()));
        }
    }
    text::lines(lines)
}
