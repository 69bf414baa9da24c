//! Bodies of several parts: the fields of a struct, or what a union has chosen, as parts.

use super::enums;
use super::types::{self, From};
use crate::ir::Tag;
use crate::plan::{
    Absence, Codec, ExtraPlan, FieldPlan, PartPlan, StructPlan, UnionPlan, VariantPlan,
};
use proc_macro2::TokenStream;
use quote::quote;

/// The conversion of a struct into parts.
pub(super) fn form(it: &StructPlan<'_>) -> TokenStream {
    let name = it.ident;
    let fields = it.fields.iter().filter(|it| it.is_sent());
    let parts: Vec<_> = fields.map(part).chain(it.extra.iter().map(extra)).collect();
    let form = if parts.is_empty() { quote!(_) } else { quote!(form) };
    let nested = it.is_nested_part.then(|| quote!(nested_parts!(#name);));
    quote! {
        impl client_runtime::IntoMultipart for #name {
            #[inline]
            fn into_multipart(self, #form: &mut client_runtime::Multipart) { #(#parts)* }
        }
        #nested
    }
}

/// The conversion of a union into parts: a body of one of several objects, or a part that may be a file.
pub(super) fn choice(it: &UnionPlan<'_>) -> TokenStream {
    let name = it.ident;
    let body = it.is_body.then(|| {
        let rows = it.variants.iter().map(|variant| {
            let (name, tag) = (variant.ident, tag(it, variant));
            let value = if variant.is_boxed { quote!(*it) } else { quote!(it) };
            quote!(Self::#name(it) => { #tag client_runtime::IntoMultipart::into_multipart(#value, form); })
        });
        // The sender knows the variants of a union that is only sent.
        let unknown = it.forms.has_json().then(|| {
            quote!(Self::Unknown(it) => form.unknown(&it),)
        });
        quote! {
            impl client_runtime::IntoMultipart for #name {
                fn into_multipart(self, form: &mut client_runtime::Multipart) {
                    match self { #(#rows)* #unknown }
                }
            }
        }
    });
    let within = it.is_nested_part.then(|| into_parts(it));
    quote!(#body #within)
}

fn into_parts(it: &UnionPlan<'_>) -> TokenStream {
    let name = it.ident;
    let nested = it.variants.iter().any(|it| it.is_nested).then(|| {
        quote!(
            const NESTED: bool = true;
        )
    });
    let rows = it.variants.iter().map(|variant| {
        let (name, tag, boxed) = (variant.ident, tag(it, variant), variant.is_boxed);
        let part = match &variant.part {
            PartPlan::Files if tag.is_some() => {
                let value = if boxed { quote!(*it) } else { quote!(it) };
                quote!(form.nested(name, |form| {
                    #tag
                    client_runtime::IntoMultipart::into_multipart(#value, form);
                }))
            }
            PartPlan::Files => quote!(form.files(name, it)),
            PartPlan::Text(Some(codec)) | PartPlan::Json(Some(codec)) => {
                let value = coded(codec, &quote!(&it));
                quote!(form.text(name, #value))
            }
            PartPlan::Text(None) | PartPlan::Json(None) if boxed => quote!(form.text(name, &*it)),
            PartPlan::Text(None) | PartPlan::Json(None) => quote!(form.text(name, &it)),
        };
        quote!(Self::#name(it) => #part)
    });
    quote! {
        impl client_runtime::IntoParts for #name {
            #nested
            fn into_parts(self, form: &mut client_runtime::Multipart, name: &str) {
                match self { #(#rows,)* }
            }
        }
    }
}

/// The part of a tag that no property of the variant is.
fn tag(it: &UnionPlan<'_>, variant: &VariantPlan<'_>) -> Option<TokenStream> {
    let Tag::Property(tag) = it.tag else { return None };
    let variant = variant.variant;
    let value = variant.tags.first().filter(|_| variant.adds_tag).map(enums::literal)?;
    Some(quote!(form.text(#tag, &#value);))
}

/// A part for each property beyond the named ones.
fn extra(it: &ExtraPlan) -> TokenStream {
    match &it.part {
        PartPlan::Files => quote!(for (name, value) in self.additional_properties {
            form.files(&name, value);
        }),
        PartPlan::Text(Some(codec)) | PartPlan::Json(Some(codec)) => {
            let value = coded(codec, &quote!(value));
            quote! {
                for (name, value) in &self.additional_properties {
                    form.text(name, #value);
                }
            }
        }
        PartPlan::Text(None) | PartPlan::Json(None) => {
            quote!(form.additional_properties(&self.additional_properties);)
        }
    }
}

/// A value as its codec writes it.
fn coded(codec: &Codec, value: &TokenStream) -> TokenStream {
    let codec = types::codec(codec, From::Types);
    quote!(&client_runtime::coded::<#codec, _>(#value))
}

fn part(field: &FieldPlan<'_>) -> TokenStream {
    let wire = field.wire_name;
    if let Some(constant) = field.constant {
        let value = enums::literal(constant);
        return quote!(form.text(#wire, &#value););
    }
    let name = field.ident;
    let (method, codec) = match &field.part {
        PartPlan::Files => return quote!(form.files(#wire, self.#name);),
        PartPlan::Text(codec) => (quote!(text), codec),
        PartPlan::Json(codec) => (quote!(json), codec),
    };
    let add = |value: TokenStream| quote!(form.#method(#wire, #value););
    let within = match (codec, field.is_boxed) {
        (Some(codec), _) => add(coded(codec, &quote!(value))),
        (None, true) => add(quote!(&**value)),
        (None, false) => add(quote!(value)),
    };
    let is_plain = field.part == PartPlan::Text(None) && !field.is_boxed;
    match field.absence {
        Absence::Never => match (codec, field.is_boxed) {
            (Some(codec), _) => add(coded(codec, &quote!(&self.#name))),
            (None, true) => add(quote!(&*self.#name)),
            (None, false) => add(quote!(&self.#name)),
        },
        Absence::Patch if is_plain => quote!(form.patch(#wire, &self.#name);),
        Absence::Patch => quote! {
            match &self.#name {
                client_runtime::Patch::Value(value) => { #within }
                none => form.cleared(#wire, none.is_null()),
            }
        },
        Absence::EmptyText => quote! {
            match &self.#name {
                client_runtime::Patch::Value(value) => { #within }
                none => form.emptied(#wire, none.is_null()),
            }
        },
        Absence::Null if is_plain => quote!(form.nullable(#wire, &self.#name);),
        Absence::Null => quote! {
            if let Some(value) = &self.#name { #within } else { form.cleared(#wire, true); }
        },
        Absence::Omitted if is_plain => add(quote!(&self.#name)),
        Absence::Omitted => quote!(if let Some(value) = &self.#name { #within }),
    }
}
