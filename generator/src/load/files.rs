//! All files of a vendor, read, and the document corrected by them.

use super::asyncapi;
use super::bundle::{Bundled, bundle};
use super::contract::contract;
use super::document::Document;
use super::downgrade::downgrade;
use super::limit::ReadSum;
use super::node::Node;
use super::overlay::overlay;
use super::select::{forget_left_out, select};
use super::tree::{counted, tree};
use crate::diag::{Failed, NO_EFFECT, NodeId, Sink, SourceId, SpecPtr};
use crate::name::Lock;
use crate::{Source, Text, config};

/// The trees of a vendor's files, for whoever shows findings: as far as they were read.
#[derive(Debug, Default)]
pub(crate) struct Trees {
    document: Option<Document>,
    /// The texts of the files that the document refers to.
    files: Vec<Text>,
    asyncapi: Option<Node>,
    /// The document where it is one of AsyncAPI, as it is written: the passes see it in the words of OpenAPI.
    sockets: Option<Node>,
    overlay: Option<Node>,
    client: Option<Node>,
    names: Option<Node>,
}

impl Trees {
    /// Nothing but a tree of `client.yaml`, which need not say anything sensible.
    #[cfg(test)]
    pub(crate) fn of_client(tree: Option<Node>) -> Self {
        Self { client: tree, ..Self::default() }
    }

    /// A file's tree; the document's as the passes see it.
    pub(crate) fn get(&self, source: SourceId) -> Option<&Node> {
        match source {
            SourceId::Document => self.document.as_ref().map(|it| &it.tree),
            SourceId::File(_) => None,
            SourceId::Asyncapi => self.asyncapi.as_ref(),
            SourceId::Overlay => self.overlay.as_ref(),
            SourceId::Client => self.client.as_ref(),
            SourceId::Names => self.names.as_ref(),
        }
    }

    /// The pointer to a node of an AsyncAPI document, as it is written there.
    pub(crate) fn in_asyncapi(&self, id: NodeId) -> Option<SpecPtr> {
        let root = match id.source {
            SourceId::Document => self.sockets.as_ref(),
            SourceId::Asyncapi => self.asyncapi.as_ref(),
            SourceId::File(_) | SourceId::Overlay | SourceId::Client | SourceId::Names => None,
        };
        root?.pointer(id)
    }

    /// The text of one of the files that the document refers to.
    pub(crate) fn file(&self, number: u16) -> Option<&Text> {
        self.files.get(usize::from(number))
    }
}

/// Reads a vendor's files. Objects to all that is wrong in any of them before it gives up.
pub(crate) fn load<'t>(
    source: &Source,
    trees: &'t mut Trees,
    sink: &mut Sink,
) -> Result<&'t Document, Failed> {
    let root = document(source, &mut trees.files, sink);
    trees.asyncapi = read(source.asyncapi.as_ref(), SourceId::Asyncapi, sink);
    trees.overlay = read(source.overlay.as_ref(), SourceId::Overlay, sink);
    trees.client = read(source.client.as_ref(), SourceId::Client, sink);
    trees.names = read(source.names.as_ref(), SourceId::Names, sink);
    let client = trees.client.as_ref().map(|it| config::read(it, sink)).transpose();
    let names = trees.names.as_ref().map(|it| Lock::read(it, sink)).unwrap_or_default();
    let client = client.unwrap_or_default().unwrap_or_default();
    let (root, bundled) = root?;
    let files = trees.files.len();
    let document = trees.document.insert(Document::new(root, client, names));
    document.refers_to(files, bundled.told);
    if let Some(corrections) = &trees.overlay {
        overlay(&mut document.tree, trees.asyncapi.as_mut(), corrections, sink)?;
    }
    let side = document.client.perspective;
    if asyncapi::is_asyncapi(&document.tree) {
        let made = asyncapi::as_openapi(&document.tree, side, sink);
        trees.sockets = Some(document.tree.clone());
        document.tree = made?;
    }
    if let Some(beside) = &trees.asyncapi {
        let mut found = Sink::default();
        let sockets = asyncapi::as_openapi(beside, side, &mut found);
        sink.absorb_from(SourceId::Asyncapi, found);
        asyncapi::join(&mut document.tree, sockets?, sink);
    }
    document.selection = select(&mut document.tree, &document.client, sink);
    if let Some(selection) = &document.selection {
        forget_left_out(selection, sink);
    }
    if document.client.drift {
        document.contract = contract(&document.tree);
        if document.contract.is_none() {
            let message = "there is no response over HTTP that could differ from the document";
            let at = SpecPtr::root().child("drift");
            let found = sink.report_in(SourceId::Client, &NO_EFFECT, &at, message);
            found.help("remove it: messages of sockets are not compared");
        }
    }
    downgrade(&mut document.tree, sink)?;
    sink.check()?;
    // Marks the version as used: it decided how the document was read.
    document.root().text("openapi");
    Ok(document)
}

