//! Shows what the generator found: errors and what was left out in full, warnings as counts.

use super::vendor_outputs::VendorRun;
use crate::generated_dir::atomically;
use crate::terminal;
use crate::text::{count, lines};
use anyhow::{Context, Result};
use generator::diag::{Report, Severity};
use std::collections::BTreeMap;
use std::path::Path;

/// The format of findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum MessageFormat {
    /// For people, on standard error
    #[default]
    Human,
    /// For programs, on standard output: one object a line
    Json,
}

/// Findings that are shown, and those that are tolerated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Options {
    pub(crate) format: MessageFormat,
    /// True if each warning is shown.
    pub(crate) verbose: bool,
    /// True if nothing may be left out.
    pub(crate) strict: bool,
}

/// Why the client of a document may not be written, if that is so.
pub(crate) fn objection(report: &Report, options: Options) -> Option<String> {
    let (errors, skipped) = (report.count(Severity::Error), report.count(Severity::Skipped));
    match (errors, skipped) {
        (0, 0) => None,
        (0, _) if !options.strict => None,
        (0, _) => Some(format!("{} left out, which --strict forbids", count(skipped, "piece"))),
        (_, _) => Some(count(errors, "error")),
    }
}

/// Shows the findings about one document.
pub(crate) fn print(name: &str, report: &Report, options: Options) {
    match options.format {
        MessageFormat::Json => print!("{}", report.json()),
        MessageFormat::Human => eprint!("{}", text(name, report, options.verbose)),
    }
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

/// The number of warnings of each rule, with its message.
fn warnings(report: &Report) -> BTreeMap<&'static str, (usize, &'static str)> {
    let mut counts = BTreeMap::new();
    for it in report.iter().filter(|it| it.rule.severity == Severity::Warning) {
        counts.entry(it.rule.code).or_insert((0, it.rule.about)).0 += 1;
    }
    counts
}

/// Writes every finding into a file.
pub(super) fn ledger(place: Option<&Path>, made: &[VendorRun]) -> Result<()> {
    let Some(place) = place else { return Ok(()) };
    write(place, made.iter().map(|it| &it.report))
}

/// Writes every finding of some reports into a file, one JSON object a line.
pub fn write<'r>(place: &Path, reports: impl IntoIterator<Item = &'r Report>) -> Result<()> {
    let text = reports.into_iter().map(Report::json).collect::<String>();
    let place = std::path::absolute(place).context("the ledger needs a path")?;
    atomically(&place, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use generator::{Source, Text};

    /// A list of which nobody knows how it goes on.
    const UNCLEAR: &str = r"openapi: 3.1.0
info: {title: Lists, version: '1'}
servers: [{url: 'https://api.example.com'}]
paths:
  /things:
    get:
      operationId: listThings
      summary: Lists things.
      parameters: [{name: limit, in: query, schema: {type: integer}}, {name: cursor, in: query, schema: {type: string}}]
      responses:
        '200':
          description: Things.
          content: {application/json: {schema: {type: object, properties: {things: {type: array, items: {type: string}}, more_or_less: {type: string}}}}}
";

    #[test]
    fn warnings_are_counted_and_only_shown_one_by_one_if_that_is_wanted() {
        let document = Text { name: "lists.yaml".to_owned(), bytes: UNCLEAR.into() };
        let source = Source { vendor: "lists".to_owned(), document, ..Source::default() };
        let report = generator::generate(&source).report;
        let counted = text("lists", &report, false);
        let about =
            "warning[unpaged-list]: lists: 1 × an operation looks like a list, but how it goes on";
        assert!(counted.contains(about) && !counted.contains("listThings"), "{counted}");
        let shown = text("lists", &report, true);
        assert!(
            shown.contains("warning[unpaged-list]") && shown.contains("lists.yaml:"),
            "{shown}"
        );
    }
}
