//! How a page of a list is taken apart.

use super::Cx;
use super::types::{From, codec, rust_type};
use crate::ir::{Id, Operation};
use crate::plan::{Absence, NextPlan, PagePlan, PathStep};
use proc_macro2::TokenStream;
use quote::quote;

/// `Paged` for the builder of an operation.
pub(super) fn paged(cx: Cx<'_>, id: Id<Operation>, it: &PagePlan<'_>) -> TokenStream {
    let builder = &cx.names.operation(id).builder;
    let page = rust_type(cx, &it.page.ty, From::Outside);
    let item = rust_type(cx, &it.item, From::Outside);
    let (items, peek) = (owned(&it.items), borrowed(&it.items));
    let next = next(it);
    let page_name = if next.uses_page { quote!(page) } else { quote!(_) };
    let next = next.code;
    let id_fn = it.id.as_ref().map(|PathStep { ident, .. }| {
        quote!(fn id(item: &Self::Item) -> Option<String> { runtime::cursor(&item.#ident) })
    });
    let read = it.page.codec.as_ref().map(|it| {
        let codec = codec(it, From::Outside);
        quote! {
            fn read(bytes: &[u8]) -> Result<Self::Page, runtime::codec::DecodeError> {
                runtime::codec::from_slice_as::<#codec, _>(bytes)
            }
        }
    });
    quote! {
        impl runtime::Paged for #builder {
            type Page = #page;
            type Item = #item;
            #read
            fn items(page: Self::Page) -> Vec<Self::Item> { #items }
            fn peek(page: &Self::Page) -> &[Self::Item] { #peek }
            fn next(#page_name: &Self::Page) -> runtime::NextPage { #next }
            #id_fn
        }
    }
}

/// The list of a page that is taken apart.
fn owned(steps: &[PathStep<'_>]) -> TokenStream {
    let (mut code, mut optional) = (quote!(page), false);
    for PathStep { ident, absence, .. } in steps {
        let value = match absence {
            Absence::Never => None,
            Absence::Null | Absence::Omitted => Some(quote!()),
            Absence::Patch => Some(quote!(.into_value())),
        };
        code = match (optional, &value) {
            (false, _) => quote!(#code.#ident #value),
            (true, None) => quote!(#code.map(|it| it.#ident)),
            (true, Some(value)) => quote!(#code.and_then(|it| it.#ident #value)),
        };
        optional |= value.is_some();
    }
    if optional { quote!(#code.unwrap_or_default()) } else { code }
}

/// The list of a page, to look at.
fn borrowed(steps: &[PathStep<'_>]) -> TokenStream {
    let Some((last, outer)) = steps.split_last() else { return quote!(page) };
    let ident = last.ident;
    let value = match last.absence {
        Absence::Never => None,
        Absence::Null | Absence::Omitted => Some(quote!(.as_deref())),
        Absence::Patch => Some(quote!(.value().map(Vec::as_slice))),
    };
    match (reached(outer), value) {
        (Reached::Always(code), None) => quote!(&#code.#ident),
        (Reached::Always(code), Some(value)) => quote!(#code.#ident #value.unwrap_or_default()),
        (Reached::Perhaps(code), None) => {
            quote!(#code.map(|it| it.#ident.as_slice()).unwrap_or_default())
        }
        (Reached::Perhaps(code), Some(value)) => {
            quote!(#code.and_then(|it| it.#ident #value).unwrap_or_default())
        }
    }
}

/// An object on the way from a page.
enum Reached {
    /// A place.
    Always(TokenStream),
    /// An `Option` of a reference.
    Perhaps(TokenStream),
}

/// The object that properties lead to.
fn reached(steps: &[PathStep<'_>]) -> Reached {
    let mut reached = Reached::Always(quote!(page));
    for PathStep { ident, absence, .. } in steps {
        let value = match absence {
            Absence::Never => None,
            Absence::Null | Absence::Omitted => Some(quote!(.as_ref())),
            Absence::Patch => Some(quote!(.value())),
        };
        reached = match (reached, value) {
            (Reached::Always(code), None) => Reached::Always(quote!(#code.#ident)),
            (Reached::Always(code), Some(value)) => Reached::Perhaps(quote!(#code.#ident #value)),
            (Reached::Perhaps(code), None) => Reached::Perhaps(quote!(#code.map(|it| &it.#ident))),
            (Reached::Perhaps(code), Some(value)) => {
                Reached::Perhaps(quote!(#code.and_then(|it| it.#ident #value)))
            }
        };
    }
    reached
}

/// What follows a page.
struct Follows {
    code: TokenStream,
    /// Whether that is read off the page.
    uses_page: bool,
}

fn next(it: &PagePlan<'_>) -> Follows {
    let end = || quote!(runtime::NextPage::end());
    let any = || quote!(runtime::NextPage::if_any());
    let code = match &it.next {
        NextPlan::HasMore(steps) => read(steps, &quote!(if_more), &any()),
        NextPlan::Total(steps) => read(steps, &quote!(of_total), &any()),
        NextPlan::Pages(steps) => read(steps, &quote!(of_pages), &any()),
        NextPlan::Url(steps) => read(steps, &quote!(url), &end()),
        NextPlan::Token(steps) => read(steps, &quote!(token), &end()),
        NextPlan::AnyItems => return Follows { code: any(), uses_page: false },
        NextPlan::Header => {
            return Follows { code: quote!(runtime::NextPage::unknown()), uses_page: false };
        }
    };
    let more = it.more.as_ref().map(|it| read(it, &quote!(if_more), &any()));
    let more = more.map(|it| quote!(.and(&#it)));
    Follows { code: quote!(#code #more), uses_page: true }
}

/// Reads a property of a page that says what follows.
fn read(steps: &[PathStep<'_>], says: &TokenStream, absent: &TokenStream) -> TokenStream {
    let (last, outer) = steps.split_last().expect("a path names a property");
    let ident = last.ident;
    match reached(outer) {
        Reached::Always(code) => quote!(runtime::NextPage::#says(&#code.#ident)),
        Reached::Perhaps(code) => {
            quote!(#code.map_or(#absent, |it| runtime::NextPage::#says(&it.#ident)))
        }
    }
}
