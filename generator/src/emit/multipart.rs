//! Multipart forms: the fields of a struct as parts.

use super::Cx;
use super::types::{From, behind, is_file, is_files, wire};
use crate::facts::Wrapping;
use crate::ir::{Access, BodyContent, Field, Id, Scalar, Shape, Struct, Type, TypeDef};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

/// What turns a struct into a form.
pub(super) fn form(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> TokenStream {
    let name = cx.names.ty(id);
    let encodings = encodings(cx, id);
    let fields = it.fields.iter().enumerate().filter(|it| is_sent(cx, id, it.1));
    let parts = fields.map(|(index, field)| {
        let stated = encodings.iter().find(|(name, _)| *name == field.wire_name);
        part(cx, id, index, field, stated.map(|(_, mime)| mime.as_str()))
    });
    let extra = it.extra.iter().map(|ty| extra(cx, id, ty));
    let parts: Vec<_> = parts.chain(extra).collect();
    let form = if parts.is_empty() { quote!(_) } else { quote!(form) };
    quote! {
        impl client_runtime::IntoMultipart for #name {
            #[inline]
            fn into_multipart(self, #form: &mut client_runtime::Multipart) { #(#parts)* }
        }
    }
}

/// A part for each property beyond the named ones.
fn extra(cx: Cx<'_>, id: Id<TypeDef>, ty: &Type) -> TokenStream {
    if cx.facts.is_multipart(id) && is_files(cx, ty) {
        let method = if is_file(cx, ty) { quote!(file) } else { quote!(files) };
        return quote!(for (name, value) in self.additional_properties { form.#method(&name, value); });
    }
    match coded(cx, id, ty) {
        Some(codec) => quote! {
            for (name, value) in &self.additional_properties {
                form.text(name, &client_runtime::coded::<#codec, _>(value));
            }
        },
        None => quote!(form.extra(&self.additional_properties);),
    }
}

/// Whether a property of what is sent is sent too: what only the server sets is not.
pub(super) fn is_sent(cx: Cx<'_>, id: Id<TypeDef>, field: &Field) -> bool {
    field.access != Access::ReadOnly || !cx.facts.is_sent(id) || field.constant.is_some()
}

/// Whether the parts of a form need codecs.
pub(super) fn is_coded(cx: Cx<'_>, id: Id<TypeDef>, it: &Struct) -> bool {
    let fields = it.fields.iter().filter(|it| it.constant.is_none() && is_sent(cx, id, it));
    fields.map(|it| &it.ty).chain(&it.extra).any(|ty| coded(cx, id, ty).is_some())
}

/// The codec of a part that its type writes in another form.
fn coded(cx: Cx<'_>, id: Id<TypeDef>, ty: &Type) -> Option<TokenStream> {
    match behind(cx, ty) {
        // As text it is the same.
        Type::Scalar(Scalar::IntText(_)) => None,
        _ if cx.facts.is_multipart(id) && is_files(cx, ty) => None,
        _ => wire(cx, ty, From::Types),
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
    let codec = coded(cx, id, &field.ty);
    let kind = match kind(cx, id, field, mime) {
        // As text too a list is a part for each item, and objects in it are JSON.
        "json_items" if codec.is_some() => "text",
        kind => kind,
    };
    let optional = cx.facts.wrapping(id, field) != Wrapping::Bare;
    let boxed = cx.facts.is_boxed(id, index);
    let mime = mime.filter(|it| !kind.starts_with("json") && !it.contains(['*', ',']));
    let prefix = if optional && !boxed && codec.is_none() { "optional_" } else { "" };
    let method = format_ident!("{prefix}{kind}{}", if mime.is_some() { "_as" } else { "" });
    let mime = mime.map(|it| quote!(, #it));
    let part = |value: TokenStream| quote!(form.#method(#wire, #value #mime););
    let given = |part: TokenStream| quote!(if let Some(value) = &self.#name { #part });
    match (codec, boxed, optional) {
        (Some(it), _, true) => given(part(quote!(&client_runtime::coded::<#it, _>(value)))),
        (Some(it), _, false) => part(quote!(&client_runtime::coded::<#it, _>(&self.#name))),
        (None, true, true) => given(part(quote!(&**value))),
        (None, true, false) => part(quote!(&*self.#name)),
        _ if kind.starts_with("file") => part(quote!(self.#name)),
        _ => part(quote!(&self.#name)),
    }
}

/// What a part is: the name of the method that adds it.
fn kind(cx: Cx<'_>, id: Id<TypeDef>, field: &Field, mime: Option<&str>) -> &'static str {
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
    match (kind, mime) {
        ("json" | "json_items", Some(mime)) if !mime.contains("json") => "text",
        ("text" | "json_items", Some(mime)) if mime.contains("json") => "json",
        (kind, _) => kind,
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
