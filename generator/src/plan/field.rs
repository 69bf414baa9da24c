//! The plan of a field: its name, its type, its codec, how it may be absent, how it is set.

use super::PlanCx;
use super::imports::Imports;
use super::rust_type::{Codec, RustType, Stored, behind};
use crate::ir::{Access, Docs, Field, Id, Presence, Scalar, Shape, Type, TypeDef};
use crate::load::Json;
use crate::name::RustIdent;

/// A property of an object.
#[derive(Debug)]
pub(crate) struct FieldPlan<'a> {
    pub(crate) ident: &'a RustIdent,
    pub(crate) wire_name: &'a str,
    /// The type of a value that is there, without its pointer.
    pub(crate) ty: RustType,
    pub(crate) is_boxed: bool,
    pub(crate) codec: Option<Codec>,
    pub(crate) absence: Absence,
    /// The only value that it may have. Then it is no field of the struct.
    pub(crate) constant: Option<&'a Json>,
    pub(crate) preset: Option<Preset<'a>>,
    pub(crate) input: Input,
    pub(crate) stored: Stored,
    /// In all that a server sends.
    pub(crate) is_expected: bool,
    /// Only the server sets it, in a type that the client sends too.
    pub(crate) is_read_only: bool,
    /// As a part, in a body of several parts.
    pub(crate) part: PartPlan,
    pub(crate) words: Words<'a>,
}

impl FieldPlan<'_> {
    /// Tells whether it is sent with what is sent. Properties that only the server sets are not.
    pub(crate) fn is_sent(&self) -> bool {
        self.constant.is_some() || !self.is_read_only
    }

    /// Notes the names in the type of the field.
    pub(super) fn imports(&self, imports: &mut Imports) {
        imports.ty(&self.ty);
        if matches!(self.absence, Absence::Patch | Absence::EmptyText) {
            imports.runtime.insert("Patch");
        }
    }
}

/// The representation of a field without a value: in its type, and on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Absence {
    /// It has one.
    Never,
    /// `None` is null, and is written.
    Null,
    /// `None` is left out.
    Omitted,
    /// A `Patch`: null clears, absence keeps.
    Patch,
    /// A `Patch` whose null is an empty text.
    EmptyText,
}

impl Absence {
    pub(super) fn of(cx: PlanCx<'_>, id: Id<TypeDef>, field: &Field) -> Self {
        let is_other_way = match field.access {
            Access::ReadOnly => cx.analysis.is_sent(id),
            Access::WriteOnly => cx.analysis.is_received(id),
            Access::Both => false,
        };
        match field.presence {
            Presence::OptionalNullable if cx.analysis.is_patch(id) => Self::Patch,
            Presence::Clearable => Self::EmptyText,
            Presence::Required if !is_other_way => Self::Never,
            Presence::Nullable => Self::Null,
            Presence::Required | Presence::Optional | Presence::OptionalNullable => Self::Omitted,
        }
    }
}

/// The way in which a caller gives a value that is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Input {
    /// The constructor asks for it.
    Constructor,
    Setter,
    /// Not at all: it is constant, or only the server sets it.
    Nothing,
}

/// The value that constructors give.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Preset<'a> {
    Literal(&'a Json),
    Variant(Id<TypeDef>, &'a RustIdent),
}

impl<'a> Preset<'a> {
    fn of(cx: PlanCx<'a>, field: &'a Field) -> Option<Self> {
        let value = field.preset.as_ref()?;
        let Type::Def(id) = behind(cx, &field.ty) else { return Some(Self::Literal(value)) };
        let Shape::Enum(it) = &cx.api.types[*id].shape else { return None };
        let index = it.values.iter().position(|it| it.value == *value)?;
        Some(Self::Variant(*id, &cx.names.members(*id)[index]))
    }
}

/// The encoding of a value as a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PartPlan {
    /// It holds files.
    Files,
    /// Text, JSON for what has properties; with a codec, where its type writes another form.
    Text(Option<Codec>),
    /// JSON whatever it holds.
    Json(Option<Codec>),
}

impl PartPlan {
    pub(crate) fn of(cx: PlanCx<'_>, ty: &Type, codec: Option<&Codec>) -> Self {
        if cx.analysis.holds_files(ty) {
            return Self::Files;
        }
        match behind(cx, ty) {
            // As text it is the same.
            Type::Scalar(Scalar::IntText(_)) => Self::Text(None),
            Type::Tuple(_) => Self::Json(codec.cloned()),
            _ => Self::Text(codec.cloned()),
        }
    }

    /// The codec, if the part needs one.
    pub(crate) fn codec(&self) -> Option<&Codec> {
        match self {
            Self::Files => None,
            Self::Text(codec) | Self::Json(codec) => codec.as_ref(),
        }
    }
}

/// The documentation of a field or parameter: the document's words, and notes of ours.
#[derive(Debug)]
pub(crate) struct Words<'a> {
    pub(crate) docs: &'a Docs,
    pub(crate) notes: Vec<String>,
}

impl<'a> Words<'a> {
    pub(crate) fn of(docs: &'a Docs, default: Option<&Json>, limits: Option<&str>) -> Self {
        let default = default.map(|it| format!("Default: `{}`.", code(it)));
        let limits = limits.map(|it| format!("Range: {it}."));
        Self { docs, notes: default.into_iter().chain(limits).collect() }
    }
}

/// A scalar for a code span.
pub(crate) fn code(value: &Json) -> String {
    let text = value.as_str().map_or_else(|| value.to_string(), |it| format!("{it:?}"));
    text.trim_matches('"').replace('`', "'")
}

/// The plan of a field, which the constructor asks for or not.
pub(super) fn plan<'a>(
    cx: PlanCx<'a>,
    id: Id<TypeDef>,
    index: usize,
    field: &'a Field,
    is_argument: bool,
) -> FieldPlan<'a> {
    let codec = Codec::of(cx, &field.ty);
    let part = PartPlan::of(cx, &field.ty, codec.as_ref());
    let is_boxed = cx.analysis.is_boxed(id, index);
    let absence = Absence::of(cx, id, field);
    let is_plain = |it: &&Json| it.is_string() || it.is_number() || it.is_boolean();
    let default = field.default.as_ref().filter(is_plain);
    FieldPlan {
        ident: &cx.names.members(id)[index],
        wire_name: &field.wire_name,
        ty: RustType::of(cx, &field.ty),
        is_boxed,
        codec: if is_boxed { Some(Codec::Boxed(codec.map(Box::new))) } else { codec },
        absence,
        constant: field.constant.as_ref(),
        preset: Preset::of(cx, field),
        input: match (is_argument, &field.constant, field.access) {
            (true, ..) => Input::Constructor,
            (false, None, Access::Both | Access::WriteOnly) => Input::Setter,
            (false, Some(_), _) | (false, None, Access::ReadOnly) => Input::Nothing,
        },
        stored: Stored::of(cx, &field.ty),
        is_expected: match field.presence {
            Presence::Required | Presence::Nullable => {
                field.access != Access::WriteOnly || absence == Absence::Never
            }
            Presence::Optional | Presence::OptionalNullable | Presence::Clearable => false,
        },
        is_read_only: field.access == Access::ReadOnly && cx.analysis.is_sent(id),
        part,
        words: words(field, absence, default),
    }
}

fn words<'a>(field: &'a Field, absence: Absence, default: Option<&Json>) -> Words<'a> {
    let mut words = Words::of(&field.docs, default, field.limits.as_deref());
    if absence == Absence::EmptyText {
        words.notes.push("`Patch::Null` clears it: an empty text is sent.".to_owned());
    }
    words
}
