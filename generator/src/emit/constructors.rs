//! Constructors of values that are sent: `new`, or a builder where much is required, and setters.

use super::types::{self, From};
use super::{EmitCx, enums, text};
use crate::doc_text;
use crate::name::RustIdent;
use crate::plan::{Absence, FieldPlan, Input, Preset, Stored, StructPlan};
use proc_macro2::TokenStream;
use quote::quote;

/// Constructors and setters of a struct that is sent.
pub(super) fn all(cx: EmitCx<'_>, it: &StructPlan<'_>) -> TokenStream {
    if !it.is_made {
        return TokenStream::new();
    }
    let name = it.ident;
    let constructor = match it.builder {
        Some(it) => builder_fn(it),
        None => new(cx, it),
    };
    let setters = it.settable().map(|it| setter(cx, it));
    let builder = it.builder.map(|name| builder(cx, it, name));
    let default = (it.has_preset() && it.is_blank()).then(|| {
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

/// A field's value as an argument: its type, and what is stored.
pub(super) fn input(cx: EmitCx<'_>, field: &FieldPlan<'_>) -> (TokenStream, TokenStream) {
    let name = field.ident;
    let ty = || types::rust_type(cx, &field.ty, From::Types);
    let (ty, owned) = match field.stored {
        Stored::Str => (quote!(&str), quote!(#name.to_owned())),
        Stored::Value => (ty(), quote!(#name)),
        Stored::Into => {
            let ty = ty();
            (quote!(impl Into<#ty>), quote!(#name.into()))
        }
    };
    let owned = if field.is_boxed { quote!(Box::new(#owned)) } else { owned };
    (ty, owned)
}

fn new(cx: EmitCx<'_>, it: &StructPlan<'_>) -> TokenStream {
    if it.is_blank() && !it.has_preset() {
        return quote! {
            #[doc = " A value with nothing set."]
            pub fn new() -> Self { Self::default() }
        };
    }
    let inputs = it.asked().map(|field| {
        let name = field.ident;
        let (ty, _) = input(cx, field);
        quote!(#name: #ty)
    });
    let values = values(cx, it, |field| match (field.stored, field.is_boxed) {
        (Stored::Value, false) => None,
        _ => Some(input(cx, field).1),
    });
    quote! {
        #[doc = " A value with what is required."]
        pub fn new(#(#inputs),*) -> Self { Self { #(#values,)* } }
    }
}

/// The value that a field has until another is set.
fn preset(cx: EmitCx<'_>, preset: Preset<'_>) -> TokenStream {
    match preset {
        Preset::Literal(value) => {
            let literal = enums::literal(value);
            if value.is_string() { quote!(#literal.to_owned()) } else { literal }
        }
        Preset::Variant(id, variant) => {
            let name = cx.names.ty(id);
            quote!(#name::#variant)
        }
    }
}

/// A value as a field has it.
fn present(cx: EmitCx<'_>, absence: Absence, value: TokenStream) -> TokenStream {
    match absence {
        Absence::Never => value,
        Absence::Null | Absence::Omitted => quote!(Some(#value)),
        Absence::Patch | Absence::EmptyText => {
            let patch = types::runtime(cx, "Patch", From::Types);
            quote!(#patch::Value(#value))
        }
    }
}

/// All fields: those that are asked for as `given` says, or else by their name; the others preset or empty.
fn values(
    cx: EmitCx<'_>,
    it: &StructPlan<'_>,
    given: impl Fn(&FieldPlan<'_>) -> Option<TokenStream>,
) -> Vec<TokenStream> {
    let fields = it.kept().map(|field| {
        let (name, absence) = (field.ident, field.absence);
        let value = match (field.input, field.preset, absence) {
            (Input::Constructor, ..) => match (given(field), absence) {
                (None, Absence::Never) => return quote!(#name),
                (given, _) => present(cx, absence, given.unwrap_or_else(|| quote!(#name))),
            },
            (_, Some(value), Absence::Patch | Absence::EmptyText) => {
                present(cx, absence, preset(cx, value))
            }
            (_, Some(value), _) => present(cx, Absence::Omitted, preset(cx, value)),
            (_, None, Absence::Patch | Absence::EmptyText) => {
                let patch = types::runtime(cx, "Patch", From::Types);
                quote!(#patch::Absent)
            }
            (_, None, Absence::Never | Absence::Null | Absence::Omitted) => quote!(None),
        };
        quote!(#name: #value)
    });
    let extra = it.extra.is_some().then(|| quote!(additional_properties: BTreeMap::new()));
    fields.chain(extra).collect()
}

fn setter(cx: EmitCx<'_>, field: &FieldPlan<'_>) -> TokenStream {
    let name = field.ident;
    let (ty, owned) = input(cx, field);
    let value = present(cx, field.absence, owned);
    let docs = setter_docs(field);
    let deprecated = text::deprecated(field.words.docs);
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// The first sentence of what the document says of a field.
fn setter_docs(field: &FieldPlan<'_>) -> TokenStream {
    let said = field.words.docs.text.as_deref();
    let said = said.filter(|it| !text::repeats(it, field.ident.text())).map(doc_text::summary);
    text::comment(&text::foreign(said.as_deref(), 4))
}

fn builder_fn(builder: &RustIdent) -> TokenStream {
    quote! {
        #[doc = " Starts a value; what is required is set one by one."]
        pub fn builder() -> #builder { #builder::default() }
    }
}

/// The builder: a setter for each required field, and `build`.
fn builder(cx: EmitCx<'_>, it: &StructPlan<'_>, builder: &RustIdent) -> TokenStream {
    let name = it.ident;
    let label = name.text();
    let fields = it.asked().map(|field| {
        let (name, ty) = (field.ident, types::value(cx, field));
        quote!(#name: Option<#ty>)
    });
    let setters = it.asked().map(|field| {
        let name = field.ident;
        let docs = setter_docs(field);
        let (ty, owned) = input(cx, field);
        quote! {
            #docs
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = Some(#owned);
                self
            }
        }
    });
    let set = it.asked().map(|field| {
        let (wire, name) = (field.wire_name, field.ident);
        quote!((#wire, self.#name.is_some()))
    });
    let given = it.asked().map(|it| it.ident);
    let wanted = given.clone().map(|name| quote!(Some(#name)));
    let held = given.map(|name| quote!(self.#name));
    let values = values(cx, it, |_| None);
    let docs = text::comment(&[format!("Makes a [`{label}`].")]);
    quote! {
        #docs
        #[must_use]
        #[derive(Clone, Debug, Default)]
        pub struct #builder { #(#fields,)* }
        impl #builder {
            #(#setters)*
            #[doc = " The value; an error that names what is missing, if anything is."]
            pub fn build(self) -> Result<#name, client_runtime::Error> {
                let missing = client_runtime::missing_fields(#label, &[#(#set),*]);
                let (#(#wanted,)*) = (#(#held,)*) else { return Err(missing) };
                Ok(#name { #(#values,)* })
            }
        }
    }
}
