//! Variants of untagged unions that are never chosen: one before them takes all that they do.

use crate::diag::{OVERLAPPING_UNION, Sink, SpecPtr};
use crate::ir::{Api, EnumRepr, Field, Presence, Scalar, Shape, Struct, Tag, Type, Union};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Reports them, where that is certain: of variants that fit alike the first is kept.
pub(super) fn overlapping(api: &Api, it: &Union, sink: &mut Sink) {
    match it.tag {
        Tag::Property(_) | Tag::Event => return,
        Tag::Untagged => {}
    }
    let mut equal: HashMap<&Type, usize> = HashMap::new();
    let mut alike: HashMap<u64, Vec<usize>> = HashMap::new();
    for (index, variant) in it.variants.iter().enumerate() {
        let ty = api.types.behind(&variant.ty);
        let group = alike.entry(signature(api, ty)).or_default();
        let mut wider = group.iter().copied();
        let wider = wider.find(|at| takes(api, &it.variants[*at].ty, ty, MAX_DEPTH));
        let same = equal.get(ty).copied();
        if let Some(before) = wider.into_iter().chain(same).min() {
            let message = format_args!(
                "answers never come as this variant: `{}` takes all that it does, and comes first",
                words(&it.variants[before].at)
            );
            sink.report(&OVERLAPPING_UNION, &variant.at, message)
                .edit("put the narrower variant first, or remove one, in {overlay}");
        }
        equal.entry(ty).or_insert(index);
        if same.is_none() && group.len() < MAX_ALIKE && takes_others(api, ty) {
            group.push(index);
        }
    }
}

/// The most variants of one kind that a variant is compared with.
const MAX_ALIKE: usize = 100;

/// Equal for types of which one takes the other, so that few have to be compared.
fn signature(api: &Api, ty: &Type) -> u64 {
    let mut hasher = DefaultHasher::new();
    sign(api, ty, MAX_DEPTH, &mut hasher);
    hasher.finish()
}

fn sign(api: &Api, ty: &Type, depth: usize, hasher: &mut DefaultHasher) {
    let ty = api.types.behind(ty);
    let Some(left) = depth.checked_sub(1) else { return };
    match ty {
        Type::Scalar(_) => "value".hash(hasher),
        Type::List(inner) => {
            "list".hash(hasher);
            sign(api, inner, left, hasher);
        }
        Type::Map(inner) => {
            "map".hash(hasher);
            sign(api, inner, left, hasher);
        }
        Type::Def(id) => match &api.types[*id].shape {
            Shape::Enum(_) => "value".hash(hasher),
            Shape::Struct(it) => {
                let mut fields: Vec<_> =
                    it.fields.iter().map(|it| (&it.wire_name, &it.ty, &it.constant)).collect();
                fields.sort_by_key(|it| it.0);
                (fields, &it.extra).hash(hasher);
            }
            Shape::Union(_) | Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => {
                ty.hash(hasher);
            }
        },
        Type::Tuple(_) | Type::Nullable(_) | Type::Json => ty.hash(hasher),
    }
}

/// True if a type may take more than what equals it.
fn takes_others(api: &Api, ty: &Type) -> bool {
    match api.types.behind(ty) {
        Type::Scalar(_) | Type::List(_) | Type::Map(_) => true,
        Type::Def(id) => match &api.types[*id].shape {
            Shape::Struct(_) => true,
            Shape::Enum(_)
            | Shape::Union(_)
            | Shape::Alias(_)
            | Shape::Outcome(_)
            | Shape::Broken => false,
        },
        Type::Tuple(_) | Type::Nullable(_) | Type::Json => false,
    }
}

/// The places of all schemas that a variant is made of.
fn words(at: &SpecPtr) -> String {
    let choices = at.choices();
    // Where the schema that chooses is elsewhere, the first place is its own.
    let is_chosen = |it: &SpecPtr| {
        let keys: Vec<_> = it.segments().collect();
        matches!(&keys[..], [.., key, _] if key == "oneOf" || key == "anyOf")
    };
    let chosen = choices.iter().skip(usize::from(choices.len() > 1 && !is_chosen(&choices[0])));
    chosen.map(|it| it.written().to_string()).collect::<Vec<_>>().join("` with `")
}

/// The greatest number of nested lists and maps that are compared: they may hold themselves.
const MAX_DEPTH: usize = 16;

/// True if a type reads every value of another, and nothing in it is unknown to it.
fn takes(api: &Api, wide: &Type, narrow: &Type, depth: usize) -> bool {
    let (wide, narrow) = (api.types.behind(wide), api.types.behind(narrow));
    if wide == narrow {
        return true;
    }
    let Some(left) = depth.checked_sub(1) else { return false };
    match (wide, narrow) {
        (Type::Scalar(wide), Type::Scalar(narrow)) => scalar(*wide, *narrow),
        (Type::Scalar(Scalar::Text), Type::Def(id)) => match &api.types[*id].shape {
            Shape::Enum(it) => it.repr == EnumRepr::Text && it.values.len() > 1,
            Shape::Struct(_)
            | Shape::Union(_)
            | Shape::Alias(_)
            | Shape::Outcome(_)
            | Shape::Broken => false,
        },
        (Type::List(wide), Type::List(narrow)) | (Type::Map(wide), Type::Map(narrow)) => {
            takes(api, wide, narrow, left)
        }
        (Type::Def(wide), Type::Def(narrow)) => {
            match (&api.types[*wide].shape, &api.types[*narrow].shape) {
                (Shape::Struct(wide), Shape::Struct(narrow)) => alike(wide, narrow),
                _ => false,
            }
        }
        _ => false,
    }
}

fn scalar(wide: Scalar, narrow: Scalar) -> bool {
    match wide {
        Scalar::Text | Scalar::File | Scalar::Timestamp => {
            matches!(
                narrow,
                Scalar::Text
                    | Scalar::File
                    | Scalar::Timestamp
                    | Scalar::Base64
                    | Scalar::Base64Url
                    | Scalar::External(_)
            )
        }
        Scalar::Float => matches!(narrow, Scalar::Int(_)),
        Scalar::Bool
        | Scalar::Int(_)
        | Scalar::IntText(_)
        | Scalar::Base64
        | Scalar::Base64Url
        | Scalar::Part
        | Scalar::External(_)
        | Scalar::Null => false,
    }
}

/// True if objects have the same properties, the first asking for no more of them than the other.
fn alike(wide: &Struct, narrow: &Struct) -> bool {
    let same = |narrow: &Field| {
        wide.fields.iter().any(|wide| {
            wide.wire_name == narrow.wire_name
                && wide.ty == narrow.ty
                && wide.constant == narrow.constant
                && (wide.presence == narrow.presence || wide.presence == Presence::Optional)
        })
    };
    wide.fields.len() == narrow.fields.len()
        && wide.extra == narrow.extra
        && narrow.fields.iter().all(same)
}
