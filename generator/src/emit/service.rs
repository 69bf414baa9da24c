//! The static that describes a vendor's service.

use super::Cx;
use crate::ir::SchemeKind;
use proc_macro2::TokenStream;
use quote::quote;

/// The static.
pub(super) fn service(cx: Cx<'_>) -> TokenStream {
    let name = cx.names.module.text();
    let url = &cx.api.server.url;
    let details = [
        Some(quote!(.user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"))))),
        cx.client.base_url_variable.as_ref().map(|it| quote!(.base_url_variable(#it))),
        variables(cx),
        schemes(cx),
        headers(cx),
        params(cx),
        list(&cx.client.streams.sentinels, &quote!(sentinels)),
        list(&cx.client.streams.end_events, &quote!(end_events)),
        list(&cx.client.streams.ignored_events, &quote!(ignored_events)),
    ];
    let details = details.iter().flatten();
    quote! {
        static SERVICE: client_runtime::Service =
            client_runtime::Service::new(#name, #url) #(#details)*;
    }
}

fn list(values: &[String], method: &TokenStream) -> Option<TokenStream> {
    (!values.is_empty()).then(|| quote!(.#method(&[#(#values),*])))
}

/// The variables of the API's server and of those of its operations.
fn variables(cx: Cx<'_>) -> Option<TokenStream> {
    let own = cx.api.operations.iter().filter_map(|(_, it)| it.server.as_ref());
    let mut known: Vec<&str> = Vec::new();
    let mut values = Vec::new();
    for variable in std::iter::once(&cx.api.server).chain(own).flat_map(|it| &it.variables) {
        if !known.contains(&variable.name.as_str()) {
            known.push(&variable.name);
            let (name, default) = (&variable.name, &variable.default);
            values.push(quote!(client_runtime::ServerVariable::new(#name, #default)));
        }
    }
    (!values.is_empty()).then(|| quote!(.server_variables(&[#(#values),*])))
}

fn schemes(cx: Cx<'_>) -> Option<TokenStream> {
    let schemes = cx.api.schemes.iter().map(|it| {
        let key = &it.key;
        let kind = match &it.kind {
            SchemeKind::Bearer => quote!(bearer(#key)),
            SchemeKind::Basic => quote!(basic(#key)),
            SchemeKind::Header(name) => quote!(header(#key, #name)),
            SchemeKind::Query(name) => quote!(query(#key, #name)),
            SchemeKind::Cookie(name) => quote!(cookie(#key, #name)),
        };
        let stated = cx.client.auth.iter().find(|it| it.scheme == *key);
        let variable = match stated.map(|it| (it.variable.as_ref(), it.password_variable.as_ref()))
        {
            Some((Some(user), Some(password))) => quote!(.variables(#user, #password)),
            Some((Some(variable), None)) => quote!(.variable(#variable)),
            _ => TokenStream::new(),
        };
        quote!(client_runtime::Scheme::#kind #variable)
    });
    let schemes: Vec<_> = schemes.collect();
    (!schemes.is_empty()).then(|| quote!(.schemes(&[#(#schemes),*])))
}

fn headers(cx: Cx<'_>) -> Option<TokenStream> {
    let stated = cx.api.headers.iter().filter_map(|it| Some((&it.wire_name, it.default.as_ref()?)));
    let values =
        stated.map(|(name, default)| quote!(client_runtime::FixedHeader::new(#name, #default)));
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then(|| quote!(.headers(&[#(#values),*])))
}

fn params(cx: Cx<'_>) -> Option<TokenStream> {
    let params = cx.client.params.iter().map(|it| {
        let name = &it.name;
        let variable = it.variable.as_ref().map(|it| quote!(.variable(#it)));
        quote!(client_runtime::ClientParam::new(#name) #variable)
    });
    let params: Vec<_> = params.collect();
    (!params.is_empty()).then(|| quote!(.params(&[#(#params),*])))
}
