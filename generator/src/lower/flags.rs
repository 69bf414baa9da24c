//! Booleans and fractions of which one value is allowed: constants where nobody but the client writes them, told
//! elsewhere.

use super::parts::spread;
use super::{LowerCx, enums, through};
use crate::diag::{NO_EFFECT, Sink, SpecPtr};
use crate::ir::{Api, Id, Shape, Tag, TypeDef};
use crate::load::{Json, Node, NodeRef};
use indexmap::{IndexMap, IndexSet};
use std::collections::HashSet;

/// The depth to which a flag is looked for through `allOf` and references.
const MAX_DEPTH: u8 = 16;

/// The flags of a document.
#[derive(Default)]
pub(super) struct Flags {
    /// Schemas of them.
    schemas: IndexSet<SpecPtr>,
    /// Who uses such a schema, or is one, by place and meaning: a child may require what its base does not.
    users: IndexMap<(SpecPtr, ConstantMeaning), User>,
}

/// A property or parameter that is a flag.
struct User {
    /// The place to tell of it.
    told: SpecPtr,
    /// The schemas that it is made of.
    schemas: Vec<SpecPtr>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum ConstantMeaning {
    /// `const` says so.
    Constant,
    /// A constant for those who send it, and what servers send is read.
    Sent,
    /// No constant: it may be absent.
    Nothing,
}

/// The only value of a flag, which may stand in several schemas at once.
pub(super) fn only(cx: &LowerCx<'_>, spots: &[NodeRef<'_>]) -> Option<Json> {
    let mut values = Vec::new();
    for spot in spots {
        through::each(cx, spot, MAX_DEPTH, &mut |it| {
            values.extend(it.values("enum").unwrap_or_default().iter().map(Node::to_json));
        });
    }
    let first = values.first()?.clone();
    let is_only = values.iter().all(|it| *it == first || it.is_null());
    (is_only && enums::is_loose(std::slice::from_ref(&first))).then_some(first)
}

/// Notes a schema that is a flag.
pub(super) fn schema(cx: &mut LowerCx<'_>, at: &SpecPtr) {
    cx.flags.schemas.insert(at.clone());
}

/// Notes a property that is a flag, and gives its constant if it must be there. It is one until all is known of
/// who receives it.
pub(super) fn constant(
    cx: &mut LowerCx<'_>,
    at: &SpecPtr,
    spots: &[NodeRef<'_>],
    required: bool,
) -> Option<Json> {
    let only = only(cx, spots)?;
    let mut stated = false;
    for spot in spots {
        through::each(cx, spot, MAX_DEPTH, &mut |it| stated |= it.notes().constant);
    }
    let means = match (required, stated) {
        (true, true) => ConstantMeaning::Constant,
        (true, false) => ConstantMeaning::Sent,
        (false, _) => ConstantMeaning::Nothing,
    };
    note(cx, at, spots, means);
    required.then_some(only)
}

/// Notes a parameter that is a flag: its value is given with each call.
pub(super) fn parameter(cx: &mut LowerCx<'_>, schema: &NodeRef<'_>) {
    let spots = std::slice::from_ref(schema);
    if only(cx, spots).is_some() {
        note(cx, &schema.at, spots, ConstantMeaning::Nothing);
    }
}

fn note(cx: &mut LowerCx<'_>, at: &SpecPtr, spots: &[NodeRef<'_>], means: ConstantMeaning) {
    let schemas = spots.iter().flat_map(|it| through::behind(cx, it, MAX_DEPTH)).collect();
    let told = spots[0].child("enum").map_or_else(|| spots[0].at.clone(), |it| it.at);
    cx.flags.users.insert((at.clone(), means), User { told, schemas });
}

/// Makes fields of the constants that servers send, too, and tells of the flags that are no constants.
pub(super) fn settle(api: &mut Api, flags: &Flags, sink: &mut Sink) {
    let (kept, tags) = (kept(api), tags(api));
    let mut told: HashSet<&SpecPtr> = HashSet::new();
    for id in api.types.ids().collect::<Vec<_>>() {
        let Shape::Struct(it) = &mut api.types[id].shape else { continue };
        for field in it.fields.iter_mut().filter(|it| it.constant.is_some()) {
            let user = flags.users.get(&(field.at.clone(), ConstantMeaning::Sent));
            let is_kept = || kept.contains(&id) || tags.contains(&(id, field.wire_name.clone()));
            if let Some(user) = user.filter(|_| !is_kept()) {
                field.constant = None;
                told.insert(&user.told);
            }
        }
    }
    let known: HashSet<_> = flags.users.values().flat_map(|it| &it.schemas).collect();
    let users = flags.users.iter().filter(|((_, means), _)| *means == ConstantMeaning::Nothing);
    told.extend(users.map(|(_, it)| &it.told));
    let schemas = flags.schemas.iter().filter(|it| !known.contains(it));
    let schemas = schemas.map(|it| it.child("enum"));
    let mut told: Vec<_> = told.into_iter().cloned().chain(schemas).collect();
    told.sort_by_cached_key(SpecPtr::text);
    for at in told {
        sink.report(&NO_EFFECT, &at, enums::NO_ENUM);
    }
}

/// The types whose flags nobody but the client writes, and those that are told apart by them.
fn kept(api: &Api) -> HashSet<Id<TypeDef>> {
    let (mut received, mut found) = (HashSet::new(), HashSet::new());
    for (_, it) in api.operations.iter() {
        it.each_received(&mut |ty| spread(api, ty, &mut received));
        it.each_sent(&mut |ty| spread(api, ty, &mut found));
    }
    found.retain(|it| !received.contains(it));
    for (_, def) in api.types.iter() {
        if let Shape::Union(it) = &def.shape
            && it.tag == Tag::Untagged
        {
            found.extend(api.types.variants(it));
        }
    }
    found
}

/// The properties that tell variants apart.
fn tags(api: &Api) -> HashSet<(Id<TypeDef>, String)> {
    let mut found = HashSet::new();
    for (_, def) in api.types.iter() {
        if let Shape::Union(it) = &def.shape
            && let Tag::Property(tag) = &it.tag
        {
            found.extend(api.types.variants(it).map(|id| (id, tag.clone())));
        }
    }
    found
}
