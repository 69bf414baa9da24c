//! `sources.lock`: where each part of the documents came from, and the hashes of the documents themselves.

use super::collect::{DocumentKind, Input};
use crate::hash::sha256;
use crate::project::Project;
use crate::yaml;
use anyhow::{Result, bail};
use generator::diag::SpecPtr;
use generator::{Node, Source, Value};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// A vendor's `sources.lock`.
#[derive(Default)]
pub(crate) struct Lock {
    /// The hashes of the documents by their files.
    hashes: Vec<(DocumentKind, String)>,
    sources: Vec<Entry>,
    /// Places of the OpenAPI document, and what of which file was put there.
    parts: Vec<PartOrigin>,
}

/// A part of a document that was in a file of its own.
#[derive(Clone)]
struct PartOrigin {
    at: SpecPtr,
    from: String,
}

/// A source: keys and what they say, in their order.
#[derive(Clone, PartialEq, Eq)]
struct Entry(Vec<(&'static str, String)>);

const KEYS: [&str; 7] = ["file", "title", "operation", "openapi", "asyncapi", "version", "sha256"];

impl Lock {
    /// The vendor's, as it stands.
    pub(crate) fn of(project: &Project, vendor: &str) -> Result<Self> {
        let name = format!("specs/{vendor}/sources.lock");
        let place = project.spec(vendor, "sources.lock");
        if !place.exists() {
            bail!(
                "{name} is missing\n  = help: run `{} vendor {vendor} FILE…`, which writes it",
                project.program.command
            );
        }
        let tree = yaml::read(&place, &name)?;
        let hashes = DocumentKind::ALL.into_iter();
        let hashes = hashes.filter_map(|it| Some((it, tree.text(it.file())?.to_owned())));
        let hashes: Vec<_> = hashes.collect();
        if hashes.is_empty() {
            bail!("{name} does not say `openapi.yaml`");
        }
        let sources = tree.get("sources").and_then(Node::as_list).unwrap_or_default();
        let parts = tree.get("parts").and_then(Node::as_list).unwrap_or_default();
        let parts = parts.iter().filter_map(PartOrigin::read).collect();
        Ok(Self { hashes, sources: sources.iter().map(Entry::read).collect(), parts })
    }

    /// Places of the document, and what of which file was put there.
    pub(crate) fn origins(&self) -> Vec<(SpecPtr, String)> {
        self.parts.iter().map(|it| (it.at.clone(), it.from.clone())).collect()
    }

    /// Fails if the documents of a vendor are not those that were taken.
    pub(crate) fn check(&self, project: &Project, vendor: &str, source: &Source) -> Result<()> {
        let all = std::iter::once(&source.document).chain(&source.asyncapi);
        let found = |kind: DocumentKind| all.clone().find(|it| it.name.ends_with(kind.file()));
        for kind in DocumentKind::ALL {
            match found(kind) {
                Some(text) => self.check_one(project, vendor, kind, &text.bytes)?,
                None if self.hash(kind).is_some() => bail!(
                    "specs/{vendor}/{0} is missing, and sources.lock has its hash\n  \
                     = help: restore it, or take it anew by `{1} vendor {vendor} FILE…`",
                    kind.file(),
                    project.program.command
                ),
                None => {}
            }
        }
        Ok(())
    }

    /// Fails if a document is not the one that was taken.
    pub(super) fn check_one(
        &self,
        project: &Project,
        vendor: &str,
        kind: DocumentKind,
        document: &[u8],
    ) -> Result<()> {
        if self.hash(kind) == Some(&sha256(document)) {
            return Ok(());
        }
        bail!(
            "specs/{vendor}/{file} is not what `vendor` wrote: sources.lock has another hash\n  \
             = help: a newer document comes in by `{command} vendor {vendor} FILE…`\n  \
             = help: a correction belongs into specs/{vendor}/overlay.yaml: restore {file} first",
            file = kind.file(),
            command = project.program.command
        )
    }

    fn hash(&self, kind: DocumentKind) -> Option<&String> {
        self.hashes.iter().find(|it| it.0 == kind).map(|it| &it.1)
    }

    /// Without the sources of a kind of documents.
    pub(super) fn without(mut self, kind: DocumentKind) -> Self {
        self.sources.retain(|it| it.kind() != kind);
        self.parts.retain(|_| kind != DocumentKind::OpenApi);
        self
    }

    /// With the sources that were taken just now. What a page said before, it no longer says.
    pub(super) fn with(mut self, kind: DocumentKind, document: &[u8], inputs: &[Input]) -> Self {
        let new = inputs.iter().map(Entry::of).collect::<Vec<_>>();
        self.sources.retain(|it| !new.iter().any(|other| it.is_same_page(other)));
        self.sources.extend(new);
        let origins = inputs.iter().flat_map(|it| &it.origins);
        let new: Vec<_> =
            origins.map(|(at, from)| PartOrigin { at: at.clone(), from: from.clone() }).collect();
        self.parts.retain(|it| !new.iter().any(|other| it.at == other.at));
        self.parts.extend(new);
        self.parts.sort_by_cached_key(|it| it.at.text());
        self.hashes.retain(|it| it.0 != kind);
        self.hashes.push((kind, sha256(document)));
        self.hashes.sort_by_key(|it| it.0 != DocumentKind::OpenApi);
        self
    }

    pub(super) fn text(&self, project: &Project) -> Result<String> {
        let head = format!(
            "# Written by `{} vendor`. `regen` refuses a document once its hash is another.\n",
            project.program.command
        );
        Ok(head + &yaml::write(self)?)
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
            input.root.get("asyncapi").map(scalar),
            version.map(scalar),
            Some(input.hash.clone()),
        ];
        Self(KEYS.into_iter().zip(said).filter_map(|(key, it)| Some((key, it?))).collect())
    }

    fn read(node: &Node) -> Self {
        Self(KEYS.into_iter().filter_map(|key| Some((key, scalar(node.get(key)?)))).collect())
    }

    fn is_same_page(&self, other: &Self) -> bool {
        ["file", "operation"].iter().all(|key| self.get(key) == other.get(key))
    }

    fn kind(&self) -> DocumentKind {
        match self.get("asyncapi") {
            Some(_) => DocumentKind::AsyncApi,
            None => DocumentKind::OpenApi,
        }
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
        let has_parts = !self.parts.is_empty();
        let mut map =
            serializer.serialize_map(Some(self.hashes.len() + 1 + usize::from(has_parts)))?;
        for (kind, hash) in &self.hashes {
            map.serialize_entry(kind.file(), hash)?;
        }
        map.serialize_entry("sources", &self.sources)?;
        if has_parts {
            map.serialize_entry("parts", &self.parts)?;
        }
        map.end()
    }
}

impl PartOrigin {
    fn read(node: &Node) -> Option<Self> {
        Some(Self { at: SpecPtr::parse(node.text("at")?), from: node.text("from")?.to_owned() })
    }
}

impl Serialize for PartOrigin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([("at", self.at.to_string()), ("from", self.from.clone())])
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
