//! The plan of a struct: its fields, how values of it are made, and how they are read and written.

use super::PlanCx;
use super::field::{self, FieldPlan, Input, PartPlan};
use super::rust_type::WireType;
use crate::ir::{Docs, Id, Struct, Type, TypeDef};
use crate::name::RustIdent;

/// A struct.
#[derive(Debug)]
pub(crate) struct StructPlan<'a> {
    pub(crate) ident: &'a RustIdent,
    pub(crate) docs: &'a Docs,
    /// All properties in the order of the document, constants among them.
    pub(crate) fields: Vec<FieldPlan<'a>>,
    /// Properties beyond the named ones.
    pub(crate) extra: Option<ExtraPlan>,
    /// Values are made by the client.
    pub(crate) is_made: bool,
    /// No call gives a value, so one that is not used was made in vain.
    pub(crate) is_only_made: bool,
    /// The numbers of the fields that the constructor asks for, in the order of its arguments.
    pub(crate) arguments: &'a [usize],
    /// The builder that replaces the constructor.
    pub(crate) builder: Option<&'a RustIdent>,
    pub(crate) forms: WireForms,
    /// Traits besides the usual ones.
    pub(crate) traits: Vec<&'a str>,
    /// It holds files, and is part of a type that does.
    pub(crate) is_nested_part: bool,
}

/// The forms in which values travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WireForms {
    Json,
    /// Bodies of several parts, which a client only sends.
    Parts,
    Both,
}

impl WireForms {
    pub(super) fn of(cx: PlanCx<'_>, id: Id<TypeDef>) -> Self {
        match (cx.analysis.is_multipart(id), cx.analysis.is_form(id)) {
            (true, _) => Self::Parts,
            (false, true) => Self::Both,
            (false, false) => Self::Json,
        }
    }

    pub(crate) fn has_json(self) -> bool {
        matches!(self, Self::Json | Self::Both)
    }

    pub(crate) fn has_parts(self) -> bool {
        matches!(self, Self::Parts | Self::Both)
    }
}

/// Properties beyond the named ones.
#[derive(Debug)]
pub(crate) struct ExtraPlan {
    pub(crate) value: WireType,
    pub(crate) part: PartPlan,
    /// The document does not speak of them.
    pub(crate) is_undocumented: bool,
}

impl<'a> StructPlan<'a> {
    /// The properties that are fields of the struct.
    pub(crate) fn kept(&self) -> impl Iterator<Item = &FieldPlan<'a>> + Clone {
        self.fields.iter().filter(|it| it.constant.is_none())
    }

    /// The fields that the constructor asks for.
    pub(crate) fn asked(&self) -> impl Iterator<Item = &FieldPlan<'a>> + Clone {
        self.arguments.iter().map(|index| &self.fields[*index])
    }

    /// The fields with a setter.
    pub(crate) fn settable(&self) -> impl Iterator<Item = &FieldPlan<'a>> {
        self.fields.iter().filter(|it| it.input == Input::Setter)
    }

    /// The parts that it is sent in.
    pub(super) fn parts(&self) -> impl Iterator<Item = &PartPlan> {
        let fields = self.kept().filter(|it| it.is_sent()).map(|it| &it.part);
        fields.chain(self.extra.iter().map(|it| &it.part))
    }

    /// Tells whether a value can be made from nothing.
    pub(crate) fn is_blank(&self) -> bool {
        self.is_made && self.arguments.is_empty()
    }

    /// Tells whether a new value is not empty.
    pub(crate) fn has_preset(&self) -> bool {
        self.fields.iter().any(|it| it.preset.is_some())
    }
}

/// The plan of a struct.
pub(super) fn plan<'a>(cx: PlanCx<'a>, id: Id<TypeDef>, it: &'a Struct) -> StructPlan<'a> {
    let arguments = cx.names.arguments(id);
    let fields = it.fields.iter().enumerate();
    let fields =
        fields.map(|(index, it)| field::plan(cx, id, index, it, arguments.contains(&index)));
    let is_undocumented = cx.analysis.keeps_undocumented(id);
    let extra = if is_undocumented { Some(&Type::Json) } else { it.extra.as_ref() };
    let extra = extra.map(|ty| {
        let value = WireType::of(cx, ty);
        let part = PartPlan::of(cx, ty, value.codec.as_ref());
        ExtraPlan { value, part, is_undocumented }
    });
    StructPlan {
        ident: cx.names.ty(id),
        docs: &cx.api.types[id].docs,
        fields: fields.collect(),
        extra,
        is_made: cx.analysis.is_sent(id),
        is_only_made: cx.analysis.is_sent(id) && !cx.analysis.is_received(id),
        arguments,
        builder: cx.names.builder(id),
        forms: WireForms::of(cx, id),
        traits: cx.analysis.derives(id),
        is_nested_part: cx.analysis.is_within_parts(id),
    }
}
