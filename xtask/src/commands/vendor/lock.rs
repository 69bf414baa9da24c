//! `sources.lock`: where each part of a document came from, and the hash of the document itself.

use super::collect::Input;
use crate::hash::sha256;
use crate::workspace::Workspace;
use crate::yaml;
use anyhow::{Context, Result, bail};
use generator::{Node, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};

const HEADER: &str =
    "# Written by `cargo xtask vendor`. `regen` refuses openapi.yaml once its hash is another.\n";

/// A vendor's `sources.lock`.
#[derive(Default)]
pub(crate) struct Lock {
    /// Of openapi.yaml.
    hash: String,
    sources: Vec<Entry>,
}

/// A source: keys and what they say, in their order.
#[derive(Clone, PartialEq, Eq)]
struct Entry(Vec<(&'static str, String)>);

const KEYS: [&str; 6] = ["file", "title", "operation", "openapi", "version", "sha256"];

impl Lock {
    /// The vendor's, as it stands.
    pub(crate) fn of(workspace: &Workspace, vendor: &str) -> Result<Self> {
        let name = format!("specs/{vendor}/sources.lock");
        let place = workspace.spec(vendor, "sources.lock");
        if !place.exists() {
            bail!(
                "{name} is missing\n  = help: run `cargo xtask vendor {vendor} FILE…`, which writes it"
            );
        }
        let tree = yaml::read(&place, &name)?;
        let hash = tree
            .text("openapi.yaml")
            .with_context(|| format!("{name} does not say `openapi.yaml`"))?;
        let sources = tree.get("sources").and_then(Node::as_list).unwrap_or_default();
        Ok(Self { hash: hash.to_owned(), sources: sources.iter().map(Entry::read).collect() })
    }

    /// Fails if the document is not the one that was taken.
    pub(crate) fn check(&self, vendor: &str, document: &[u8]) -> Result<()> {
        if sha256(document) == self.hash {
            return Ok(());
        }
        bail!(
            "specs/{vendor}/openapi.yaml is not what `vendor` wrote: sources.lock has another hash\n  \
             = help: a newer document comes in by `cargo xtask vendor {vendor} FILE…`\n  \
             = help: a correction belongs into specs/{vendor}/overlay.yaml: restore openapi.yaml first"
        )
    }

    /// With the sources that were taken just now. What a page said before, it no longer says.
    pub(super) fn with(mut self, document: &[u8], inputs: &[Input]) -> Self {
        let new = inputs.iter().map(Entry::of).collect::<Vec<_>>();
        self.sources.retain(|it| !new.iter().any(|other| it.is_same_page(other)));
        self.sources.extend(new);
        self.hash = sha256(document);
        self
    }

    pub(super) fn text(&self) -> Result<String> {
        Ok(format!("{HEADER}{}", yaml::write(self)?))
    }
}

impl Entry {
    fn of(input: &Input) -> Self {
        let version = input.root.get("info").and_then(|it| it.get("version"));
        let said = [
            Some(input.base.clone()),
            input.title.clone(),
            input.operation.clone(),
            input.root.get("openapi").map(scalar),
            version.map(scalar),
            Some(sha256(&input.bytes)),
        ];
        Self(KEYS.into_iter().zip(said).filter_map(|(key, it)| Some((key, it?))).collect())
    }

    fn read(node: &Node) -> Self {
        Self(KEYS.into_iter().filter_map(|key| Some((key, scalar(node.get(key)?)))).collect())
    }

    fn is_same_page(&self, other: &Self) -> bool {
        ["file", "operation"].iter().all(|key| self.get(key) == other.get(key))
    }

    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(it, _)| *it == key).map(|(_, value)| &**value)
    }
}

/// A value that should be a text, but may look like a number.
fn scalar(node: &Node) -> String {
    match &node.value {
        Value::Text(it) => it.clone(),
        Value::Number(it) => it.to_string(),
        Value::Null | Value::Bool(_) | Value::List(_) | Value::Map(_) => String::new(),
    }
}

impl Serialize for Lock {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("openapi.yaml", &self.hash)?;
        map.serialize_entry("sources", &self.sources)?;
        map.end()
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
