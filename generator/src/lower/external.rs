//! Types of other crates in the place of what schemas become by themselves, where `client.yaml` says so.

use super::merge::AllOfMember;
use super::schema::Lowered;
use super::{LowerCx, scalar, through};
use crate::config::{TypeForm, TypeRule, TypeTarget};
use crate::diag::{BAD_CLIENT, NO_EFFECT, SourceId, SpecPtr};
use crate::ir::{ExternalForm, ExternalType, Scalar, Shape, Type};
use crate::load::Json;

/// The number of references that may lead to a text.
const MAX_DEPTH: u8 = 16;

/// A string of a format: a type of another crate, if an entry speaks of the format.
pub(super) fn string(cx: &mut LowerCx<'_>, format: Option<&str>) -> Type {
    let ty = scalar::string(format);
    let Some(format) = format.filter(|_| !cx.client.types.rules.is_empty()) else { return ty };
    cx.externals.formats.insert(format.to_owned());
    match of_format(cx, format) {
        Some(index) => replaced(cx, index, &ty).unwrap_or(ty),
        None => ty,
    }
}

/// Tells that numbers stay what they are, though an entry speaks of their format.
pub(super) fn number(cx: &mut LowerCx<'_>, format: Option<&str>, parts: &[AllOfMember<'_>]) {
    if format.is_some_and(|it| of_format(cx, it).is_some())
        && let Some(part) = parts.iter().find(|it| it.spot.mentions("format"))
    {
        let message = "only texts of this format become the type of client.yaml, and no numbers";
        cx.sink.report(&NO_EFFECT, &part.spot.at.child("format"), message);
    }
}

/// True if texts of a format become a type of another crate.
pub(super) fn is_mapped(cx: &LowerCx<'_>, format: &str) -> bool {
    of_format(cx, format).is_some()
}

fn of_format(cx: &LowerCx<'_>, format: &str) -> Option<usize> {
    let mut rules = cx.client.types.rules.iter();
    rules.position(|it| matches!(&it.target, TypeTarget::Format(it) if it == format))
}

/// The type of the schema at a place: of another crate, if an entry names the place.
pub(super) fn at_place(cx: &mut LowerCx<'_>, at: &SpecPtr, lowered: Lowered) -> Lowered {
    match of_place(cx, at) {
        Some(index) => match replaced(cx, index, &lowered.ty) {
            Some(ty) => Lowered { ty, ..lowered },
            None => lowered,
        },
        None => lowered,
    }
}

/// The shape of the named schema at a place, in the same way.
pub(super) fn named(cx: &mut LowerCx<'_>, at: &SpecPtr, shape: Shape) -> Shape {
    let Some(index) = of_place(cx, at) else { return shape };
    let ty = match &shape {
        Shape::Alias(ty) => ty.clone(),
        Shape::Struct(_) | Shape::Enum(_) | Shape::Union(_) | Shape::Outcome(_) | Shape::Broken => {
            Type::Json
        }
    };
    replaced(cx, index, &ty).map_or(shape, Shape::Alias)
}

fn of_place(cx: &LowerCx<'_>, at: &SpecPtr) -> Option<usize> {
    let mut rules = cx.client.types.rules.iter();
    rules.position(|it| matches!(&it.target, TypeTarget::Place(it) if it == at))
}

/// The type of an entry in the place of another; none where its values cannot travel as the entry says.
fn replaced(cx: &mut LowerCx<'_>, index: usize, ty: &Type) -> Option<Type> {
    let rule = &cx.client.types.rules[index];
    let is_first = cx.externals.used.insert(index);
    let Some(form) = form(cx, rule, ty) else {
        if !is_first {
            return None;
        }
        let (message, help) = match rule.form() {
            TypeForm::Bytes => ("there are no bytes in base64 here", "name another type"),
            TypeForm::Text | TypeForm::Timestamp | TypeForm::Json => (
                "there is no text here that this type could be read from",
                "types with serde's traits can be read from any JSON: `as: json`",
            ),
        };
        let at = rule.at.child("type");
        cx.sink.report_in(SourceId::Client, &BAD_CLIENT, &at, message).help(help);
        return None;
    };
    let external = ExternalType {
        path: rule.path.clone(),
        form,
        is_copy: rule.known().is_some_and(|it| it.is_copy),
        samples: samples(rule),
        traits: rule.all_traits(),
    };
    Some(Type::Scalar(Scalar::External(cx.externals.intern(external))))
}

fn form(cx: &LowerCx<'_>, rule: &TypeRule, ty: &Type) -> Option<ExternalForm> {
    match (rule.form(), cx.types.behind(ty)) {
        (TypeForm::Bytes, Type::Scalar(Scalar::Base64Url)) => Some(ExternalForm::Base64Url),
        (TypeForm::Bytes, Type::Scalar(Scalar::Base64)) => Some(ExternalForm::Base64),
        (TypeForm::Bytes, _) => None,
        (TypeForm::Json, _) => Some(ExternalForm::Json),
        (stated @ (TypeForm::Text | TypeForm::Timestamp), _) => {
            is_text(cx, &rule.target, ty).then_some(stated.into())
        }
    }
}

/// True if values are texts. The schema that a place refers to may not have a shape yet.
fn is_text(cx: &LowerCx<'_>, target: &TypeTarget, ty: &Type) -> bool {
    match target {
        TypeTarget::Format(_) => *ty != Type::Scalar(Scalar::File),
        TypeTarget::Place(at) => cx.document.at(at).is_some_and(|it| {
            let types = through::types(cx, &it, MAX_DEPTH);
            !types.is_empty() && types.iter().all(|it| matches!(&**it, "string" | "null"))
        }),
    }
}

/// The values that a type is known to write as it reads them.
fn samples(rule: &TypeRule) -> Vec<Json> {
    let text = |it: &str| Json::String(it.to_owned());
    match (&rule.example, rule.form()) {
        (Some(it), TypeForm::Json) => serde_json::from_str(it).into_iter().collect(),
        (Some(it), TypeForm::Text | TypeForm::Timestamp | TypeForm::Bytes) => vec![text(it)],
        (None, _) => match rule.known() {
            Some(known) => known.samples.iter().map(|it| text(it)).collect(),
            None => Vec::new(),
        },
    }
}
