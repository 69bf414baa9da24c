//! Unions: one of several types, told apart by a tag or by what fits.

use super::types::{From, as_codec, runtime, rust_type};
use super::{EmitCx, enums, multipart, text};
use crate::ir::Tag;
use crate::load::Json;
use crate::name::AccessorNames;
use crate::plan::{Lent, RustType, UnionPlan, VariantPlan};
use proc_macro2::TokenStream;
use quote::quote;

/// The enum itself.
pub(super) fn union(cx: EmitCx<'_>, it: &UnionPlan<'_>) -> TokenStream {
    let name = it.ident;
    let docs = text::docs(it.docs, it.ident, 0);
    let variants = it.variants.iter().map(|variant| {
        let (name, docs) = (variant.ident, text::docs(&variant.variant.docs, variant.ident, 4));
        let payload = rust_type(cx, &variant.value.ty, From::Types);
        let payload = if variant.is_boxed { quote!(Box<#payload>) } else { payload };
        quote! { #docs #name(#payload) }
    });
    // Files cannot be compared.
    let equal = it.forms.has_json().then(|| quote!(, PartialEq));
    let traits = text::traits(&it.traits);
    // The sender knows the variants of a union that is only sent.
    let unknown = it.forms.has_json().then(|| unknown(cx, it.tag));
    let conversions = conversions(cx, it);
    let accessors = accessors(cx, it);
    quote! {
        #docs
        #[derive(Clone, Debug #equal #traits)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            #unknown
        }
        #conversions
        #accessors
    }
}

/// The conversions of payloads into the union.
fn conversions(cx: EmitCx<'_>, it: &UnionPlan<'_>) -> Option<TokenStream> {
    let name = it.ident;
    let rows = it.converts().map(|it| {
        let ty = rust_type(cx, &it.value.ty, From::Types);
        let name = it.ident;
        match (it.is_boxed, &it.payload) {
            (true, _) => quote!(#name(Box<#ty>)),
            (false, Some(RustType::Text)) => quote!(#name(#ty | &str)),
            (false, _) => quote!(#name(#ty)),
        }
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| quote!(payloads!(#name { #(#rows,)* });))
}

/// The methods that give the payloads of variants, where `client.yaml` asks for them.
fn accessors(cx: EmitCx<'_>, it: &UnionPlan<'_>) -> Option<TokenStream> {
    let name = it.ident;
    let rows = it.variants.iter().filter_map(|it| {
        let AccessorNames { lend, give } = it.accessors?;
        let ty = rust_type(cx, &it.value.ty, From::Types);
        let lent = match it.lent {
            Lent::Copied => quote!(#ty),
            Lent::Str => quote!(&str),
            Lent::Reference => quote!(&#ty),
        };
        let mark = match it.lent {
            Lent::Copied => Some(quote!((Copy))),
            Lent::Str | Lent::Reference => pointer(it),
        };
        let variant = it.ident;
        Some(quote!(#variant #mark => #lend -> #lent | #give -> #ty))
    });
    let rows: Vec<_> = rows.collect();
    (!rows.is_empty()).then(|| quote!(accessors!(#name { #(#rows,)* });))
}

/// The variant of what is not known.
fn unknown(cx: EmitCx<'_>, tag: &Tag) -> TokenStream {
    match tag {
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

/// The mark of a row whose payload is behind a pointer.
fn pointer(it: &VariantPlan<'_>) -> Option<TokenStream> {
    it.is_boxed.then(|| quote!((Box)))
}

/// The codec of a union, which tells its variants apart.
pub(super) fn codec(it: &UnionPlan<'_>) -> TokenStream {
    let json = it.forms.has_json().then(|| json(it));
    let parts = it.forms.has_parts().then(|| multipart::choice(it));
    quote!(#json #parts)
}

/// The JSON codec of a union, which tells its variants apart.
fn json(it: &UnionPlan<'_>) -> TokenStream {
    let name = it.ident;
    let values =
        |it: &VariantPlan<'_>| it.variant.tags.iter().map(enums::literal).collect::<Vec<_>>();
    let Tag::Property(tag) = it.tag else {
        let rows = it.variants.iter().map(|variant| {
            let (name, pointer) = (variant.ident, pointer(variant));
            let codec = as_codec(&variant.value, From::Types);
            let events = values(variant);
            match it.tag {
                Tag::Event => quote!(#(#events)|* => #name #pointer #codec),
                Tag::Property(_) | Tag::Untagged => quote!(#name #pointer #codec),
            }
        });
        if *it.tag == Tag::Event {
            return quote!(event_union!(#name { #(#rows,)* }););
        }
        // Where no constant speaks for a later variant, one that fits perfectly ends the search.
        let all = it.is_exhaustive.then(|| quote!(: exhaustive));
        return quote!(untagged_union!(#name #all { #(#rows,)* }););
    };
    let rows = it.variants.iter().map(|variant| {
        let flag = match (variant.variant.adds_tag, variant.variant.lacks_tag) {
            (true, _) => quote!(+ tag),
            (false, true) => quote!(+ optional),
            (false, false) => TokenStream::new(),
        };
        let (name, pointer, values) = (variant.ident, pointer(variant), values(variant));
        quote!(#(#values)|* => #name #pointer #flag)
    });
    let mut all = it.variants.iter().map(|it| it.variant);
    let optional = all.clone().any(|it| it.lacks_tag).then(|| quote!(optional));
    match all.all(|it| it.tags.iter().all(Json::is_string)) {
        true => quote!(tagged_union!(#name by #optional #tag { #(#rows,)* });),
        false => quote!(tagged_union!(#name by #optional #tag (#(#rows,)*));),
    }
}