/// The trees of a document, and of the AsyncAPI document beside it, with the overlay applied, before the downgrade.
pub(crate) fn corrected(
    source: &Source,
    trees: &mut Trees,
    sink: &mut Sink,
) -> Result<(Node, Option<Node>), Failed> {
    let root = document(source, &mut trees.files, sink);
    let mut beside = read(source.asyncapi.as_ref(), SourceId::Asyncapi, sink);
    let corrections = read(source.overlay.as_ref(), SourceId::Overlay, sink);
    let mut root = root?.0;
    if let Some(corrections) = &corrections {
        overlay(&mut root, beside.as_mut(), corrections, sink)?;
    }
    sink.check()?;
    Ok((root, beside))
}

/// The tree of a document with all that it refers to in other files, and where each came from; `None` if there is
/// nothing of other files in it.
pub(crate) fn bundled(
    source: &Source,
    trees: &mut Trees,
    sink: &mut Sink,
) -> Result<Option<(Node, Bundled)>, Failed> {
    let found = document(source, &mut trees.files, sink)?;
    sink.check()?;
    Ok((!trees.files.is_empty()).then_some(found))
}

/// The document, with what it refers to in other files.
fn document(
    source: &Source,
    texts: &mut Vec<Text>,
    sink: &mut Sink,
) -> Result<(Node, Bundled), Failed> {
    let mut sum = ReadSum::default();
    let read = counted(&source.document, SourceId::Document, &mut sum, sink)?;
    let mut root = read.node;
    let files = source.files.as_ref().filter(|_| read.refers && root.get("openapi").is_some());
    let name = &source.document.name;
    let bundled = files.map(|it| bundle(&mut root, name, it, sum, texts, sink));
    Ok((root, bundled.unwrap_or_default()))
}

fn read(text: Option<&Text>, source: SourceId, sink: &mut Sink) -> Option<Node> {
    tree(text?, source, sink).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{DANGLING_REF, Report, SpecPtr};

    fn file(name: &str, text: &str) -> Text {
        Text { name: name.to_owned(), bytes: text.into() }
    }

    fn source(document: &str, overlay: &str, client: &str) -> Source {
        Source {
            document: file("openapi.yaml", document),
            overlay: Some(file("overlay.yaml", overlay)),
            client: Some(file("client.yaml", client)),
            ..Source::default()
        }
    }

    /// The codes of what is found, with the file and the line; and whether the document can be used.
    fn found(source: &Source, at: Option<&str>) -> (bool, Vec<String>) {
        let (mut sink, mut trees) = (Sink::default(), Trees::default());
        let loaded = load(source, &mut trees, &mut sink).is_ok();
        if let Some(at) = at {
            sink.report(&DANGLING_REF, &SpecPtr::parse(at), "here");
        }
        let json = Report::new(sink, &trees, source).json();
        let lines = json.lines().map(|it| {
            let it: serde_json::Value = serde_json::from_str(it).expect("it is JSON");
            format!("{} {}:{}", it["code"], it["file"], it["line"]).replace('"', "")
        });
        (loaded, lines.collect())
    }

    const DOCUMENT: &str = "openapi: 3.1.0\ninfo:\n  title: t\n";
    const OVERLAY: &str =
        "overlay: 1.0.0\nactions:\n  - target: $.info\n    update:\n      title: u\n";

    #[test]
    fn all_files_are_read_before_it_gives_up() {
        let all = source(DOCUMENT, "a: [", "modul: x\n");
        let expected = ["syntax overlay.yaml:1", "unknown-key client.yaml:1"];
        assert_eq!(found(&all, None), (false, expected.map(str::to_owned).to_vec()));
    }

    #[test]
    fn what_a_correction_brings_is_shown_in_the_overlay() {
        let all = source(DOCUMENT, OVERLAY, "");
        assert_eq!(
            found(&all, Some("/info/title")),
            (true, vec!["dangling-ref overlay.yaml:5".to_owned()])
        );
        assert_eq!(
            found(&all, Some("/info")),
            (true, vec!["dangling-ref openapi.yaml:2".to_owned()])
        );
    }

    #[test]
    fn a_correction_that_matches_nothing_is_shown_where_it_stands() {
        let all = source(DOCUMENT, &OVERLAY.replace("info", "inf"), "");
        assert_eq!(found(&all, None), (false, vec!["stale-overlay overlay.yaml:3".to_owned()]));
    }

    #[test]
    fn an_error_in_a_file_that_was_read_counts_too() {
        let all = source(DOCUMENT, OVERLAY, "modul: x\n");
        assert_eq!(found(&all, None), (false, vec!["unknown-key client.yaml:1".to_owned()]));
        let twice =
            source("openapi: 3.1.0\na: 1\na: 2\n", OVERLAY.replace("info", "a").as_str(), "");
        assert!(!found(&twice, None).0);
    }
}
