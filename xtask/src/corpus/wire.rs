//! Runs the tests of the wire that cargo has built.

use super::cargo::PerCrate;
use crate::referee;
use anyhow::{Context, Result};
use std::fs;

/// Runs them client by client, and takes each program away once it has run.
pub(super) fn run(found: &mut PerCrate) -> Result<()> {
    let bar = super::cargo::bar(found.len(), "testing");
    for of in found.values_mut() {
        bar.inc(1);
        let Some(tests) = of.tests.take() else { continue };
        of.failed = referee::failures(&tests).unwrap_or_else(|error| vec![format!("{error:#}")]);
        fs::remove_file(&tests).with_context(|| format!("cannot remove {}", tests.display()))?;
    }
    bar.finish_and_clear();
    Ok(())
}
