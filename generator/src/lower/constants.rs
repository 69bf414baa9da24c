//! Properties that tell the variants of a union apart: their value is known, so nobody has to give it.

use crate::ir::{Access, Api, Id, Presence, Scalar, Shape, Tag, Type, TypeDef};
use crate::load::Json;
use std::collections::BTreeMap;

/// The tags that choose a struct.
#[derive(Default)]
struct StructTags {
    first: Option<Json>,
    /// True if there are tags other than the first.
    differ: bool,
    /// True if one variant has several tags.
    several: bool,
}

/// Makes the tag of each variant a constant of the variant's struct, where no other union says otherwise. One that may
/// be absent is what constructors set: a value that was read without it is written without it.
pub(super) fn of_tags(api: &mut Api) {
    let mut known: BTreeMap<(Id<TypeDef>, String), StructTags> = BTreeMap::new();
    for (_, def) in api.types.iter() {
        let Shape::Union(it) = &def.shape else { continue };
        let Tag::Property(tag) = &it.tag else { continue };
        for variant in &it.variants {
            let Some(id) = structure(api, &variant.ty) else { continue };
            if lists_more(api, &variant.ty, id, tag) {
                continue;
            }
            let StructTags { first, differ, several } = known.entry((id, tag.clone())).or_default();
            *several |= variant.tags.len() > 1;
            for tag in &variant.tags {
                *differ |= first.get_or_insert_with(|| tag.clone()) != tag;
            }
        }
    }
    for ((id, tag), StructTags { first, differ, several }) in known {
        let Shape::Struct(it) = &api.types[id].shape else { continue };
        let Some(index) = it.fields.iter().position(|it| it.wire_name == tag) else { continue };
        let fits = first.as_ref().is_some_and(|tag| has(api, &it.fields[index].ty, tag));
        let Shape::Struct(it) = &mut api.types[id].shape else { continue };
        let field = &mut it.fields[index];
        let is_required = field.presence == Presence::Required;
        match first {
            _ if !is_required => {
                let is_sent = field.access != Access::ReadOnly;
                field.preset = first.filter(|_| !differ && !several && fits && is_sent);
            }
            Some(_) if !differ => field.constant = first,
            // One variant may have several: the field holds which.
            _ if several => field.constant = None,
            _ => {}
        }
    }
}

/// True if a variant adds nothing to another schema, which lists more values than the tag: read as that schema,
/// the value is any of them.
fn lists_more(api: &Api, ty: &Type, id: Id<TypeDef>, tag: &str) -> bool {
    let Shape::Struct(it) = &api.types[id].shape else { return false };
    let field = it.fields.iter().find(|it| it.wire_name == tag);
    let Some(Type::Def(values)) = field.map(|it| api.types.behind(&it.ty)) else { return false };
    let Shape::Enum(it) = &api.types[*values].shape else { return false };
    *ty != Type::Def(id) && it.values.len() > 1
}

/// True if a value belongs to a scalar type or enum.
fn has(api: &Api, ty: &Type, value: &Json) -> bool {
    match api.types.behind(ty) {
        Type::Scalar(Scalar::Text) => value.is_string(),
        Type::Scalar(Scalar::Bool) => value.is_boolean(),
        Type::Scalar(Scalar::Int(_)) => value.is_i64(),
        Type::Def(id) => match &api.types[*id].shape {
            Shape::Enum(it) => it.values.iter().any(|it| it.value == *value),
            Shape::Struct(_)
            | Shape::Union(_)
            | Shape::Alias(_)
            | Shape::Outcome(_)
            | Shape::Broken => false,
        },
        Type::Scalar(_)
        | Type::List(_)
        | Type::Map(_)
        | Type::Tuple(_)
        | Type::Nullable(_)
        | Type::Json => false,
    }
}

/// The struct behind a type.
fn structure(api: &Api, ty: &Type) -> Option<Id<TypeDef>> {
    let Type::Def(id) = api.types.behind(ty) else { return None };
    matches!(api.types[*id].shape, Shape::Struct(_)).then_some(*id)
}

/// Notes which variants may come without the tag of their union: their own type does not require it.
pub(super) fn of_absence(api: &mut Api) {
    let mut found = Vec::new();
    for (id, def) in api.types.iter() {
        let Shape::Union(it) = &def.shape else { continue };
        let Tag::Property(tag) = &it.tag else { continue };
        for (index, variant) in it.variants.iter().enumerate().filter(|it| !it.1.adds_tag) {
            if may_lack(api, &variant.ty, tag, &mut Vec::new()) {
                found.push((id, index));
            }
        }
    }
    for (id, index) in found {
        if let Shape::Union(it) = &mut api.types[id].shape {
            it.variants[index].lacks_tag = true;
        }
    }
}

/// True if values of a type may be without a property that tells variants apart.
fn may_lack(api: &Api, ty: &Type, tag: &str, within: &mut Vec<Id<TypeDef>>) -> bool {
    let Type::Def(id) = api.types.behind(ty) else { return false };
    match &api.types[*id].shape {
        Shape::Struct(it) => {
            it.fields.iter().any(|it| it.wire_name == tag && it.presence != Presence::Required)
        }
        Shape::Union(it) if !within.contains(id) => {
            within.push(*id);
            let mut own = it.variants.iter().filter(|it| !it.adds_tag);
            own.any(|it| may_lack(api, &it.ty, tag, within))
        }
        Shape::Union(_) | Shape::Enum(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => {
            false
        }
    }
}
