//! Objects: structs, and maps where no property is named.

use super::merge::{AllOfMember, SchemaView};
use super::schema::{schema, together};
use super::{LowerCx, bounds, clearable, docs, enums, flags, through};
use crate::diag::{Derived, NO_EFFECT, SpecPtr};
use crate::ir::{Access, Docs, Field, Presence, Shape, Struct, Tag, Type, TypeDef, Union, Variant};
use crate::load::{Json, Node, NodeRef, Reported};
use indexmap::{IndexMap, IndexSet};
use std::collections::HashSet;

/// True if the parts name properties, and are not of a type without properties.
pub(super) fn is_struct(parts: &[AllOfMember<'_>]) -> bool {
    if enums::common_type(parts).is_some_and(|it| it != "object") {
        return false;
    }
    let named = |it: &AllOfMember<'_>| it.spot.entries("properties").next().is_some();
    parts.iter().any(named) || is_closed(parts) || (is_open(parts) && requires(parts))
}

/// True if the parts require a property.
fn requires(parts: &[AllOfMember<'_>]) -> bool {
    parts.iter().any(|it| !it.keys.required().is_empty())
}

/// True if the parts are an object and say nothing more about it.
pub(super) fn is_open(parts: &[AllOfMember<'_>]) -> bool {
    let object = parts.iter().any(|it| it.keys.typ() == Some("object"));
    object && extras(parts).next().is_none()
}

/// True if the object may have no properties at all.
fn is_closed(parts: &[AllOfMember<'_>]) -> bool {
    let object = parts.iter().any(|it| it.keys.typ() == Some("object"));
    object && extras(parts).next().is_none() && excludes_others(parts)
}

/// True if no property may be there beside those that have a name or a pattern.
fn excludes_others(parts: &[AllOfMember<'_>]) -> bool {
    speaking(parts).any(|it| it.spot.boolean(ADDITIONAL) == Some(false))
}

const ADDITIONAL: &str = "additionalProperties";

/// The parts whose `additionalProperties` count. `unevaluatedProperties` speaks of what is left by the parts beside it.
fn speaking<'s, 'a>(
    parts: &'s [AllOfMember<'a>],
) -> impl Iterator<Item = &'s AllOfMember<'a>> + use<'s, 'a> {
    let takes = |it: &AllOfMember<'_>| {
        let spot = it.spot.child(ADDITIONAL).filter(|_| !it.spot.notes().unevaluated);
        spot.is_some_and(|it| !it.is_false())
    };
    let nothing_left = parts.iter().any(takes);
    parts.iter().filter(move |it| !(nothing_left && it.spot.notes().unevaluated))
}

/// The schemas of properties that have no name.
fn extras<'s, 'a>(parts: &'s [AllOfMember<'a>]) -> impl Iterator<Item = NodeRef<'a>> + use<'s, 'a> {
    patterns(parts).chain(others(parts))
}

fn patterns<'s, 'a>(
    parts: &'s [AllOfMember<'a>],
) -> impl Iterator<Item = NodeRef<'a>> + use<'s, 'a> {
    parts.iter().flat_map(|it| it.spot.beyond().pattern_properties.schemas())
}

/// The schemas of the parts for properties that are neither named nor have a pattern, each schema once.
fn others<'a>(parts: &[AllOfMember<'a>]) -> Vec<NodeRef<'a>> {
    let mut found: Vec<NodeRef<'_>> = Vec::new();
    for part in speaking(parts) {
        let Some(spot) = part.spot.child(ADDITIONAL) else { continue };
        let is_same =
            |it: &NodeRef<'_>| it.reference().is_some() && it.reference() == spot.reference();
        if spot.is_object() && !found.iter().any(is_same) {
            found.push(spot);
        }
    }
    found
}

