//! Values that were judged valid, as the foreign programs hand them over.

use anyhow::{Context, Result};
use serde::Deserialize;
use serde_json::Value as Json;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The values of a document.
pub(super) struct Values {
    pub(super) counts: Counts,
    pub(super) all: Vec<Value>,
    /// The texts of all enums.
    pub(super) enums: BTreeSet<String>,
    /// Properties that have a single value, which clients always write.
    pub(super) constants: Vec<(String, Json)>,
}

/// The number of schemas and values.
#[derive(Default, Deserialize)]
pub(super) struct Counts {
    pub(super) schemas: usize,
    pub(super) values: usize,
    pub(super) examples: usize,
    pub(super) invalid: usize,
    /// Schemas of which no value could be made.
    pub(super) without: Vec<String>,
}

/// One of them.
#[derive(Deserialize)]
pub(super) struct Value {
    /// Of the type, which is `JudgeT` and this number.
    pub(super) number: u32,
    /// Of the schema.
    pub(super) name: String,
    pub(super) text: String,
    /// Places that a client need not keep.
    pub(super) soft: Vec<Vec<Json>>,
    /// Places that a client need not send.
    pub(super) own: Vec<Vec<Json>>,
    /// Set if it is one of the document's examples.
    pub(super) example: bool,
}

#[derive(Deserialize)]
struct SchemaFacts {
    counts: Counts,
    enums: BTreeSet<String>,
    constants: Vec<(String, Json)>,
}

/// Reads what was made for a document.
pub(super) fn read(folder: &Path) -> Result<Values> {
    let text = |name: &str| {
        let place = folder.join(name);
        fs::read_to_string(&place).with_context(|| format!("cannot read {}", place.display()))
    };
    let SchemaFacts { counts, enums, constants } = serde_json::from_str(&text("facts.json")?)?;
    let lines = text("values.jsonl")?;
    let all = lines.lines().map(|it| Ok(serde_json::from_str(it)?)).collect::<Result<_>>()?;
    Ok(Values { counts, all, enums, constants })
}
