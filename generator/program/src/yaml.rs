//! Reads and writes YAML.

use crate::input;
use anyhow::{Result, anyhow};
use generator::diag::ReportStyle;
use generator::{Node, Text};
use serde::Serialize;
use std::path::Path;

/// A document's tree. `Err` shows what is wrong at its line and column.
pub fn parse(text: &Text) -> Result<Node> {
    generator::read(text).map_err(|report| {
        anyhow!("{} cannot be read\n{}", text.name, report.render(ReportStyle::Plain))
    })
}

/// The tree of a file that is shown as `name`.
pub fn read(path: &Path, name: &str) -> Result<Node> {
    let bytes = input::read(path, name)?;
    parse(&Text { name: name.to_owned(), bytes })
}

/// The text of a value.
pub fn write(value: &impl Serialize) -> Result<String> {
    generator::write_yaml(value).map_err(|why| anyhow!("cannot be written as YAML: {why}"))
}
