//! A document whose pieces can be asked for by their place.

use super::lookup::mapped_to;
use super::marks::Marks;
use super::node::Node;
use super::node_ref::NodeRef;
use super::select::Selection;
use crate::config;
use crate::diag::{
    CYCLIC_REF, DANGLING_REF, EXTERNAL_REF, NodeId, Rule, Sink, SpecPtr, nearest_name, pointer_key,
};
use crate::name::Lock;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Mutex;

/// A document after the overlay and the downgrade.
#[derive(Debug)]
pub(crate) struct Document {
    pub(super) tree: Node,
    /// The nodes that the passes have used.
    pub(super) marks: Marks,
    /// The settings of `client.yaml` for it.
    pub(crate) client: config::Client,
    /// The names that were given before.
    pub(crate) names: Lock,
    /// The parts that `only` of `client.yaml` leaves out, if it chooses.
    pub(crate) selection: Option<Selection>,
    /// The part of it that responses are compared with, if the client can do that.
    pub(crate) contract: Option<String>,
    pointers: Pointers,
    /// References that lead nowhere, which is told.
    told: HashSet<NodeId>,
}

/// The places that references mean: most schemas are referred to again and again.
#[derive(Debug, Default)]
struct Pointers(Mutex<HashMap<String, SpecPtr>>);

impl Pointers {
    fn of(&self, fragment: &str) -> SpecPtr {
        let mut known = self.0.lock().expect("nothing panics while it looks something up");
        if let Some(place) = known.get(fragment) {
            return place.clone();
        }
        let place = pointed(fragment);
        known.insert(fragment.to_owned(), place.clone());
        place
    }
}

/// Marks that what was asked for is unusable, and that the sink knows why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reported;

impl Document {
    pub(super) fn new(tree: Node, client: config::Client, names: Lock) -> Self {
        let (marks, pointers, told) = (Marks::default(), Pointers::default(), HashSet::new());
        Self { tree, marks, client, names, selection: None, contract: None, pointers, told }
    }

    /// Notes how many files the document refers to, and which references to them lead nowhere.
    pub(super) fn refers_to(&mut self, files: usize, told: HashSet<NodeId>) {
        if files > 0 {
            self.marks = Marks::of_files(files);
        }
        self.told = told;
    }

    pub(crate) fn root(&self) -> NodeRef<'_> {
        NodeRef::new(SpecPtr::root(), &self.tree, &self.marks)
    }

    /// The node at a place.
    pub(crate) fn at(&self, at: &SpecPtr) -> Option<NodeRef<'_>> {
        Some(NodeRef::new(at.clone(), self.tree.at(at)?, &self.marks))
    }

    /// The target of a reference within the document, if there is one; other passes tell of bad references.
    pub(crate) fn behind(&self, spot: &NodeRef<'_>) -> Option<NodeRef<'_>> {
        self.at(&self.pointers.of(spot.reference()?.strip_prefix('#')?))
    }

    /// True if a place is one that `only` of `client.yaml` leaves out.
    pub(crate) fn leaves_out(&self, at: &SpecPtr) -> bool {
        self.selection.as_ref().is_some_and(|it| it.leaves_out(at))
    }

    /// The schema that an entry of a mapping means.
    pub(crate) fn mapped_to(&self, target: &str) -> Option<SpecPtr> {
        mapped_to(&self.tree, target)
    }

    /// The tree, for whoever looks for what refers to what, and gives it no meaning.
    pub(crate) fn tree(&self) -> &Node {
        &self.tree
    }

    /// The document as the passes see it, as plain JSON.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        self.tree.to_json()
    }

    /// The place that a reference at `at` points to.
    pub(crate) fn target(
        &self,
        reference: &str,
        at: &SpecPtr,
        sink: &mut Sink,
    ) -> Result<NodeRef<'_>, Reported> {
        let at_ref = at.child("$ref");
        let Some(fragment) = reference.strip_prefix('#') else {
            if self.id_at(&at_ref).is_some_and(|it| self.told.contains(&it)) {
                return Err(Reported);
            }
            let message = format!("`{reference}` is outside of this document");
            sink.report(&EXTERNAL_REF, &at_ref, message)
                .help("put it into a file below the document's folder, and refer to that: no host is asked");
            return Err(Reported);
        };
        let pointer = self.pointers.of(fragment);
        match self.through(pointer.clone()) {
            Some(spot) if fragment.starts_with('/') => Ok(spot),
            _ => {
                self.dangling(&DANGLING_REF, reference, &pointer, &at_ref, sink);
                Err(Reported)
            }
        }
    }

    /// The place of a pointer, which may lead through references: tools that dereference a document
    /// and put the references back write such.
    pub(super) fn through(&self, mut pointer: SpecPtr) -> Option<NodeRef<'_>> {
        for _ in 0..64 {
            if let Some(node) = self.tree.at(&pointer) {
                return Some(NodeRef::new(pointer, node, &self.marks));
            }
            let mut node = &self.tree;
            let mut rest = pointer.segments();
            let missing = rest.find(|key| match node.step(key) {
                Some(next) => {
                    node = next;
                    false
                }
                None => true,
            })?;
            let reference = node.text("$ref")?.strip_prefix('#')?;
            let target = pointed(reference).child(&missing);
            pointer = rest.fold(target, |pointer, key| pointer.child(&key));
        }
        None
    }

    /// Follows references from `spot` until something else comes.
    pub(crate) fn resolve<'a>(
        &'a self,
        spot: NodeRef<'a>,
        sink: &mut Sink,
    ) -> Result<NodeRef<'a>, Reported> {
        let start = spot.at.clone();
        let mut spot = spot;
        for _ in 0..64 {
            let Some(reference) = spot.reference() else { return Ok(spot) };
            spot = self.target(reference, &spot.at, sink)?;
        }
        sink.report(&CYCLIC_REF, &start, "this chain of references never ends");
        Err(Reported)
    }

    /// The media types of a parameter, body or answer; from 3.2 on they may be references.
    pub(crate) fn contents<'a>(
        &'a self,
        spot: &NodeRef<'a>,
        sink: &mut Sink,
    ) -> Result<Vec<(&'a str, NodeRef<'a>)>, Reported> {
        let entries = spot.entries("content");
        entries.map(|(mime, it)| Ok((mime, self.resolve(it, sink)?))).collect()
    }

    fn dangling(
        &self,
        rule: &'static Rule,
        reference: &str,
        pointer: &SpecPtr,
        at: &SpecPtr,
        sink: &mut Sink,
    ) {
        let by_name =
            reference.strip_prefix('#').is_some_and(|it| !it.is_empty() && !it.starts_with('/'));
        if by_name {
            let message = format!("no schema, or more than one, has `{reference}` for a name");
            sink.report(rule, at, message).help(
                "`$anchor` and `$dynamicAnchor` name schemas, and `$ref` and `$dynamicRef` find one that is named once",
            );
            return;
        }
        let message = format!("`{reference}` points at nothing");
        let wanted = pointer.segments().last().unwrap_or_default();
        let siblings = self.tree.nearest(pointer).as_map();
        let near =
            nearest_name(&wanted, siblings.into_iter().flatten().map(|(key, _)| key.as_str()));
        let found = sink.report(rule, at, message);
        if let Some(near) = near {
            found.label(format_args!("did you mean `{near}`?"));
        }
    }
}

