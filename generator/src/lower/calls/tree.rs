//! The literals, parameters and verbs below each chain of literals, over all operations of a document.

use super::path::{Element, ResourcePath};
use super::words::{singular, words};
use crate::ir::Method;
use std::collections::{HashMap, HashSet};

/// The facts about a chain of literals.
#[derive(Debug, Default)]
pub(super) struct LiteralNode {
    /// The methods of paths that end here.
    pub(super) methods: HashSet<Method>,
    /// True if a parameter follows: the literal is a collection.
    pub(super) has_items: bool,
    /// True if other literals follow.
    pub(super) has_paths: bool,
    /// True if verbs follow.
    pub(super) has_verbs: bool,
}

#[derive(Debug, Default)]
pub(super) struct LiteralTree {
    nodes: HashMap<Vec<String>, LiteralNode>,
    /// Words of collections, in singular: none of them is a verb.
    nouns: HashSet<String>,
}

impl LiteralTree {
    pub(super) fn of<'p>(paths: impl Iterator<Item = (Method, &'p ResourcePath)>) -> Self {
        let mut tree = Self::default();
        for (method, path) in paths {
            let mut key: Vec<String> = Vec::new();
            let last = path.elements.len().saturating_sub(1);
            for (index, element) in path.elements.iter().enumerate() {
                match element {
                    Element::Literal(text) => {
                        if !key.is_empty() {
                            tree.node(&key).has_paths = true;
                        }
                        key.push(words(text).join("_"));
                        let node = tree.node(&key);
                        if index == last {
                            node.methods.insert(method);
                        }
                    }
                    Element::Param(_) => {
                        let follows =
                            index > 0 && matches!(path.elements[index - 1], Element::Literal(_));
                        if follows {
                            tree.node(&key).has_items = true;
                        }
                    }
                    Element::Verb(_) => tree.node(&key).has_verbs = true,
                }
            }
        }
        let collections = tree.nodes.iter().filter(|(_, it)| it.has_items);
        let nouns = collections.filter_map(|(key, _)| key.last()?.rsplit('_').next().map(singular));
        tree.nouns = nouns.collect();
        tree
    }

    fn node(&mut self, key: &[String]) -> &mut LiteralNode {
        if !self.nodes.contains_key(key) {
            self.nodes.insert(key.to_vec(), LiteralNode::default());
        }
        self.nodes.get_mut(key).expect("it was just put there")
    }

    pub(super) fn get(&self, key: &[String]) -> Option<&LiteralNode> {
        self.nodes.get(key)
    }

    /// True if a word names a collection of the document.
    pub(super) fn is_noun(&self, word: &str) -> bool {
        self.nouns.contains(&singular(word))
    }
}
