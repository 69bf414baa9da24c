//! Outcomes: the several success responses of one operation.

use super::types::{From, as_codec, rust_type};
use super::{EmitCx, text};
use crate::doc_text;
use crate::plan::{CaseBody, OutcomePlan};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// The enum itself.
pub(super) fn outcome(cx: EmitCx<'_>, it: &OutcomePlan<'_>) -> TokenStream {
    let name = it.ident;
    let variants = it.cases.iter().map(|case| {
        let name = case.ident;
        let said = case.docs.map(doc_text::summary).filter(|it| !it.is_empty());
        let line = said.map_or(format!("Status {}.", case.status), |it| {
            format!("Status {}: {it}", case.status)
        });
        let docs = text::comment(&text::foreign(Some(&line), 4));
        let payload = match &case.body {
            CaseBody::Nothing => TokenStream::new(),
            CaseBody::Json(inner) => {
                let inner = rust_type(cx, &inner.ty, From::Types);
                quote!((#inner))
            }
            CaseBody::Text => quote!((String)),
            CaseBody::Bytes => quote!((client_runtime::Bytes)),
        };
        quote! { #docs #name #payload }
    });
    quote! {
        #[doc = " What a call that succeeded brought."]
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants,)* }
    }
}

/// The codec of an outcome, which tells its cases apart.
pub(super) fn codec(it: &OutcomePlan<'_>) -> TokenStream {
    let name = it.ident;
    let cases = it.cases.iter().map(|case| {
        let name = case.ident;
        let status = status(case.status);
        let body = match &case.body {
            CaseBody::Nothing => quote!(nothing),
            CaseBody::Json(it) => {
                let codec = as_codec(it, From::Types);
                quote!(json #codec)
            }
            CaseBody::Text => quote!(text),
            CaseBody::Bytes => quote!(bytes),
        };
        quote!(#name = #status #body)
    });
    quote!(response_enum!(#name { #(#cases,)* });)
}

/// A code, a range such as `2XX`, or `default`.
fn status(status: &str) -> TokenStream {
    let range = status.to_uppercase();
    if status.parse::<u16>().is_ok()
        || matches!(range.as_str(), "1XX" | "2XX" | "3XX" | "4XX" | "5XX")
    {
        let literal: Literal = range.parse().expect("digits, perhaps with a suffix, are a literal");
        return quote!(#literal);
    }
    let default = Ident::new("default", Span::call_site());
    quote!(#default)
}
