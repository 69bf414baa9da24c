//! The state of collecting: which part of a file was put where, and which is to be a component.

use super::super::node::{Node, Value};
use super::loaded::LoadedFiles;
use super::problem::Problem;
use super::site::{Destination, Site};
use super::target::{FileLocation, Followed, ReferenceScope, follow};
use crate::diag::{NodeId, Sink, SourceId, SpecPtr};
use indexmap::IndexMap;
use std::collections::HashMap;

/// The new text of a reference.
pub(super) enum NewReference {
    /// A reference to what was put elsewhere.
    To(FileLocation, &'static str),
    Text(String),
}

/// A reference that leads nowhere.
pub(super) struct BadReference {
    pub(super) problem: Problem,
    pub(super) reference: String,
    pub(super) place: BundleLocation,
}

/// A part of a file that is to be a component, and the first reference to it.
pub(super) struct RequestedComponent {
    pub(super) site: Site,
    pub(super) reference: String,
    pub(super) id: NodeId,
    pub(super) place: BundleLocation,
}

/// A place in the document, or in a component that has no name yet.
#[derive(Clone)]
pub(super) struct BundleLocation {
    pub(super) component: Option<usize>,
    pub(super) at: SpecPtr,
}

/// A component that was in a file.
pub(super) struct Component {
    pub(super) target: FileLocation,
    pub(super) section: &'static str,
    /// None where it is at a place of its own already.
    pub(super) node: Option<Node>,
}

/// All that references to files lead to.
pub(super) struct Collector<'c, 'f> {
    pub(super) files: &'c mut LoadedFiles<'f>,
    pub(super) sink: &'c mut Sink,
    /// By the nodes of references: what each becomes.
    pub(super) links: HashMap<NodeId, NewReference>,
    /// Places of the document in which something of a file is.
    pub(super) mounts: IndexMap<FileLocation, SpecPtr>,
    /// The parts of files that are to be components.
    pub(super) wanted: IndexMap<(FileLocation, &'static str), RequestedComponent>,
    pub(super) bad: IndexMap<NodeId, BadReference>,
    /// The parts of files that are put in their places just now, from the outside.
    pub(super) open: Vec<FileLocation>,
    /// The nodes that were copied.
    copied: usize,
}

/// A node on the way down.
pub(super) struct Step<'s> {
    pub(super) site: Site,
    pub(super) scope: &'s ReferenceScope,
    /// The place in its own file.
    pub(super) own: SpecPtr,
    pub(super) place: BundleLocation,
    pub(super) depth: usize,
}

impl Step<'_> {
    pub(super) fn below(&self, site: Site, key: &str) -> Self {
        let at = self.place.at.child(key);
        let place = BundleLocation { component: self.place.component, at };
        Self { site, scope: self.scope, own: self.own.child(key), place, depth: self.depth + 1 }
    }

    /// The component that a reference here asks for.
    pub(super) fn wanted(&self, site: Site, reference: &str, id: NodeId) -> RequestedComponent {
        RequestedComponent { site, reference: reference.to_owned(), id, place: self.place.clone() }
    }
}

impl Collector<'_, '_> {
    pub(super) fn new<'c, 'f>(
        files: &'c mut LoadedFiles<'f>,
        sink: &'c mut Sink,
    ) -> Collector<'c, 'f> {
        Collector {
            files,
            sink,
            links: HashMap::new(),
            mounts: IndexMap::new(),
            wanted: IndexMap::new(),
            bad: IndexMap::new(),
            open: Vec::new(),
            copied: 0,
        }
    }

    /// Follows a reference. Those within the document itself stay as they are.
    pub(super) fn follow(
        &mut self,
        text: &str,
        step: &Step<'_>,
        id: NodeId,
        is_told: bool,
    ) -> Option<Followed> {
        if step.scope.file == SourceId::Document && text.starts_with('#') {
            return None;
        }
        match follow(self.files, step.scope, text, self.sink) {
            Ok(followed) => Some(followed),
            Err(problem) if is_told || problem.is_fatal() => {
                self.refuse(problem, text, id, &step.place);
                None
            }
            Err(_) => None,
        }
    }

    pub(super) fn refuse(
        &mut self,
        problem: Problem,
        reference: &str,
        id: NodeId,
        place: &BundleLocation,
    ) {
        let (reference, place) = (reference.to_owned(), place.clone());
        self.bad.entry(id).or_insert(BadReference { problem, reference, place });
    }

    pub(super) fn want(
        &mut self,
        target: &FileLocation,
        section: &'static str,
        wanted: impl FnOnce() -> RequestedComponent,
    ) {
        if target.file != SourceId::Document {
            self.wanted.entry((target.clone(), section)).or_insert_with(wanted);
        }
    }

    /// The node at a place of a file.
    pub(super) fn copy(&mut self, target: &FileLocation) -> Result<Option<Node>, Problem> {
        let most = 2 * self.files.sum.most_nodes() as usize;
        if self.copied > most {
            return Err(Problem::Copies);
        }
        let node = self.files.tree(target.file).and_then(|it| it.at(&target.at)).cloned();
        self.copied += node.as_ref().map_or(0, count);
        Ok(node)
    }

    /// True if what a reference leads to is put in its place.
    pub(super) fn is_in_place(
        &self,
        step: &Step<'_>,
        target: &FileLocation,
        is_alone: bool,
    ) -> bool {
        if target.file == SourceId::Document {
            return false;
        }
        let is_new = || self.place_of(target).is_none();
        match step.site.destination() {
            Destination::Each => true,
            Destination::First => step.place.component.is_some() || is_new(),
            Destination::Section(section) => {
                let keys: Vec<_> = step.place.at.keys().take(4).collect();
                let own = matches!(&keys[..], [a, b, _] if a == "components" && b == section);
                own && is_alone && step.place.component.is_none() && is_new()
            }
        }
    }

    /// The place in the document of something of a file that was put there.
    pub(super) fn place_of(&self, target: &FileLocation) -> Option<SpecPtr> {
        covered(target, |it| self.mounts.get(it).cloned())
    }
}

/// The place of something, by that of the innermost thing around it that has one.
pub(super) fn covered(
    target: &FileLocation,
    place: impl Fn(&FileLocation) -> Option<SpecPtr>,
) -> Option<SpecPtr> {
    let keys: Vec<_> = target.at.keys().collect();
    let mut outer = vec![FileLocation { file: target.file, at: SpecPtr::root() }];
    for key in &keys {
        let at = outer[outer.len() - 1].at.child(key);
        outer.push(FileLocation { file: target.file, at });
    }
    outer.iter().enumerate().rev().find_map(|(length, it)| {
        let found = place(it)?;
        Some(keys[length..].iter().fold(found, |at, key| at.child(key)))
    })
}

fn count(node: &Node) -> usize {
    1 + match &node.value {
        Value::List(list) => list.iter().map(count).sum(),
        Value::Map(map) => map.values().map(count).sum(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => 0_usize,
    }
}
