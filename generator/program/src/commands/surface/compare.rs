//! Two surfaces of one client: what lies between them, and what it means.

use super::item::{Function, Item, ItemKind};
use super::rules::{self, Rule};
use std::collections::{BTreeMap, BTreeSet};

/// The change of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ChangeKind {
    Added,
    Changed,
    Removed,
}

/// A difference between two surfaces.
#[derive(Clone, Debug)]
pub(crate) struct SurfaceChange {
    pub(crate) what: ChangeKind,
    /// The item's line: the new one, or the old one of what is gone.
    pub(crate) line: String,
    /// The line before, if it is another now.
    pub(crate) before: Option<String>,
    pub(crate) rule: &'static Rule,
    /// The number of items of this one that came or went along.
    pub(crate) along: usize,
}

/// The changes from one surface to another, by their paths.
pub(crate) fn between(old: &str, new: &str) -> Vec<SurfaceChange> {
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
    matches!(it.kind, ItemKind::Type(_)).then(|| it.path.clone())
}

/// Parts of a type that came or went as a whole are counted with it.
fn fold<'i>(
    found: impl Iterator<Item = (SurfaceChange, &'i Item)>,
    is_whole: impl Fn(&str) -> bool,
) -> Vec<SurfaceChange> {
    let mut changes = Vec::<(SurfaceChange, &Item)>::new();
    let mut along = BTreeMap::<&str, usize>::new();
    for (change, it) in found {
        match it.owner().filter(|owner| is_whole(owner)) {
            Some(owner) => *along.entry(owner).or_default() += 1,
            None => changes.push((change, it)),
        }
    }
    let with = |(change, it): (SurfaceChange, &Item)| SurfaceChange {
        along: if matches!(it.kind, ItemKind::Type(_)) {
            along.get(&*it.path).copied().unwrap_or_default()
        } else {
            0
        },
        ..change
    };
    changes.into_iter().map(with).collect()
}

fn added(it: &Item, owner_is_known: bool) -> SurfaceChange {
    let rule = match it.kind {
        ItemKind::Required if owner_is_known => &rules::REQUIRED,
        ItemKind::Deprecated if owner_is_known => &rules::DEPRECATED,
        ItemKind::Variable => &rules::VARIABLE_NEW,
        ItemKind::Traits(_) => &rules::TRAIT_NEW,
        ItemKind::Type(_)
        | ItemKind::Field(_)
        | ItemKind::Variant(_)
        | ItemKind::Function(_)
        | ItemKind::Required
        | ItemKind::Deprecated => &rules::NEW,
    };
    change(ChangeKind::Added, it, None, rule)
}

fn removed(it: &Item) -> SurfaceChange {
    let rule = match it.kind {
        ItemKind::Required => &rules::NOT_REQUIRED,
        ItemKind::Deprecated => &rules::NOT_DEPRECATED,
        ItemKind::Variable => &rules::VARIABLE_GONE,
        ItemKind::Traits(_) => &rules::TRAIT_GONE,
        ItemKind::Type(_) | ItemKind::Field(_) | ItemKind::Variant(_) | ItemKind::Function(_) => {
            &rules::GONE
        }
    };
    change(ChangeKind::Removed, it, None, rule)
}

fn changed(was: &Item, it: &Item) -> SurfaceChange {
    let rule = match (&was.kind, &it.kind) {
        (ItemKind::Function(was), ItemKind::Function(it)) => function(was, it),
        (ItemKind::Traits(was), ItemKind::Traits(it)) => traits(was, it),
        (ItemKind::Field(_), _) => &rules::FIELD,
        (ItemKind::Variant(_), _) => &rules::CONTENT,
        // The rest is told apart by its key, so that only a type is left.
        _ => &rules::KIND,
    };
    change(ChangeKind::Changed, it, Some(was.line.clone()), rule)
}

fn change(
    what: ChangeKind,
    it: &Item,
    before: Option<String>,
    rule: &'static Rule,
) -> SurfaceChange {
    SurfaceChange { what, line: it.line.clone(), before, rule, along: 0 }
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
