//! Shows what the generator found: errors and what was left out in full, warnings as counts.

use super::outcome::Made;
use crate::owned::atomically;
use crate::terminal;
use crate::text::{count, lines};
use anyhow::{Context, Result};
use generator::diag::{Report, Severity};
use std::collections::BTreeMap;
use std::path::Path;

/// How findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum MessageFormat {
    /// For people, on standard error
    #[default]
    Human,
    /// For programs, on standard output: one object a line
    Json,
}

/// What is shown, and what is tolerated.
#[derive(Clone, Copy)]
pub(crate) struct Options {
    pub(crate) format: MessageFormat,
    /// Whether each warning is shown.
    pub(crate) verbose: bool,
    /// Whether nothing may be left out.
    pub(crate) strict: bool,
}

/// Shows the findings about all vendors; whether they may be written.
pub(super) fn print_all(made: &[Made], options: Options) -> bool {
    let fine = made.iter().map(|it| print(&it.vendor, &it.report, options)).collect::<Vec<_>>();
    fine.into_iter().all(|it| it)
}

/// Shows the findings about one document; whether its client may be written.
pub(crate) fn print(name: &str, report: &Report, options: Options) -> bool {
    match options.format {
        MessageFormat::Json => print!("{}", report.json()),
        MessageFormat::Human => eprint!("{}", text(name, report, options.verbose)),
    }
    let skipped = report.count(Severity::Skipped);
    if options.strict && skipped > 0 {
        eprintln!("error: --strict: {name} has {} left out", count(skipped, "piece"));
        return false;
    }
    report.count(Severity::Error) == 0
}

fn text(name: &str, report: &Report, verbose: bool) -> String {
    let least = if verbose { Severity::Warning } else { Severity::Skipped };
    let full = report.render_from(least, terminal::style());
    let gap = if full.is_empty() { "" } else { "\n" };
    let counts = if verbose { BTreeMap::new() } else { warnings(report) };
    let counted = counts
        .iter()
        .map(|(code, (number, about))| format!("warning[{code}]: {name}: {number} × {about}"));
    format!("{full}{gap}{}", lines(counted))
}

/// How many warnings there are of each rule, and what it says.
fn warnings(report: &Report) -> BTreeMap<&'static str, (usize, &'static str)> {
    let mut counts = BTreeMap::new();
    for it in report.iter().filter(|it| it.rule.severity == Severity::Warning) {
        counts.entry(it.rule.code).or_insert((0, it.rule.about)).0 += 1;
    }
    counts
}

/// Writes every finding into a file.
pub(super) fn ledger(place: Option<&Path>, made: &[Made]) -> Result<()> {
    let Some(place) = place else { return Ok(()) };
    write(place, made.iter().map(|it| &it.report))
}

/// Writes every finding of some reports into a file, one JSON object a line.
pub(crate) fn write<'r>(place: &Path, reports: impl IntoIterator<Item = &'r Report>) -> Result<()> {
    let text = reports.into_iter().map(Report::json).collect::<String>();
    let place = std::path::absolute(place).context("the ledger needs a path")?;
    atomically(&place, text.as_bytes())
}
