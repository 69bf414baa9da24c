//! Where null may stand in place of a value: of choices that hold at once all must allow it.

use super::merge::{AllOfMember, SchemaView, flatten, has_substance};
use super::union::{listed, only_restricts};
use super::{LowerCx, Memo, MemoKey};
use crate::diag::SpecPtr;
use crate::load::NodeRef;
use std::collections::HashSet;

/// The number of references that may lead to null.
const MAX_DEPTH: u8 = 64;

/// True if a schema allows null, as far as can be told before it is lowered.
pub(super) fn is_nullable(cx: &LowerCx<'_>, spot: &NodeRef<'_>) -> bool {
    allows_null(cx, spot, MAX_DEPTH, &mut HashSet::new())
}

/// True if one of several schemas that hold at once allows null in place of all of them. If a choice allows it, this
/// counts only if no other choice forbids it.
pub(super) fn is_flagged(cx: &LowerCx<'_>, flat: &[SchemaView<'_>]) -> bool {
    flagged(cx, flat, MAX_DEPTH, &mut HashSet::new())
}

/// True if one of several schemas that are declared apart and hold at once forbids null. Documentation forbids
/// nothing.
pub(super) fn is_ruled_out(cx: &LowerCx<'_>, pieces: &[SchemaView<'_>]) -> bool {
    let restricts = |it: &SchemaView<'_>| {
        let is_composed = it.spot.reference().is_some() || it.spot.mentions("allOf");
        is_composed || has_substance(it, false)
    };
    pieces.len() > 1 && pieces.iter().any(|it| restricts(it) && !is_nullable(cx, &it.spot))
}

/// True if null is among the schemas that the parts choose from.
pub(super) fn is_chosen(cx: &LowerCx<'_>, parts: &[AllOfMember<'_>]) -> bool {
    let mut found = false;
    for part in parts {
        for list in part.choices.keywords().iter().filter_map(|key| listed(part, key)) {
            let has_null = list.iter().any(|it| is_nullable(cx, it));
            if !has_null && !part.spot.flag("nullable") {
                return false;
            }
            found |= has_null;
        }
    }
    found
}

fn allows_null(
    cx: &LowerCx<'_>,
    spot: &NodeRef<'_>,
    depth: u8,
    seen: &mut HashSet<SpecPtr>,
) -> bool {
    if spot.flag("nullable") {
        return true;
    }
    if let Some(Memo::Known(lowered)) = cx.memo.get(&MemoKey::one(&spot.at)) {
        return lowered.nullable;
    }
    let Some(left) = depth.checked_sub(1).filter(|_| seen.insert(spot.at.clone())) else {
        return false;
    };
    let flat = flatten([SchemaView::new(spot.clone())]);
    if flagged(cx, &flat, left, seen) {
        return true;
    }
    if flat.iter().any(|it| !lists(it).is_empty()) {
        return flat.iter().all(|it| !forbids(cx, it, left, seen));
    }
    let real = flat.iter().filter(|it| it.spot.reference().is_some() || has_substance(it, true));
    let [one] = real.collect::<Vec<_>>()[..] else { return false };
    target(cx, one).is_some_and(|it| allows_null(cx, &it, left, seen))
}

fn flagged(
    cx: &LowerCx<'_>,
    flat: &[SchemaView<'_>],
    depth: u8,
    seen: &mut HashSet<SpecPtr>,
) -> bool {
    let (choices, others): (Vec<_>, Vec<_>) =
        flat.iter().filter(|it| it.spot.flag("nullable")).partition(|it| !lists(it).is_empty());
    !others.is_empty()
        || (!choices.is_empty() && flat.iter().all(|it| !forbids(cx, it, depth, seen)))
}

/// True if a schema chooses between others without null among them, or refers to a schema that does.
fn forbids(cx: &LowerCx<'_>, it: &SchemaView<'_>, depth: u8, seen: &mut HashSet<SpecPtr>) -> bool {
    if it.spot.flag("nullable") {
        return false;
    }
    if let Some(target) = target(cx, it).map(SchemaView::new) {
        return !lists(&target).is_empty() && !allows_null(cx, &target.spot, depth, seen);
    }
    lists(it).iter().any(|list| !list.iter().any(|it| allows_null(cx, it, depth, seen)))
}

/// The choices of a schema.
fn lists<'a>(it: &SchemaView<'a>) -> Vec<Vec<NodeRef<'a>>> {
    let lists = it.choices.keywords().iter().map(|key| it.spot.items(key).collect::<Vec<_>>());
    lists.filter(|list| !list.iter().all(|it| only_restricts(it))).collect()
}

fn target<'a>(cx: &LowerCx<'a>, it: &SchemaView<'_>) -> Option<NodeRef<'a>> {
    cx.document.behind(&it.spot)
}
