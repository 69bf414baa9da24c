//! Rust types, and how their values travel where the type does not say so.

use super::PlanCx;
use crate::ir::{
    ExternalForm, ExternalType, Id, IntKind, Origin, Scalar, Shape, Tag, Type, TypeDef,
};

/// A type as it is written in Rust.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum RustType {
    Bool,
    Int(IntKind),
    Float,
    Text,
    Bytes,
    Unit,
    /// A type of the client.
    Named(Id<TypeDef>),
    /// A type of the runtime.
    Runtime(&'static str),
    /// A type of another crate.
    External(Id<ExternalType>),
    List(Box<RustType>),
    Map(Box<RustType>),
    Tuple(Vec<RustType>),
    Option(Box<RustType>),
}

impl RustType {
    /// The Rust type of a type. An anonymous alias is written out.
    pub(crate) fn of(cx: PlanCx<'_>, ty: &Type) -> Self {
        let boxed = |inner: &Type| Box::new(Self::of(cx, inner));
        match ty {
            Type::Def(id) => match &cx.api.types[*id].shape {
                Shape::Alias(inner) if !is_named(cx, *id) => Self::of(cx, inner),
                _ => Self::Named(*id),
            },
            Type::List(inner) => Self::List(boxed(inner)),
            Type::Map(inner) => Self::Map(boxed(inner)),
            Type::Tuple(types) => Self::Tuple(types.iter().map(|it| Self::of(cx, it)).collect()),
            Type::Nullable(inner) => Self::Option(boxed(inner)),
            Type::Json => Self::Runtime("Json"),
            Type::Scalar(it) => match it {
                Scalar::Bool => Self::Bool,
                Scalar::Int(kind) | Scalar::IntText(kind) => Self::Int(*kind),
                Scalar::Float => Self::Float,
                Scalar::Text | Scalar::File => Self::Text,
                Scalar::Part => Self::Runtime("FilePart"),
                Scalar::Timestamp => Self::Runtime("Timestamp"),
                Scalar::Base64 | Scalar::Base64Url => Self::Bytes,
                Scalar::Null => Self::Unit,
                Scalar::External(id) => Self::External(*id),
            },
        }
    }
}

impl RustType {
    /// The Rust type of a type without the names of aliases: equal if rustc takes them for one type.
    pub(super) fn resolved(cx: PlanCx<'_>, ty: &Type) -> Self {
        let boxed = |inner: &Type| Box::new(Self::resolved(cx, inner));
        match behind(cx, ty) {
            Type::List(inner) => match boxed(inner) {
                it if *it == Self::Int(IntKind::U8) => Self::Bytes,
                it => Self::List(it),
            },
            Type::Map(inner) => Self::Map(boxed(inner)),
            Type::Tuple(types) => {
                Self::Tuple(types.iter().map(|it| Self::resolved(cx, it)).collect())
            }
            Type::Nullable(inner) => Self::Option(boxed(inner)),
            Type::Scalar(Scalar::External(id)) => {
                let all = &cx.api.externals.types;
                let mut same = all.iter().filter(|(_, it)| it.path == all[*id].path);
                Self::External(same.next().map_or(*id, |it| it.0))
            }
            ty @ (Type::Def(_) | Type::Scalar(_) | Type::Json) => Self::of(cx, ty),
        }
    }
}

/// Tells whether a type has a name in the output.
pub(super) fn is_named(cx: PlanCx<'_>, id: Id<TypeDef>) -> bool {
    let def = &cx.api.types[id];
    let is_anonymous =
        matches!((&def.shape, &def.origin), (Shape::Alias(_), Origin::Inline { .. }));
    !is_anonymous || cx.analysis.is_wrapped(id)
}

/// The type behind aliases.
pub(crate) fn behind<'a>(cx: PlanCx<'a>, ty: &'a Type) -> &'a Type {
    let mut ty = ty;
    while let Type::Def(id) = ty {
        let Shape::Alias(inner) = &cx.api.types[*id].shape else { break };
        if cx.analysis.is_wrapped(*id) {
            break;
        }
        ty = inner;
    }
    ty
}

