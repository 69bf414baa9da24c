//! Keys that an object has twice.

use super::node::{Map, Node, Value};
use crate::diag::{DUPLICATE_DOCS, DUPLICATE_KEY, Exact, NodeId, Rule, Sink, SourceId, SpecPtr};
use indexmap::map::Entry;

/// Keys whose text is for readers only.
const DOCS: [&str; 4] = ["description", "summary", "title", "example"];
/// Findings that are told; a file with more is broken in one way.
const MAX_REPORTED: usize = 100;

/// The doubles found so far.
#[derive(Default)]
pub(super) struct DuplicateKeys(Vec<DuplicateKey>);

struct DuplicateKey {
    rule: &'static Rule,
    first: NodeId,
    second: NodeId,
    /// From the key itself outwards.
    path: Vec<String>,
}

impl DuplicateKeys {
    /// The number of doubles so far: those found from here on are inside of the node that is read next.
    pub(super) fn mark(&self) -> usize {
        self.0.len()
    }

    /// Tells those found since `mark` where they are. Paths are made on the way out, since few files need one.
    pub(super) fn inside(&mut self, mark: usize, key: impl Fn() -> String) {
        for double in &mut self.0[mark..] {
            double.path.push(key());
        }
    }

    /// Adds an entry. Of a key that is there already the last value counts.
    pub(super) fn insert(&mut self, map: &mut Map, key: String, value: Node) {
        match map.entry(key) {
            Entry::Vacant(entry) => {
                entry.insert(value);
            }
            Entry::Occupied(mut entry) => {
                if let Some(rule) = difference(entry.key(), entry.get(), &value) {
                    self.add(rule, entry.key(), entry.get().id, value.id);
                }
                entry.insert(value);
            }
        }
    }

    fn add(&mut self, rule: &'static Rule, key: &str, first: NodeId, second: NodeId) {
        if self.0.len() < MAX_REPORTED {
            self.0.push(DuplicateKey { rule, first, second, path: vec![key.to_owned()] });
        }
    }

    /// Reports each at its second place.
    pub(super) fn report(self, source: SourceId, sink: &mut Sink) {
        for double in self.0 {
            let at = double.path.iter().rev().fold(SpecPtr::root(), |at, key| at.child(key));
            let key = &double.path[0];
            let found =
                sink.report_in(source, double.rule, &at, format_args!("`{key}` stands here twice"));
            found.exactly(Exact::Node(double.second)).also(double.first, "first here");
            if double.rule == &DUPLICATE_DOCS {
                found.label("this one counts");
            } else {
                found.label("with another value").help("remove one of the two");
            }
        }
    }
}

/// The rule that a double `key` breaks; nothing where both values are the same.
fn difference(key: &str, first: &Node, second: &Node) -> Option<&'static Rule> {
    if first == second {
        None
    } else if is_docs(key, first, second) || same_but_docs(first, second) {
        Some(&DUPLICATE_DOCS)
    } else {
        Some(&DUPLICATE_KEY)
    }
}

/// True if a key holds documentation here. A key that holds an object is a property with such a name.
fn is_docs(key: &str, first: &Node, second: &Node) -> bool {
    let plain = |it: &Node| it.as_map().is_none();
    DOCS.contains(&key) && plain(first) && plain(second)
}

fn same_but_docs(first: &Node, second: &Node) -> bool {
    match (&first.value, &second.value) {
        (Value::Map(a), Value::Map(b)) => {
            let same = |key: &String, value: &Node, other: &Map| match other.get(key) {
                Some(it) => is_docs(key, value, it) || same_but_docs(value, it),
                None => is_docs(key, value, value),
            };
            a.iter().all(|(key, value)| same(key, value, b))
                && b.iter().all(|(key, value)| a.contains_key(key) || is_docs(key, value, value))
        }
        (Value::List(a), Value::List(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_but_docs(a, b))
        }
        (a, b) => a == b,
    }
}
