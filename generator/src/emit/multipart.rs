//! Multipart forms: the fields of a struct as parts.

use super::Cx;
use super::types::{behind, is_file};
use crate::facts::Wrapping;
use crate::ir::{BodyContent, Field, Id, Shape, Struct, Type, TypeDef};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// What turns a struct into a form.
pub(super) fn form(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> TokenStream {
    let name = cx.names.ty(id);
    let encodings = encodings(cx, id);
    let parts = it.fields.iter().enumerate().map(|(index, field)| {
        let stated = encodings.iter().find(|(name, _)| *name == field.wire_name);
        part(cx, id, index, field, stated.map(|(_, mime)| mime.as_str()))
    });
    let extra = it.extra.iter().map(|_| quote!(form.extra(&self.additional_properties);));
    let parts: Vec<_> = parts.chain(extra).collect();
    let form = if parts.is_empty() { quote!(_) } else { quote!(form) };
    quote! {
        impl client_runtime::IntoMultipart for #name {
            #[inline]
            fn into_multipart(self, #form: &mut client_runtime::Multipart) { #(#parts)* }
        }
    }
}

/// The media types that parts state, in any operation that sends the form.
fn encodings(cx: Cx<'_>, id: Id<TypeDef>) -> Vec<(String, String)> {
    let bodies = cx.api.operations.iter().filter_map(|(_, it)| it.body.as_ref());
    let mut stated = bodies.filter_map(|body| match &body.content {
        BodyContent::Multipart(own, stated) if *own == id => Some(stated.clone()),
        _ => None,
    });
    stated.next().unwrap_or_default()
}

fn part(
    cx: Cx<'_>,
    id: Id<TypeDef>,
    index: usize,
    field: &Field,
    mime: Option<&str>,
) -> TokenStream {
    let wire = &field.wire_name;
    if let Some(constant) = &field.constant {
        let value = super::enums::literal(constant);
        return quote!(form.text(#wire, &#value););
    }
    let name = &cx.names.members(id)[index];
    // What is sent as JSON elsewhere holds no files.
    let files = cx.facts.is_multipart(id);
    let kind = match behind(cx, &field.ty) {
        it if files && is_file(cx, it) => "file",
        Type::List(inner) if files && is_file(cx, inner) => "files",
        // A part for each item, of the type of the items (OpenAPI 3.1, "Encoding Object").
        Type::List(inner) if is_structured(cx, behind(cx, inner)) => "json_items",
        other if is_structured(cx, other) => "json",
        _ => "text",
    };
    // A part may say that it is JSON, or that it is not.
    let kind = match (kind, mime) {
        ("json" | "json_items", Some(mime)) if !mime.contains("json") => "text",
        ("text" | "json_items", Some(mime)) if mime.contains("json") => "json",
        (kind, _) => kind,
    };
    let optional = cx.facts.wrapping(id, field) != Wrapping::Bare;
    let boxed = cx.facts.is_boxed(id, index);
    let mime = mime.filter(|it| !kind.starts_with("json") && !it.contains(['*', ',']));
    let prefix = if optional && !boxed { "optional_" } else { "" };
    let method = format_ident!("{prefix}{kind}{}", if mime.is_some() { "_as" } else { "" });
    let mime = mime.map(|it| quote!(, #it));
    match (boxed, optional) {
        (true, true) => {
            quote!(if let Some(value) = &self.#name { form.#method(#wire, &**value #mime); })
        }
        (true, false) => quote!(form.#method(#wire, &*self.#name #mime);),
        _ if kind.starts_with("file") => quote!(form.#method(#wire, self.#name #mime);),
        _ => quote!(form.#method(#wire, &self.#name #mime);),
    }
}

/// Whether a part's value is JSON unless the document says otherwise.
fn is_structured(cx: Cx<'_>, ty: &Type) -> bool {
    match ty {
        Type::Def(id) => matches!(cx.api.types[*id].shape, Shape::Struct(_)),
        Type::Map(_) | Type::Tuple(_) => true,
        Type::Nullable(inner) | Type::List(inner) => is_structured(cx, behind(cx, inner)),
        // What may be an object is JSON if it is one.
        Type::Json | Type::Scalar(_) => false,
    }
}
