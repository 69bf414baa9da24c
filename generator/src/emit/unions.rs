//! Unions: one of several types, told apart by a tag or by what fits.

use super::types::{From, runtime, ty, wire};
use super::{Cx, enums, multipart, text};
use crate::ir::{Id, Tag, TypeDef, Union, Variant};
use crate::load::Json;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The enum itself.
pub(super) fn union(cx: Cx<'_>, id: Id<TypeDef>, it: &Union) -> TokenStream {
    let name = cx.names.ty(id);
    let docs = text::docs(&cx.api.types[id].docs, 0);
    let variants = it.variants.iter().zip(cx.names.members(id)).map(|(variant, name)| {
        let docs = text::docs(&variant.docs, 4);
        let payload = payload(cx, variant);
        quote! { #docs #name(#payload) }
    });
    let derives = derives(cx, id).into_iter().map(|it| Ident::new(it, Span::call_site()));
    // What is only sent is known to who sends it.
    let unknown = (!cx.facts.is_multipart(id)).then(|| unknown(cx, it));
    quote! {
        #docs
        #[derive(#(#derives),*)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown
        }
    }
}

/// The variant of what is not known.
fn unknown(cx: Cx<'_>, it: &Union) -> TokenStream {
    match it.tag {
        Tag::Event => quote! {
            #[doc = " An event of a name that this version of the client does not know."]
            Unknown {
                #[doc = " Its name."]
                event: String,
                #[doc = " Its data, as they came."]
                data: String,
            },
        },
        Tag::Property(_) | Tag::Untagged => {
            let json = runtime(cx, "Json", From::Types);
            quote! {
                #[doc = " Something that this version of the client does not know."]
                Unknown(#json),
            }
        }
    }
}

/// The traits that are derived for a union. Files cannot be compared.
pub(super) fn derives(cx: Cx<'_>, id: Id<TypeDef>) -> Vec<&'static str> {
    let equal = (!cx.facts.is_multipart(id)).then_some("PartialEq");
    ["Clone", "Debug"].into_iter().chain(equal).collect()
}

/// What a variant holds: behind a pointer, if it is a struct or a union.
fn payload(cx: Cx<'_>, variant: &Variant) -> TokenStream {
    let payload = ty(cx, &variant.ty, From::Types);
    if cx.facts.is_large(&variant.ty) { quote!(Box<#payload>) } else { payload }
}

/// How a row says that its payload is behind one.
fn pointer(cx: Cx<'_>, variant: &Variant) -> Option<TokenStream> {
    cx.facts.is_large(&variant.ty).then(|| quote!((Box)))
}

/// How its variants are told apart.
pub(super) fn codec(cx: Cx<'_>, id: Id<TypeDef>, it: &Union) -> TokenStream {
    if cx.facts.is_multipart(id) {
        return multipart::choice(cx, id, it);
    }
    let form = cx.facts.is_form(id).then(|| multipart::choice(cx, id, it));
    let codec = json(cx, id, it);
    quote!(#codec #form)
}

/// How JSON tells its variants apart.
fn json(cx: Cx<'_>, id: Id<TypeDef>, it: &Union) -> TokenStream {
    let name = cx.names.ty(id);
    let named: Vec<_> = it.variants.iter().zip(cx.names.members(id)).collect();
    let Tag::Property(tag) = &it.tag else {
        let rows = named.iter().map(|(variant, name)| {
            let pointer = pointer(cx, variant);
            let codec = wire(cx, &variant.ty, From::Types).map(|it| quote!(as #it));
            let events = variant.tags.iter().map(enums::literal);
            match it.tag {
                Tag::Event => quote!(#(#events)|* => #name #pointer #codec),
                Tag::Property(_) | Tag::Untagged => quote!(#name #pointer #codec),
            }
        });
        if it.tag == Tag::Event {
            return quote!(client_runtime::event_union!(#name { #(#rows,)* }););
        }
        // Where no constant speaks for a later variant, one that fits perfectly ends the search.
        let all = cx.facts.has_constants(id).then(|| quote!(: exhaustive));
        return quote!(client_runtime::untagged_union!(#name #all { #(#rows,)* }););
    };
    let rows = named.iter().map(|(variant, name)| {
        let flag = match (variant.adds_tag, variant.lacks_tag) {
            (true, _) => quote!(+ tag),
            (false, true) => quote!(+ optional),
            (false, false) => TokenStream::new(),
        };
        let values = variant.tags.iter().map(enums::literal);
        let pointer = pointer(cx, variant);
        quote!(#(#values)|* => #name #pointer #flag)
    });
    let optional = it.variants.iter().any(|it| it.lacks_tag).then(|| quote!(optional));
    match it.variants.iter().flat_map(|it| &it.tags).all(Json::is_string) {
        true => quote!(client_runtime::tagged_union!(#name by #optional #tag { #(#rows,)* });),
        false => quote!(client_runtime::tagged_union!(#name by #optional #tag (#(#rows,)*));),
    }
}
