//! What there is to wait for in a response: a state that changes by itself.

use super::Cx;
use super::types::{From, rust_type};
use crate::ir::{Id, Operation};
use crate::plan::{Absence, PathStep, StatePlan};
use proc_macro2::TokenStream;
use quote::quote;

/// `Stateful` for the builder of an operation.
pub(super) fn stateful(cx: Cx<'_>, id: Id<Operation>, it: &StatePlan<'_>) -> TokenStream {
    let builder = &cx.names.operation(id).builder;
    let value = rust_type(cx, &it.value, From::Outside);
    let (state, done, failed) = (read(&it.steps), it.done, it.failed);
    quote! {
        impl runtime::Stateful for #builder {
            type Value = #value;
            const DONE: &'static [&'static str] = &[#(#done),*];
            const FAILED: &'static [&'static str] = &[#(#failed),*];
            fn state(value: &Self::Value) -> Option<&str> { #state }
        }
    }
}

/// The type of the state, as a caller passes it.
pub(super) fn state(cx: Cx<'_>, it: &StatePlan<'_>) -> TokenStream {
    match it.is_text {
        true => quote!(&str),
        false => rust_type(cx, &it.state, From::Outside),
    }
}

/// Follows properties from `value` to its state: `Some` text where all of them are there.
fn read(steps: &[PathStep<'_>]) -> TokenStream {
    let (mut found, mut optional) = (quote!(value), false);
    for (depth, PathStep { ident, absence, is_text }) in steps.iter().enumerate() {
        let step = match (absence, is_text) {
            (Absence::Never, _) => None,
            (Absence::Null | Absence::Omitted, true) => Some(quote!(.as_deref())),
            (Absence::Null | Absence::Omitted, false) => Some(quote!(.as_ref())),
            (Absence::Patch, _) => Some(quote!(.value())),
        };
        found = match (optional, &step) {
            (false, _) => quote!(#found.#ident #step),
            (true, Some(step)) => quote!(#found.and_then(|it| it.#ident #step)),
            (true, None) if depth + 1 == steps.len() => {
                return quote!(#found.map(|it| it.#ident.as_str()));
            }
            (true, None) => quote!(#found.map(|it| &it.#ident)),
        };
        optional |= step.is_some();
        // An optional text is a `&str` already.
        if *is_text && matches!(absence, Absence::Null | Absence::Omitted) {
            return found;
        }
    }
    if optional { quote!(#found.map(|it| it.as_str())) } else { quote!(Some(#found.as_str())) }
}
