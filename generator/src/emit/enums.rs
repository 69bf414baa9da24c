//! Enums: values that a document lists, and those that it will list one day.

use super::types::{From, runtime};
use super::{EmitCx, text};
use crate::ir::EnumRepr;
use crate::load::Json;
use crate::plan::{EnumPlan, code};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The enum itself.
pub(super) fn enumeration(cx: EmitCx<'_>, it: &EnumPlan<'_>) -> TokenStream {
    let name = it.ident;
    let docs = text::docs(it.docs, name, 0);
    let variants = it.values.iter().zip(it.members).map(|(value, name)| {
        let wire = code(&value.value);
        let mut lines = text::lines(&value.docs, name, 4);
        if value.docs.text.is_none() && !text::repeats(&wire, name.text()) {
            lines.insert(0, format!("`{wire}`"));
        }
        let docs = text::comment(&lines);
        quote! { #docs #name }
    });
    let unknown = runtime(cx, it.unknown, From::Types);
    let traits = text::traits(&it.traits);
    let other = match it.is_open {
        true => " Any other text.",
        false => " A value that this version of the client does not know.",
    };
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq, Eq, Hash #traits)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #[doc = #other]
            Unknown(#unknown),
        }
    }
}

/// The codec of an enum: the spelling of its values.
pub(super) fn codec(it: &EnumPlan<'_>) -> TokenStream {
    let name = it.ident;
    let values = it.values.iter().zip(it.members).map(|(value, name)| {
        let value = literal(&value.value);
        quote!(#name = #value)
    });
    match it.repr {
        EnumRepr::Text => {
            let open = it.is_open.then(|| quote!(: open));
            quote!(text_enum!(#name #open { #(#values,)* });)
        }
        EnumRepr::Int => quote!(int_enum!(#name { #(#values,)* });),
        EnumRepr::Mixed => quote!(literal_enum!(#name { #(#values,)* });),
    }
}

/// A scalar as a literal.
pub(super) fn literal(value: &Json) -> TokenStream {
    match value {
        Json::String(text) => quote!(#text),
        Json::Bool(it) => quote!(#it),
        Json::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(it), _) => {
                let digits = match i32::try_from(it) {
                    Ok(_) => Literal::u64_unsuffixed(it.unsigned_abs()),
                    Err(_) if it == i64::MIN => return quote!(i64::MIN),
                    Err(_) => Literal::i64_suffixed(it.saturating_abs()),
                };
                if it < 0 { quote!(-#digits) } else { quote!(#digits) }
            }
            (None, Some(it)) => {
                let digits = Literal::u64_suffixed(it);
                quote!(#digits)
            }
            (None, None) => {
                let value = number.as_f64().unwrap_or_default();
                let digits = Literal::f64_unsuffixed(value.abs());
                if value < 0.0 { quote!(-#digits) } else { quote!(#digits) }
            }
        },
        Json::Null | Json::Array(_) | Json::Object(_) => quote!(()),
    }
}
