//! The plans of unions, enums, aliases and outcomes; a struct has a file of its own.

use super::PlanCx;
use super::field::PartPlan;
use super::imports::Imports;
use super::rust_type::{RustType, WireType, behind, is_named};
use super::structure::{self, StructPlan, WireForms};
use crate::ir::{
    Docs, Enum, EnumRepr, EnumValue, Id, OutcomeBody, OutcomeCase, Shape, Tag, Type, TypeDef,
    Union, Variant,
};
use crate::name::{AccessorNames, RustIdent};
use std::collections::HashMap;

/// A type of the client.
#[derive(Debug)]
pub(crate) enum TypePlan<'a> {
    Struct(StructPlan<'a>),
    Enum(EnumPlan<'a>),
    Union(UnionPlan<'a>),
    Alias(AliasPlan<'a>),
    Outcome(OutcomePlan<'a>),
    /// Written out where it is used, or no part of the client.
    Nothing,
}

/// Values that a document lists.
#[derive(Debug)]
pub(crate) struct EnumPlan<'a> {
    pub(crate) ident: &'a RustIdent,
    pub(crate) docs: &'a Docs,
    pub(crate) repr: EnumRepr,
    pub(crate) values: &'a [EnumValue],
    pub(crate) is_open: bool,
    /// The names of the values, in their order.
    pub(crate) members: &'a [RustIdent],
    /// The runtime's type of a value that the document does not list.
    pub(crate) unknown: &'static str,
    /// Traits besides the usual ones.
    pub(crate) traits: Vec<&'a str>,
}

/// One of several types.
#[derive(Debug)]
pub(crate) struct UnionPlan<'a> {
    pub(crate) ident: &'a RustIdent,
    pub(crate) docs: &'a Docs,
    pub(crate) tag: &'a Tag,
    pub(crate) variants: Vec<VariantPlan<'a>>,
    pub(crate) forms: WireForms,
    /// Traits besides the usual ones.
    pub(crate) traits: Vec<&'a str>,
    /// The body of a request of several parts.
    pub(crate) is_body: bool,
    /// It holds files, and is part of a type that does.
    pub(crate) is_nested_part: bool,
    /// A constant may speak for a later variant, so all are tried.
    pub(crate) is_exhaustive: bool,
}

/// A variant of a union.
#[derive(Debug)]
pub(crate) struct VariantPlan<'a> {
    pub(crate) ident: &'a RustIdent,
    pub(crate) variant: &'a Variant,
    pub(crate) value: WireType,
    pub(crate) is_boxed: bool,
    pub(crate) part: PartPlan,
    /// Its value has several parts, with names of their own.
    pub(crate) is_nested: bool,
    /// The type that makes a union of this variant, with all aliases resolved: no other variant holds it.
    pub(crate) payload: Option<RustType>,
    /// The methods that give the payload, if the union has any.
    pub(crate) accessors: Option<&'a AccessorNames>,
    /// The type as which a method lends the payload.
    pub(crate) lent: Lent,
}

/// The way in which an accessor lends a payload.
#[derive(Debug)]
pub(crate) enum Lent {
    /// By value.
    Copied,
    /// As `&str`.
    Str,
    Reference,
}

/// A name for a type without a shape of its own.
#[derive(Debug)]
pub(crate) struct AliasPlan<'a> {
    pub(crate) ident: &'a RustIdent,
    pub(crate) docs: &'a Docs,
    pub(crate) ty: RustType,
    /// A struct around the value, since the alias contains itself.
    pub(crate) is_wrapped: bool,
    pub(crate) forms: WireForms,
    /// Traits besides the usual ones.
    pub(crate) traits: Vec<&'a str>,
}

/// The several success responses of an operation.
#[derive(Debug)]
pub(crate) struct OutcomePlan<'a> {
    pub(crate) ident: &'a RustIdent,
    pub(crate) cases: Vec<CasePlan<'a>>,
}

/// A success response among several.
#[derive(Debug)]
pub(crate) struct CasePlan<'a> {
    pub(crate) ident: &'a RustIdent,
    pub(crate) status: &'a str,
    pub(crate) body: CaseBody,
    pub(crate) docs: Option<&'a str>,
}

/// The body of a success response among several.
#[derive(Debug)]
pub(crate) enum CaseBody {
    Nothing,
    Json(WireType),
    Text,
    Bytes,
}