/// The place that a reference within the document means.
pub(crate) fn pointed(reference: &str) -> SpecPtr {
    SpecPtr::parse(&percent_decoded(reference))
}

/// A key as a part of a reference: the way back is [`pointed`].
pub(super) fn reference_key(key: &str) -> String {
    pointer_key(key).replace('%', "%25")
}

/// Undoes the percent-encoding that a URL's fragment may have.
pub(super) fn percent_decoded(fragment: &str) -> Cow<'_, str> {
    if !fragment.contains('%') {
        return Cow::Borrowed(fragment);
    }
    let bytes = fragment.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        let hex = (*first == b'%').then(|| tail.get(..2)).flatten();
        let hex = hex.filter(|it| it.iter().all(u8::is_ascii_hexdigit));
        let code = hex.and_then(|it| std::str::from_utf8(it).ok());
        match code.and_then(|it| u8::from_str_radix(it, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                rest = &tail[2..];
            }
            None => {
                decoded.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(decoded).map_or(Cow::Borrowed(fragment), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;
    use crate::diag::SourceId;
    use crate::load::tree;

    #[test]
    fn a_fragment_that_is_no_pointer_points_at_nothing() {
        let text = Text { name: String::new(), bytes: "a: {b: 1}".into() };
        let tree = tree(&text, SourceId::Document, &mut Sink::default()).expect("it is YAML");
        let document = Document::new(tree, config::Client::default(), Lock::default());
        let leads = |it| document.target(it, &SpecPtr::root(), &mut Sink::default()).is_ok();
        assert!(leads("#/a/b"));
        assert!(!leads("#a/b"));
        assert!(!leads("#"));
    }

    #[test]
    fn a_key_in_a_reference_leads_back_to_itself() {
        for key in ["a", "a/b", "a~b", "50%", "%41", "a~1b%2F"] {
            let place = pointed(&format!("/x/{}", reference_key(key)));
            assert_eq!(place, SpecPtr::root().child("x").child(key));
        }
    }

    #[test]
    fn fragments_are_decoded() {
        assert_eq!(percent_decoded("/paths/~1x%7Bid%7D"), "/paths/~1x{id}");
        assert_eq!(percent_decoded("/a%zz%2"), "/a%zz%2");
        assert_eq!(percent_decoded("/a%ff"), "/a%ff");
        assert_eq!(percent_decoded("/a%+f"), "/a%+f");
    }
}
