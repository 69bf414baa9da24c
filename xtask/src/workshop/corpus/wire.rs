//! Runs the tests of the wire that cargo has built, and checks what they send against the documents.

use super::cargo::PerCrate;
use super::generated::{self, GeneratedClient};
use crate::workshop::{conform, referee};
use anyhow::{Context, Result};
use generator::Output;
use openapi_clients::project::Project;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// Runs them client by client, and takes each program away once it has run.
pub(super) fn run(
    made: &[GeneratedClient<'_>],
    found: &mut PerCrate,
    workspace: &Project,
) -> Result<()> {
    let records = workspace.target().join("corpus/requests");
    fs::create_dir_all(&records).with_context(|| format!("no {}", records.display()))?;
    let has_sockets =
        |it: &GeneratedClient<'_>| it.output.as_ref().is_ok_and(Output::opens_sockets);
    let echo = made.iter().any(has_sockets).then(|| referee::echo::start(&workspace.root));
    let echo = echo.transpose()?;
    let echo = echo.as_ref().map_or("", |it| it.url());
    let bar = super::cargo::bar(found.len(), "testing");
    for (krate, of) in found {
        bar.inc(1);
        let Some(tests) = of.tests.take() else { continue };
        let record = records.join(format!("{krate}.jsonl"));
        fs::write(&record, "").with_context(|| format!("cannot write {}", record.display()))?;
        let variables =
            [("WIRE_RECORD", record.as_os_str()), ("WIRE_SOCKET_URL", OsStr::new(echo))];
        let failed = referee::failures(&tests, &variables);
        of.failed = failed.unwrap_or_else(|error| vec![format!("{error:#}")]);
        if let Some(made) = made.iter().find(|it| it.document.krate == *krate) {
            of.failed.extend(objections(made, &record)?);
        }
        fs::remove_file(&tests).with_context(|| format!("cannot remove {}", tests.display()))?;
    }
    bar.finish_and_clear();
    Ok(())
}

/// The objections that follow from the document itself.
fn objections(made: &GeneratedClient<'_>, record: &Path) -> Result<Vec<String>> {
    let Some(report) = &made.report else { return Ok(Vec::new()) };
    let record = fs::read_to_string(record).context("the requests cannot be read")?;
    let found = conform::of_source(&generated::source(made.document)?, report, &record)?;
    Ok(found.into_iter().map(|it| format!("by the document: {it}")).collect())
}