/// The plan of a type.
pub(super) fn plan(cx: PlanCx<'_>, id: Id<TypeDef>) -> TypePlan<'_> {
    if !cx.analysis.is_live(id) || !is_named(cx, id) {
        return TypePlan::Nothing;
    }
    match &cx.api.types[id].shape {
        Shape::Struct(it) => TypePlan::Struct(structure::plan(cx, id, it)),
        Shape::Enum(it) => TypePlan::Enum(enumeration(cx, id, it)),
        Shape::Union(it) => TypePlan::Union(union(cx, id, it)),
        Shape::Alias(ty) => TypePlan::Alias(AliasPlan {
            ident: cx.names.ty(id),
            docs: &cx.api.types[id].docs,
            ty: RustType::of(cx, ty),
            is_wrapped: cx.analysis.is_wrapped(id),
            forms: WireForms::of(cx, id),
            traits: cx.analysis.derives(id),
        }),
        Shape::Outcome(cases) => TypePlan::Outcome(OutcomePlan {
            ident: cx.names.ty(id),
            cases: cases
                .iter()
                .zip(cx.names.members(id))
                .map(|(it, id)| case(cx, it, id))
                .collect(),
        }),
        Shape::Broken => TypePlan::Nothing,
    }
}

fn enumeration<'a>(cx: PlanCx<'a>, id: Id<TypeDef>, it: &'a Enum) -> EnumPlan<'a> {
    EnumPlan {
        ident: cx.names.ty(id),
        docs: &cx.api.types[id].docs,
        repr: it.repr,
        values: &it.values,
        is_open: it.is_open,
        members: cx.names.members(id),
        unknown: match it.repr {
            EnumRepr::Text => "UnknownValue",
            EnumRepr::Int => "UnknownInt",
            EnumRepr::Mixed => "UnknownLiteral",
        },
        traits: cx
            .analysis
            .derives(id)
            .into_iter()
            .filter(|it| !matches!(*it, "Eq" | "Hash"))
            .collect(),
    }
}

fn union<'a>(cx: PlanCx<'a>, id: Id<TypeDef>, it: &'a Union) -> UnionPlan<'a> {
    let payloads = payloads(cx, id, it);
    let accessors = cx.names.accessors(id);
    let variants = it.variants.iter().zip(cx.names.members(id)).zip(payloads);
    let variants = variants.enumerate().map(|(index, ((variant, ident), payload))| {
        let value = WireType::of(cx, &variant.ty);
        VariantPlan {
            ident,
            variant,
            is_boxed: cx.analysis.is_large(&variant.ty),
            part: PartPlan::of(cx, &variant.ty, value.codec.as_ref()),
            is_nested: cx.analysis.holds_files(&variant.ty) && is_nested(cx, &variant.ty),
            value,
            payload,
            accessors: accessors.get(index),
            lent: Lent::of(cx, &variant.ty),
        }
    });
    UnionPlan {
        ident: cx.names.ty(id),
        docs: &cx.api.types[id].docs,
        tag: &it.tag,
        variants: variants.collect(),
        forms: WireForms::of(cx, id),
        traits: cx.analysis.derives(id),
        is_body: cx.analysis.is_multipart_body(id),
        is_nested_part: cx.analysis.is_within_parts(id),
        is_exhaustive: cx.analysis.has_constants(id),
    }
}

/// The types of payloads that one variant alone has, in the order of the variants.
fn payloads(cx: PlanCx<'_>, id: Id<TypeDef>, it: &Union) -> Vec<Option<RustType>> {
    let types: Vec<_> = it.variants.iter().map(|it| RustType::resolved(cx, &it.ty)).collect();
    let mut variants = HashMap::<_, usize>::new();
    for ty in &types {
        *variants.entry(ty).or_default() += 1;
    }
    // Events are received only, and every type is made from itself.
    let converts =
        |ty: &&RustType| **ty != RustType::Named(id) && it.tag != Tag::Event && variants[*ty] == 1;
    types.iter().map(|it| Some(it).filter(converts).cloned()).collect()
}

/// Tells whether a value that holds files has several parts, with names of their own.
fn is_nested(cx: PlanCx<'_>, ty: &Type) -> bool {
    match behind(cx, ty) {
        Type::Def(id) => matches!(cx.api.types[*id].shape, Shape::Struct(_)),
        Type::Map(_) => true,
        Type::List(_) | Type::Nullable(_) | Type::Tuple(_) | Type::Scalar(_) | Type::Json => false,
    }
}

fn case<'a>(cx: PlanCx<'a>, it: &'a OutcomeCase, ident: &'a RustIdent) -> CasePlan<'a> {
    let body = match &it.body {
        OutcomeBody::Nothing => CaseBody::Nothing,
        OutcomeBody::Json(ty) => CaseBody::Json(WireType::of(cx, ty)),
        OutcomeBody::Text => CaseBody::Text,
        OutcomeBody::Bytes => CaseBody::Bytes,
    };
    CasePlan { ident, status: &it.status, body, docs: it.docs.as_deref() }
}

