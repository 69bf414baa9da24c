//! Schemas that need something which is not in the document.

use super::super::node::{Node, Value};
use super::tree::{SchemaPartContent, behind, held};
use crate::diag::NodeId;
use std::collections::{HashMap, HashSet};

/// The schemas that were looked at so far. Each is looked at once, however many messages lead to it.
#[derive(Default)]
pub(super) struct IncompleteSchemas<'a> {
    seen: HashSet<NodeId>,
    /// The nodes that hold a node, or refer to it.
    users: HashMap<NodeId, Vec<NodeId>>,
    /// The reference that a node cannot do without, and that leads out of the document or nowhere.
    broken: HashMap<NodeId, &'a str>,
}

impl<'a> IncompleteSchemas<'a> {
    /// A reference of a schema, at any distance, that leads out of the document or nowhere.
    pub(super) fn missing(&mut self, root: &'a Node, schema: &'a Node) -> Option<&'a str> {
        let mut found = Vec::new();
        let mut rest = vec![(schema, SchemaPartContent::Schema)];
        while let Some((it, holds)) = rest.pop() {
            if !self.seen.insert(it.id) {
                continue;
            }
            if let Some(to) = it.text("$ref").filter(|_| holds == SchemaPartContent::Schema) {
                match behind(root, it) {
                    Some((_, target)) => {
                        self.uses(it, target, &mut found);
                        rest.push((target, SchemaPartContent::Schema));
                    }
                    None => found.push((it.id, to)),
                }
                continue;
            }
            let start = rest.len();
            match &it.value {
                Value::List(list) => rest.extend(list.iter().map(|it| (it, holds))),
                Value::Map(map) => {
                    let inner =
                        map.iter().filter_map(|(key, it)| Some((it, held(holds, key, it)?)));
                    rest.extend(inner);
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
            }
            for (inner, _) in &rest[start..] {
                self.uses(it, inner, &mut found);
            }
            rest[start..].reverse();
        }
        self.spread(found);
        self.broken.get(&schema.id).copied()
    }

    /// Notes that one node needs another, which may be known to be broken.
    fn uses(&mut self, user: &Node, used: &Node, found: &mut Vec<(NodeId, &'a str)>) {
        self.users.entry(used.id).or_default().push(user.id);
        found.extend(self.broken.get(&used.id).map(|to| (user.id, *to)));
    }

    /// A node that needs a broken one is broken.
    fn spread(&mut self, found: Vec<(NodeId, &'a str)>) {
        let mut rest = found;
        while let Some((id, to)) = rest.pop() {
            if self.broken.insert(id, to).is_none() {
                rest.extend(self.users.get(&id).into_iter().flatten().map(|user| (*user, to)));
            }
        }
    }
}
