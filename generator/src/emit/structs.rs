//! Structs: the properties of an object as fields.

use super::{EmitCx, constructors, text, types};
use crate::plan::{FieldPlan, StructPlan};
use proc_macro2::TokenStream;
use quote::quote;

/// A struct, and what makes values of it.
pub(super) fn structure(cx: EmitCx<'_>, it: &StructPlan<'_>) -> TokenStream {
    let name = it.ident;
    let docs = text::docs(it.docs, name, 0);
    let derives =
        derives(it).into_iter().filter(|derive| !(it.has_preset() && *derive == "Default"));
    let derives = derives.map(text::path);
    let fields = it.kept().map(|field| {
        let name = field.ident;
        let docs = text::comment(&docs_of(field));
        let ty = types::field(cx, field);
        quote! { #docs pub #name: #ty }
    });
    let extra = it.extra.iter().map(|it| {
        let ty = types::rust_type(cx, &it.value.ty, types::From::Types);
        let docs = match it.is_undocumented {
            true => " Properties that the document does not name.",
            false => " Properties beyond the named ones.",
        };
        quote! {
            #[doc = #docs]
            pub additional_properties: BTreeMap<String, #ty>
        }
    });
    let fields = fields.chain(extra);
    let constructors = constructors::all(cx, it);
    let must_use = it.is_only_made.then(|| quote!(#[must_use]));
    quote! {
        #docs
        #must_use
        #[derive(#(#derives),*)]
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }
        #constructors
    }
}

/// The traits that are derived for a struct; `Default` is written out where a value is preset. Files cannot be
/// compared.
pub(super) fn derives<'a>(it: &StructPlan<'a>) -> Vec<&'a str> {
    let default = it.is_blank().then_some("Default");
    let equal = it.forms.has_json().then_some("PartialEq");
    ["Clone", "Debug"].into_iter().chain(default).chain(equal).chain(it.traits.clone()).collect()
}

/// The document's description of a property, its default included.
fn docs_of(field: &FieldPlan<'_>) -> Vec<String> {
    let mut lines = text::lines(field.words.docs, field.ident, 4);
    text::paragraph(&mut lines, text::foreign(Some(&field.words.notes.join(" ")), 4));
    lines
}