impl TypePlan<'_> {
    /// Notes the names in the definition of the type.
    pub(crate) fn imports(&self, imports: &mut Imports) {
        match self {
            Self::Struct(it) => {
                it.kept().for_each(|it| it.imports(imports));
                if let Some(extra) = &it.extra {
                    imports.map = true;
                    imports.ty(&extra.value.ty);
                }
            }
            Self::Enum(it) => {
                imports.runtime.insert(it.unknown);
            }
            Self::Union(it) => {
                it.variants.iter().for_each(|it| imports.ty(&it.value.ty));
                if it.converts().next().is_some() {
                    imports.runtime.insert("payloads");
                }
                if it.variants.iter().any(|it| it.accessors.is_some()) {
                    imports.runtime.insert("accessors");
                }
                if it.forms.has_json() && *it.tag != Tag::Event {
                    imports.runtime.insert("Json");
                }
            }
            Self::Alias(it) => imports.ty(&it.ty),
            Self::Outcome(it) => it.jsons().for_each(|it| imports.ty(&it.ty)),
            Self::Nothing => {}
        }
    }

    /// Notes the names in what reads and writes the type `id`.
    pub(crate) fn codec_imports(&self, id: Id<TypeDef>, imports: &mut Imports) {
        match self {
            Self::Struct(it) => {
                if it.forms.has_json() {
                    imports.runtime.extend(["codec", "records"]);
                    imports.map |= it.extra.is_some();
                } else {
                    it.parts().for_each(|it| imports.codec(it.codec()));
                }
                if it.is_nested_part && it.forms.has_parts() {
                    imports.runtime.insert("nested_parts");
                }
            }
            Self::Union(it) if !it.forms.has_json() => {
                it.variants.iter().for_each(|it| imports.codec(it.part.codec()));
            }
            Self::Union(it) => match it.tag {
                // Rows with tags hold objects, which read and write themselves.
                Tag::Property(_) => {
                    imports.runtime.insert("tagged_union");
                }
                Tag::Event | Tag::Untagged => {
                    let is_event = *it.tag == Tag::Event;
                    imports.runtime.insert(if is_event { "event_union" } else { "untagged_union" });
                    it.variants.iter().for_each(|it| imports.codec(it.value.codec.as_ref()));
                }
            },
            Self::Outcome(it) => {
                imports.runtime.insert("response_enum");
                it.jsons().for_each(|it| imports.codec(it.codec.as_ref()));
            }
            Self::Enum(it) => {
                imports.runtime.insert(match it.repr {
                    EnumRepr::Text => "text_enum",
                    EnumRepr::Int => "int_enum",
                    EnumRepr::Mixed => "literal_enum",
                });
            }
            Self::Alias(it) if it.is_wrapped => {
                if it.forms.has_json() {
                    imports.runtime.insert("wrapper");
                }
            }
            Self::Alias(_) | Self::Nothing => return,
        }
        imports.types.insert(id);
    }
}

impl Lent {
    fn of(cx: PlanCx<'_>, ty: &Type) -> Self {
        match RustType::of(cx, behind(cx, ty)) {
            RustType::Bool | RustType::Int(_) | RustType::Float | RustType::Unit => Self::Copied,
            RustType::Text => Self::Str,
            _ => Self::Reference,
        }
    }
}

impl<'a> UnionPlan<'a> {
    /// The variants that their payload names.
    pub(crate) fn converts(&self) -> impl Iterator<Item = &VariantPlan<'a>> {
        self.variants.iter().filter(|it| it.payload.is_some())
    }
}

impl OutcomePlan<'_> {
    fn jsons(&self) -> impl Iterator<Item = &WireType> {
        self.cases.iter().filter_map(|it| match &it.body {
            CaseBody::Json(it) => Some(it),
            CaseBody::Nothing | CaseBody::Text | CaseBody::Bytes => None,
        })
    }
}
