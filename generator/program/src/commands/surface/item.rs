//! An item of the public surface, as a line of `generated-client/api/VENDOR.txt` says it.

use std::collections::BTreeSet;

/// The meaning of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// The item's path from the root of the crate, such as `acme::types::Thing.name`.
    pub(super) path: String,
    pub(super) kind: ItemKind,
    pub(super) line: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ItemKind {
    /// `types::struct Thing`, `types::struct Deep(Vec<Deep>)`, `types::type Names = Vec<String>`: the
    /// word, and what stands behind the name.
    Type(String),
    /// `types::Thing.name: String`
    Field(String),
    /// `types::Thing::Left`, `types::Thing::Right(Box<Other>)`
    Variant(String),
    /// `types::Thing::new(name: &str) -> Self`
    Function(Function),
    /// `types::Thing has non_exhaustive, Clone`
    Traits(BTreeSet<String>),
    /// `resources::things::Get::verbose is required`
    Required,
    /// `resources::things::Things::get is deprecated`
    Deprecated,
    /// `Client reads ACME_API_KEY`
    Variable,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Function {
    /// Names and types; a receiver and arguments of setters have no names.
    pub(super) arguments: Vec<(String, String)>,
    pub(super) result: String,
}

impl Item {
    pub(super) fn parse(line: &str) -> Self {
        let (path, kind) = parse(line);
        Self { path, kind, line: line.to_owned() }
    }

    /// The key that two lines of the same item share.
    pub(super) fn key(&self) -> (&str, u8) {
        let class = match &self.kind {
            ItemKind::Type(_) => 0,
            ItemKind::Field(_) => 1,
            ItemKind::Variant(_) => 2,
            ItemKind::Function(_) => 3,
            ItemKind::Traits(_) => 4,
            ItemKind::Required => 5,
            ItemKind::Deprecated => 6,
            ItemKind::Variable => 7,
        };
        (&self.path, class)
    }

    /// The path of the type that the item is a part of.
    pub(super) fn owner(&self) -> Option<&str> {
        match self.kind {
            ItemKind::Type(_) | ItemKind::Variable => None,
            ItemKind::Traits(_) => Some(&self.path),
            ItemKind::Field(_) => self.path.rsplit_once('.').map(|it| it.0),
            ItemKind::Variant(_)
            | ItemKind::Function(_)
            | ItemKind::Required
            | ItemKind::Deprecated => self.path.rsplit_once("::").map(|it| it.0),
        }
    }
}

fn parse(line: &str) -> (String, ItemKind) {
    if let Some(path) = line.strip_suffix(" is required") {
        return (path.to_owned(), ItemKind::Required);
    }
    if let Some(path) = line.strip_suffix(" is deprecated") {
        return (path.to_owned(), ItemKind::Deprecated);
    }
    if line.contains(" reads ") {
        return (line.to_owned(), ItemKind::Variable);
    }
    if let Some((path, traits)) = line.split_once(" has ") {
        return (
            path.to_owned(),
            ItemKind::Traits(traits.split(", ").map(str::to_owned).collect()),
        );
    }
    for word in ["struct", "enum", "type"] {
        if let Some((scope, rest)) = line.split_once(&format!("::{word} ")) {
            let end = rest.find(['(', ' ']).unwrap_or(rest.len());
            return (
                format!("{scope}::{}", &rest[..end]),
                ItemKind::Type(word.to_owned() + &rest[end..]),
            );
        }
    }
    if let Some((head, result)) = line.rsplit_once(") -> ")
        && let Some((path, arguments)) = head.split_once('(')
    {
        let arguments = split(arguments).into_iter().map(argument).collect();
        return (
            path.to_owned(),
            ItemKind::Function(Function { arguments, result: result.to_owned() }),
        );
    }
    if let Some((path, ty)) = line.split_once(": ") {
        return (path.to_owned(), ItemKind::Field(ty.to_owned()));
    }
    let end = line.find('(').unwrap_or(line.len());
    (line[..end].to_owned(), ItemKind::Variant(line[end..].to_owned()))
}

fn argument(text: &str) -> (String, String) {
    let (name, ty) = text.split_once(": ").unwrap_or(("", text));
    (name.to_owned(), ty.to_owned())
}

/// The parts between commas that stand in no brackets.
fn split(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (index, it) in text.char_indices() {
        match it {
            '(' | '<' | '[' => depth += 1,
            ')' | '>' | ']' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(text[start..index].trim());
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(text[start..].trim());
    parts.retain(|it| !it.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_committed_client_is_understood_and_has_its_own_key() {
        let api = crate::project::Project::of_tests().root.join("generated-client/api");
        for entry in std::fs::read_dir(api).expect("the client is committed") {
            let text = std::fs::read_to_string(entry.expect("it is readable").path());
            let text = text.expect("it is readable");
            let items = text.lines().map(Item::parse).collect::<Vec<_>>();
            let keys = items.iter().map(Item::key).collect::<BTreeSet<_>>();
            assert_eq!(keys.len(), items.len());
            let types = items.iter().filter(|it| matches!(it.kind, ItemKind::Type(_)));
            let types = types.map(|it| &*it.path).collect::<BTreeSet<_>>();
            for it in &items {
                assert!(it.owner().is_none_or(|owner| types.contains(owner)), "{}", it.line);
            }
        }
    }

    #[test]
    fn arguments_are_split_outside_of_brackets() {
        let it = Item::parse("a::B::c(&self, d: &BTreeMap<String, (i64,)>, e: &str) -> F");
        let ItemKind::Function(it) = it.kind else { panic!("it is a function") };
        let types = it.arguments.iter().map(|it| &*it.1).collect::<Vec<_>>();
        assert_eq!(types, ["&self", "&BTreeMap<String, (i64,)>", "&str"]);
    }
}
