//! The files to which a document refers, each read once, within limits for all of them together.

use super::super::downgrade::join;
use super::super::limit::{MAX_FILE_BYTES, MAX_FILES, ReadSum};
use super::super::node::{Node, Value};
use super::super::tree;
use super::address;
use super::problem::Problem;
use crate::diag::{Failed, NodeId, Sink, SourceId, SpecPtr};
use crate::{DocumentFiles, Text, Unreadable};
use std::collections::{HashMap, HashSet};

/// The document and the files that were read for it.
pub(super) struct LoadedFiles<'f> {
    lookup: &'f DocumentFiles,
    /// The name of the document's own file in its folder.
    document: String,
    files: Vec<LoadedFile>,
    /// By path: the file, or why it was not read.
    known: HashMap<String, Result<SourceId, Problem>>,
    pub(super) sum: ReadSum,
    texts: &'f mut Vec<Text>,
    /// The names that `$id` gives the schemas of the document.
    ids: HashSet<String>,
}

struct LoadedFile {
    path: String,
    tree: Node,
    ids: HashSet<String>,
    /// The places of names, once they are asked for; none where two schemas have the same.
    anchors: Option<HashMap<String, Option<SpecPtr>>>,
}

impl<'f> LoadedFiles<'f> {
    pub(super) fn new(
        lookup: &'f DocumentFiles,
        name: &str,
        root: &Node,
        sum: ReadSum,
        texts: &'f mut Vec<Text>,
    ) -> Self {
        let document = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let (files, known) = (Vec::new(), HashMap::new());
        let mut ids = HashSet::new();
        find_ids(root, "", &mut ids);
        Self { lookup, document, files, known, sum, texts, ids }
    }

    /// The file that a reference in another one names.
    pub(super) fn at(
        &mut self,
        from: SourceId,
        file: &str,
        sink: &mut Sink,
    ) -> Result<SourceId, Problem> {
        let path = address::path(self.path(from), file)?;
        if path == self.document {
            return Ok(SourceId::Document);
        }
        if let Some(known) = self.known.get(&path) {
            return known.clone();
        }
        let read = self.read(&path, sink);
        self.known.insert(path, read.clone());
        read
    }

    fn read(&mut self, path: &str, sink: &mut Sink) -> Result<SourceId, Problem> {
        let number = u16::try_from(self.files.len()).ok().filter(|it| usize::from(*it) < MAX_FILES);
        let id = SourceId::File(number.ok_or(Problem::TooMany)?);
        let most = MAX_FILE_BYTES.saturating_sub(self.sum.bytes());
        let refused = |why| Problem::Unreadable(path.to_owned(), why);
        let text = self.lookup.read(path, most).map_err(refused)?;
        if text.bytes.len() as u64 > most {
            return Err(refused(Unreadable::TooLarge));
        }
        let read = tree::counted(&text, id, &mut self.sum, sink);
        self.texts.push(text);
        let nothing = || Node::new(NodeId { source: id, serial: 0 }, Value::Null);
        let (tree, outcome) = match read {
            Ok(read) => (read.node, Ok(id)),
            Err(Failed) => (nothing(), Err(Problem::Told)),
        };
        let mut ids = HashSet::new();
        find_ids(&tree, "", &mut ids);
        self.files.push(LoadedFile { path: path.to_owned(), tree, ids, anchors: None });
        outcome
    }

    fn file(&self, id: SourceId) -> Option<&LoadedFile> {
        match id {
            SourceId::File(number) => self.files.get(usize::from(number)),
            SourceId::Document
            | SourceId::Asyncapi
            | SourceId::Overlay
            | SourceId::Client
            | SourceId::Names => None,
        }
    }

    /// A file's path from the document's folder.
    pub(super) fn path(&self, id: SourceId) -> &str {
        self.file(id).map_or(&self.document, |it| &it.path)
    }

    /// A file's tree; the document's is in other hands.
    pub(super) fn tree(&self, id: SourceId) -> Option<&Node> {
        self.file(id).map(|it| &it.tree)
    }

    /// True if a reference in a file is the name that a schema there has by its `$id`: it is followed once all is one
    /// document.
    pub(super) fn is_name(&self, id: SourceId, uri: &str, reference: &str) -> bool {
        let ids = self.file(id).map_or(&self.ids, |it| &it.ids);
        !ids.is_empty() && ids.contains(&join(uri, reference))
    }

    /// The only schema of a file that has a name.
    pub(super) fn anchor(&mut self, id: SourceId, name: &str) -> Option<SpecPtr> {
        let SourceId::File(number) = id else { return None };
        let file = self.files.get_mut(usize::from(number))?;
        let anchors = file.anchors.get_or_insert_with(|| {
            let mut found = HashMap::new();
            find_anchors(&file.tree, &SpecPtr::root(), &mut found);
            found
        });
        anchors.get(name).cloned().flatten()
    }

    /// The `$id` around a place of a file, with the place of its schema.
    pub(super) fn scope(&self, id: SourceId, at: &SpecPtr) -> (SpecPtr, String) {
        let mut scope = (SpecPtr::root(), String::new());
        let Some(file) = self.file(id).filter(|it| !it.ids.is_empty()) else { return scope };
        let (mut node, mut place) = (&file.tree, SpecPtr::root());
        for key in at.keys() {
            if let Some(own) = own_id(node) {
                scope = (place.clone(), join(&scope.1, own));
            }
            let Some(next) = node.step(&key) else { break };
            (node, place) = (next, place.child(&key));
        }
        scope
    }
}

/// The `$id` of a schema, unless it is but an anchor.
pub(super) fn own_id(node: &Node) -> Option<&str> {
    node.text("$id").filter(|it| !it.starts_with('#')).map(|it| it.trim_end_matches('#'))
}

fn find_ids(node: &Node, uri: &str, found: &mut HashSet<String>) {
    match &node.value {
        Value::List(list) => list.iter().for_each(|it| find_ids(it, uri, found)),
        Value::Map(map) => {
            let own = own_id(node).map(|it| join(uri, it));
            map.values().for_each(|it| find_ids(it, own.as_deref().unwrap_or(uri), found));
            found.extend(own);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

fn find_anchors(node: &Node, at: &SpecPtr, found: &mut HashMap<String, Option<SpecPtr>>) {
    match &node.value {
        Value::List(list) => {
            for (index, item) in list.iter().enumerate() {
                find_anchors(item, &at.item(index), found);
            }
        }
        Value::Map(map) => {
            let by_id = node.text("$id").and_then(|it| it.strip_prefix('#'));
            let mut names = vec![by_id, node.text("$anchor"), node.text("$dynamicAnchor")];
            names.dedup();
            for name in names.into_iter().flatten() {
                let place = found.entry(name.to_owned());
                place.and_modify(|it| *it = None).or_insert_with(|| Some(at.clone()));
            }
            for (key, value) in map {
                find_anchors(value, &at.child(key), found);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}
