//! Reads drift files, and puts together what they say of one place of a document.

use crate::input;
use crate::text;
use anyhow::{Result, bail};
use generator::diag::SpecPtr;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The first entry of a file, as the runtime writes it.
const FORMAT: &str = "drift 1";
/// Operations that a line of evidence names.
const MAX_OPERATIONS: usize = 3;

/// The kinds of difference, by the names that they have in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Drifted {
    Null,
    OtherType,
    UnknownValue,
    UnknownVariant,
    MissingProperty,
    UndocumentedProperty,
    UndocumentedStatus,
    UndocumentedBody,
}

impl Drifted {
    fn of(name: &str) -> Option<Self> {
        Some(match name {
            "null" => Self::Null,
            "other type" => Self::OtherType,
            "unknown value" => Self::UnknownValue,
            "unknown variant" => Self::UnknownVariant,
            "missing property" => Self::MissingProperty,
            "undocumented property" => Self::UndocumentedProperty,
            "undocumented status" => Self::UndocumentedStatus,
            "undocumented body" => Self::UndocumentedBody,
            _ => return None,
        })
    }
}

/// A difference at a place of the document, in all files.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    pub(super) at: SpecPtr,
    pub(super) kind: Drifted,
    /// The value, type, property or status.
    pub(super) detail: String,
    pub(super) shape: Option<Value>,
    seen: Vec<Observed>,
}

/// The responses of an operation that showed it, and all of them.
#[derive(Clone, Debug)]
struct Observed {
    operation: String,
    with: u64,
    of: u64,
}

impl Evidence {
    /// Counts and operations, as one says them: `3 of 40 responses of GET /a had null`.
    pub(super) fn sentence(&self) -> String {
        let seen = self.seen.iter().take(MAX_OPERATIONS).enumerate().map(|(index, it)| {
            let noun = if index == 0 { " responses" } else { "" };
            format!("{} of {}{noun} of {}", it.with, it.of, it.operation)
        });
        let mut seen = seen.collect::<Vec<_>>().join(", ");
        let more = self.seen.len().saturating_sub(MAX_OPERATIONS);
        if more > 0 {
            seen = format!("{seen} and of {}", text::count(more, "other operation"));
        }
        let detail = &self.detail;
        let text = match self.kind {
            Drifted::Null => format!("{seen} had null"),
            Drifted::OtherType => format!("{seen} had {}", with_article(detail)),
            Drifted::UnknownValue | Drifted::UnknownVariant | Drifted::UndocumentedProperty => {
                format!("{seen} had {}", quoted(detail))
            }
            Drifted::MissingProperty => format!("{seen} lacked {}", quoted(detail)),
            Drifted::UndocumentedStatus => format!("{seen} had status {detail}"),
            Drifted::UndocumentedBody => format!("{seen} had a body of JSON"),
        };
        // It stands in a comment of one line.
        text.replace(char::is_control, " ")
    }
}

fn with_article(word: &str) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {word}")
}

fn quoted(detail: &str) -> String {
    match detail {
        "(not kept)" => "a value that is not kept".to_owned(),
        "(other names)" => "properties whose names are not kept".to_owned(),
        _ => format!("`{detail}`"),
    }
}

/// The clients that files are about, each with what was noted of it.
pub(super) fn read(files: &[PathBuf]) -> Result<BTreeMap<String, Value>> {
    let mut clients = Value::Object(Map::new());
    for path in files {
        let found = read_one(path)?;
        add(&mut clients, found);
    }
    let Value::Object(clients) = clients else { return Ok(BTreeMap::new()) };
    Ok(clients.into_iter().collect())
}

fn read_one(path: &Path) -> Result<Value> {
    let name = path.display().to_string();
    let bytes = input::read(path, &name)?;
    let help = "\n  = help: give files that `Drift::save` of a client has written";
    let file: Value = match serde_json::from_slice(&bytes) {
        Ok(file) => file,
        Err(error) => bail!("{name} is no drift file: {error}{help}"),
    };
    match (file.get("format").and_then(Value::as_str), file.get("clients")) {
        (Some(FORMAT), Some(clients)) => Ok(clients.clone()),
        (Some(FORMAT), None) => bail!("{name} is no drift file: `clients` is missing{help}"),
        (Some(other), _) => bail!("{name} has the format `{other}`, and only `{FORMAT}` is known"),
        (None, _) => bail!("{name} is no drift file: `format` is missing{help}"),
    }
}

/// Adds up counts: all leaves of a file are.
fn add(all: &mut Value, more: Value) {
    match (all, more) {
        (Value::Object(all), Value::Object(more)) => {
            for (key, value) in more {
                match all.get_mut(&key) {
                    Some(known) => add(known, value),
                    None => drop(all.insert(key, value)),
                }
            }
        }
        (Value::Number(all), Value::Number(more)) => {
            let sum = all.as_u64().unwrap_or(0).saturating_add(more.as_u64().unwrap_or(0));
            *all = sum.into();
        }
        _ => {}
    }
}

/// The differences of a client, by place, kind and detail.
pub(super) fn evidence(client: &Value) -> Vec<Evidence> {
    let mut found: BTreeMap<(String, Drifted, String), Evidence> = BTreeMap::new();
    for (operation, statuses) in entries(client) {
        let responses = |it: &Value| it.get("responses").and_then(Value::as_u64).unwrap_or(0);
        let all = entries(statuses).map(|(_, it)| responses(it)).sum();
        for (_, status) in entries(statuses) {
            let differences = status.get("differences").into_iter().flat_map(entries);
            for (at, kinds) in differences {
                let kinds = entries(kinds).filter_map(|(kind, it)| Some((Drifted::of(kind)?, it)));
                for (kind, details) in kinds {
                    for (detail, counts) in entries(details) {
                        let key = (at.clone(), kind, detail.clone());
                        let it = found.entry(key).or_insert_with(|| Evidence {
                            at: SpecPtr::parse(at),
                            kind,
                            detail: detail.clone(),
                            shape: None,
                            seen: Vec::new(),
                        });
                        let of_status = kind == Drifted::UndocumentedStatus;
                        let of = if of_status { all } else { responses(status) };
                        it.observe(operation, responses(counts), of);
                        it.add_shape(counts.get("shape"));
                    }
                }
            }
        }
    }
    found.into_values().collect()
}

impl Evidence {
    fn observe(&mut self, operation: &str, with: u64, of: u64) {
        match self.seen.iter_mut().find(|it| it.operation == operation) {
            Some(it) => {
                it.with += with;
                it.of += of;
            }
            None => self.seen.push(Observed { operation: operation.to_owned(), with, of }),
        }
    }

    fn add_shape(&mut self, shape: Option<&Value>) {
        match (&mut self.shape, shape) {
            (Some(known), Some(more)) => add(known, more.clone()),
            (None, Some(shape)) => self.shape = Some(shape.clone()),
            (_, None) => {}
        }
    }
}

pub(super) fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}
