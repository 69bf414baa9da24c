//! The static that describes a vendor's service.

use super::{EmitCx, oauth, retry};
use crate::ir::{Operation, SchemeKind, Security};
use crate::plan::CredentialVariables;
use indexmap::{IndexMap, IndexSet};
use proc_macro2::TokenStream;
use quote::quote;

/// The static.
pub(super) fn service(cx: EmitCx<'_>) -> TokenStream {
    let name = cx.names.module.text();
    let url = &cx.api.server.url;
    let base_url = &cx.plans.environment().base_url;
    let fields = [
        Some(quote!(user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))),
        Some(quote!(base_url_variable: Some(#base_url))),
        variables(cx),
        schemes(cx),
        credentials(cx),
        headers(cx),
        params(cx),
        list(&cx.client.streams.sentinels, &quote!(sentinels)),
        list(&cx.client.streams.end_events, &quote!(end_events)),
        list(&cx.client.streams.ignored_events, &quote!(ignored_events)),
        retry::field(cx.api.retry.as_ref(), &quote!(RetryPolicy)),
    ];
    let contract = cx.contract.map(|_| {
        quote!(
            #[cfg(feature = "drift")]
            contract: Some(include_str!("contract.json"))
        )
    });
    let fields = fields.iter().flatten().chain(&contract);
    quote! {
        static SERVICE: Service = Service { #(#fields,)* ..Service::new(#name, #url) };
    }
}

/// The names of the runtime that the static uses.
pub(super) fn imports(cx: EmitCx<'_>) -> TokenStream {
    let used = [
        (params(cx).is_some(), quote!(ClientParam)),
        (headers(cx).is_some(), quote!(FixedHeader)),
        (cx.names.flows.iter().any(Option::is_some), quote!(OAuthFlow)),
        (cx.api.retry.is_some(), quote!(RetryPolicy)),
        (schemes(cx).is_some(), quote!(SecurityScheme)),
        (variables(cx).is_some(), quote!(ServerVariable)),
        (true, quote!(Service)),
    ];
    let names = used.into_iter().filter_map(|(is_used, name)| is_used.then_some(name));
    quote!(use client_runtime::{#(#names),*};)
}

fn list(values: &[String], field: &TokenStream) -> Option<TokenStream> {
    (!values.is_empty()).then(|| quote!(#field: &[#(#values),*]))
}

/// The variables of the API's server and of those of its operations. One that several servers have may
/// have the values of all.
fn variables(cx: EmitCx<'_>) -> Option<TokenStream> {
    let own = cx.api.operations.iter().filter_map(|(_, it)| it.server.as_ref());
    let mut known: IndexMap<&str, (&str, Option<IndexSet<&str>>)> = IndexMap::new();
    for it in std::iter::once(&cx.api.server).chain(own).flat_map(|it| &it.variables) {
        let values = || it.values.iter().map(String::as_str);
        let first = || (it.default.as_str(), Some(IndexSet::new()));
        let found = known.entry(&it.name).or_insert_with(first);
        match &mut found.1 {
            // The default is allowed even if the document does not list it.
            Some(known) if !it.values.is_empty() => {
                known.extend(values().chain([it.default.as_str()]));
            }
            any => *any = None,
        }
    }
    let values = known.iter().map(|(name, (default, values))| {
        let values = values.iter().map(|it| it.iter());
        let values = values.map(|it| quote!(.values(&[#(#it),*])));
        quote!(ServerVariable::new(#name, #default) #(#values)*)
    });
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then(|| quote!(server_variables: &[#(#values),*]))
}

fn schemes(cx: EmitCx<'_>) -> Option<TokenStream> {
    let names = cx.names.schemes.iter().zip(&cx.names.flows);
    let schemes = cx.api.schemes.iter().zip(names).zip(&cx.plans.environment().credentials);
    let schemes = schemes.map(|((it, (name, flow)), variables)| {
        let (key, setter) = (&it.key, name.text());
        let kind = match &it.kind {
            SchemeKind::Bearer => quote!(bearer(#key)),
            SchemeKind::Basic => quote!(basic(#key)),
            SchemeKind::Header(name) => quote!(header(#key, #name)),
            SchemeKind::Query(name) => quote!(query(#key, #name)),
            SchemeKind::Cookie(name) => quote!(cookie(#key, #name)),
        };
        let variable = match variables {
            CredentialVariables::Nothing => TokenStream::new(),
            CredentialVariables::Key(it) => quote!(.variable(#it)),
            CredentialVariables::Basic { user, password } => quote!(.variables(#user, #password)),
        };
        let flow = oauth::flow(cx, it, flow.as_ref()).map(|it| quote!(.oauth(#it)));
        quote!(SecurityScheme::#kind #variable .setter(#setter) #flow)
    });
    let schemes: Vec<_> = schemes.collect();
    (!schemes.is_empty()).then(|| quote!(schemes: &[#(#schemes),*]))
}

/// Says that a client can do without credentials: some operations need none.
fn credentials(cx: EmitCx<'_>) -> Option<TokenStream> {
    let is_free = |it: &Operation| match &it.security {
        Security::None => true,
        Security::Any(ways) => ways.iter().any(Vec::is_empty),
    };
    let is_any_free =
        !cx.api.schemes.is_empty() && cx.api.operations.iter().any(|(_, it)| is_free(it));
    is_any_free.then(|| quote!(credentials_are_optional: true))
}

fn headers(cx: EmitCx<'_>) -> Option<TokenStream> {
    let stated = cx.api.headers.iter().filter_map(|it| Some((&it.wire_name, it.default.as_ref()?)));
    let values = stated.map(|(name, default)| quote!(FixedHeader::new(#name, #default)));
    let values: Vec<_> = values.collect();
    (!values.is_empty()).then(|| quote!(headers: &[#(#values),*]))
}

fn params(cx: EmitCx<'_>) -> Option<TokenStream> {
    let params = cx.client.params.iter().map(|it| {
        let name = &it.name;
        let variable = it.variable.as_ref().map(|it| quote!(.variable(#it)));
        quote!(ClientParam::new(#name) #variable)
    });
    let params: Vec<_> = params.collect();
    (!params.is_empty()).then(|| quote!(params: &[#(#params),*]))
}
