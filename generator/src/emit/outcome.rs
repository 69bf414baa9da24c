//! Outcomes: the several success answers of one operation.

use super::types::{From, ty, wire};
use super::{Cx, text};
use crate::doc_text;
use crate::ir::{Id, OutcomeBody, OutcomeCase, TypeDef};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

/// The enum itself.
pub(super) fn outcome(cx: Cx<'_>, id: Id<TypeDef>, cases: &[OutcomeCase]) -> TokenStream {
    let name = cx.names.ty(id);
    let variants = cases.iter().zip(cx.names.members(id)).map(|(case, name)| {
        let said = case.docs.as_deref().map(doc_text::summary).filter(|it| !it.is_empty());
        let line = said.map_or(format!("Status {}.", case.status), |it| {
            format!("Status {}: {it}", case.status)
        });
        let docs = text::comment(&text::foreign(Some(&line), 4));
        let payload = match &case.body {
            OutcomeBody::Nothing => TokenStream::new(),
            OutcomeBody::Json(inner) => {
                let inner = ty(cx, inner, From::Types);
                quote!((#inner))
            }
            OutcomeBody::Text => quote!((String)),
            OutcomeBody::Bytes => quote!((client_runtime::Bytes)),
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

/// How its cases are told apart.
pub(super) fn codec(cx: Cx<'_>, id: Id<TypeDef>, cases: &[OutcomeCase]) -> TokenStream {
    let name = cx.names.ty(id);
    let cases = cases.iter().zip(cx.names.members(id)).map(|(case, name)| {
        let status = status(&case.status);
        let body = match &case.body {
            OutcomeBody::Nothing => quote!(nothing),
            OutcomeBody::Json(it) => {
                let codec = wire(cx, it, From::Types).map(|it| quote!(as #it));
                quote!(json #codec)
            }
            OutcomeBody::Text => quote!(text),
            OutcomeBody::Bytes => quote!(bytes),
        };
        quote!(#name = #status #body)
    });
    quote!(client_runtime::response_enum!(#name { #(#cases,)* });)
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
