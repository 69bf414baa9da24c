//! `names.lock`: the names that were given before.

use crate::diag::{BAD_LOCK, Sink, SourceId, SpecPtr};
use crate::load::Node;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Names by the place of what bears them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    names: BTreeMap<String, String>,
    /// The arguments of constructors, in their order.
    arguments: BTreeMap<String, Vec<String>>,
}

const HEAD: &str =
    "# The names that `cargo xtask regen` has given: each stays until its thing goes.\n";

impl Lock {
    /// Reads the file's tree.
    pub(crate) fn read(tree: &Node, sink: &mut Sink) -> Self {
        let mut lock = Self::default();
        for section in tree.as_map().into_iter().flatten() {
            let ("names" | "arguments", Some(entries)) = (section.0.as_str(), section.1.as_map())
            else {
                let at = SpecPtr::root().child(section.0);
                sink.report_in(SourceId::Names, &BAD_LOCK, &at, "this is no section of names.lock")
                    .help("delete the file to have names given anew");
                continue;
            };
            for (key, node) in entries {
                if let Some(name) = node.as_str() {
                    lock.names.insert(key.clone(), name.to_owned());
                } else if let Some(list) = node.as_list() {
                    let names = list.iter().filter_map(Node::as_str).map(str::to_owned);
                    lock.arguments.insert(key.clone(), names.collect());
                }
            }
        }
        lock
    }

    pub(super) fn name(&self, key: &str) -> Option<&str> {
        self.names.get(key).map(String::as_str)
    }

    pub(super) fn arguments(&self, key: &str) -> &[String] {
        self.arguments.get(key).map(Vec::as_slice).unwrap_or_default()
    }

    pub(super) fn set(&mut self, key: &str, name: &str) {
        self.names.insert(key.to_owned(), name.to_owned());
    }

    pub(super) fn set_arguments(&mut self, key: &str, names: Vec<String>) {
        self.arguments.insert(key.to_owned(), names);
    }

    /// The places of operations that have a name.
    pub(crate) fn operations(&self) -> impl Iterator<Item = &str> {
        self.names.keys().filter_map(|it| it.strip_prefix("operation "))
    }

    /// The file's text.
    pub(crate) fn to_text(&self) -> String {
        let mut text = HEAD.to_owned();
        if !self.names.is_empty() {
            text.push_str("names:\n");
        }
        for (key, name) in &self.names {
            let _ = writeln!(text, "  {}: {name}", quoted(key));
        }
        if !self.arguments.is_empty() {
            text.push_str("arguments:\n");
        }
        for (key, names) in &self.arguments {
            let names: Vec<_> = names.iter().map(|it| quoted(it)).collect();
            let _ = writeln!(text, "  {}: [{}]", quoted(key), names.join(", "));
        }
        text
    }
}

/// A text as a double-quoted scalar, which YAML and JSON read alike.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
