//! How a page of a list is taken apart.

use super::Cx;
use super::types::{From, behind, ty, wire};
use crate::ir::{Id, Next, Operation, Paging, Shape, Type, Walk};
use crate::plan::{Absence, FieldPlan};
use proc_macro2::TokenStream;
use quote::quote;

/// `Paged` for the builder of an operation.
pub(super) fn paged(cx: Cx<'_>, id: Id<Operation>, paging: &Paging) -> TokenStream {
    let builder = &cx.names.operation(id).builder;
    let page = ty(cx, &paging.page, From::Outside);
    let item = ty(cx, &paging.item, From::Outside);
    let steps = steps(cx, &paging.page, &paging.items);
    let (items, peek) = (owned(&steps), borrowed(&steps));
    let next = next(cx, paging);
    let page_name = if next.uses_page { quote!(page) } else { quote!(_) };
    let next = next.code;
    let id_fn = id_fn(cx, paging);
    let read = wire(cx, &paging.page, From::Outside).map(|codec| {
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

/// The properties that names lead through.
fn steps<'a>(cx: Cx<'a>, from: &'a Type, names: &[String]) -> Vec<&'a FieldPlan<'a>> {
    let mut from = from;
    let steps = names.iter().map(|name| {
        let (plan, ty) = field(cx, from, name).expect("lowering has found the property");
        from = ty;
        plan
    });
    steps.collect()
}

/// The list of a page that is taken apart.
fn owned(steps: &[&FieldPlan<'_>]) -> TokenStream {
    let (mut code, mut optional) = (quote!(page), false);
    for FieldPlan { ident, absence, .. } in steps {
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
fn borrowed(steps: &[&FieldPlan<'_>]) -> TokenStream {
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
fn reached(steps: &[&FieldPlan<'_>]) -> Reached {
    let mut reached = Reached::Always(quote!(page));
    for FieldPlan { ident, absence, .. } in steps {
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

/// A property of a type, and its own type.
pub(super) fn field<'a>(
    cx: Cx<'a>,
    ty: &'a Type,
    name: &str,
) -> Option<(&'a FieldPlan<'a>, &'a Type)> {
    let Type::Def(id) = behind(cx, ty) else { return None };
    let Shape::Struct(it) = &cx.api.types[*id].shape else { return None };
    let index = it.fields.iter().position(|it| it.wire_name == name)?;
    Some((&cx.plans.structure(*id).fields[index], &it.fields[index].ty))
}

/// What follows a page.
struct Follows {
    code: TokenStream,
    /// Whether that is read off the page.
    uses_page: bool,
}

fn next(cx: Cx<'_>, paging: &Paging) -> Follows {
    let end = || quote!(runtime::NextPage::end());
    let any = || quote!(runtime::NextPage::if_any());
    let (path, says, absent) = match &paging.next {
        Next::HasMore(path) => (path, quote!(if_more), any()),
        Next::Total(path) => (path, quote!(of_total), any()),
        Next::Pages(path) => (path, quote!(of_pages), any()),
        Next::Value(path) => match paging.walk {
            Walk::NextUrl { .. } => (path, quote!(url), end()),
            _ => (path, quote!(token), end()),
        },
        Next::AnyItems => return Follows { code: any(), uses_page: false },
        Next::Header(_) => {
            return Follows { code: quote!(runtime::NextPage::unknown()), uses_page: false };
        }
    };
    let code = read(cx, paging, path, &says, &absent);
    let more = paging.more.as_ref().map(|it| read(cx, paging, it, &quote!(if_more), &any()));
    let more = more.map(|it| quote!(.and(&#it)));
    Follows { code: quote!(#code #more), uses_page: true }
}

/// Reads a property of a page that says what follows.
fn read(
    cx: Cx<'_>,
    paging: &Paging,
    path: &[String],
    says: &TokenStream,
    absent: &TokenStream,
) -> TokenStream {
    let steps = steps(cx, &paging.page, path);
    let (last, outer) = steps.split_last().expect("a path names a property");
    let ident = last.ident;
    match reached(outer) {
        Reached::Always(code) => quote!(runtime::NextPage::#says(&#code.#ident)),
        Reached::Perhaps(code) => {
            quote!(#code.map_or(#absent, |it| runtime::NextPage::#says(&it.#ident)))
        }
    }
}

/// The id of an item, where the list goes on from it.
fn id_fn(cx: Cx<'_>, paging: &Paging) -> Option<TokenStream> {
    let Walk::Cursor { id, .. } = &paging.walk else { return None };
    let steps = steps(cx, &paging.item, std::slice::from_ref(id));
    let ident = steps.first().expect("the path has one step").ident;
    Some(quote!(fn id(item: &Self::Item) -> Option<String> { runtime::cursor(&item.#ident) }))
}
