//! Structs: the properties of an object as fields.

use super::{Cx, constructors, enums, text, types};
use crate::ir::{Field, Id, Struct, TypeDef};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// A struct, and what makes values of it.
pub(super) fn structure(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> TokenStream {
    let name = cx.names.ty(id);
    let docs = text::docs(&cx.api.types[id].docs, 0);
    let has_preset = constructors::has_preset(it);
    let derives = derives(cx, id, it).into_iter().filter(|it| !(has_preset && *it == "Default"));
    let derives = derives.map(|it| Ident::new(it, Span::call_site()));
    let fields = it.fields.iter().enumerate().filter(|(_, it)| it.constant.is_none());
    let fields = fields.map(|(index, field)| {
        let name = &cx.names.members(id)[index];
        let docs = text::comment(&docs_of(field));
        let ty = types::field(cx, id, index, field);
        quote! { #docs pub #name: #ty }
    });
    let extra = it.extra.iter().map(|ty| {
        let ty = types::ty(cx, ty, types::From::Types);
        quote! {
            #[doc = " Properties beyond the named ones."]
            pub additional_properties: BTreeMap<String, #ty>
        }
    });
    let fields = fields.chain(extra);
    let constructors = constructors::all(cx, id, it);
    quote! {
        #docs
        #[derive(#(#derives),*)]
        #[non_exhaustive]
        pub struct #name { #(#fields,)* }
        #constructors
    }
}

/// The traits that are derived for a struct; `Default` is written out where a value is preset. Files cannot be compared.
pub(super) fn derives(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> Vec<&'static str> {
    let default = constructors::is_blank(cx, id, it).then_some("Default");
    let equal = (!cx.facts.is_multipart(id)).then_some("PartialEq");
    ["Clone", "Debug"].into_iter().chain(default).chain(equal).collect()
}

/// What the document says of a property, its default included.
fn docs_of(field: &Field) -> Vec<String> {
    let mut lines = text::lines(&field.docs, 4);
    let default =
        field.default.as_ref().filter(|it| it.is_string() || it.is_number() || it.is_boolean());
    let default = default.map(|it| format!("Default: `{}`.", enums::code(it)));
    let limits = field.limits.as_ref().map(|it| format!("Range: {it}."));
    let notes: Vec<_> = default.into_iter().chain(limits).collect();
    text::paragraph(&mut lines, text::foreign(Some(&notes.join(" ")), 4));
    lines
}
