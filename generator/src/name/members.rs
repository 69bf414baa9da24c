//! Names of fields and variants, and the order of constructors' arguments.

use super::ident::RustIdent;
use super::request::{Candidates, NameRequest, Scope};
use super::values;
use super::words::{pascal, snake, spelled};
use super::{AccessorNames, NameCx};
use crate::analysis::Analysis;
use crate::diag::pointer_key;
use crate::ir::{Id, OutcomeCase, Scalar, Shape, Struct, Tag, Type, TypeDef, Union, Variant};
use crate::ordinal::ordinal;
use std::collections::HashMap;

/// Methods that structs have besides the setters of their fields.
fn reserved_field(name: &str) -> bool {
    ["new", "builder", "build", "clone", "into", "from", "default", "additional_properties"]
        .contains(&name)
}

/// The variant that keeps what is not known.
pub(super) fn reserved_variant(name: &str) -> bool {
    name == "Unknown"
}

pub(super) fn names(cx: &mut NameCx<'_>, types: &[RustIdent]) -> Vec<Vec<RustIdent>> {
    let all: Vec<(Id<TypeDef>, &TypeDef)> = cx.api.types.iter().collect();
    all.into_iter()
        .map(|(id, def)| match &def.shape {
            _ if !cx.analysis.is_live(id) => Vec::new(),
            Shape::Struct(it) => fields(cx, def, it),
            Shape::Enum(it) => values::names(cx, def, it, &types[id.index()]),
            Shape::Union(it) => variants(cx, def, it),
            Shape::Outcome(cases) => outcomes(cx, def, cases),
            Shape::Alias(_) | Shape::Broken => Vec::new(),
        })
        .collect()
}

fn fields(cx: &mut NameCx<'_>, def: &TypeDef, it: &Struct) -> Vec<RustIdent> {
    let properties = def.at.child("properties").to_string();
    let claims: Vec<_> = it
        .fields
        .iter()
        .map(|field| NameRequest {
            key: format!("field {properties}/{}", pointer_key(&field.wire_name)),
            candidates: snakes(&field.wire_name),
            wish: cx.wish(&field.at, field.wish.as_ref()),
            wire: field.wire_name.clone(),
            at: field.at.clone(),
        })
        .collect();
    let mut scope = Scope::new("field_", "_", &reserved_field);
    scope.assign(&claims, cx.old, &mut cx.new, cx.sink)
}

/// Candidates for a name in lower case. One that is only digits says its punctuation too.
pub(super) fn snakes(wire: &str) -> Candidates<'_> {
    if wire.is_empty() {
        return Candidates::only("empty".to_owned());
    }
    let plain = snake(wire);
    if plain.bytes().all(|it| it.is_ascii_digit() || it == b'_') {
        let spelled = snake(&spelled(wire));
        if !spelled.is_empty() {
            return Candidates::only(spelled);
        }
    }
    Candidates::new(plain, || vec![snake(&spelled(wire))])
}

/// The same for a name in upper camel case.
pub(super) fn pascals(wire: &str) -> Candidates<'_> {
    if wire.is_empty() {
        return Candidates::only("Empty".to_owned());
    }
    let plain = pascal(wire);
    if plain.len() < wire.len() && plain.bytes().all(|it| it.is_ascii_digit()) {
        let spelled = pascal(&spelled(wire));
        if !spelled.is_empty() {
            return Candidates::only(spelled);
        }
    }
    Candidates::new(plain, || vec![pascal(&spelled(wire))])
}

fn variants(cx: &mut NameCx<'_>, def: &TypeDef, it: &Union) -> Vec<RustIdent> {
    let own = |variant: &Variant| match &variant.wish {
        Some(wish) if it.tag != Tag::Untagged || type_word(cx, variant).is_none() => wish.clone(),
        _ => type_word(cx, variant).unwrap_or_else(|| "value".to_owned()),
    };
    let words: Vec<_> = it.variants.iter().map(|it| (own(it), word(cx, &it.ty))).collect();
    let variants = it.variants.iter().enumerate().zip(&words);
    let claims = variants.map(|((index, variant), (own, ty))| {
        let others = move || vec![pascal(ty), pascal(&format!("{} {own}", ordinal(index + 1)))];
        NameRequest {
            key: format!("variant {} in {}", variant.at, def.at),
            candidates: pascals(own).before(others),
            wish: cx.wish(&variant.at, None),
            wire: own.clone(),
            at: variant.at.clone(),
        }
    });
    let claims: Vec<_> = claims.collect();
    let mut scope = Scope::new("V", "Value", &reserved_variant);
    scope.assign(&claims, cx.old, &mut cx.new, cx.sink)
}

/// The accessors of all unions, which are called after their variants.
pub(super) fn accessors(
    cx: &mut NameCx<'_>,
    members: &[Vec<RustIdent>],
) -> Vec<Vec<AccessorNames>> {
    let all: Vec<(Id<TypeDef>, &TypeDef)> = cx.api.types.iter().collect();
    all.into_iter()
        .map(|(id, def)| match &def.shape {
            Shape::Union(it) => union_accessors(cx, def, it, &members[id.index()]),
            _ => Vec::new(),
        })
        .collect()
}