/// The struct that the parts come to.
pub(super) fn structure<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    parts: &[AllOfMember<'a>],
) -> Result<Struct, Reported> {
    let mut properties: IndexMap<&str, Vec<NodeRef<'_>>> = IndexMap::new();
    for part in parts {
        for (name, spot) in part.spot.entries("properties") {
            properties.entry(name).or_default().push(spot);
        }
    }
    let required = parts.iter().flat_map(|it| it.keys.required());
    let required: IndexSet<&str> = required.map(String::as_str).collect();
    let mut undeclared = required.clone();
    undeclared.retain(|it| !properties.contains_key(it) && !is_tag(parts, it));
    let alone = properties.is_empty();
    let mut fields = Vec::with_capacity(properties.len() + undeclared.len());
    let mut refused = false;
    for (name, spots) in properties {
        let required = required.contains(name);
        // A property that is refused does not hide what is wrong with the next.
        match field(cx, at, name, &spots, required) {
            Ok(field) => fields.push(field),
            Err(Reported) => refused = true,
        }
    }
    if refused {
        return Err(Reported);
    }
    let extra = extra(cx, at, parts, alone)?;
    for name in undeclared {
        fields.push(undeclared_field(cx, at, extra.as_ref(), name)?);
    }
    Ok(Struct { fields, extra, is_closed: excludes_others(parts) })
}

/// True for a property that tells variants apart: their union writes it.
fn is_tag(parts: &[AllOfMember<'_>], name: &str) -> bool {
    let mut tags = parts.iter().filter_map(|it| it.keys.discriminator());
    tags.any(|it| it == name)
}

/// A property that is required and declared nowhere. Requests carry it; responses may lack it, because
/// such lists are often older than the properties.
fn undeclared_field(
    cx: &mut LowerCx<'_>,
    at: &SpecPtr,
    extra: Option<&Type>,
    name: &str,
) -> Result<Field, Reported> {
    let place = at.child("properties").child(name);
    bounds::property(cx, &place)?;
    let ty = extra.cloned().unwrap_or(Type::Json);
    let known = match &ty {
        Type::Json => "any JSON",
        _ => "as the properties without a name",
    };
    let message = format_args!("`{name}` is required but not declared: it is {known}");
    cx.sink.report(&NO_EFFECT, at, message);
    Ok(Field {
        wire_name: name.to_owned(),
        ty,
        presence: Presence::Required,
        access: Access::WriteOnly,
        constant: None,
        preset: None,
        default: None,
        limits: None,
        docs: Docs::default(),
        wish: None,
        at: place,
    })
}

fn field<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    name: &str,
    spots: &[NodeRef<'a>],
    required: bool,
) -> Result<Field, Reported> {
    let at = at.child("properties").child(name);
    bounds::property(cx, &at)?;
    let lowered = match spots {
        [one] => schema(cx, one)?,
        _ => {
            let pieces = spots.iter().map(|it| SchemaView::new(it.clone())).collect();
            together(cx, &at, pieces)?
        }
    };
    let presence = match (required, lowered.nullable) {
        (true, false) => Presence::Required,
        (false, false) => clearable::presence(cx, &lowered.ty, spots),
        (true, true) => Presence::Nullable,
        (false, true) => Presence::OptionalNullable,
    };
    let is_choice = is_choice(cx, &lowered.ty);
    let place = if let [one] = spots { one.at.clone() } else { at };
    let flag = flags::constant(cx, &place, spots, presence == Presence::Required);
    let last = spots.last().expect("a property stands somewhere");
    let said = |key: &str| spots.iter().any(|it| through::is_flagged(cx, it, key));
    let (read_only, write_only) = (said("readOnly"), said("writeOnly"));
    let wish = match lowered.ty {
        Type::Def(_) => docs::value_wish(last),
        _ => docs::wish(last),
    };
    Ok(Field {
        wire_name: name.to_owned(),
        ty: lowered.ty,
        presence,
        access: match (read_only, write_only) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            (false, false) | (true, true) => Access::Both,
        },
        constant: spots
            .iter()
            .find_map(constant)
            .or(flag)
            .filter(|_| presence == Presence::Required && !is_choice),
        preset: None,
        default: through::default(cx, spots),
        limits: docs::limits(last),
        docs: docs::of(last),
        wish,
        at: place,
    })
}

