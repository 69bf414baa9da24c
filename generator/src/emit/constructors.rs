//! How values that are sent are made: `new`, or a builder where much is required, and setters.

use super::types::{self, From, argument};
use super::{Cx, enums, text};
use crate::facts::{Facts, Wrapping};
use crate::ir::{Field, Id, Shape, Struct, Type, TypeDef};
use crate::name::RustIdent;
use proc_macro2::TokenStream;
use quote::quote;

/// Whether a value can be made from nothing.
pub(super) fn is_blank(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> bool {
    cx.facts.is_sent(id) && Facts::arguments(it).is_empty()
}

/// True if a new value is not empty.
pub(super) fn has_preset(it: &Struct) -> bool {
    it.fields.iter().any(|it| it.preset.is_some())
}

/// Constructors and setters of a struct that is sent.
pub(super) fn all(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> TokenStream {
    if !cx.facts.is_sent(id) {
        return TokenStream::new();
    }
    let name = cx.names.ty(id);
    let arguments = cx.names.arguments(id);
    let builder_name = cx.names.builder(id);
    let constructor = match builder_name {
        Some(it) => builder_fn(it),
        None => new(cx, id, it, arguments),
    };
    let setters = settable(cx, id, it).map(|(index, field)| setter(cx, id, index, field));
    let builder = builder_name.map(|name| builder(cx, id, it, name));
    let default = (has_preset(it) && is_blank(cx, id, it)).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self { Self::new() }
            }
        }
    });
    quote! {
        impl #name { #constructor #(#setters)* }
        #default
        #builder
    }
}

/// The fields that have a setter, with their indices.
pub(super) fn settable<'a>(
    cx: Cx<'a>,
    id: Id<TypeDef>,
    it: &'a Struct,
) -> impl Iterator<Item = (usize, &'a Field)> {
    let asked = cx.names.arguments(id);
    it.fields.iter().enumerate().filter(move |(index, field)| {
        field.constant.is_none()
            && !asked.contains(index)
            && field.access != crate::ir::Access::ReadOnly
    })
}