/// A codec of the runtime, for values that travel in another form than their Rust type says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Codec {
    Int64String,
    Base64,
    Base64Url,
    AsText,
    AsTimestamp,
    AsJson,
    List(Box<Codec>),
    Map(Box<Codec>),
    Nullable(Box<Codec>),
    /// One for each item, where an item needs one.
    Tuple(Vec<Option<Codec>>),
    /// Behind a pointer.
    Boxed(Option<Box<Codec>>),
}

impl Codec {
    /// The codec of a type, if it needs one.
    pub(crate) fn of(cx: PlanCx<'_>, ty: &Type) -> Option<Self> {
        Self::within(cx, ty, false)
    }

    /// The same, but a tuple within a tuple has no codec: written out, codecs could double at each step.
    fn within(cx: PlanCx<'_>, ty: &Type, in_tuple: bool) -> Option<Self> {
        let inner = |inner: &Type| Self::within(cx, inner, in_tuple).map(Box::new);
        match behind(cx, ty) {
            Type::Scalar(Scalar::IntText(_)) => Some(Self::Int64String),
            Type::Scalar(Scalar::Base64) => Some(Self::Base64),
            Type::Scalar(Scalar::Base64Url) => Some(Self::Base64Url),
            Type::Scalar(Scalar::External(id)) => Some(match cx.api.externals.types[*id].form {
                ExternalForm::Text => Self::AsText,
                ExternalForm::Timestamp => Self::AsTimestamp,
                ExternalForm::Json => Self::AsJson,
                ExternalForm::Base64 => Self::Base64,
                ExternalForm::Base64Url => Self::Base64Url,
            }),
            Type::List(it) => inner(it).map(Self::List),
            Type::Map(it) => inner(it).map(Self::Map),
            Type::Nullable(it) => inner(it).map(Self::Nullable),
            Type::Tuple(types) if !in_tuple => {
                let codecs: Vec<_> = types.iter().map(|it| Self::within(cx, it, true)).collect();
                codecs.iter().any(Option::is_some).then_some(Self::Tuple(codecs))
            }
            Type::Def(_) | Type::Tuple(_) | Type::Scalar(_) | Type::Json => None,
        }
    }
}

/// A type with the codec of its values, if they need one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WireType {
    pub(crate) ty: RustType,
    pub(crate) codec: Option<Codec>,
}

impl WireType {
    pub(crate) fn of(cx: PlanCx<'_>, ty: &Type) -> Self {
        Self { ty: RustType::of(cx, ty), codec: Codec::of(cx, ty) }
    }
}

/// The way in which an argument is passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Passing {
    Value,
    /// Text as `&str`.
    Str,
    /// A list as a slice of its items.
    Slice(RustType),
    Reference,
}

impl Passing {
    /// The way to pass a value that is written at once: small ones by value.
    pub(crate) fn lent(cx: PlanCx<'_>, ty: &Type) -> Self {
        match behind(cx, ty) {
            Type::Scalar(Scalar::Text | Scalar::File) => Self::Str,
            Type::Scalar(
                Scalar::Bool | Scalar::Int(_) | Scalar::IntText(_) | Scalar::Float | Scalar::Null,
            ) => Self::Value,
            Type::Scalar(Scalar::External(id)) if cx.api.externals.types[*id].is_copy => {
                Self::Value
            }
            Type::List(inner) => Self::Slice(RustType::of(cx, inner)),
            _ => Self::Reference,
        }
    }
}

/// The way in which a constructor or setter takes what it stores.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stored {
    Value,
    /// Text as `&str`.
    Str,
    /// A union or a payload that names its variant, an enum of any texts or a text.
    Into,
}

impl Stored {
    pub(super) fn of(cx: PlanCx<'_>, ty: &Type) -> Self {
        match behind(cx, ty) {
            Type::Scalar(Scalar::Text | Scalar::File) => Self::Str,
            Type::Def(id) => match &cx.api.types[*id].shape {
                Shape::Union(it) if it.tag != Tag::Event => Self::Into,
                Shape::Enum(it) if it.is_open => Self::Into,
                _ => Self::Value,
            },
            _ => Self::Value,
        }
    }
}
