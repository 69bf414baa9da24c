//! The plan of a response header: what reads it, and as which type.

use super::PlanCx;
use super::rust_type::{WireType, behind};
use crate::ir::{ResponseHeader, Type};
use crate::name::RustIdent;

/// A header that a document declares for responses.
#[derive(Debug)]
pub(crate) struct ResponseHeaderPlan<'a> {
    pub(crate) ident: &'a RustIdent,
    pub(crate) wire_name: &'a str,
    pub(crate) docs: Option<&'a str>,
    /// The type of its value, or of each item.
    pub(crate) value: WireType,
    pub(crate) is_list: bool,
}

pub(super) fn plan<'a>(
    cx: PlanCx<'a>,
    it: &'a ResponseHeader,
    ident: &'a RustIdent,
) -> ResponseHeaderPlan<'a> {
    let (item, is_list) = match behind(cx, &it.ty) {
        Type::List(item) => (&**item, true),
        _ => (&it.ty, false),
    };
    let (wire_name, docs) = (it.wire_name.as_str(), it.docs.as_deref());
    ResponseHeaderPlan { ident, wire_name, docs, value: WireType::of(cx, item), is_list }
}
