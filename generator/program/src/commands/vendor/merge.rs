//! The union of several documents: equal parts are folded, different ones refused.

use super::collect::Input;
use super::conflict::{self, Conflict};
use super::outline::{self, DocumentPart, Path};
use anyhow::Result;
use generator::{Node, Value};
use indexmap::IndexMap;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// A merged document, as parts of its sources.
pub(super) enum Tree<'t> {
    /// A part, and the index of the source that it is taken from.
    Leaf(usize, &'t Node),
    Map(IndexMap<String, Tree<'t>>),
    /// The tags, by their names.
    Tags(IndexMap<String, Tree<'t>>),
}

/// Merges documents, or shows all places where they disagree.
pub(super) fn merge(inputs: &[Input]) -> Result<Tree<'_>> {
    let mut merged = Tree::Map(IndexMap::new());
    let mut conflicts = Vec::new();
    for (source, input) in inputs.iter().enumerate() {
        merged.add(inputs, source, &input.root, &mut Vec::new(), &mut conflicts);
    }
    conflicts.extend(conflict::missing(inputs));
    conflict::check(inputs, &conflicts)?;
    Ok(merged)
}

impl<'t> Tree<'t> {
    /// Adds what stands at `path` of a source.
    fn add(
        &mut self,
        inputs: &'t [Input],
        source: usize,
        node: &'t Node,
        path: &mut Path,
        conflicts: &mut Vec<Conflict<'t>>,
    ) {
        let children: Vec<(&str, &Node)> = match (&mut *self, outline::part(path, node)) {
            (Self::Map(_), DocumentPart::Map(map)) => {
                map.iter().map(|(key, it)| (&**key, it)).collect()
            }
            (Self::Tags(_), DocumentPart::Tags(tags)) => tags,
            _ => return self.settle(inputs, source, node, path, conflicts),
        };
        let (Self::Map(entries) | Self::Tags(entries)) = self else { return };
        for (key, child) in children {
            path.push(key.to_owned());
            entries
                .entry(key.to_owned())
                .or_insert_with(|| Self::new(source, child, path))
                .add(inputs, source, child, path, conflicts);
            path.pop();
        }
    }

    /// The first state of a part, before its own children are added.
    fn new(source: usize, node: &'t Node, path: &[String]) -> Self {
        match outline::part(path, node) {
            DocumentPart::Leaf(_) => Self::Leaf(source, node),
            DocumentPart::Map(_) => Self::Map(IndexMap::new()),
            DocumentPart::Tags(_) => Self::Tags(IndexMap::new()),
        }
    }

    /// Two sources speak of the same part: they must say the same, unless one gives way.
    fn settle(
        &mut self,
        inputs: &'t [Input],
        source: usize,
        node: &'t Node,
        path: &[String],
        conflicts: &mut Vec<Conflict<'t>>,
    ) {
        if let Self::Leaf(first, there) = *self {
            if there == node {
                return;
            }
            if inputs[first].gives_way {
                *self = Self::Leaf(source, node);
                return;
            }
        }
        let there = inputs[..source].iter().enumerate().find_map(|(first, input)| {
            let there = path.iter().try_fold(&input.root, |node, key| node.get(key))?;
            Some((first, there))
        });
        let Some(there) = there else { return };
        let found = Conflict::all(path, there, (source, node));
        if found.iter().all(Conflict::is_prose) && matches!(self, Self::Leaf(..)) {
            // The document that is taken last is the newest.
            *self = Self::Leaf(source, node);
        }
        conflicts.extend(found);
    }

    /// True if a document says this and nothing else.
    pub(super) fn is(&self, node: &Node) -> bool {
        match self {
            Self::Leaf(_, leaf) => *leaf == node,
            Self::Map(entries) => node.as_map().is_some_and(|map| {
                map.len() == entries.len()
                    && entries.iter().all(|(key, it)| map.get(key).is_some_and(|node| it.is(node)))
            }),
            Self::Tags(entries) => node.as_list().is_some_and(|list| {
                list.len() == entries.len()
                    && entries.values().zip(list).all(|(it, node)| it.is(node))
            }),
        }
    }
}

impl Serialize for Tree<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Leaf(_, node) => SerializedNode(node).serialize(serializer),
            Self::Map(entries) => serializer.collect_map(entries),
            Self::Tags(entries) => serializer.collect_seq(entries.values()),
        }
    }
}

/// A node as it was read.
pub(super) struct SerializedNode<'t>(pub(super) &'t Node);

impl Serialize for SerializedNode<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.value {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(it) => serializer.serialize_bool(*it),
            Value::Number(it) => it.serialize(serializer),
            Value::Text(it) => serializer.serialize_str(it),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|it| list.serialize_element(&SerializedNode(it)))?;
                list.end()
            }
            Value::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                entries
                    .iter()
                    .try_for_each(|(key, it)| map.serialize_entry(key, &SerializedNode(it)))?;
                map.end()
            }
        }
    }
}
