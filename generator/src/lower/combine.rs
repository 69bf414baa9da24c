//! `anyOf` of objects that may hold at once: beside its variants there is one with the properties of several.

use super::joint::{self, Apart, Joint};
use crate::diag::{Derived, NOT_EXPRESSED, Sink, SpecPtr};
use crate::ir::{
    Api, Docs, Field, Id, Origin, Parent, Shape, Struct, Tag, Type, TypeDef, Union, Variant,
};
use crate::load::Document;
use crate::ordinal::ordinal;
use std::collections::BTreeSet;

/// More properties than this are no description of one thing.
const MAX_FIELDS: usize = 100;
/// Of more objects than this nobody means that a value is several at once, and each is compared with each.
const MAX_MEMBERS: usize = 16;

/// Gives such unions a variant more for each group of objects that may hold at once.
///
/// Values that are one of the variants alone are read as before: the new one comes last, and knows no more of
/// them.
pub(super) fn run(api: &mut Api, document: &Document, sink: &mut Sink) {
    let ids: Vec<_> = api.types.ids().collect();
    for id in ids {
        let Shape::Union(it) = &api.types[id].shape else { continue };
        let Tag::Untagged = it.tag else { continue };
        let mut is_limited = false;
        let found = all(api, document, it, &mut is_limited);
        if is_limited {
            let message = "a value may be several of these objects, which share objects that are too deep or too \
                           large to be combined: of those it is read as one";
            sink.report(&NOT_EXPRESSED, &api.types[id].at, message);
        }
        for (index, combined) in found.into_iter().enumerate() {
            add(api, document, id, index, combined);
        }
    }
}

fn add(api: &mut Api, document: &Document, id: Id<TypeDef>, index: usize, combined: Combined) {
    let whole = &api.types[id];
    let (parent, mut role) = match &whole.origin {
        Origin::Component(name) => (Parent::Component(name.clone()), Vec::new()),
        Origin::Inline { parent, role } => (parent.clone(), role.clone()),
    };
    let position = if index == 0 { String::new() } else { ordinal(index + 1) };
    role.push(format!("{position} combined").trim_start().to_owned());
    let text = "What is several of the variants at once: it has the properties of all of them.";
    let docs = Docs { text: Some(text.to_owned()), deprecated: None };
    let at = whole.at.derived(Derived::Combined(index));
    let whole = TypeDef {
        origin: Origin::Inline { parent, role },
        docs: docs.clone(),
        shape: Shape::Broken,
        wish: None,
        at: at.clone(),
    };
    let ty = define(api, document, whole, combined);
    let Shape::Union(it) = &mut api.types[id].shape else { return };
    let (tags, adds_tag, lacks_tag) = (Vec::new(), false, false);
    it.variants.push(Variant { ty, tags, adds_tag, lacks_tag, wish: None, docs, at });
}

/// A combination of objects, and their number.
struct Combined {
    joint: Joint,
    count: usize,
}

/// Gives the combined object a type, and each object in it that several combine.
fn define(api: &mut Api, document: &Document, whole: TypeDef, combined: Combined) -> Type {
    let Joint { mut it, nested } = combined.joint;
    for (name, ids) in nested {
        let Ok(mut joint) = joint::all(api, document, &ids) else { continue };
        let count = combined.count.max(ids.len());
        if count > 2 {
            let members: Vec<_> = ids.iter().filter_map(|id| structure(api, *id)).collect();
            relax(&mut joint.it, &members, None);
        }
        let (mut origin, place) = (whole.origin.clone(), whole.at.child("properties").child(&name));
        if let Origin::Inline { role, .. } = &mut origin {
            role.push(name.clone());
        }
        let inner = TypeDef { origin, at: place, docs: Docs::default(), ..whole.clone() };
        let ty = define(api, document, inner, Combined { joint, count });
        if let Some(field) = it.fields.iter_mut().find(|it| it.wire_name == name) {
            field.ty = ty;
        }
    }
    Type::Def(api.types.push(TypeDef { shape: Shape::Struct(it), ..whole }))
}

