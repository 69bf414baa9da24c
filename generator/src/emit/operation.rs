//! The static that describes an operation: what retries, spans and errors need to know of it.

use super::{EmitCx, call, response, retry};
use crate::ir::{Id, Method, NextPage, Operation, PageParam, PathSegment, Security};
use crate::plan::OperationPlan;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// The static.
pub(super) fn description(cx: EmitCx<'_>, id: Id<Operation>) -> TokenStream {
    let (operation, plan) = (&cx.api.operations[id], cx.plans.operation(id));
    let constant = &cx.names.operation(id).constant;
    let label = label(cx, id);
    let method = method(operation.method);
    let path = template(operation);
    let new = quote!(runtime::Operation::new(#label, runtime::Method::#method, #path));
    let value = with_fields(&quote!(runtime::Operation), &fields(operation, plan), &new);
    quote!(static #constant: runtime::Operation = #value;)
}

/// A value of a type, with fields that are not those of a new one.
pub(super) fn with_fields(
    ty: &TokenStream,
    fields: &[TokenStream],
    new: &TokenStream,
) -> TokenStream {
    if fields.is_empty() { new.clone() } else { quote!(#ty { #(#fields,)* ..#new }) }
}

/// The operation's own name, or that of its method.
pub(super) fn label(cx: EmitCx<'_>, id: Id<Operation>) -> String {
    let named = cx.api.operations[id].wire_name.clone();
    named.unwrap_or_else(|| cx.names.operation(id).method.text().to_owned())
}

fn method(method: Method) -> TokenStream {
    match method {
        Method::Get => quote!(Get),
        Method::Put => quote!(Put),
        Method::Post => quote!(Post),
        Method::Delete => quote!(Delete),
        Method::Options => quote!(Options),
        Method::Head => quote!(Head),
        Method::Patch => quote!(Patch),
        Method::Trace => quote!(Trace),
        Method::Query => quote!(Query),
    }
}

/// The path without what is fixed in its query.
pub(super) fn template(operation: &Operation) -> String {
    let pieces = operation.template.iter().map(|it| match it {
        PathSegment::Literal(text) => text.clone(),
        PathSegment::Param(name) => format!("{{{name}}}"),
    });
    pieces.collect()
}

/// Where a request goes, and what it must have.
pub(super) fn address(operation: &Operation, plan: &OperationPlan<'_>) -> Vec<TokenStream> {
    let mut fields = Vec::new();
    if let Some(server) = &operation.server {
        let url = &server.url;
        fields.push(quote!(server: Some(#url)));
    }
    if let Security::Any(alternatives) = &operation.security {
        let alternatives = alternatives.iter().map(|keys| quote!(&[#(#keys),*]));
        fields.push(quote!(security: &[#(#alternatives),*]));
    }
    if !operation.fixed_headers.is_empty() {
        let names = &operation.fixed_headers;
        fields.push(quote!(fixed_headers: &[#(#names),*]));
    }
    let on_client = plan.params.iter().filter(|it| it.is_on_client());
    let on_client: Vec<_> = on_client.map(|it| it.wire_name).collect();
    if !on_client.is_empty() {
        fields.push(quote!(client_params: &[#(#on_client),*]));
    }
    if !operation.fixed_query.is_empty() {
        let pairs = operation.fixed_query.iter().map(|(name, value)| quote!((#name, #value)));
        fields.push(quote!(fixed_query: &[#(#pairs),*]));
    }
    fields.extend(call::required(plan));
    fields
}

fn fields(operation: &Operation, plan: &OperationPlan<'_>) -> Vec<TokenStream> {
    let mut fields = address(operation, plan);
    fields.extend(response::fields(operation, plan));
    if operation.idempotent {
        fields.push(quote!(idempotent: true));
    }
    fields.extend(paging(operation));
    fields.extend(retry::field(operation.retry.as_ref(), &quote!(runtime::RetryPolicy)));
    fields
}

fn paging(operation: &Operation) -> Option<TokenStream> {
    let paging = operation.paging.as_ref()?;
    let walk = match &paging.walk {
        PageParam::Cursor { param, backwards, .. } => {
            let backwards = backwards.iter().map(|it| quote!(.backwards(#it)));
            quote!(runtime::Paging::cursor(#param) #(#backwards)*)
        }
        PageParam::Token { param } => quote!(runtime::Paging::token(#param)),
        PageParam::Offset { param, first } => {
            let first = (*first != 0).then(|| first_number(*first));
            quote!(runtime::Paging::offset(#param) #first)
        }
        PageParam::Page { param, first } => {
            let first = (*first != 1).then(|| first_number(*first));
            quote!(runtime::Paging::page(#param) #first)
        }
        PageParam::Link => quote!(runtime::Paging::link()),
        PageParam::NextUrl { token: None } => quote!(runtime::Paging::next_url()),
        PageParam::NextUrl { token: Some(param) } => {
            quote!(runtime::Paging::next_url_or_token(#param))
        }
    };
    let header = match &paging.next {
        NextPage::Header(Some(name)) => Some(quote!(.in_header(#name))),
        NextPage::Header(None)
        | NextPage::HasMore(_)
        | NextPage::Value(_)
        | NextPage::Total(_)
        | NextPage::Pages(_)
        | NextPage::AnyItems => None,
    };
    let counted = matches!(paging.walk, PageParam::Offset { .. } | PageParam::Page { .. });
    let limit = paging.limit.iter().filter(|_| counted).map(|it| quote!(.limit_param(#it)));
    Some(quote!(paging: Some(#walk #header #(#limit)*)))
}

fn first_number(first: i64) -> TokenStream {
    let first = Literal::i64_unsuffixed(first);
    quote!(.first(#first))
}