fn union_accessors(
    cx: &mut NameCx<'_>,
    def: &TypeDef,
    it: &Union,
    members: &[RustIdent],
) -> Vec<AccessorNames> {
    let claims = it.variants.iter().zip(members).map(|(variant, member)| NameRequest {
        key: format!("accessor {} in {}", variant.at, def.at),
        candidates: Candidates::only(snake(member.text())),
        wish: None,
        wire: member.text().to_owned(),
        at: variant.at.clone(),
    });
    let claims: Vec<_> = claims.collect();
    let mut scope = Scope::new("v", "_payload", &|_| false);
    let words = scope.assign(&claims, cx.old, &mut cx.new, cx.sink);
    words.iter().map(AccessorNames::of).collect()
}

/// The name of a variant's type, if the document gave it one.
fn type_word(cx: &NameCx<'_>, variant: &Variant) -> Option<String> {
    let Type::Def(id) = variant.ty else {
        return Some(word(cx, &variant.ty)).filter(|_| variant.wish.is_none());
    };
    match &cx.api.types[id].origin {
        crate::ir::Origin::Component(key) => Some(cx.stripped(key).to_owned()),
        crate::ir::Origin::Inline { .. } if variant.wish.is_none() => Some(word(cx, &variant.ty)),
        crate::ir::Origin::Inline { .. } => None,
    }
}

/// A word for a type.
fn word(cx: &NameCx<'_>, ty: &Type) -> String {
    match ty {
        Type::Def(id) => match &cx.api.types[*id].origin {
            crate::ir::Origin::Component(key) => cx.stripped(key).to_owned(),
            crate::ir::Origin::Inline { role, .. } => role.last().cloned().unwrap_or_default(),
        },
        Type::List(inner) => match &*word(cx, inner) {
            // An anonymous type that is called after its place in the list.
            "item" => "list".to_owned(),
            inner => format!("{inner} list"),
        },
        Type::Map(inner) => format!("{} map", word(cx, inner)),
        Type::Tuple(_) => "tuple".to_owned(),
        Type::Nullable(inner) => word(cx, inner),
        Type::Json => "json".to_owned(),
        Type::Scalar(scalar) => match scalar {
            Scalar::Bool => "bool",
            Scalar::Int(_) | Scalar::IntText(_) => "integer",
            Scalar::Float => "number",
            Scalar::Text => "string",
            Scalar::Timestamp => "timestamp",
            Scalar::Base64 | Scalar::Base64Url => "bytes",
            Scalar::File | Scalar::Part => "file",
            Scalar::Null => "null",
            Scalar::External(id) => {
                let path = &cx.api.externals.types[*id].path;
                path.segments.last().map_or("value", String::as_str)
            }
        }
        .to_owned(),
    }
}

fn outcomes(cx: &mut NameCx<'_>, def: &TypeDef, cases: &[OutcomeCase]) -> Vec<RustIdent> {
    let claims: Vec<_> = cases
        .iter()
        .map(|case| NameRequest {
            key: format!("outcome {}", def.at.child(&case.status)),
            candidates: Candidates::only(status_name(&case.status)),
            wish: None,
            wire: case.status.clone(),
            at: case.at.clone(),
        })
        .collect();
    let mut scope = Scope::new("Status", "Status", &|_| false);
    scope.assign(&claims, cx.old, &mut cx.new, cx.sink)
}

/// The reason phrase of a status (RFC 9110), else its number.
fn status_name(status: &str) -> String {
    match status {
        "200" => "Ok",
        "201" => "Created",
        "202" => "Accepted",
        "203" => "NonAuthoritativeInformation",
        "204" => "NoContent",
        "205" => "ResetContent",
        "206" => "PartialContent",
        "207" => "MultiStatus",
        "default" => "Other",
        other => return format!("Status{}", pascal(other)),
    }
    .to_owned()
}

/// The order of each constructor's arguments: what the lock says, then what is new.
pub(super) fn arguments(cx: &mut NameCx<'_>) -> Vec<Vec<usize>> {
    let all: Vec<(Id<TypeDef>, &TypeDef)> = cx.api.types.iter().collect();
    all.into_iter()
        .map(|(id, def)| match &def.shape {
            Shape::Struct(it) if cx.analysis.is_live(id) && cx.analysis.is_sent(id) => {
                ordered(cx, def, it)
            }
            _ => Vec::new(),
        })
        .collect()
}

fn ordered(cx: &mut NameCx<'_>, def: &TypeDef, it: &Struct) -> Vec<usize> {
    let key = def.at.to_string();
    let locked: HashMap<&str, usize> =
        cx.old.arguments(&key).iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect();
    let mut asked = Analysis::arguments(it);
    let wire = |index: &usize| it.fields[*index].wire_name.as_str();
    asked.sort_by_key(|index| (locked.get(wire(index)).copied().unwrap_or(usize::MAX), *index));
    if asked.len() > 1 {
        let names = asked.iter().map(|index| wire(index).to_owned()).collect();
        cx.new.set_arguments(&key, names);
    }
    asked
}
