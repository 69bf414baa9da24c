//! Waiting for a state in a response that changes by itself.

use super::types::{From, rust_type};
use super::{EmitCx, steps};
use crate::ir::{Id, Operation};
use crate::plan::StatePlan;
use proc_macro2::TokenStream;
use quote::quote;

/// `Stateful` for the builder of an operation.
pub(super) fn stateful(cx: EmitCx<'_>, id: Id<Operation>, it: &StatePlan<'_>) -> TokenStream {
    let builder = &cx.names.operation(id).builder;
    let value = rust_type(cx, &it.value, From::Outside);
    let (state, done, failed) = (steps::state(&it.steps), it.done, it.failed);
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
pub(super) fn state(cx: EmitCx<'_>, it: &StatePlan<'_>) -> TokenStream {
    match it.is_text {
        true => quote!(&str),
        false => rust_type(cx, &it.state, From::Outside),
    }
}
