//! Aliases: named schemas that come to a type without a shape of its own.

use super::types::{From, rust_type};
use super::{EmitCx, text};
use crate::plan::AliasPlan;
use proc_macro2::TokenStream;
use quote::quote;

/// A `type`, or a struct around the value where the alias contains itself.
pub(super) fn alias(cx: EmitCx<'_>, it: &AliasPlan<'_>) -> TokenStream {
    let name = it.ident;
    let docs = text::docs(it.docs, it.ident, 0);
    let inner = rust_type(cx, &it.ty, From::Types);
    if !it.is_wrapped {
        return quote! { #docs pub type #name = #inner; };
    }
    let equal = it.forms.has_json().then(|| quote!(, PartialEq));
    let traits = text::traits(&it.traits);
    quote! {
        #docs
        #[derive(Clone, Debug #equal #traits)]
        pub struct #name(pub #inner);
    }
}

/// The codec of a struct around a value.
pub(super) fn codec(it: &AliasPlan<'_>) -> TokenStream {
    let name = it.ident;
    match (it.is_wrapped, it.forms.has_json()) {
        (false, _) => TokenStream::new(),
        (true, true) => quote!(wrapper!(#name);),
        (true, false) => quote! {
            impl client_runtime::IntoParts for #name {
                const NESTED: bool = true;
                fn into_parts(self, form: &mut client_runtime::Multipart, name: &str) {
                    form.files(name, self.0);
                }
            }
        },
    }
}
