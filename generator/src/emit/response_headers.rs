//! The headers of responses that the document declares: a method for each, which reads it.

use super::types::{self, From};
use super::{EmitCx, text};
use crate::doc_text;
use crate::plan::ResponseHeaderPlan;
use proc_macro2::TokenStream;
use quote::quote;

/// The type that reads them, if there are any.
pub(super) fn readers(cx: EmitCx<'_>) -> Option<TokenStream> {
    let readers = cx.plans.response_headers().iter().map(|it| reader(cx, it));
    let readers: Vec<_> = readers.collect();
    (!readers.is_empty()).then(|| {
        quote! {
            /// The response headers that the document declares, read from a response or an error.
            ///
            /// One that is not there is `None`. One that is not what the document says is an error, and all others can
            /// still be read.
            #[derive(Clone, Debug)]
            pub struct ResponseHeaders(client_runtime::http::HeaderMap);

            impl ResponseHeaders {
                /// Those of a response that `send_with_meta` or `send_raw` gives, or of an error.
                pub fn of(response: &impl client_runtime::HasHeaders) -> Self {
                    Self(response.response_headers().clone())
                }
                #(#readers)*
            }
        }
    })
}

fn reader(cx: EmitCx<'_>, it: &ResponseHeaderPlan<'_>) -> TokenStream {
    let ResponseHeaderPlan { ident, wire_name, docs, value, is_list } = it;
    let mut lines = text::foreign(*docs, 4);
    text::paragraph(&mut lines, vec![doc_text::code(wire_name)]);
    let docs = text::comment(&lines);
    let ty = types::rust_type(cx, &value.ty, From::Client);
    let codec = match &value.codec {
        Some(it) => types::codec(it, From::Client),
        None => quote!(client_runtime::Same),
    };
    let (read, result) = match is_list {
        true => (quote!(list), quote!(Vec<#ty>)),
        false => (quote!(value), quote!(#ty)),
    };
    quote! {
        #docs
        pub fn #ident(&self) -> Result<Option<#result>, client_runtime::codec::DecodeError> {
            client_runtime::response_headers::#read::<#ty, #codec>(&self.0, #wire_name)
        }
    }
}