/// True if several values are left, though one of the parts has a constant.
fn is_choice(cx: &LowerCx<'_>, ty: &Type) -> bool {
    let Type::Def(id) = ty else { return false };
    matches!(&cx.types[*id].shape, Shape::Enum(it) if it.values.len() > 1)
}

/// The value of `const`.
fn constant(spot: &NodeRef<'_>) -> Option<Json> {
    let own = spot.notes().constant.then(|| spot.values("enum")?.first());
    let value = own.flatten().map(Node::to_json);
    value
        .filter(|it| it.is_string() || it.is_number() || it.is_boolean())
        .or_else(|| spot.items("allOf").find_map(|it| constant(&it)))
}

/// The type of properties that may be there beside the named ones. Where none is named, any property may be there.
fn extra<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    parts: &[AllOfMember<'a>],
    alone: bool,
) -> Result<Option<Type>, Reported> {
    let stated = speaking(parts).find_map(|it| it.spot.boolean(ADDITIONAL));
    let patterns: Vec<_> = patterns(parts).collect();
    let is_free = stated != Some(false) && !alone && others(parts).is_empty();
    // Beside named properties there will be new ones, and those that have no pattern may be anything.
    if let ([pattern], true) = (&patterns[..], is_free)
        && pattern.own_entries().next().is_some()
    {
        let message =
            "properties without a name are any JSON: of those that have no pattern nothing is said";
        cx.sink.report(&NO_EFFECT, &pattern.at, message);
        pattern.pass_over();
        return Ok(Some(Type::Json));
    }
    Ok(match (extras(parts).next(), stated) {
        (Some(_), _) => Some(value(cx, at, parts)?),
        (None, Some(true)) => Some(Type::Json),
        (None, None) if alone => Some(Type::Json),
        (None, _) => None,
    })
}

/// An object without named properties.
pub(super) fn map<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    parts: &[AllOfMember<'a>],
) -> Result<Type, Reported> {
    let is_any = extras(parts).next().is_none();
    Ok(Type::Map(Box::new(if is_any { Type::Json } else { value(cx, at, parts)? })))
}

/// The type of the values of properties that have no name: what `additionalProperties` of all parts say
/// holds at once, and patterns are a choice beside it.
fn value<'a>(
    cx: &mut LowerCx<'a>,
    at: &SpecPtr,
    parts: &[AllOfMember<'a>],
) -> Result<Type, Reported> {
    let mut spots: Vec<_> = patterns(parts).collect();
    let mut types: Vec<(Type, NodeRef<'_>)> = Vec::new();
    let others = others(parts);
    match &others[..] {
        [_, _, ..] => {
            let pieces = others.iter().map(|it| SchemaView::new(it.clone())).collect();
            let ty = together(cx, &at.child("additionalProperties"), pieces)?.whole();
            types.push((ty, others[0].clone()));
        }
        _ => spots.extend(others.iter().cloned()),
    }
    let mut known: HashSet<Type> = types.iter().map(|(ty, _)| ty.clone()).collect();
    for spot in &spots {
        let ty = schema(cx, spot)?.whole();
        if known.insert(ty.clone()) {
            types.push((ty, spot.clone()));
        }
    }
    if let [(one, _)] = &types[..] {
        return Ok(one.clone());
    }
    let variant = |(ty, spot): (Type, NodeRef<'_>)| Variant {
        ty,
        tags: Vec::new(),
        adds_tag: false,
        lacks_tag: false,
        wish: spot.text("title").map(str::to_owned),
        docs: docs::of(&spot),
        at: spot.at,
    };
    let variants = types.into_iter().map(variant).collect();
    // If one of them is at that place itself, the place is taken.
    let own = at.child("additionalProperties");
    let at = if others.iter().any(|it| it.at == own) || others.len() > 1 {
        own.derived(Derived::Choice)
    } else {
        own
    };
    let origin = super::origin::of(cx, &at);
    let id = cx.define(TypeDef {
        origin,
        docs: Docs::default(),
        shape: Shape::Union(Union { tag: Tag::Untagged, variants }),
        wish: None,
        at,
    });
    Ok(Type::Def(id))
}
