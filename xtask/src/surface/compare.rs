//! Two surfaces of one client: what lies between them, and what it means.

use super::item::{Function, Item, Kind};
use super::rules::{self, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    Added,
    Changed,
    Removed,
}

/// A difference between two surfaces.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(crate) what: What,
    /// The item's line: the new one, or the old one of what is gone.
    pub(crate) line: String,
    /// What the line was, if it is another now.
    pub(crate) before: Option<String>,
    pub(crate) rule: &'static Rule,
    /// How many items of this one came or went along.
    pub(crate) along: usize,
}

/// The changes from one surface to another, by their paths.
pub(crate) fn between(old: &str, new: &str) -> Vec<Change> {
    let (old, new) = (items(old), items(new));
    let (before, after) = (keyed(&old), keyed(&new));
    let types = |of: &[Item]| of.iter().filter_map(type_path).collect::<BTreeSet<_>>();
    let (old_types, new_types) = (types(&old), types(&new));
    let mut found = BTreeMap::new();
    for (key, it) in &after {
        let change = match before.get(key) {
            Some(was) if was.kind == it.kind => continue,
            Some(was) => changed(was, it),
            None => {
                let known = it.owner().is_none_or(|owner| old_types.contains(owner));
                added(it, known)
            }
        };
        found.insert(*key, (change, *it));
    }
    for (key, it) in before.iter().filter(|(key, _)| !after.contains_key(*key)) {
        found.insert(*key, (removed(it), *it));
    }
    let (old_types, new_types) = (&old_types, &new_types);
    fold(found.into_values(), |owner| old_types.contains(owner) != new_types.contains(owner))
}

fn items(text: &str) -> Vec<Item> {
    text.lines().map(Item::parse).collect()
}

fn keyed(items: &[Item]) -> BTreeMap<(&str, u8), &Item> {
    items.iter().map(|it| (it.key(), it)).collect()
}

fn type_path(it: &Item) -> Option<String> {
    matches!(it.kind, Kind::Type(_)).then(|| it.path.clone())
}

/// Parts of a type that came or went as a whole are counted with it.
fn fold<'i>(
    found: impl Iterator<Item = (Change, &'i Item)>,
    is_whole: impl Fn(&str) -> bool,
) -> Vec<Change> {
    let mut changes = Vec::<(Change, &Item)>::new();
    let mut along = BTreeMap::<&str, usize>::new();
    for (change, it) in found {
        match it.owner().filter(|owner| is_whole(owner)) {
            Some(owner) => *along.entry(owner).or_default() += 1,
            None => changes.push((change, it)),
        }
    }
    let with = |(change, it): (Change, &Item)| Change {
        along: if matches!(it.kind, Kind::Type(_)) {
            along.get(&*it.path).copied().unwrap_or_default()
        } else {
            0
        },
        ..change
    };
    changes.into_iter().map(with).collect()
}

fn added(it: &Item, owner_is_known: bool) -> Change {
    let rule = match it.kind {
        Kind::Required if owner_is_known => &rules::REQUIRED,
        Kind::Deprecated if owner_is_known => &rules::DEPRECATED,
        Kind::Variable => &rules::VARIABLE_NEW,
        Kind::Traits(_) => &rules::TRAIT_NEW,
        Kind::Type(_)
        | Kind::Field(_)
        | Kind::Variant(_)
        | Kind::Function(_)
        | Kind::Required
        | Kind::Deprecated => &rules::NEW,
    };
    change(What::Added, it, None, rule)
}

fn removed(it: &Item) -> Change {
    let rule = match it.kind {
        Kind::Required => &rules::NOT_REQUIRED,
        Kind::Deprecated => &rules::NOT_DEPRECATED,
        Kind::Variable => &rules::VARIABLE_GONE,
        Kind::Traits(_) => &rules::TRAIT_GONE,
        Kind::Type(_) | Kind::Field(_) | Kind::Variant(_) | Kind::Function(_) => &rules::GONE,
    };
    change(What::Removed, it, None, rule)
}

fn changed(was: &Item, it: &Item) -> Change {
    let rule = match (&was.kind, &it.kind) {
        (Kind::Function(was), Kind::Function(it)) => function(was, it),
        (Kind::Traits(was), Kind::Traits(it)) => traits(was, it),
        (Kind::Field(_), _) => &rules::FIELD,
        (Kind::Variant(_), _) => &rules::CONTENT,
        // The rest is told apart by its key, so that only a type is left.
        _ => &rules::KIND,
    };
    change(What::Changed, it, Some(was.line.clone()), rule)
}

fn change(what: What, it: &Item, before: Option<String>, rule: &'static Rule) -> Change {
    Change { what, line: it.line.clone(), before, rule, along: 0 }
}

fn function(was: &Function, it: &Function) -> &'static Rule {
    let types = |it: &Function| it.arguments.iter().map(|it| it.1.clone()).collect::<Vec<_>>();
    if types(was) != types(it) {
        return &rules::ARGUMENTS;
    }
    if was.result != it.result {
        return &rules::RESULT;
    }
    let place = |name: &str| it.arguments.iter().position(|(it, _)| it == name);
    let named = was.arguments.iter().enumerate().filter(|(_, (name, _))| !name.is_empty());
    let moved = |(index, (name, _)): (usize, &(String, String))| {
        place(name).is_some_and(|place| place != index)
    };
    if named.into_iter().any(moved) { &rules::ORDER } else { &rules::ARGUMENT_NAME }
}

/// The worst of what happened to a type's traits.
fn traits(was: &BTreeSet<String>, it: &BTreeSet<String>) -> &'static Rule {
    const OPEN: &str = "non_exhaustive";
    if was.difference(it).any(|it| it != OPEN) {
        &rules::TRAIT_GONE
    } else if it.contains(OPEN) && !was.contains(OPEN) {
        &rules::CLOSED
    } else if it.difference(was).next().is_some() {
        &rules::TRAIT_NEW
    } else {
        &rules::OPENED
    }
}
