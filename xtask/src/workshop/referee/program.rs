//! Programs that people wrote, which call the client of a whole document and look at every byte.

use super::wire::{self, TestResults};
use anyhow::{Context, Result};
use openapi_clients::project::Project;
use std::fs;
use std::path::Path;

/// The name of a program among the tests of a client.
const NAME: &str = "program";

/// Runs the program that has the name of the client, if there is one.
pub(super) fn run(
    programs: &Path,
    client: &Path,
    workspace: &Project,
) -> Result<Option<TestResults>> {
    let program = programs.join(client.file_name().unwrap_or_default()).with_extension("rs");
    if !program.exists() {
        return Ok(None);
    }
    let place = client.join("tests").join(NAME).with_extension("rs");
    fs::copy(&program, &place).with_context(|| format!("cannot copy {}", program.display()))?;
    let tests = wire::build(client, NAME, workspace)?;
    wire::call(&tests, None).map(Some)
}
