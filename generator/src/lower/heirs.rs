//! Who is a variant of a schema: by its `oneOf` and `anyOf`, because it extends it, or because the mapping
//! of its discriminator says so.

use super::merge::SchemaView;
use super::{LowerCx, components, merge, through};
use crate::diag::{NO_EFFECT, SpecPtr};
use crate::load::{NodeRef, pointed};
use indexmap::{IndexMap, IndexSet};
use std::collections::{HashMap, HashSet};

/// The depth to which variants are looked for in variants.
const MAX_DEPTH: u8 = 8;

/// Notes who extends a schema that has a discriminator, who its mapping names, and which values of
/// a mapping lead into a variant that chooses itself.
pub(super) fn find(cx: &mut LowerCx<'_>) {
    let Some(all) = cx.document.root().child("components") else { return };
    let mut bases: IndexMap<String, Vec<String>> = IndexMap::new();
    for (name, spot) in all.entries("schemas") {
        for member in merge::flatten([SchemaView::new(spot)]).iter().skip(1) {
            let base = member.spot.reference().map(pointed).and_then(|it| component_name(&it));
            if let Some(base) = base {
                bases.entry(base).or_default().push(name.to_owned());
            }
        }
    }
    for (name, spot) in all.entries("schemas") {
        let chooses = spot.mentions("oneOf") || spot.mentions("anyOf");
        if !spot.mentions("discriminator") || chooses {
            continue;
        }
        let mut found = IndexSet::new();
        descend(&bases, name, &mut found);
        found.extend(mapped(cx, &spot).into_iter().filter(|it| it != name));
        if !found.is_empty() {
            cx.children.insert(spot.at, found.into_iter().collect());
        }
    }
    let mut known = HashMap::new();
    for (_, spot) in all.entries("schemas") {
        hand_down(cx, &spot, &mut known);
    }
}

fn descend(bases: &IndexMap<String, Vec<String>>, name: &str, found: &mut IndexSet<String>) {
    for child in bases.get(name).into_iter().flatten() {
        if found.insert(child.clone()) {
            descend(bases, child, found);
        }
    }
}

/// The schemas that the mapping of a base names.
fn mapped(cx: &mut LowerCx<'_>, base: &NodeRef<'_>) -> Vec<String> {
    let mut found = Vec::new();
    for (_, entry) in mapping(base) {
        let Some(target) = entry.as_str() else { continue };
        match mapped_to(cx, target).and_then(|it| component_name(&it)) {
            Some(name) => found.push(name),
            None => {
                tell(cx, &entry.at, format_args!("`{target}` names no schema of this document"));
            }
        }
    }
    found
}

/// The entries of a schema's `discriminator.mapping`.
pub(super) fn mapping<'a>(spot: &NodeRef<'a>) -> Vec<(&'a str, NodeRef<'a>)> {
    spot.child("discriminator").into_iter().flat_map(|it| it.entries("mapping")).collect()
}

/// The mapping's entry for a value.
pub(super) fn entry<'a>(spot: &NodeRef<'a>, value: &str) -> Option<NodeRef<'a>> {
    spot.child("discriminator")?.child("mapping")?.child(value)
}

/// Reports once that an entry has no effect.
pub(super) fn tell(cx: &mut LowerCx<'_>, at: &SpecPtr, message: impl std::fmt::Display) {
    if cx.told.insert(at.clone()) {
        cx.sink.report(&NO_EFFECT, at, message).edit("correct the entry in {overlay}");
    }
}

/// The schema that an entry of a mapping means: a reference, a name, or what was a file of its own
/// before a bundler moved it into the document and left the mapping as it was.
pub(super) fn mapped_to(cx: &LowerCx<'_>, target: &str) -> Option<SpecPtr> {
    cx.document.mapped_to(target)
}

/// The schema that a value means of those that are chosen: where a mapping names a base that names another
/// for the same value, it is the other.
pub(super) fn last(
    cx: &LowerCx<'_>,
    mut at: SpecPtr,
    value: &str,
    chosen: &HashSet<SpecPtr>,
) -> SpecPtr {
    for _ in 0..MAX_DEPTH {
        let base = cx.document.at(&at).filter(|it| cx.children.contains_key(&it.at));
        let target = base.and_then(|it| mapped_to(cx, entry(&it, value)?.as_str()?));
        match target.filter(|target| *target != at && chosen.contains(target)) {
            Some(target) => at = target,
            None => break,
        }
    }
    at
}

/// Notes which values of a union's mapping mean a variant of one of its variants: these are told apart
/// by the same values there.
fn hand_down<'a>(
    cx: &mut LowerCx<'a>,
    union: &NodeRef<'a>,
    known: &mut HashMap<SpecPtr, (Vec<NodeRef<'a>>, ChosenSchemas)>,
) {
    let Some(property) = union.child("discriminator").and_then(|it| it.text("propertyName")) else {
        return;
    };
    for (value, entry) in mapping(union) {
        let target = entry.as_str().and_then(|it| mapped_to(cx, it));
        let Some(target) = target else { continue };
        let mut at = union.at.clone();
        for _ in 0..MAX_DEPTH {
            let Some(whole) = cx.document.at(&at) else { break };
            let (members, chosen) = known.entry(at).or_insert_with(|| {
                let members = variants(cx, &whole);
                let chosen = ChosenSchemas::of(&members);
                (members, chosen)
            });
            if chosen.stands(&target).is_some() {
                break;
            }
            let Some(through) = chosen.leads(cx, members, &target) else { break };
            at = place_of(&members[through]);
            let handed = (property.to_owned(), value.to_owned(), target.clone());
            cx.handed_down.entry(at.clone()).or_default().push(handed);
        }
    }
}

