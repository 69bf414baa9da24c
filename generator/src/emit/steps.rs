//! Ways through a response: what may be absent on them is an `Option`, or a `Patch`.

use super::types::{self, From};
use crate::plan::{Absence, PathStep};
use proc_macro2::TokenStream;
use quote::quote;

/// The list of a page that is taken apart.
pub(super) fn owned(steps: &[PathStep<'_>]) -> TokenStream {
    let (mut code, mut optional) = (quote!(page), false);
    for PathStep { ident, absence, .. } in steps {
        let value = match absence {
            Absence::Never => None,
            Absence::Null | Absence::Omitted => Some(quote!()),
            Absence::Patch | Absence::EmptyText => Some(quote!(.into_value())),
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
pub(super) fn borrowed(steps: &[PathStep<'_>]) -> TokenStream {
    let Some((last, outer)) = steps.split_last() else { return quote!(page) };
    let ident = last.ident;
    let value = match last.absence {
        Absence::Never => None,
        Absence::Null | Absence::Omitted => Some(quote!(.as_deref())),
        Absence::Patch | Absence::EmptyText => Some(quote!(.value().map(Vec::as_slice))),
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
pub(super) enum Reached {
    /// A place.
    Always(TokenStream),
    /// An `Option` of a reference.
    Perhaps(TokenStream),
}

/// The object that properties lead to.
pub(super) fn reached(steps: &[PathStep<'_>]) -> Reached {
    let mut reached = Reached::Always(quote!(page));
    for PathStep { ident, absence, .. } in steps {
        let value = match absence {
            Absence::Never => None,
            Absence::Null | Absence::Omitted => Some(quote!(.as_ref())),
            Absence::Patch | Absence::EmptyText => Some(quote!(.value())),
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

/// A property that leads to another page, as something that can be encoded.
pub(super) fn encoded(
    PathStep { absence, codec, .. }: &PathStep<'_>,
    value: &TokenStream,
) -> TokenStream {
    let Some(codec) = codec.as_ref().map(|it| types::codec(it, From::Outside)) else {
        return quote!(&#value);
    };
    match absence {
        Absence::Never => quote!(&runtime::coded::<#codec, _>(&#value)),
        Absence::Null | Absence::Omitted => {
            quote!(&runtime::coded::<runtime::codec::Nullable<#codec>, _>(&#value))
        }
        Absence::Patch | Absence::EmptyText => {
            quote!(&runtime::coded::<runtime::codec::Nullable<#codec>, _>(&#value.value()))
        }
    }
}

/// Follows properties from `value` to its state: `Some` text where all of them are there.
pub(super) fn state(steps: &[PathStep<'_>]) -> TokenStream {
    let (mut found, mut optional) = (quote!(value), false);
    for (depth, PathStep { ident, absence, is_text, .. }) in steps.iter().enumerate() {
        let step = match (absence, is_text) {
            (Absence::Never, _) => None,
            (Absence::Null | Absence::Omitted, true) => Some(quote!(.as_deref())),
            (Absence::Null | Absence::Omitted, false) => Some(quote!(.as_ref())),
            (Absence::Patch | Absence::EmptyText, _) => Some(quote!(.value())),
        };
        found = match (optional, &step) {
            (false, _) => quote!(#found.#ident #step),
            (true, Some(step)) => quote!(#found.and_then(|it| it.#ident #step)),
            (true, None) if depth + 1 == steps.len() => {
                return quote!(#found.map(|it| it.#ident.as_str()));
            }
            (true, None) => quote!(#found.map(|it| &it.#ident)),
        };
        optional |= step.is_some();
        // An optional text is a `&str` already.
        if *is_text && matches!(absence, Absence::Null | Absence::Omitted) {
            return found;
        }
    }
    if optional { quote!(#found.map(|it| it.as_str())) } else { quote!(Some(#found.as_str())) }
}
