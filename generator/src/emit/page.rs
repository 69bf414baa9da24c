//! How a page of a list is taken apart.

use super::Cx;
use super::types::{From, behind, ty};
use crate::facts::Wrapping;
use crate::ir::{Field, Id, Next, Operation, Paging, Scalar, Shape, Type, TypeDef, Walk};
use proc_macro2::TokenStream;
use quote::quote;

/// `Paged` for the builder of an operation.
pub(super) fn paged(cx: Cx<'_>, id: Id<Operation>, paging: &Paging) -> TokenStream {
    let builder = &cx.names.operation(id).builder;
    let page = ty(cx, &paging.page, From::Outside);
    let item = ty(cx, &paging.item, From::Outside);
    let (items, peek) = match read(cx, &paging.page, &paging.items) {
        None => (quote!(page), quote!(page)),
        Some(read) if read.optional => {
            let path = read.path;
            (
                quote!(page #path.unwrap_or_default()),
                quote!(page #path.as_deref().unwrap_or_default()),
            )
        }
        Some(read) => {
            let path = read.path;
            (quote!(page #path), quote!(&page #path))
        }
    };
    let (next, uses_page) = next(cx, paging);
    let page_name = if uses_page { quote!(page) } else { quote!(_) };
    let id_fn = id_fn(cx, paging);
    quote! {
        impl runtime::Paged for #builder {
            type Page = #page;
            type Item = #item;
            fn items(page: Self::Page) -> Vec<Self::Item> { #items }
            fn peek(page: &Self::Page) -> &[Self::Item] { #peek }
            fn next(#page_name: &Self::Page) -> runtime::Next { #next }
            #id_fn
        }
    }
}

/// A property reached from a page.
struct Read<'a> {
    /// `.meta.next`, or with `?`-less steps through what may be absent.
    path: TokenStream,
    optional: bool,
    field: &'a Field,
    /// The steps before the last, where one of them may be absent.
    outer: Option<TokenStream>,
}

/// Follows properties from a type.
fn read<'a>(cx: Cx<'a>, from: &'a Type, names: &[String]) -> Option<Read<'a>> {
    let mut ty = from;
    let mut path = TokenStream::new();
    let mut outer = None;
    let mut found = None;
    for (depth, name) in names.iter().enumerate() {
        let (id, index, field) = field(cx, ty, name)?;
        let ident = &cx.names.members(id)[index];
        let optional = cx.facts.wrapping(id, field) != Wrapping::Bare;
        if depth + 1 < names.len() && optional {
            outer = Some(quote!(#path.#ident));
            path = TokenStream::new();
        } else {
            path = quote!(#path.#ident);
        }
        ty = &field.ty;
        found = Some((field, optional));
    }
    let (field, optional) = found?;
    Some(Read { path, optional, field, outer })
}

/// A property of a type.
pub(super) fn field<'a>(
    cx: Cx<'a>,
    ty: &'a Type,
    name: &str,
) -> Option<(Id<TypeDef>, usize, &'a Field)> {
    let Type::Def(id) = behind(cx, ty) else { return None };
    let Shape::Struct(it) = &cx.api.types[*id].shape else { return None };
    let (index, field) = it.fields.iter().enumerate().find(|(_, it)| it.wire_name == name)?;
    Some((*id, index, field))
}

/// What follows the page, and whether that is read off it.
fn next(cx: Cx<'_>, paging: &Paging) -> (TokenStream, bool) {
    let names = match &paging.next {
        Next::HasMore(names) | Next::Value(names) | Next::Total(names) => names,
        Next::AnyItems => return (quote!(runtime::Next::if_any()), false),
        Next::Header => return (quote!(runtime::Next::unknown()), false),
    };
    let Some(read) = read(cx, &paging.page, names) else {
        return (quote!(runtime::Next::unknown()), false);
    };
    let value = value(&read, &paging.next);
    let says = match (&paging.next, read.optional || read.outer.is_some()) {
        (Next::HasMore(_), false) => quote!(runtime::Next::if_more(#value)),
        (Next::HasMore(_), true) => quote!(runtime::Next::if_more_or_any(#value)),
        (Next::Total(_), false) => quote!(runtime::Next::of_total(#value)),
        (Next::Total(_), true) => quote!(runtime::Next::of_total_or_any(#value)),
        _ if paging.walk == Walk::NextUrl => quote!(runtime::Next::url(#value)),
        _ => quote!(runtime::Next::token(#value)),
    };
    (says, true)
}

/// The property's value: a copy of a flag or number, a borrowed text.
fn value(read: &Read<'_>, next: &Next) -> TokenStream {
    let path = &read.path;
    let text = matches!(next, Next::Value(_));
    let wide = match (next, &read.field.ty) {
        (Next::Total(_), Type::Scalar(Scalar::Int(crate::ir::IntKind::I64))) => false,
        (Next::Total(_), _) => true,
        _ => false,
    };
    let step = match (&read.outer, read.optional) {
        (None, false) if text => return quote!(Some(page #path.as_str())),
        (None, false) if wide => return quote!(i64::from(page #path)),
        (None, true) if text => return quote!(page #path.as_deref()),
        (None, true) if wide => return quote!(page #path.map(i64::from)),
        (None, _) => return quote!(page #path),
        (Some(outer), _) => quote!(page #outer.as_ref()),
    };
    match (read.optional, text, wide) {
        (true, true, _) => quote!(#step.and_then(|it| it #path.as_deref())),
        (false, true, _) => quote!(#step.map(|it| it #path.as_str())),
        (true, false, true) => quote!(#step.and_then(|it| it #path.map(i64::from))),
        (true, false, false) => quote!(#step.and_then(|it| it #path)),
        (false, false, true) => quote!(#step.map(|it| i64::from(it #path))),
        (false, false, false) => quote!(#step.map(|it| it #path)),
    }
}

/// The id of an item, where the list goes on from it.
fn id_fn(cx: Cx<'_>, paging: &Paging) -> Option<TokenStream> {
    let Walk::Cursor { id, .. } = &paging.walk else { return None };
    let read = read(cx, &paging.item, std::slice::from_ref(id))?;
    let path = read.path;
    let text = read.field.ty == Type::Scalar(Scalar::Text);
    let value = match (read.optional, text) {
        (true, true) => quote!(item #path.clone()),
        (true, false) => quote!(item #path.map(|it| it.to_string())),
        (false, true) => quote!(Some(item #path.clone())),
        (false, false) => quote!(Some(item #path.to_string())),
    };
    Some(quote!(fn id(item: &Self::Item) -> Option<String> { #value }))
}
