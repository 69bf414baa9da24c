//! `anyOf` of objects that may hold at once: beside its variants there is one with the properties of several.

use crate::diag::SpecPtr;
use crate::ir::{
    Access, Api, Docs, Enum, EnumRepr, Field, Id, Origin, Parent, Presence, Scalar, Shape, Struct,
    Tag, Type, TypeDef, Union, Variant,
};
use crate::load::{Document, Json};
use std::collections::BTreeSet;

/// More properties than this are no description of one thing.
const MAX_FIELDS: usize = 100;
/// Of more objects than this nobody means that a value is several at once, and each is compared with each.
const MAX_MEMBERS: usize = 16;

/// Gives such unions a variant more for each group of objects that may hold at once.
///
/// Values that are one of the variants alone are read as before: the new one comes last, and knows no more of
/// them.
pub(super) fn run(api: &mut Api, document: &Document) {
    let ids: Vec<_> = api.types.ids().collect();
    for id in ids {
        let Shape::Union(it) = &api.types[id].shape else { continue };
        let Tag::Untagged = it.tag else { continue };
        for (index, combined) in all(api, document, it).into_iter().enumerate() {
            add(api, id, index, combined);
        }
    }
}

fn add(api: &mut Api, id: Id<TypeDef>, index: usize, combined: Struct) {
    let whole = &api.types[id];
    let (parent, mut role) = match &whole.origin {
        Origin::Component(name) => (Parent::Component(name.clone()), Vec::new()),
        Origin::Inline { parent, role } => (parent.clone(), role.clone()),
    };
    role.push(if index == 0 { "combined".to_owned() } else { format!("combined {}", index + 1) });
    let text = "What is several of the variants at once: it has the properties of all of them.";
    let docs = Docs { text: Some(text.to_owned()), deprecated: None };
    let at = whole.at.child("x-ir-combined").child(&index.to_string());
    let ty = Type::Def(api.types.push(TypeDef {
        origin: Origin::Inline { parent, role },
        docs: docs.clone(),
        shape: Shape::Struct(combined),
        wish: None,
        at: at.clone(),
    }));
    let Shape::Union(it) = &mut api.types[id].shape else { return };
    let (tags, adds_tag, lacks_tag) = (Vec::new(), false, false);
    it.variants.push(Variant { ty, tags, adds_tag, lacks_tag, wish: None, docs, at });
}