fn structure(api: &Api, id: Id<TypeDef>) -> Option<&Struct> {
    match &api.types[id].shape {
        Shape::Struct(it) => Some(it),
        Shape::Enum(_) | Shape::Union(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => {
            None
        }
    }
}

/// The structs that combine variants: for each variant it and all that may hold beside it. A variant with a
/// constant that names it excludes others, so of more than two it is only in the group of its own.
fn all(api: &Api, document: &Document, it: &Union, is_limited: &mut bool) -> Vec<Combined> {
    let members = it.variants.iter().filter_map(|it| member(api, document, it));
    let members: Vec<_> = members.collect();
    let fields: usize = members.iter().map(|it| it.it.fields.len()).sum();
    if members.len() > MAX_MEMBERS || fields > MAX_MEMBERS * MAX_FIELDS {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut groups = BTreeSet::new();
    for start in 0..members.len() {
        let (group, joint) = group(api, document, &members, start, is_limited);
        let wider = group.iter().all(|it| joint.is_wider(members[*it].it));
        let count = group.len();
        if wider && joint.it.fields.len() <= MAX_FIELDS && groups.insert(group) {
            found.push(Combined { joint, count });
        }
    }
    found
}

/// A variant that may hold beside others.
struct Member<'a> {
    it: &'a Struct,
    /// The schemas that were chosen on the way to it.
    choices: Vec<SpecPtr>,
}

impl Member<'_> {
    /// True if a value may be both variants: wherever the choices that lead to them differ, each is one of `anyOf`.
    fn may_be(&self, other: &Self) -> bool {
        let mut levels = self.choices.iter().zip(&other.choices);
        let alike = |(one, other): (&SpecPtr, &SpecPtr)| {
            one == other || (is_one_of_any(one) && is_one_of_any(other))
        };
        self.choices.len() == other.choices.len() && levels.all(alike)
    }
}

fn is_one_of_any(at: &SpecPtr) -> bool {
    let keys: Vec<_> = at.segments().collect();
    matches!(&keys[..], [.., key, _] if key == "anyOf")
}

/// A variant of `anyOf` that is an object and allows properties which it does not name.
fn member<'a>(api: &'a Api, document: &Document, it: &Variant) -> Option<Member<'a>> {
    let Type::Def(id) = api.types.behind(&it.ty) else { return None };
    let it = (it.at.choices(), joint::open(api, document, *id)?);
    it.0.iter().any(is_one_of_any).then_some(Member { it: it.1, choices: it.0 })
}

/// One variant and all that may hold beside it, the earlier ones first.
fn group(
    api: &Api,
    document: &Document,
    members: &[Member<'_>],
    start: usize,
    is_limited: &mut bool,
) -> (BTreeSet<usize>, Joint) {
    let mut group = BTreeSet::from([start]);
    let first = members[start].it;
    let is_named = |it: &Struct| it.fields.iter().any(|it| it.constant.is_some());
    let named_alike = |it: &Struct| {
        let mut named = it.fields.iter().filter(|it| it.constant.is_some());
        let same =
            |own: &Field, it: &Field| own.wire_name == it.wire_name && own.constant == it.constant;
        named.all(|it| first.fields.iter().any(|own| same(own, it)))
    };
    let mut combined = Joint::from(first);
    for (index, member) in members.iter().enumerate() {
        if index != start
            && (members.len() == 2 || named_alike(member.it))
            && group.iter().all(|it| members[*it].may_be(member))
        {
            match joint::both(api, document, &combined, member.it) {
                Ok(both) => {
                    group.insert(index);
                    combined = both;
                }
                Err(why) => *is_limited |= why == Apart::Limit,
            }
        }
    }
    if group.len() > 2 {
        // A constant says that its variant holds, with any of the others.
        let always = is_named(first).then_some(first);
        relax(
            &mut combined.it,
            &group.iter().map(|it| members[*it].it).collect::<Vec<_>>(),
            always,
        );
    }
    (group, combined)
}

/// Asks for what all members require, or the one that always holds: any two of several may hold.
fn relax(combined: &mut Struct, members: &[&Struct], always: Option<&Struct>) {
    for field in &mut combined.fields {
        let same = |it: &&Struct| {
            let mut own = it.fields.iter().filter(|it| it.wire_name == field.wire_name);
            own.any(|it| joint::is_required(it.presence))
        };
        if !members.iter().all(same) && !always.iter().any(same) {
            field.presence = joint::presence(false, joint::is_nullable(field.presence));
        }
    }
}
