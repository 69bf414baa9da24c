//! `allowEmptyValue`: a parameter of the query that may come with nothing behind its name.

use super::LowerCx;
use crate::diag::{NO_EFFECT, OVERLAY_HELP};
use crate::ir::{ParamPlace, Scalar, Shape, Type};
use crate::load::{NodeRef, ReadNode};
use openapiv3 as oas;

/// Types within each other that are looked into.
const MAX_DEPTH: u8 = 16;

/// Tells where the keyword asks for values that the parameter's type does not have.
pub(super) fn check(
    cx: &mut LowerCx<'_>,
    spot: &NodeRef<'_>,
    place: ParamPlace,
    read: &ReadNode<'_, oas::Parameter>,
    ty: &Type,
) {
    let Some(flag) = spot.child("allowEmptyValue") else { return };
    if place != ParamPlace::Query {
        let message = "`allowEmptyValue` has an effect in queries only";
        cx.sink.report(&NO_EFFECT, &flag.at, message).edit(OVERLAY_HELP);
    } else if read.allows_empty_value() && !may_be_empty(cx, ty, MAX_DEPTH) {
        let message = "`allowEmptyValue` has no effect: no value of this type is empty";
        cx.sink.report(&NO_EFFECT, &flag.at, message).edit(
            "let the schema choose between its values and an empty text, `enum: ['']`, in {overlay}",
        );
    } else {
        // `false` holds without it, and an empty text can be sent anyway.
        flag.pass_over();
    }
}

/// True if a value can be written as an empty text.
fn may_be_empty(cx: &LowerCx<'_>, ty: &Type, depth: u8) -> bool {
    if depth == 0 {
        return true;
    }
    match cx.types.behind(ty) {
        Type::Json => true,
        Type::List(it) | Type::Nullable(it) => may_be_empty(cx, it, depth - 1),
        Type::Map(_) | Type::Tuple(_) => false,
        Type::Scalar(it) => match it {
            Scalar::Text
            | Scalar::Base64
            | Scalar::Base64Url
            | Scalar::File
            | Scalar::Part
            | Scalar::External(_) => true,
            Scalar::Bool
            | Scalar::Int(_)
            | Scalar::IntText(_)
            | Scalar::Float
            | Scalar::Timestamp
            | Scalar::Null => false,
        },
        Type::Def(id) => match &cx.types[*id].shape {
            Shape::Enum(it) => it.is_open || it.values.iter().any(|it| it.value == ""),
            Shape::Union(it) => it.variants.iter().any(|it| may_be_empty(cx, &it.ty, depth - 1)),
            Shape::Struct(_) => false,
            Shape::Alias(_) | Shape::Outcome(_) | Shape::Broken => true,
        },
    }
}
