//! Bodies of several parts: the fields of a struct, or what a union has chosen, as parts.

use super::types::{From, behind, wire};
use super::{Cx, enums};
use crate::facts::Wrapping;
use crate::ir::{Access, Field, Id, Presence, Scalar, Shape, Struct, Tag, Type, TypeDef, Union};
use proc_macro2::TokenStream;
use quote::quote;

/// What turns a struct into parts.
pub(super) fn form(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> TokenStream {
    let name = cx.names.ty(id);
    let fields = it.fields.iter().enumerate().filter(|it| is_sent(cx, id, it.1));
    let parts = fields.map(|(index, field)| part(cx, id, index, field));
    let extra = it.extra.iter().map(|ty| extra(cx, ty));
    let parts: Vec<_> = parts.chain(extra).collect();
    let form = if parts.is_empty() { quote!(_) } else { quote!(form) };
    let nested =
        cx.facts.is_within_parts(id).then(|| quote!(client_runtime::nested_parts!(#name);));
    quote! {
        impl client_runtime::IntoMultipart for #name {
            #[inline]
            fn into_multipart(self, #form: &mut client_runtime::Multipart) { #(#parts)* }
        }
        #nested
    }
}

/// What turns a union into parts: a body of one of several objects, or a part that may be a file.
pub(super) fn choice(cx: Cx<'_>, id: Id<TypeDef>, it: &Union) -> TokenStream {
    let name = cx.names.ty(id);
    let body = cx.facts.is_multipart_body(id).then(|| {
        let rows = it.variants.iter().zip(cx.names.members(id)).map(|(variant, name)| {
            let tag = tag(it, variant);
            let value = if cx.facts.is_large(&variant.ty) { quote!(*it) } else { quote!(it) };
            quote!(Self::#name(it) => { #tag client_runtime::IntoMultipart::into_multipart(#value, form); })
        });
        // What is only sent is known to who sends it.
        let unknown = (!cx.facts.is_multipart(id)).then(|| {
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
    let within = cx.facts.is_within_parts(id).then(|| into_parts(cx, id, it));
    quote!(#body #within)
}

fn into_parts(cx: Cx<'_>, id: Id<TypeDef>, it: &Union) -> TokenStream {
    let name = cx.names.ty(id);
    let nested = it.variants.iter().any(|it| is_nested(cx, &it.ty));
    let nested = nested.then(|| {
        quote!(
            const NESTED: bool = true;
        )
    });
    let rows = it.variants.iter().zip(cx.names.members(id)).map(|(variant, name)| {
        let tag = tag(it, variant);
        let large = cx.facts.is_large(&variant.ty);
        let part = match (cx.facts.holds_files(&variant.ty), coded(cx, &variant.ty)) {
            (true, _) if tag.is_some() => {
                let value = if large { quote!(*it) } else { quote!(it) };
                quote!(form.within(name, |form| {
                    #tag
                    client_runtime::IntoMultipart::into_multipart(#value, form);
                }))
            }
            (true, _) => quote!(form.files(name, it)),
            (false, Some(codec)) => {
                quote!(form.text(name, &client_runtime::coded::<#codec, _>(&it)))
            }
            (false, None) if large => quote!(form.text(name, &*it)),
            (false, None) => quote!(form.text(name, &it)),
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
fn tag(it: &Union, variant: &crate::ir::Variant) -> Option<TokenStream> {
    let Tag::Property(tag) = &it.tag else { return None };
    let value = variant.tags.first().filter(|_| variant.adds_tag).map(enums::literal)?;
    Some(quote!(form.text(#tag, &#value);))
}

/// Whether a value has several parts, with names of their own.
fn is_nested(cx: Cx<'_>, ty: &Type) -> bool {
    match behind(cx, ty) {
        Type::Def(id) => match &cx.api.types[*id].shape {
            Shape::Struct(_) => cx.facts.holds_files(ty),
            Shape::Union(_)
            | Shape::Enum(_)
            | Shape::Alias(_)
            | Shape::Outcome(_)
            | Shape::Broken => false,
        },
        Type::Map(_) => cx.facts.holds_files(ty),
        Type::List(_) | Type::Nullable(_) | Type::Tuple(_) | Type::Scalar(_) | Type::Json => false,
    }
}

/// A part for each property beyond the named ones.
fn extra(cx: Cx<'_>, ty: &Type) -> TokenStream {
    if cx.facts.holds_files(ty) {
        return quote!(for (name, value) in self.additional_properties {
            form.files(&name, value);
        });
    }
    match coded(cx, ty) {
        Some(codec) => quote! {
            for (name, value) in &self.additional_properties {
                form.text(name, &client_runtime::coded::<#codec, _>(value));
            }
        },
        None => quote!(form.extra(&self.additional_properties);),
    }
}

/// Whether a property of what is sent is sent too: what only the server sets is not.
pub(crate) fn is_sent(cx: Cx<'_>, id: Id<TypeDef>, field: &Field) -> bool {
    field.access != Access::ReadOnly || !cx.facts.is_sent(id) || field.constant.is_some()
}

/// Whether the parts of a form need codecs.
pub(super) fn is_coded(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> bool {
    let fields = it.fields.iter().filter(|it| it.constant.is_none() && is_sent(cx, id, it));
    fields.map(|it| &it.ty).chain(&it.extra).any(|ty| coded(cx, ty).is_some())
}

/// The codec of a part that its type writes in another form.
pub(super) fn coded(cx: Cx<'_>, ty: &Type) -> Option<TokenStream> {
    match behind(cx, ty) {
        // As text it is the same.
        Type::Scalar(Scalar::IntText(_)) => None,
        _ if cx.facts.holds_files(ty) => None,
        _ => wire(cx, ty, From::Types),
    }
}

fn part(cx: Cx<'_>, id: Id<TypeDef>, index: usize, field: &Field) -> TokenStream {
    let wire = &field.wire_name;
    if let Some(constant) = &field.constant {
        let value = enums::literal(constant);
        return quote!(form.text(#wire, &#value););
    }
    let name = &cx.names.members(id)[index];
    if cx.facts.holds_files(&field.ty) {
        return quote!(form.files(#wire, self.#name););
    }
    let wrapping = cx.facts.wrapping(id, field);
    let codec = coded(cx, &field.ty);
    let boxed = cx.facts.is_boxed(id, index);
    let is_tuple = matches!(behind(cx, &field.ty), Type::Tuple(_));
    let add = |value: TokenStream| match is_tuple {
        // Others say by their values what they are.
        true => quote!(form.json(#wire, #value);),
        false => quote!(form.text(#wire, #value);),
    };
    let coded = |value: TokenStream| match &codec {
        Some(it) => quote!(&client_runtime::coded::<#it, _>(#value)),
        None if boxed => quote!(&**#value),
        None => value,
    };
    let is_plain = codec.is_none() && !boxed && !is_tuple;
    match wrapping {
        Wrapping::Bare if boxed && codec.is_none() => add(quote!(&*self.#name)),
        Wrapping::Bare => add(coded(quote!(&self.#name))),
        Wrapping::Patch if is_plain => quote!(form.patch(#wire, &self.#name);),
        Wrapping::Patch => {
            let value = add(coded(quote!(value)));
            quote! {
                match &self.#name {
                    client_runtime::Patch::Value(value) => { #value }
                    none => form.cleared(#wire, none.is_null()),
                }
            }
        }
        Wrapping::Option if is_plain && field.presence == Presence::Nullable => {
            quote!(form.nullable(#wire, &self.#name);)
        }
        Wrapping::Option if is_plain => add(quote!(&self.#name)),
        Wrapping::Option => {
            let value = add(coded(quote!(value)));
            let none = (field.presence == Presence::Nullable)
                .then(|| quote!(else { form.cleared(#wire, true); }));
            quote!(if let Some(value) = &self.#name { #value } #none)
        }
    }
}