/// The structs that combine variants: for each variant it and all that may hold beside it. A variant that a
/// constant names says that it is itself, so of more than two it stands only in the group of its own.
fn all(api: &Api, document: &Document, it: &Union) -> Vec<Struct> {
    let members = it.variants.iter().filter_map(|it| member(api, document, it));
    let members: Vec<_> = members.collect();
    let fields: usize = members.iter().map(|it| it.it.fields.len()).sum();
    if members.len() > MAX_MEMBERS || fields > MAX_MEMBERS * MAX_FIELDS {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut groups = BTreeSet::new();
    for start in 0..members.len() {
        let (group, combined) = group(api, &members, start);
        let wider = group.iter().all(|it| members[*it].it.fields.len() < combined.fields.len());
        if wider && combined.fields.len() <= MAX_FIELDS && groups.insert(group) {
            found.push(combined);
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
    /// Whether a value may be both: wherever the choices that lead to them differ, each is one of `anyOf`.
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
    let def = &api.types[*id];
    let Shape::Struct(inner) = &def.shape else { return None };
    let closed = document.at(&def.at).and_then(|it| it.boolean("additionalProperties"));
    let closed = closed == Some(false);
    let open = !closed && matches!(inner.extra, None | Some(Type::Json));
    let choices = it.at.choices();
    (choices.iter().any(is_one_of_any) && open).then_some(Member { it: inner, choices })
}

/// One variant and all that may hold beside it, the earlier ones first.
fn group(api: &Api, members: &[Member<'_>], start: usize) -> (BTreeSet<usize>, Struct) {
    let mut group = BTreeSet::from([start]);
    let first = members[start].it;
    let is_named = |it: &Struct| it.fields.iter().any(|it| it.constant.is_some());
    let named_alike = |it: &Struct| {
        let mut named = it.fields.iter().filter(|it| it.constant.is_some());
        let same =
            |own: &Field, it: &Field| own.wire_name == it.wire_name && own.constant == it.constant;
        named.all(|it| first.fields.iter().any(|own| same(own, it)))
    };
    let mut combined = Struct { fields: first.fields.clone(), extra: first.extra.clone() };
    for (index, member) in members.iter().enumerate() {
        if index != start
            && (members.len() == 2 || named_alike(member.it))
            && group.iter().all(|it| members[*it].may_be(member))
            && let Some(both) = both(api, &combined, member.it)
        {
            group.insert(index);
            combined = both;
        }
    }
    if group.len() > 2 {
        // A constant says that its variant holds, with any of the others.
        let always = is_named(first).then_some(first);
        relax(&mut combined, &group.iter().map(|it| members[*it].it).collect::<Vec<_>>(), always);
    }
    (group, combined)
}

/// Asks for what all members require, or the one that always holds: any two of several may hold.
fn relax(combined: &mut Struct, members: &[&Struct], always: Option<&Struct>) {
    for field in &mut combined.fields {
        let same = |it: &&Struct| {
            let mut own = it.fields.iter().filter(|it| it.wire_name == field.wire_name);
            own.any(|it| is_required(it.presence))
        };
        if !members.iter().all(same) && !always.iter().any(same) {
            field.presence = presence(false, is_nullable(field.presence));
        }
    }
}

fn is_required(it: Presence) -> bool {
    matches!(it, Presence::Required | Presence::Nullable)
}

fn is_nullable(it: Presence) -> bool {
    matches!(it, Presence::Nullable | Presence::OptionalNullable)
}

fn presence(required: bool, nullable: bool) -> Presence {
    match (required, nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::Nullable,
        (false, false) => Presence::Optional,
        (false, true) => Presence::OptionalNullable,
    }
}

/// The properties of two objects, if a value may be both.
fn both(api: &Api, one: &Struct, other: &Struct) -> Option<Struct> {
    let mut fields = one.fields.clone();
    for field in &mut fields {
        if let Some(same) = other.fields.iter().find(|it| it.wire_name == field.wire_name) {
            *field = joint(api, field, same)?;
        }
    }
    let is_new = |it: &&Field| one.fields.iter().all(|own| own.wire_name != it.wire_name);
    fields.extend(other.fields.iter().filter(is_new).cloned());
    Some(Struct { fields, extra: one.extra.clone().or_else(|| other.extra.clone()) })
}

/// One property of two objects.
fn joint(api: &Api, one: &Field, other: &Field) -> Option<Field> {
    let ty = joint_type(api, &one.ty, &other.ty)?;
    let constant = match (&one.constant, &other.constant) {
        (Some(left), Some(right)) if left != right => return None,
        (left, right) => left.clone().or_else(|| right.clone()),
    };
    let (left, right) = (one.presence, other.presence);
    let presence =
        presence(is_required(left) || is_required(right), is_nullable(left) && is_nullable(right));
    let access = if one.access == other.access { one.access } else { Access::Both };
    Some(Field { ty, presence, access, constant, ..one.clone() })
}

/// The type of values that are of both types, where that is plain.
fn joint_type(api: &Api, one: &Type, other: &Type) -> Option<Type> {
    if is_within(api, one, other) {
        return Some(one.clone());
    }
    is_within(api, other, one).then(|| other.clone())
}

/// Whether all values of a type are of another one too.
fn is_within(api: &Api, narrow: &Type, wide: &Type) -> bool {
    let (narrow, wide) = (api.types.behind(narrow), api.types.behind(wide));
    match (narrow, wide) {
        (_, Type::Json) | (Type::Scalar(Scalar::Int(_)), Type::Scalar(Scalar::Float)) => true,
        (_, Type::Scalar(Scalar::Text)) => {
            narrow == wide || listed(api, narrow).is_some_and(|it| it.repr == EnumRepr::Text)
        }
        _ => match (listed(api, narrow), listed(api, wide)) {
            (Some(narrow), Some(wide)) => {
                let known = |value: &Json| wide.values.iter().any(|it| it.value == *value);
                narrow.values.iter().all(|it| known(&it.value))
            }
            _ => narrow == wide,
        },
    }
}

fn listed<'a>(api: &'a Api, ty: &Type) -> Option<&'a Enum> {
    let Type::Def(id) = ty else { return None };
    match &api.types[*id].shape {
        Shape::Enum(it) => Some(it),
        Shape::Struct(_)
        | Shape::Union(_)
        | Shape::Alias(_)
        | Shape::Outcome(_)
        | Shape::Broken => None,
    }
}
