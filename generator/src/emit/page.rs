//! Code that takes a page of a list apart.

use super::EmitCx;
use super::steps::{self, Reached};
use super::types::{From, codec, rust_type};
use crate::ir::{Id, Operation};
use crate::plan::{NextPlan, PagePlan, PathStep};
use proc_macro2::TokenStream;
use quote::quote;

/// `Paged` for the builder of an operation.
pub(super) fn paged(cx: EmitCx<'_>, id: Id<Operation>, it: &PagePlan<'_>) -> TokenStream {
    let builder = &cx.names.operation(id).builder;
    let page = rust_type(cx, &it.page.ty, From::Outside);
    let item = rust_type(cx, &it.item, From::Outside);
    let (items, peek) = (steps::owned(&it.items), steps::borrowed(&it.items));
    let next = next(it);
    let page_name = if next.uses_page { quote!(page) } else { quote!(_) };
    let next = next.code;
    let id_fn = it.id.as_ref().map(|step| {
        let ident = step.ident;
        let value = steps::encoded(step, &quote!(item.#ident));
        quote!(fn id(item: &Self::Item) -> Option<String> { runtime::cursor(#value) })
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

/// The step to the next page.
struct Follows {
    code: TokenStream,
    /// True if the step reads the page.
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
    match steps::reached(outer) {
        Reached::Always(code) => {
            let value = steps::encoded(last, &quote!(#code.#ident));
            quote!(runtime::NextPage::#says(#value))
        }
        Reached::Perhaps(code) => {
            let value = steps::encoded(last, &quote!(it.#ident));
            quote!(#code.map_or(#absent, |it| runtime::NextPage::#says(#value)))
        }
    }
}
