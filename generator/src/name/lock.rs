//! `names.lock`: the names that were given before.

use crate::diag::{BAD_LOCK, Sink, SourceId, SpecPtr};
use crate::load::Node;
use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::fmt::Write;

/// Names by the place of what bears them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Lock {
    names: HashMap<String, String>,
    /// The arguments of constructors, in their order.
    arguments: HashMap<String, Vec<String>>,
}

const HEAD: &str = "# The names that `regen` has given: each stays until its thing goes.\n";

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

    /// True if a thing had another name.
    pub(super) fn differs(&self, key: &str, name: &str) -> bool {
        self.name(key).is_some_and(|it| it != name)
    }

    /// The same without these keys.
    pub(super) fn without<'a>(&self, keys: impl Iterator<Item = &'a str>) -> Cow<'_, Self> {
        let mut lock = Cow::Borrowed(self);
        for key in keys {
            lock.to_mut().names.remove(key);
        }
        lock
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

    /// The resources of operations, such as `chat.completions`, by the operations' places.
    pub(crate) fn resources(&self) -> HashMap<&str, &str> {
        let operations = self.names.iter().filter_map(|(key, name)| {
            let place = key.strip_prefix("operation ")?;
            let (resource, _) = name.rsplit_once('.')?;
            Some((place, resource))
        });
        operations.collect()
    }

    /// The calls that have a name, such as `chat.completions.create`.
    pub(super) fn calls(&self) -> HashSet<&str> {
        let operations = self.names.iter().filter(|(key, _)| key.starts_with("operation "));
        operations.map(|(_, name)| name.as_str()).collect()
    }

    /// The methods of operations, without their resources.
    pub(super) fn methods(&self) -> Self {
        let operations = self.names.iter().filter(|(key, _)| key.starts_with("operation "));
        let method = |name: &str| name.rsplit('.').next().unwrap_or(name).to_owned();
        let names = operations.map(|(key, name)| (key.clone(), method(name))).collect();
        Self { names, arguments: HashMap::new() }
    }

    /// The places of operations that have a name.
    pub(crate) fn operations(&self) -> BTreeSet<&str> {
        self.names.keys().filter_map(|it| it.strip_prefix("operation ")).collect()
    }

    /// The names of what is an operation or component for which `is_owner` holds, or is in one. Those of the client
    /// itself have no place, and are among them.
    pub(super) fn of_owners(&self, is_owner: impl Fn(&SpecPtr) -> bool) -> Self {
        let is_of_owner = |key: &str| owner(key).is_none_or(|it| is_owner(&it));
        let names = self.names.iter().filter(|it| is_of_owner(it.0));
        let arguments = self.arguments.iter().filter(|it| is_of_owner(it.0));
        Self {
            names: names.map(|(key, it)| (key.clone(), it.clone())).collect(),
            arguments: arguments.map(|(key, it)| (key.clone(), it.clone())).collect(),
        }
    }

    /// The keys with a word at their beginning.
    pub(super) fn keys(&self, word: &str) -> impl Iterator<Item = &str> {
        self.names.keys().map(String::as_str).filter(move |it| it.starts_with(word))
    }

    /// Adds the names of things that have none yet.
    pub(super) fn add(&mut self, other: Self) {
        for (key, name) in other.names {
            self.names.entry(key).or_insert(name);
        }
        for (key, names) in other.arguments {
            self.arguments.entry(key).or_insert(names);
        }
    }

    /// The file's text.
    pub(crate) fn to_text(&self) -> String {
        let mut text = HEAD.to_owned();
        if !self.names.is_empty() {
            text.push_str("names:\n");
        }
        for (key, name) in sorted(&self.names) {
            let _ = writeln!(text, "  {} {name}", quoted_key(key));
        }
        if !self.arguments.is_empty() {
            text.push_str("arguments:\n");
        }
        for (key, names) in sorted(&self.arguments) {
            let names: Vec<_> = names.iter().map(|it| quoted(it)).collect();
            let _ = writeln!(text, "  {} [{}]", quoted_key(key), names.join(", "));
        }
        text
    }
}

/// The operation or component that a key is about, if it is about a place.
fn owner(key: &str) -> Option<SpecPtr> {
    // A variant belongs to the union, wherever its own schema is.
    let place = key.rsplit_once(" in #").map(|it| it.1);
    let place = place.or_else(|| key.split_once('#').map(|it| it.1))?;
    let mut end = place.len();
    if let Some((index, _)) = place.match_indices('/').nth(3) {
        end = index;
    }
    let owner = &place[..end];
    // Behind the method there may be words of a parameter or body.
    let is_component = owner.starts_with("/components/");
    let method = owner.rfind('/').filter(|_| !is_component).map_or(0, |it| it + 1);
    let words = owner[method..].find(' ').filter(|_| !is_component);
    Some(SpecPtr::parse(&owner[..words.map_or(end, |it| method + it)]))
}

/// The entries by their keys.
fn sorted<T>(entries: &HashMap<String, T>) -> Vec<(&String, &T)> {
    let mut entries: Vec<_> = entries.iter().collect();
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries
}

/// A key with its colon. Only 1,024 characters of one are looked at, unless it is announced.
fn quoted_key(key: &str) -> String {
    let quoted = quoted(key);
    if quoted.len() < 1_000 { format!("{quoted}:") } else { format!("? {quoted}\n  :") }
}

/// A text as a double-quoted scalar. Characters that end a line in YAML, or are not allowed in it, are escaped
/// beyond what JSON asks for.
fn quoted(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    let odd = |it: char| {
        matches!(
            it,
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        )
    };
    if !quoted.contains(odd) {
        return quoted;
    }
    let mut escaped = String::with_capacity(quoted.len() + 8);
    for it in quoted.chars() {
        if odd(it) {
            let _ = write!(escaped, "\\u{:04x}", u32::from(it));
        } else {
            escaped.push(it);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;
    use crate::load::tree;

    #[test]
    fn a_name_is_a_line_unless_its_key_is_too_long_for_one() {
        let mut lock = Lock::default();
        lock.set("type #/a", "A");
        lock.set(&"b".repeat(2_000), "B");
        lock.set_arguments("#/a", vec!["c".to_owned(), "d e".to_owned()]);
        let long = format!("  ? \"{}\"\n  : B", "b".repeat(2_000));
        let expected =
            format!("names:\n{long}\n  \"type #/a\": A\narguments:\n  \"#/a\": [\"c\", \"d e\"]\n");
        assert_eq!(lock.to_text().strip_prefix(HEAD), Some(&*expected));
    }

    #[test]
    fn whatever_bears_a_name_is_found_again() {
        let mut lock = Lock::default();
        for code in
            (0..0x300).chain(0x2000..0x2100).chain([0xe000, 0xfeff, 0xfffd, 0xfffe, 0x1_f600])
        {
            let it = char::from_u32(code).expect("these are characters");
            lock.set(&format!("type {it}a{it}"), "Name");
            lock.set_arguments(&format!("{it}"), vec![format!("{it}b")]);
            lock.set(&it.to_string().repeat(3_000), "Name");
        }
        let text = Text { name: String::new(), bytes: lock.to_text().into_bytes() };
        let tree = tree(&text, SourceId::Names, &mut Sink::default()).expect("it is YAML");
        assert_eq!(Lock::read(&tree, &mut Sink::default()), lock);
    }
}