/// The numbers of chosen schemas by their places.
pub(super) struct ChosenSchemas {
    /// By the place of a schema or of its target, the number of the first.
    places: HashMap<SpecPtr, usize>,
    /// The same of what they choose in turn, once it was asked for.
    behind: Option<HashMap<SpecPtr, usize>>,
}

impl ChosenSchemas {
    pub(super) fn of(spots: &[NodeRef<'_>]) -> Self {
        let mut places = HashMap::new();
        for (index, spot) in spots.iter().enumerate() {
            places.entry(spot.at.clone()).or_insert(index);
            places.entry(place_of(spot)).or_insert(index);
        }
        Self { places, behind: None }
    }

    /// The schema that is at a place, or refers to it.
    pub(super) fn stands(&self, at: &SpecPtr) -> Option<usize> {
        self.places.get(at).copied()
    }

    /// The first schema that chooses the schema at a place, perhaps through other choices.
    pub(super) fn leads(
        &mut self,
        cx: &LowerCx<'_>,
        spots: &[NodeRef<'_>],
        at: &SpecPtr,
    ) -> Option<usize> {
        let behind = self.behind.get_or_insert_with(|| {
            let (mut behind, mut depths) = (HashMap::new(), HashMap::new());
            for (index, spot) in spots.iter().enumerate() {
                each_choice(cx, spot, &mut depths, MAX_DEPTH, &mut |it, place| {
                    behind.entry(it.at.clone()).or_insert(index);
                    behind.entry(place.clone()).or_insert(index);
                });
            }
            behind
        });
        behind.get(at).copied()
    }
}

/// Shows a schema and what it chooses in turn. What was met before is looked at again only from a place less deep.
fn each_choice<'a>(
    cx: &LowerCx<'a>,
    spot: &NodeRef<'a>,
    depths: &mut HashMap<SpecPtr, u8>,
    depth: u8,
    show: &mut impl FnMut(&NodeRef<'a>, &SpecPtr),
) {
    let place = place_of(spot);
    show(spot, &place);
    if let Some(inner) = cx.document.at(&place)
        && let Some(left) = deeper(depths, place, depth)
    {
        for it in variants(cx, &inner) {
            each_choice(cx, &it, depths, left, show);
        }
    }
}

/// The schemas that a schema chooses from.
pub(super) fn variants<'a>(cx: &LowerCx<'a>, spot: &NodeRef<'a>) -> Vec<NodeRef<'a>> {
    let mut found: Vec<_> = spot.items("oneOf").chain(spot.items("anyOf")).collect();
    for name in cx.children.get(&spot.at).into_iter().flatten() {
        found.extend(cx.document.at(&components::place(name)));
    }
    found
}

/// True if one of several schemas that extend another is a variant of it, or is extended by one.
pub(super) fn is_variant_of<'u>(
    cx: &mut LowerCx<'_>,
    union: &NodeRef<'_>,
    mut users: impl Iterator<Item = &'u SpecPtr>,
) -> bool {
    let chooses = ["oneOf", "anyOf"].iter().any(|key| union.mentions(key));
    if !chooses && !cx.children.contains_key(&union.at) {
        return false;
    }
    if !cx.reached.contains_key(&union.at) {
        let (mut found, mut depths) = (HashSet::new(), HashMap::new());
        for it in variants(cx, union) {
            each_choice(cx, &it, &mut depths, MAX_DEPTH, &mut |it, place| {
                found.insert(place.clone());
                found.extend(through::behind(cx, it, u8::MAX));
            });
        }
        cx.reached.insert(union.at.clone(), found);
    }
    let reached = &cx.reached[&union.at];
    users.any(|user| *user != union.at && reached.contains(user))
}

/// The depth left below a place; nothing if it was visited from a place less deep.
fn deeper(depths: &mut HashMap<SpecPtr, u8>, place: SpecPtr, depth: u8) -> Option<u8> {
    let left = depth.checked_sub(1)?;
    let known = depths.entry(place).or_default();
    (*known < depth).then(|| {
        *known = depth;
        left
    })
}

/// The schema that extends another by a member of its `allOf`.
pub(super) fn extender(at: &SpecPtr) -> SpecPtr {
    let all: Vec<_> = at.segments().collect();
    let mut keys = &all[..];
    while let [schema @ .., key, index] = keys
        && key == "allOf"
        && index.bytes().all(|it| it.is_ascii_digit())
    {
        keys = schema;
    }
    if keys.len() == all.len() {
        return at.clone();
    }
    keys.iter().fold(SpecPtr::root(), |at, key| at.child(key))
}

/// True if a reference makes a schema a variant of its target: the variant is not another name for
/// the whole, even if it adds nothing.
pub(super) fn is_extension(cx: &mut LowerCx<'_>, spot: &NodeRef<'_>) -> bool {
    let user = extender(&spot.at);
    let target = spot.reference().map(pointed).filter(|_| user != spot.at);
    let target = target.and_then(|it| cx.document.at(&it));
    target.is_some_and(|it| is_variant_of(cx, &it, std::iter::once(&user)))
}

/// The place of a schema, or the place that it refers to.
pub(super) fn place_of(spot: &NodeRef<'_>) -> SpecPtr {
    if component_name(&spot.at).is_some() {
        return spot.at.clone();
    }
    match spot.reference().or_else(|| spot.items("allOf").find_map(|it| it.reference())) {
        Some(reference) => pointed(reference),
        None => spot.at.clone(),
    }
}

/// The name of the schema in `components` at a place.
pub(super) fn component_name(at: &SpecPtr) -> Option<String> {
    let mut keys = at.segments();
    let is_schema = keys.next()? == "components" && keys.next()? == "schemas";
    let name = keys.next().filter(|_| is_schema)?;
    keys.next().is_none().then_some(name)
}
