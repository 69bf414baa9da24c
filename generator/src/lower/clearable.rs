//! Properties that take a value or an empty text, which clears what they had: `anyOf: [{…}, {enum: ['']}]`.

use super::{LowerCx, variants};
use crate::diag::{Derived, SpecPtr};
use crate::ir::{
    Access, Api, EnumRepr, ExternalForm, Field, Id, Presence, Scalar, Shape, Table, Tag, Type,
    TypeDef, Union, Variant,
};
use crate::load::{Document, NodeRef};
use std::collections::HashSet;

/// Formats of which an empty text is no value.
const FILLED: &[&str] = &[
    "date",
    "date-time",
    "time",
    "duration",
    "uuid",
    "email",
    "idn-email",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "ip",
    "uri",
    "iri",
    "url",
    "decimal",
];
/// The number of unions within each other.
const MAX_DEPTH: u8 = 16;

/// The presence of an optional property: `Clearable` if its own schema chooses between an empty text and something
/// else. [`settle`] decides if it stays so.
pub(super) fn presence(cx: &mut LowerCx<'_>, ty: &Type, spots: &[NodeRef<'_>]) -> Presence {
    let (Type::Def(id), [spot]) = (ty, spots) else { return Presence::Optional };
    let def = &cx.types[*id];
    let is_own =
        def.at == spot.at && matches!(&def.shape, Shape::Union(it) if it.tag == Tag::Untagged);
    // Schemas that variants refer to may have no shape yet.
    let is_empty = |it: NodeRef<'_>| {
        let it = cx.document.behind(&it).unwrap_or(it);
        variants::only_value(&it) == Some("")
    };
    if is_own && ["oneOf", "anyOf"].iter().any(|key| spot.items(key).any(is_empty)) {
        cx.has_clearable = true;
        return Presence::Clearable;
    }
    Presence::Optional
}

/// Takes the empty text out of the types of properties that are sent and whose other values are never empty texts. All
/// others have the union as it is.
pub(super) fn settle(api: &mut Api, document: &Document) {
    let sent = sent(api);
    for id in api.types.ids() {
        let Shape::Struct(it) = &api.types[id].shape else { continue };
        let marked = it.fields.iter().enumerate().filter(|it| it.1.presence == Presence::Clearable);
        let marked: Vec<_> = marked.map(|it| it.0).collect();
        for index in marked {
            let Shape::Struct(it) = &api.types[id].shape else { continue };
            let field = &it.fields[index];
            let is_sent = sent.contains(&id) && field.access != Access::ReadOnly;
            let left = is_sent.then(|| others(api, document, field)).flatten();
            let ty = left.map(|it| choice(api, it));
            let Shape::Struct(it) = &mut api.types[id].shape else { continue };
            match ty {
                Some(ty) => it.fields[index].ty = ty,
                None => it.fields[index].presence = Presence::Optional,
            }
        }
    }
}

/// The variants of a union besides the empty text.
struct OtherVariants {
    union: Id<TypeDef>,
    variants: Vec<Variant>,
}

/// The type of what is left. The union itself may have other users, so that it stays as it is.
fn choice(api: &mut Api, OtherVariants { union, variants }: OtherVariants) -> Type {
    if let [one] = &variants[..] {
        return one.ty.clone();
    }
    let mut def = api.types[union].clone();
    def.shape = Shape::Union(Union { tag: Tag::Untagged, variants });
    def.at = def.at.derived(Derived::Other);
    Type::Def(api.types.push(def))
}

/// True if an empty text is all that a type allows.
fn is_empty(types: &Table<TypeDef>, ty: &Type) -> bool {
    let Type::Def(id) = types.behind(ty) else { return false };
    let Shape::Enum(it) = &types[*id].shape else { return false };
    !it.is_open && matches!(&it.values[..], [one] if one.value.as_str() == Some(""))
}

/// The other variants of a property's union, if none of them takes an empty text.
fn others(api: &Api, document: &Document, field: &Field) -> Option<OtherVariants> {
    let Type::Def(union) = field.ty else { return None };
    let Shape::Union(it) = &api.types[union].shape else { return None };
    let kept = it.variants.iter().filter(|it| !is_empty(&api.types, &it.ty));
    let variants: Vec<_> = kept.cloned().collect();
    let is_filled = |it: &Variant| is_filled(api, document, &it.ty, &it.at, MAX_DEPTH);
    let is_choice = !variants.is_empty() && variants.len() < it.variants.len();
    (is_choice && variants.iter().all(is_filled)).then_some(OtherVariants { union, variants })
}

/// True if no value of a type is an empty text.
fn is_filled(api: &Api, document: &Document, ty: &Type, at: &SpecPtr, depth: u8) -> bool {
    let Some(left) = depth.checked_sub(1) else { return false };
    match api.types.behind(ty) {
        Type::List(_) | Type::Map(_) | Type::Tuple(_) => true,
        Type::Json | Type::Nullable(_) => false,
        Type::Scalar(it) => match it {
            Scalar::Bool
            | Scalar::Int(_)
            | Scalar::IntText(_)
            | Scalar::Float
            | Scalar::Timestamp => true,
            Scalar::Text => says_filled(document, at),
            Scalar::External(id) => match api.externals.types[*id].form {
                ExternalForm::Text | ExternalForm::Timestamp => says_filled(document, at),
                ExternalForm::Json | ExternalForm::Base64 | ExternalForm::Base64Url => false,
            },
            Scalar::Base64 | Scalar::Base64Url | Scalar::File | Scalar::Part | Scalar::Null => {
                false
            }
        },
        Type::Def(id) => match &api.types[*id].shape {
            Shape::Struct(_) => true,
            Shape::Enum(it) => match it.repr {
                EnumRepr::Text => {
                    !it.is_open && it.values.iter().all(|it| it.value.as_str() != Some(""))
                }
                _ => true,
            },
            Shape::Union(it) => match it.tag {
                Tag::Property(_) => true,
                Tag::Untagged => {
                    it.variants.iter().all(|it| is_filled(api, document, &it.ty, &it.at, left))
                }
                Tag::Event => false,
            },
            Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => false,
        },
    }
}

/// True if the schema at a place says that its texts are not empty.
fn says_filled(document: &Document, at: &SpecPtr) -> bool {
    let Some(mut spot) = document.at(at) else { return false };
    for _ in 0..MAX_DEPTH {
        let is_long = spot.json("minLength").and_then(|it| it.as_u64()).is_some_and(|it| it > 0);
        if is_long || spot.text("format").is_some_and(|it| FILLED.contains(&it)) {
            return true;
        }
        match document.behind(&spot) {
            Some(target) => spot = target,
            None => return false,
        }
    }
    false
}

/// The types that operations send.
fn sent(api: &Api) -> HashSet<Id<TypeDef>> {
    let (mut found, mut queue) = (HashSet::new(), Vec::new());
    for (_, operation) in api.operations.iter() {
        operation.each_sent(&mut |ty| ty.each_def(&mut |id| queue.push(id)));
    }
    while let Some(id) = queue.pop() {
        if found.insert(id) {
            api.types[id].shape.each_def(&mut |id| queue.push(id));
        }
    }
    found
}