/// A field's value as an argument: its type, and what is stored.
pub(super) fn input(
    cx: Cx<'_>,
    id: Id<TypeDef>,
    index: usize,
    field: &Field,
) -> (TokenStream, TokenStream) {
    let name = &cx.names.members(id)[index];
    let argument = argument(cx, &field.ty, &quote!(#name), From::Types);
    let (ty, owned) = (argument.ty, argument.owned);
    let owned = if cx.facts.is_boxed(id, index) { quote!(Box::new(#owned)) } else { owned };
    (ty, owned)
}

fn new(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct, arguments: &[usize]) -> TokenStream {
    if is_blank(cx, id, it) && !has_preset(it) {
        return quote! {
            #[doc = " A value with nothing set."]
            #[must_use]
            pub fn new() -> Self { Self::default() }
        };
    }
    let names = cx.names.members(id);
    let inputs = arguments.iter().map(|index| {
        let name = &names[*index];
        let (ty, _) = input(cx, id, *index, &it.fields[*index]);
        quote!(#name: #ty)
    });
    let values = values(cx, id, it, |index| {
        let (_, owned) = input(cx, id, index, &it.fields[index]);
        owned
    });
    quote! {
        #[doc = " A value with what is required."]
        #[must_use]
        pub fn new(#(#inputs),*) -> Self { Self { #(#values,)* } }
    }
}

/// The value that a field has until another is set.
fn preset(cx: Cx<'_>, field: &Field) -> Option<TokenStream> {
    let value = field.preset.as_ref()?;
    let literal = enums::literal(value);
    let Type::Def(id) = types::behind(cx, &field.ty) else {
        return Some(if value.is_string() { quote!(#literal.to_owned()) } else { literal });
    };
    let Shape::Enum(it) = &cx.api.types[*id].shape else { return None };
    let index = it.values.iter().position(|it| it.value == *value)?;
    let (name, variant) = (cx.names.ty(*id), &cx.names.members(*id)[index]);
    Some(quote!(#name::#variant))
}

/// All fields: those that are asked for as `given` says, the others preset or empty.
fn values<'a>(
    cx: Cx<'a>,
    id: Id<TypeDef>,
    it: &'a Struct,
    given: impl Fn(usize) -> TokenStream,
) -> Vec<TokenStream> {
    let names = cx.names.members(id);
    let asked = cx.names.arguments(id);
    let patch = types::runtime(cx, "Patch", From::Types);
    let mut values = Vec::new();
    for (index, field) in it.fields.iter().enumerate().filter(|(_, it)| it.constant.is_none()) {
        let name = &names[index];
        if asked.contains(&index) {
            let given = given(index);
            let given = match cx.facts.wrapping(id, field) {
                Wrapping::Bare => given,
                Wrapping::Option => quote!(Some(#given)),
                Wrapping::Patch => quote!(#patch::Value(#given)),
            };
            values.push(if given.to_string() == name.to_string() {
                quote!(#name)
            } else {
                quote!(#name: #given)
            });
            continue;
        }
        values.push(match (cx.facts.wrapping(id, field), preset(cx, field)) {
            (Wrapping::Patch, None) => quote!(#name: #patch::Absent),
            (Wrapping::Patch, Some(value)) => quote!(#name: #patch::Value(#value)),
            (Wrapping::Option | Wrapping::Bare, None) => quote!(#name: None),
            (Wrapping::Option | Wrapping::Bare, Some(value)) => quote!(#name: Some(#value)),
        });
    }
    if it.extra.is_some() {
        values.push(quote!(additional_properties: BTreeMap::new()));
    }
    values
}

fn setter(cx: Cx<'_>, id: Id<TypeDef>, index: usize, field: &Field) -> TokenStream {
    let name = &cx.names.members(id)[index];
    let (ty, owned) = input(cx, id, index, field);
    let value = match cx.facts.wrapping(id, field) {
        Wrapping::Bare => owned,
        Wrapping::Option => quote!(Some(#owned)),
        Wrapping::Patch => {
            let patch = types::runtime(cx, "Patch", From::Types);
            quote!(#patch::Value(#owned))
        }
    };
    let docs = text::comment(&[format!("Sets [`{0}`](Self::{0}).", name.text())]);
    let deprecated = text::deprecated(&field.docs);
    quote! {
        #docs
        #deprecated
        #[must_use]
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn builder_fn(builder: &RustIdent) -> TokenStream {
    quote! {
        #[doc = " Starts a value; what is required is set one by one."]
        #[must_use]
        pub fn builder() -> #builder { #builder::default() }
    }
}

/// The builder: a setter for each required field, and `build`.
fn builder(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct, builder: &RustIdent) -> TokenStream {
    let name = cx.names.ty(id);
    let asked = cx.names.arguments(id);
    let names = cx.names.members(id);
    let fields = asked.iter().map(|index| {
        let (name, ty) = (&names[*index], types::value(cx, id, *index, &it.fields[*index]));
        quote!(#name: Option<#ty>)
    });
    let setters = asked.iter().map(|index| {
        let name = &names[*index];
        let field = &it.fields[*index];
        let docs = text::comment(&[format!(
            "Sets [`{0}`]({1}::{0}).",
            name.text(),
            cx.names.ty(id).text()
        )]);
        let (ty, owned) = input(cx, id, *index, field);
        quote! {
            #docs
            #[must_use]
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = Some(#owned);
                self
            }
        }
    });
    let present = asked.iter().map(|index| {
        let (wire, name) = (&it.fields[*index].wire_name, &names[*index]);
        quote!((#wire, self.#name.is_some()))
    });
    let given = asked.iter().map(|index| &names[*index]);
    let wanted = given.clone().map(|name| quote!(Some(#name)));
    let held = given.map(|name| quote!(self.#name));
    let values = values(cx, id, it, |index| {
        let name = &names[index];
        quote!(#name)
    });
    let docs = text::comment(&[format!("Makes a [`{}`].", name.text())]);
    let label = name.text();
    quote! {
        #docs
        #[derive(Clone, Debug, Default)]
        pub struct #builder { #(#fields,)* }
        impl #builder {
            #(#setters)*
            #[doc = " The value; an error that names what is missing, if anything is."]
            pub fn build(self) -> Result<#name, client_runtime::Error> {
                let missing = client_runtime::missing_fields(#label, &[#(#present),*]);
                let (#(#wanted,)*) = (#(#held,)*) else { return Err(missing) };
                Ok(#name { #(#values,)* })
            }
        }
    }
}
