//! The plan of a parameter or body: its type, how it is passed, how it is written, where it is given.

use super::PlanCx;
use super::field::{Words, code};
use super::imports::Imports;
use super::rust_type::{Passing, RustType, WireType, behind};
use crate::ir::{
    Body, BodyContent, Docs, Framing, Param, ParamPlace, ParamStyle, PartEncoding, Scalar, Type,
};
use crate::name::RustIdent;

/// A parameter of an operation.
#[derive(Debug)]
pub(crate) struct ParamPlan<'a> {
    pub(crate) ident: &'a RustIdent,
    pub(crate) wire_name: &'a str,
    pub(crate) place: ParamPlace,
    pub(crate) value: ArgumentPlan,
    /// Its style, where it is not the usual one of its place.
    pub(crate) style: Option<ParamStyle>,
    pub(crate) input: ParamInput,
    /// A request without it is an error.
    pub(crate) is_needed: bool,
    /// The document says what a request without it means.
    pub(crate) has_default: bool,
    pub(crate) words: Words<'a>,
}

/// The way in which a caller gives a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ParamInput {
    /// The method of the operation asks for it.
    Argument,
    /// The call has a setter.
    Setter,
    /// Set once on the client, unless the setter of the call sets it.
    Client,
}

impl ParamPlan<'_> {
    pub(crate) fn is_argument(&self) -> bool {
        self.input == ParamInput::Argument
    }

    pub(crate) fn is_on_client(&self) -> bool {
        self.input == ParamInput::Client
    }

    /// Tells whether a call has to set it.
    pub(crate) fn is_required(&self) -> bool {
        self.is_needed && !self.is_on_client()
    }
}

/// A value that a call writes.
#[derive(Debug)]
pub(crate) struct ArgumentPlan {
    pub(crate) value: WireType,
    pub(crate) passing: Passing,
}

impl ArgumentPlan {
    fn of(cx: PlanCx<'_>, ty: &Type) -> Self {
        Self { value: WireType::of(cx, ty), passing: Passing::lent(cx, ty) }
    }

    /// Notes the names in the type and codec of the argument.
    pub(super) fn imports(&self, imports: &mut Imports) {
        imports.codec(self.value.codec.as_ref());
        match &self.passing {
            Passing::Str => {}
            Passing::Slice(item) => imports.ty(item),
            Passing::Value | Passing::Reference => imports.ty(&self.value.ty),
        }
    }
}

impl ParamPlace {
    /// Its name in documents and in the runtime.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// The plan of a parameter.
pub(super) fn plan<'a>(cx: PlanCx<'a>, it: &'a Param, ident: &'a RustIdent) -> ParamPlan<'a> {
    let mut value = ArgumentPlan::of(cx, &it.ty);
    // Text and numbers look alike in a URL.
    if matches!(behind(cx, &it.ty), Type::Scalar(Scalar::IntText(_))) {
        value.value.codec = None;
    }
    ParamPlan {
        ident,
        wire_name: &it.wire_name,
        place: it.place,
        value,
        style: (it.style != ParamStyle::usual(it.place)).then_some(it.style),
        input: match (it.on_client, it.place) {
            (true, _) => ParamInput::Client,
            (false, ParamPlace::Path) => ParamInput::Argument,
            (false, ParamPlace::Query | ParamPlace::Header | ParamPlace::Cookie) => {
                ParamInput::Setter
            }
        },
        is_needed: it.required,
        has_default: it.default.is_some(),
        words: Words { docs: &it.docs, notes: notes(it) },
    }
}

fn notes(it: &Param) -> Vec<String> {
    let required = (it.required && !it.on_client).then(|| "Required.".to_owned());
    let on_client = "Overrides the client's value for this call.";
    let on_client = it.on_client.then(|| on_client.to_owned());
    let default = it.default.as_ref().filter(|it| !it.is_null());
    let default = default.map(|it| format!("Default: `{}`.", code(it)));
    let limits = it.limits.as_ref().map(|it| format!("Range: {it}."));
    required.into_iter().chain(on_client).chain(default).chain(limits).collect()
}

/// The body of a request.
#[derive(Debug)]
pub(crate) struct BodyPlan<'a> {
    pub(crate) content: ContentPlan<'a>,
    /// The media type, or a range of which the caller chooses one.
    pub(crate) mime: &'a str,
    /// The method of the operation asks for it; otherwise it has a setter.
    pub(crate) is_argument: bool,
    pub(crate) docs: &'a Docs,
}

impl BodyPlan<'_> {
    /// Notes the names in the argument of the body.
    pub(super) fn imports(&self, imports: &mut Imports) {
        match &self.content {
            ContentPlan::Json(it)
            | ContentPlan::Nullable(it)
            | ContentPlan::Values(it, _)
            | ContentPlan::Form(it, _) => it.imports(imports),
            ContentPlan::Multipart(ty, _) => imports.ty(ty),
            ContentPlan::Free(..) | ContentPlan::Parts | ContentPlan::Bytes | ContentPlan::Text => {
            }
        }
    }
}

/// The content of a body.
#[derive(Debug)]
pub(crate) enum ContentPlan<'a> {
    Json(ArgumentPlan),
    /// Any JSON, or any object: whatever serde can write.
    Free(ArgumentPlan, FreeForm),
    /// JSON or null.
    Nullable(ArgumentPlan),
    /// JSON values one after the other.
    Values(ArgumentPlan, Framing),
    Form(ArgumentPlan, &'a [(String, ParamStyle)]),
    Multipart(RustType, &'a [(String, PartEncoding)]),
    /// Several parts that the document does not name.
    Parts,
    Bytes,
    Text,
}

/// JSON of which the document says no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FreeForm {
    Any,
    Object,
}

/// The plan of a body.
pub(super) fn body<'a>(cx: PlanCx<'a>, it: &'a Body) -> BodyPlan<'a> {
    let content = match &it.content {
        BodyContent::Json(ty) => match behind(cx, ty) {
            Type::Nullable(inner) => ContentPlan::Nullable(ArgumentPlan::of(cx, inner)),
            Type::Json => ContentPlan::Free(ArgumentPlan::of(cx, ty), FreeForm::Any),
            Type::Map(value) if *behind(cx, value) == Type::Json => {
                ContentPlan::Free(ArgumentPlan::of(cx, ty), FreeForm::Object)
            }
            _ => ContentPlan::Json(ArgumentPlan::of(cx, ty)),
        },
        BodyContent::Values(ty, framing) => {
            let list = Type::List(Box::new(ty.clone()));
            ContentPlan::Values(ArgumentPlan::of(cx, &list), *framing)
        }
        BodyContent::Form(ty, styles) => ContentPlan::Form(ArgumentPlan::of(cx, ty), styles),
        BodyContent::Multipart(id, encodings) => {
            ContentPlan::Multipart(RustType::of(cx, &Type::Def(*id)), encodings)
        }
        BodyContent::Parts => ContentPlan::Parts,
        BodyContent::Bytes => ContentPlan::Bytes,
        BodyContent::Text => ContentPlan::Text,
    };
    BodyPlan { content, mime: &it.mime, is_argument: it.required, docs: &it.docs }
}
