//! Looks at a schema through `allOf` and references.

use super::LowerCx;
use super::merge::{SchemaView, has_substance};
use crate::diag::SpecPtr;
use crate::load::{Json, Node, NodeRef};
use std::collections::{HashMap, HashSet};

/// The schemas that an object gives a property, through `allOf` and references.
pub(super) fn property<'a>(
    cx: &LowerCx<'a>,
    spot: &NodeRef<'a>,
    name: &str,
    depth: u8,
) -> Vec<NodeRef<'a>> {
    let mut found = Vec::new();
    each(cx, spot, depth, &mut |it| {
        found.extend(it.child("properties").and_then(|it| it.child(name)));
    });
    found
}

/// A flag of a schema: its own, that of what it refers to, of the only member of its `allOf` or of all
/// that it chooses from. One member of several in an `allOf` speaks for what it adds, not for the whole,
/// unless it adds nothing but words.
pub(super) fn is_flagged(cx: &LowerCx<'_>, spot: &NodeRef<'_>, key: &str) -> bool {
    flagged(cx, spot, key, &mut HashMap::new())
}

/// The same, each schema looked at once.
fn flagged(
    cx: &LowerCx<'_>,
    spot: &NodeRef<'_>,
    key: &str,
    known: &mut HashMap<SpecPtr, bool>,
) -> bool {
    let reference = spot.reference();
    let elsewhere = ["allOf", "oneOf", "anyOf"].iter().any(|it| spot.mentions(it));
    if spot.flag(key) || (reference.is_none() && !elsewhere) {
        return spot.flag(key);
    }
    if let Some(flagged) = known.get(&spot.at) {
        return *flagged;
    }
    known.insert(spot.at.clone(), false);
    let target = cx.document.behind(spot);
    let found = target.is_some_and(|it| flagged(cx, &it, key, known))
        || all_of_flagged(cx, spot, key, known)
        || ["oneOf", "anyOf"].iter().any(|choice| {
            let mut members = spot.items(choice).peekable();
            members.peek().is_some() && members.all(|it| flagged(cx, &it, key, known))
        });
    known.insert(spot.at.clone(), found);
    found
}

fn all_of_flagged(
    cx: &LowerCx<'_>,
    spot: &NodeRef<'_>,
    key: &str,
    known: &mut HashMap<SpecPtr, bool>,
) -> bool {
    // A member with a type of its own is a part, however little it says of it.
    let adds = |it: &NodeRef<'_>| {
        let elsewhere = it.reference().is_some() || it.mentions("allOf");
        elsewhere || has_substance(&SchemaView::new(it.clone()), false)
    };
    let (parts, words): (Vec<_>, Vec<_>) = spot.items("allOf").partition(adds);
    words.iter().any(|it| it.flag(key))
        || matches!(&parts[..], [only] if flagged(cx, only, key, known))
}

/// The names of an object's properties, through `allOf` and references.
pub(super) fn property_names(cx: &LowerCx<'_>, spot: &NodeRef<'_>, depth: u8) -> Vec<String> {
    let mut found = Vec::new();
    each(cx, spot, depth, &mut |it| {
        found.extend(it.entries("properties").map(|(name, _)| name.to_owned()));
    });
    found
}

/// The types that a schema may have, through `allOf` and references.
pub(super) fn types(cx: &LowerCx<'_>, spot: &NodeRef<'_>, depth: u8) -> Vec<String> {
    let mut found = Vec::new();
    each(cx, spot, depth, &mut |it| {
        found.extend(it.text("type").map(str::to_owned));
        found.extend(it.mentions("properties").then(|| "object".to_owned()));
    });
    found
}

/// The places of a schema, of what it refers to and of what it extends.
pub(super) fn behind(cx: &LowerCx<'_>, spot: &NodeRef<'_>, depth: u8) -> Vec<SpecPtr> {
    let mut found = Vec::new();
    each(cx, spot, depth, &mut |it| found.push(it.at.clone()));
    found
}

/// The schema of the items of a list, through `allOf` and references.
pub(super) fn items<'a>(cx: &LowerCx<'a>, spot: &NodeRef<'a>, depth: u8) -> Option<NodeRef<'a>> {
    let mut found = None;
    each(cx, spot, depth, &mut |it| {
        found = found.take().or_else(|| it.child("items"));
    });
    found.filter(|_| types(cx, spot, depth).iter().all(|it| it == "array"))
}

/// The texts that a schema lists, through `allOf` and references.
pub(super) fn keywords<'a>(cx: &LowerCx<'a>, spot: &NodeRef<'a>, depth: u8) -> Vec<&'a str> {
    let mut found = Vec::new();
    each(cx, spot, depth, &mut |it| {
        found.extend(it.words("enum"));
    });
    found
}

/// The default of a value: that of the last of these schemas that states one, or of what it refers to or extends.
pub(super) fn default(cx: &LowerCx<'_>, spots: &[NodeRef<'_>]) -> Option<Json> {
    let own = spots.iter().rev().find_map(|it| it.value("default"));
    let mut found = None;
    for spot in spots.iter().filter(|_| own.is_none()) {
        each(cx, spot, 16, &mut |it| found = it.value("default").or(found));
    }
    own.or(found).map(Node::to_json)
}

/// True if an object must have a property, by what it says or by what it extends.
pub(super) fn requires(cx: &LowerCx<'_>, spot: &NodeRef<'_>, name: &str, depth: u8) -> bool {
    let mut found = false;
    each(cx, spot, depth, &mut |it| {
        found |= it.words("required").any(|it| it == name);
    });
    found
}

/// The members of the choices that an object leaves, through `allOf` and references.
pub(super) fn choices<'a>(cx: &LowerCx<'a>, spot: &NodeRef<'a>, depth: u8) -> Vec<NodeRef<'a>> {
    let mut found = Vec::new();
    each(cx, spot, depth, &mut |it| {
        found.extend(["oneOf", "anyOf"].iter().flat_map(|key| it.items(key)));
    });
    found
}

/// True if a schema refers to the schema at a place, or extends it.
pub(super) fn reaches(cx: &LowerCx<'_>, spot: &NodeRef<'_>, at: &SpecPtr) -> bool {
    let mut found = false;
    each(cx, spot, u8::MAX, &mut |it| found |= it.at == *at);
    found
}

/// Shows a schema, what it refers to and what it extends, each once.
pub(super) fn each<'a>(
    cx: &LowerCx<'a>,
    spot: &NodeRef<'a>,
    depth: u8,
    show: &mut impl FnMut(&NodeRef<'a>),
) {
    each_object(cx, spot, depth, &mut HashSet::new(), show);
}

/// The same, without those that were shown.
fn each_object<'a>(
    cx: &LowerCx<'a>,
    spot: &NodeRef<'a>,
    depth: u8,
    seen: &mut HashSet<SpecPtr>,
    show: &mut impl FnMut(&NodeRef<'a>),
) {
    let Some(left) = depth.checked_sub(1) else { return };
    if !seen.insert(spot.at.clone()) {
        return;
    }
    if let Some(target) = cx.document.behind(spot) {
        each_object(cx, &target, left, seen, show);
    }
    show(spot);
    for member in spot.items("allOf") {
        each_object(cx, &member, left, seen, show);
    }
}
