//! Says of each keyword as it was written if it was used, so that marks can be checked.

use super::document::Document;
use super::kind::NodeKind;
use super::node::{Node, Value};
use super::unused_nodes::{Reach, Sort, is_used_below};
use crate::diag::{NodeId, SpecPtr};
use std::collections::HashSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Usage {
    /// It was used: without it, output or findings are others.
    Used,
    /// It has no meaning for a client: without it, nothing changes.
    Meaningless,
}

/// A keyword of a document and what became of it.
#[derive(Clone, Debug)]
pub struct Keyword {
    /// Its place.
    pub at: SpecPtr,
    pub usage: Usage,
}

impl Document {
    /// The use of each keyword of `written`, which is the document as it was read.
    pub(crate) fn usage(&self, written: &Node, reach: &Reach) -> Vec<Keyword> {
        let mut kept = HashSet::new();
        ids(&self.tree, &mut kept);
        let mut walk = UsageVisitor { document: self, reach, kept, found: Vec::new() };
        walk.entries(Sort::Of(NodeKind::Document), written, &SpecPtr::root());
        walk.found
    }
}

fn ids(node: &Node, found: &mut HashSet<NodeId>) {
    found.insert(node.id);
    match &node.value {
        Value::Map(map) => map.values().for_each(|it| ids(it, found)),
        Value::List(list) => list.iter().for_each(|it| ids(it, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

struct UsageVisitor<'d> {
    document: &'d Document,
    reach: &'d Reach,
    /// The nodes that the passes saw.
    kept: HashSet<NodeId>,
    found: Vec<Keyword>,
}

impl UsageVisitor<'_> {
    fn entries(&mut self, sort: Sort<'_>, node: &Node, at: &SpecPtr) {
        let marks = &self.document.marks;
        if marks.is_whole(node.id) && matches!(sort, Sort::Below(..)) {
            return;
        }
        match &node.value {
            Value::Map(map) => {
                for (key, child) in map {
                    self.entry(sort, key, child, marks.is_used(node.id), &at.child(key));
                }
            }
            Value::List(list) => {
                for (index, child) in list.iter().enumerate() {
                    self.child(sort.item(), child, &at.item(index));
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
        }
    }

    fn entry(&mut self, sort: Sort<'_>, key: &str, node: &Node, reached: bool, at: &SpecPtr) {
        let marks = &self.document.marks;
        let told = self.reach.told.contains(&node.id);
        let listed = sort.meaningless(key).is_some() || marks.is_listed(node.id);
        let usage = if marks.is_used(node.id) || (listed && is_used_below(marks, node)) {
            Some(Usage::Used)
        } else if listed {
            Some(Usage::Meaningless).filter(|_| reached && !told)
        } else {
            // The downgrade turned it into something else.
            Some(Usage::Used).filter(|_| reached && !told && !self.kept.contains(&node.id))
        };
        self.found.extend(usage.map(|usage| Keyword { at: at.clone(), usage }));
        if usage != Some(Usage::Meaningless) {
            self.child(sort.entry(key), node, at);
        }
    }

    fn child(&mut self, sort: Sort<'_>, node: &Node, at: &SpecPtr) {
        let emitted = self.reach.operations.contains(&node.id);
        if !matches!(sort, Sort::Of(NodeKind::Operation)) || emitted {
            self.entries(sort, node, at);
        }
    }
}
