//! What there is to wait for in an answer: a state that changes by itself.

use super::types::{From, behind, ty};
use super::{Cx, page};
use crate::ir::{Id, Operation, Scalar, Success, Type, Waiting};
use crate::plan::Absence;
use proc_macro2::TokenStream;
use quote::quote;

/// `Stateful` for the builder of an operation.
pub(super) fn stateful(cx: Cx<'_>, id: Id<Operation>, waiting: &Waiting) -> Option<TokenStream> {
    let operation = &cx.api.operations[id];
    let Success::Json(answer) = &operation.success else { return None };
    let (state, _) = follow(cx, answer, &waiting.state)?;
    let builder = &cx.names.operation(id).builder;
    let answer = ty(cx, answer, From::Outside);
    let (done, failed) = (&waiting.done, &waiting.failed);
    Some(quote! {
        impl runtime::Stateful for #builder {
            type Value = #answer;
            const DONE: &'static [&'static str] = &[#(#done),*];
            const FAILED: &'static [&'static str] = &[#(#failed),*];
            fn state(value: &Self::Value) -> Option<&str> { #state }
        }
    })
}

/// The type of the state, as a caller passes it.
pub(super) fn state(cx: Cx<'_>, operation: &Operation) -> Option<TokenStream> {
    let Success::Json(answer) = &operation.success else { return None };
    let (_, state) = follow(cx, answer, &operation.waiting.as_ref()?.state)?;
    Some(match behind(cx, state) {
        Type::Scalar(Scalar::Text) => quote!(&str),
        _ => ty(cx, state, From::Outside),
    })
}

/// Follows properties from `value` to its state: `Some` text where all of them are there.
fn follow<'a>(cx: Cx<'a>, from: &'a Type, names: &[String]) -> Option<(TokenStream, &'a Type)> {
    let (mut found, mut ty, mut optional) = (quote!(value), from, false);
    for (depth, name) in names.iter().enumerate() {
        let (field, field_ty) = page::field(cx, ty, name)?;
        let ident = field.ident;
        let text = *behind(cx, field_ty) == Type::Scalar(Scalar::Text);
        let step = match (field.absence, text) {
            (Absence::Never, _) => None,
            (Absence::Null | Absence::Omitted, true) => Some(quote!(.as_deref())),
            (Absence::Null | Absence::Omitted, false) => Some(quote!(.as_ref())),
            (Absence::Patch, _) => Some(quote!(.value())),
        };
        found = match (optional, &step) {
            (false, _) => quote!(#found.#ident #step),
            (true, Some(step)) => quote!(#found.and_then(|it| it.#ident #step)),
            (true, None) if depth + 1 == names.len() => {
                return Some((quote!(#found.map(|it| it.#ident.as_str())), field_ty));
            }
            (true, None) => quote!(#found.map(|it| &it.#ident)),
        };
        optional |= step.is_some();
        // An optional text is a `&str` already.
        if text && matches!(field.absence, Absence::Null | Absence::Omitted) {
            return Some((found, field_ty));
        }
        ty = field_ty;
    }
    let found =
        if optional { quote!(#found.map(|it| it.as_str())) } else { quote!(Some(#found.as_str())) };
    Some((found, ty))
}
