//! Aliases: named schemas that come to a type without a shape of its own.

use super::types::{From, ty};
use super::{Cx, text};
use crate::ir::{Id, Origin, Type, TypeDef};
use proc_macro2::TokenStream;
use quote::quote;

/// A `type`, or a struct around the value where the alias contains itself.
pub(super) fn alias(cx: Cx<'_>, id: Id<TypeDef>, inner: &Type) -> TokenStream {
    let name = cx.names.ty(id);
    let def = &cx.api.types[id];
    let docs = text::docs(&def.docs, 0);
    let inner = ty(cx, inner, From::Types);
    if cx.facts.is_wrapped(id) {
        let equal = (!cx.facts.is_multipart(id)).then(|| quote!(, PartialEq));
        return quote! {
            #docs
            #[derive(Clone, Debug #equal)]
            pub struct #name(pub #inner);
        };
    }
    match def.origin {
        Origin::Component(_) => quote! { #docs pub type #name = #inner; },
        Origin::Inline { .. } => TokenStream::new(),
    }
}

/// How a struct around a value is read and written.
pub(super) fn codec(cx: Cx<'_>, id: Id<TypeDef>) -> TokenStream {
    let name = cx.names.ty(id);
    if cx.facts.is_wrapped(id) && cx.facts.is_multipart(id) {
        return quote! {
            impl client_runtime::IntoParts for #name {
                const NESTED: bool = true;
                fn into_parts(self, form: &mut client_runtime::Multipart, name: &str) {
                    form.files(name, self.0);
                }
            }
        };
    }
    match cx.facts.is_wrapped(id) {
        true => quote!(client_runtime::wrapper!(#name);),
        false => TokenStream::new(),
    }
}
