//! The retry policies of a document, as functions that make them.

use crate::ir::{RetryBackoff, RetryRule};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The field of a service or an operation, for the name that the runtime's policy has there.
pub(super) fn field(rule: Option<&RetryRule>, policy: &TokenStream) -> Option<TokenStream> {
    Some(match rule? {
        RetryRule::Never => quote!(retry: Some(#policy::none)),
        RetryRule::Backoff(it) => {
            let settings = settings(it);
            quote!(retry: Some(|| #policy::default() #settings))
        }
    })
}

/// The time bounds the attempts, and not their number.
fn settings(it: &RetryBackoff) -> TokenStream {
    let millis = |it| {
        let it = Literal::u64_unsuffixed(it);
        quote!(std::time::Duration::from_millis(#it))
    };
    let (first, longest, elapsed) = (millis(it.first), millis(it.longest), millis(it.elapsed));
    let factor = Literal::f64_unsuffixed(it.factor);
    let statuses = statuses(it);
    let connection_errors = it.connection_errors;
    quote! {
        .max_retries(u32::MAX)
        .backoff(#first, #longest)
        .multiplier(#factor)
        .max_elapsed(#elapsed)
        .statuses(#statuses)
        .connection_errors(#connection_errors)
    }
}

/// One list or range, or a chain of ranges that ends with the list.
fn statuses(it: &RetryBackoff) -> TokenStream {
    let listed = it.statuses.iter().map(|it| Literal::u16_unsuffixed(*it));
    let listed = (!it.statuses.is_empty()).then(|| quote!([#(#listed),*]));
    let ranges = it.ranges.iter().map(|it| {
        let [first, last] = [it.start(), it.end()].map(|it| Literal::u16_unsuffixed(*it));
        quote!(#first..=#last)
    });
    let all: Vec<_> = ranges.chain(listed).collect();
    match &all[..] {
        [] => quote!([]),
        [only] => only.clone(),
        [first, rest @ ..] => quote!((#first) #(.chain(#rest))*),
    }
}
