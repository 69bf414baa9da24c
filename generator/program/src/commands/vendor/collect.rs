//! Reads the files that a document is made from: pages, whole documents, folders of either.

use super::merge::SerializedNode;
use super::page;
use crate::hash::sha256;
use crate::input;
use crate::{text, yaml};
use anyhow::{Context, Result, anyhow, bail};
use generator::diag::{ReportStyle, SpecPtr};
use generator::{Bundle, Node, Source, Text, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// Endings of the files that are taken from a folder.
const ENDINGS: [&str; 6] = ["txt", "md", "mdx", "yaml", "yml", "json"];

/// The two kinds of documents, which are not merged with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DocumentKind {
    OpenApi,
    AsyncApi,
}

impl DocumentKind {
    pub(super) const ALL: [Self; 2] = [Self::OpenApi, Self::AsyncApi];

    /// The file of a vendor that has the document.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::OpenApi => "openapi.yaml",
            Self::AsyncApi => "asyncapi.yaml",
        }
    }
}

/// A document, or a part of one.
#[derive(Clone)]
pub(super) struct Input {
    pub(super) kind: DocumentKind,
    /// The text that it was read from. Lines before the document are blank, so that lines count as in the file.
    pub(super) text: Text,
    /// The file's name, without its folder.
    pub(super) base: String,
    pub(super) title: Option<String>,
    pub(super) operation: Option<String>,
    /// The document.
    pub(super) bytes: Vec<u8>,
    /// The hash of the document, or of the block of a page that it was made from.
    pub(super) hash: String,
    pub(super) root: Node,
    /// Places of the document, and what of which file was put there.
    pub(super) origins: Vec<(SpecPtr, String)>,
    /// True if others count where they differ from this.
    pub(super) gives_way: bool,
}

/// The documents in files and folders, in the order in which they are named.
pub(super) fn files(paths: &[PathBuf]) -> Result<Vec<Input>> {
    let mut files = Vec::new();
    for path in paths {
        let found = if path.is_dir() { folder(path)? } else { vec![path.clone()] };
        files.extend(found.into_iter().filter(|it| !files.contains(it)).collect::<Vec<_>>());
    }
    let read = files.iter().map(|it| file(it)).collect::<Vec<_>>();
    let (inputs, errors): (Vec<_>, Vec<_>) = read.into_iter().partition(Result::is_ok);
    if errors.is_empty() {
        return inputs.into_iter().collect();
    }
    let errors = errors.into_iter().filter_map(Result::err).map(|it| format!("{it:#}"));
    bail!("{}nothing was written", text::first(20, &errors.collect::<Vec<_>>()))
}

fn folder(path: &Path) -> Result<Vec<PathBuf>> {
    let name = path.display();
    let mut found = Vec::new();
    for entry in fs::read_dir(path).with_context(|| format!("cannot read {name}"))? {
        let file = entry.with_context(|| format!("cannot read {name}"))?.path();
        let ending = file.extension().and_then(|it| it.to_str()).unwrap_or_default();
        if ENDINGS.contains(&ending) && file.is_file() {
            found.push(file);
        }
    }
    if found.is_empty() {
        bail!("{name} has no page and no document\n  = help: files end in {}", ENDINGS.join(", "));
    }
    found.sort();
    Ok(found)
}

fn file(path: &Path) -> Result<Input> {
    let name = path.display().to_string();
    let bytes = input::read(path, &name)?;
    let base = path.file_name().map(|it| it.to_string_lossy().into_owned()).unwrap_or_default();
    let whole = path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json");
    let text = String::from_utf8_lossy(&bytes);
    let text = text.trim_start_matches('\u{feff}');
    let input = match page::page(text) {
        Ok(Some(page)) if !whole => of_page(&name, page)?,
        Ok(None) if !whole && !page::is_document(text) => {
            bail!("{name} has no fenced block with an OpenAPI or AsyncAPI document")
        }
        Err(error) if !whole => return Err(error.context(name)),
        _ => of_files(path, &name, bytes)?,
    };
    Ok(Input { base, ..input })
}

/// The content of a page. Blank lines at the end of its block are dropped, unless they mean something.
fn of_page(name: &str, page: page::Page) -> Result<Input> {
    let text = |block: &str| Text {
        name: name.to_owned(),
        bytes: ("\n".repeat(page.before) + block).into_bytes(),
    };
    let root = yaml::parse(&text(&page.block))?;
    let trimmed = format!("{}\n", page.block.trim_end());
    let same = yaml::parse(&text(&trimmed)).is_ok_and(|it| it == root);
    let block = if same { trimmed } else { page.block };
    let input = document(text(&block), block.into_bytes())?;
    Ok(Input { title: page.title, operation: page.operation, ..input })
}

/// A whole document, with what it refers to in files below its folder.
fn of_files(path: &Path, name: &str, bytes: Vec<u8>) -> Result<Input> {
    let document = Text { name: name.to_owned(), bytes };
    let files = Some(input::files_around(path));
    let source = Source { document, files, ..Source::default() };
    let bundle = generator::bundle(&source).map_err(|report| {
        anyhow!("{name} cannot be read\n{}", report.render(ReportStyle::Plain))
    })?;
    let bytes = source.document.bytes;
    let Some(Bundle { tree, origins, report }) = bundle else { return of_document(name, bytes) };
    eprint!("{}", report.render(ReportStyle::Plain));
    let hash = sha256(&bytes);
    let bytes = yaml::write(&SerializedNode(&tree))?.into_bytes();
    // Lines count in what is made of the files.
    let input = of_document(&format!("{name} (with its files)"), bytes)?;
    Ok(Input { hash, origins, ..input })
}

fn of_document(name: &str, bytes: Vec<u8>) -> Result<Input> {
    document(Text { name: name.to_owned(), bytes: bytes.clone() }, bytes)
}

/// A text as the document that it is, or that a page of a channel was made from.
fn document(text: Text, bytes: Vec<u8>) -> Result<Input> {
    let root = yaml::parse(&text)?;
    let hash = sha256(&bytes);
    let (kind, root, bytes) = if root.get("openapi").is_some() {
        (DocumentKind::OpenApi, root, bytes)
    } else if root.get("asyncapi").is_some() {
        (DocumentKind::AsyncApi, root, bytes)
    } else if let Some(mut root) = generator::document_of_channel(&root) {
        without_title(&mut root);
        let bytes = yaml::write(&SerializedNode(&root))?.into_bytes();
        (DocumentKind::AsyncApi, root, bytes)
    } else {
        bail!("{} is no OpenAPI document: it has no `openapi`, and no `asyncapi`", text.name)
    };
    let (base, title, operation) = (String::new(), None, None);
    let origins = Vec::new();
    Ok(Input { kind, text, base, title, operation, bytes, hash, root, origins, gives_way: false })
}

/// Pages have titles of their own, and are one document together.
fn without_title(root: &mut Node) {
    let Value::Map(map) = &mut root.value else { return };
    let Some(Value::Map(info)) = map.get_mut("info").map(|it| &mut it.value) else { return };
    if let Some(it) = info.get_mut("title") {
        it.value = Value::Text("Sockets".to_owned());
    }
}

/// The document that was taken before, if there is one and it can be read.
pub(super) fn vendored(place: &Path, name: &str) -> Result<Option<Input>> {
    let Some(text) = crate::project::optional(place, name)? else { return Ok(None) };
    Ok(of_document(name, text.bytes).ok())
}
