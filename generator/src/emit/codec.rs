//! How structs are read and written: tables over the runtime's reader and writer.

use super::types::{From, wire};
use super::{Cx, enums, multipart};
use crate::facts::Wrapping;
use crate::ir::{Access, Field, Id, Presence, Struct, TypeDef};
use crate::name::RustIdent;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote};

/// What reads and writes a struct.
pub(super) fn record(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> TokenStream {
    if cx.facts.is_multipart(id) {
        return multipart::form(cx, id, it);
    }
    let form = cx.facts.is_form(id).then(|| multipart::form(cx, id, it));
    let name = cx.names.ty(id);
    let label = name.text();
    let fields = it.fields.iter().map(|it| &it.wire_name);
    let open = it.extra.is_some().then(|| {
        quote!(
            const OPEN: bool = true;
        )
    });
    let required = it.fields.iter().enumerate().filter(|(_, it)| is_expected(cx, id, it));
    let required: Vec<_> = required.map(|(index, _)| Literal::usize_unsuffixed(index)).collect();
    let required = (!required.is_empty())
        .then(|| quote!(const REQUIRED: &'static [usize] = &[#(#required),*];));
    let (read, write) = (read(cx, id, it), write(cx, id, it));
    quote! {
        client_runtime::records!(#name);
        impl codec::Record for #name {
            const NAME: &'static str = #label;
            const FIELDS: &'static [&'static str] = &[#(#fields),*];
            #required
            #open
            #read
            #write
        }
        #form
    }
}

/// Whether a field is there in all that a server sends.
fn is_expected(cx: Cx<'_>, id: Id<TypeDef>, field: &Field) -> bool {
    match field.presence {
        Presence::Required | Presence::Nullable => {
            field.access != Access::WriteOnly || cx.facts.wrapping(id, field) == Wrapping::Bare
        }
        Presence::Optional | Presence::OptionalNullable => false,
    }
}

/// A local name that no field of the struct bears.
fn free(names: &[RustIdent], wanted: &str) -> Ident {
    let taken = names.iter().any(|it| it.text() == wanted);
    let name = if taken { format!("{wanted}_") } else { wanted.to_owned() };
    Ident::new(&name, Span::call_site())
}

fn read(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> TokenStream {
    let names = cx.names.members(id);
    let (object, field) = (free(names, "object"), free(names, "field"));
    let kept: Vec<_> =
        it.fields.iter().enumerate().filter(|(_, it)| it.constant.is_none()).collect();
    let locals = kept.iter().map(|(index, field)| {
        let name = &names[*index];
        match cx.facts.wrapping(id, field) {
            Wrapping::Patch => quote!(let mut #name = client_runtime::Patch::Absent;),
            Wrapping::Bare | Wrapping::Option => quote!(let mut #name = None;),
        }
    });
    let extra_local =
        it.extra.is_some().then(|| quote!(let mut additional_properties = BTreeMap::new();));
    let mut arms: Vec<TokenStream> = it
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| read_field(cx, id, index, field, &object))
        .collect();
    arms.extend(it.extra.iter().map(|ty| match wire(cx, ty, From::Types) {
        Some(codec) => quote!(#object.extra_as::<#codec, _>(&mut additional_properties)),
        None => quote!(#object.extra(&mut additional_properties)),
    }));
    let step = steps(&object, &field, arms);
    let bare: Vec<_> = kept
        .iter()
        .filter(|(_, it)| cx.facts.wrapping(id, it) == Wrapping::Bare)
        .map(|(index, _)| &names[*index])
        .collect();
    let complete = match &bare[..] {
        [] => TokenStream::new(),
        [one] => quote!(let Some(#one) = #one else { return #object.incomplete(); };),
        _ => quote!(let (#(Some(#bare)),*) = (#(#bare),*) else { return #object.incomplete(); };),
    };
    let extra = it.extra.is_some().then(|| quote!(additional_properties));
    let all = kept.iter().map(|(index, _)| names[*index].to_token_stream()).chain(extra);
    quote! {
        #[inline]
        fn read(#object: &mut codec::Reader<'_>) -> Option<Self> {
            #(#locals)*
            #extra_local
            #step
            #complete
            Some(Self { #(#all),* })
        }
    }
}

/// The loop over the members of an object.
fn steps(object: &Ident, field: &Ident, arms: Vec<TokenStream>) -> TokenStream {
    match &arms[..] {
        [] => return quote!(while #object.next().is_some() {}),
        [only] => return quote!(while #object.next().is_some() { #only; }),
        _ => {}
    }
    let last = arms.len() - 1;
    let arms = arms.into_iter().enumerate().map(|(index, arm)| {
        let index = match index == last {
            true => quote!(_),
            false => Literal::usize_unsuffixed(index).into_token_stream(),
        };
        quote!(#index => #arm)
    });
    quote!(while let Some(#field) = #object.next() { match #field { #(#arms,)* } })
}

/// The codec of a field's value, where it needs one.
fn field_codec(cx: Cx<'_>, id: Id<TypeDef>, index: usize, field: &Field) -> Option<TokenStream> {
    let codec = wire(cx, &field.ty, From::Types);
    match (cx.facts.is_boxed(id, index), &codec) {
        (true, Some(codec)) => Some(quote!(codec::Boxed<#codec>)),
        (true, None) => Some(quote!(codec::Boxed)),
        (false, _) => codec,
    }
}

fn read_field(
    cx: Cx<'_>,
    id: Id<TypeDef>,
    index: usize,
    field: &Field,
    object: &Ident,
) -> TokenStream {
    if let Some(constant) = &field.constant {
        let value = enums::literal(constant);
        return quote!(#object.constant(&#value));
    }
    let name = &cx.names.members(id)[index];
    let codec = field_codec(cx, id, index, field);
    match (cx.facts.wrapping(id, field), codec) {
        (Wrapping::Bare, None) => quote!(#object.value(&mut #name)),
        (Wrapping::Bare, Some(codec)) => quote!(#object.value_as::<#codec, _>(&mut #name)),
        (Wrapping::Option, None) => quote!(#object.optional(&mut #name)),
        (Wrapping::Option, Some(codec)) => quote!(#object.optional_as::<#codec, _>(&mut #name)),
        (Wrapping::Patch, None) => quote!(#object.patch(&mut #name)),
        (Wrapping::Patch, Some(codec)) => quote!(#object.patch_as::<#codec, _>(&mut #name)),
    }
}

fn write(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> TokenStream {
    let fields =
        it.fields.iter().enumerate().map(|(index, field)| write_field(cx, id, index, field));
    let extra = it.extra.iter().map(|ty| match wire(cx, ty, From::Types) {
        Some(codec) => quote!(object.extra_as::<#codec, _>(&self.additional_properties);),
        None => quote!(object.extra(&self.additional_properties);),
    });
    let lines: Vec<_> = fields.chain(extra).collect();
    let object = if lines.is_empty() { quote!(_) } else { quote!(object) };
    quote! {
        #[inline]
        fn write(&self, #object: &mut codec::Writer<'_>) { #(#lines)* }
    }
}

fn write_field(cx: Cx<'_>, id: Id<TypeDef>, index: usize, field: &Field) -> TokenStream {
    let wire_name = &field.wire_name;
    if let Some(constant) = &field.constant {
        let value = enums::literal(constant);
        return quote!(object.constant(#wire_name, &#value););
    }
    let name = &cx.names.members(id)[index];
    let object = match field.access {
        Access::ReadOnly if cx.facts.is_sent(id) => quote!(object.read_only()),
        Access::ReadOnly | Access::WriteOnly | Access::Both => quote!(object),
    };
    let codec = field_codec(cx, id, index, field);
    match (cx.facts.wrapping(id, field), field.presence, codec) {
        (Wrapping::Patch, _, None) => quote!(#object.patch(#wire_name, &self.#name);),
        (Wrapping::Patch, _, Some(codec)) => {
            quote!(#object.patch_as::<#codec, _>(#wire_name, &self.#name);)
        }
        (Wrapping::Option, Presence::Nullable, Some(codec)) => {
            quote!(#object.field_as::<codec::Nullable<#codec>, _>(#wire_name, &self.#name);)
        }
        (Wrapping::Bare, _, Some(codec)) => {
            quote!(#object.field_as::<#codec, _>(#wire_name, &self.#name);)
        }
        (Wrapping::Option, Presence::Nullable, None) | (Wrapping::Bare, _, None) => {
            quote!(#object.field(#wire_name, &self.#name);)
        }
        (Wrapping::Option, _, Some(codec)) => {
            quote!(#object.optional_as::<#codec, _>(#wire_name, &self.#name);)
        }
        (Wrapping::Option, _, None) => quote!(#object.optional(#wire_name, &self.#name);),
    }
}
