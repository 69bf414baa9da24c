//! The client of a vendor: its handles and what is set on it once.

use super::{EmitCx, oauth, service, text};
use crate::config::ClientParam;
use crate::doc_text;
use crate::ir::{FixedHeader, Scheme, SchemeKind, ServerVariable};
use crate::name::RustIdent;
use crate::plan::CredentialVariables;
use proc_macro2::TokenStream;
use quote::quote;

/// `mod.rs` of a vendor.
pub(super) fn client(cx: EmitCx<'_>) -> TokenStream {
    let service = service::service(cx);
    let handles = super::resource::below(cx, None);
    let at = quote!(resources::);
    let handles: Vec<_> = handles.map(|id| super::resource::handle_of(cx, id, &at)).collect();
    let setters = setters(cx);
    let handles_impl = (!handles.is_empty()).then(|| quote!(impl Client { #(#handles)* }));
    let setters_impl = (!setters.is_empty()).then(|| quote!(impl ClientBuilder { #(#setters)* }));
    let webhooks = super::webhooks::verifier(cx);
    let response_headers = super::response_headers::readers(cx);
    let codec = super::files::has_types(cx).then(|| {
        quote!(
            mod codec;
            pub mod types;
        )
    });
    let schemas = cx.schemas.map(|_| {
        quote!(
            mod schemas;
        )
    });
    let resources = (!handles.is_empty()).then(|| {
        quote!(
            pub mod resources;
        )
    });
    quote! {
        #codec
        #resources
        #schemas
        client_runtime::client!(SERVICE);
        #handles_impl
        #webhooks
        #setters_impl
        #response_headers
        #service
    }
}

/// The setters of what is the vendor's own.
fn setters(cx: EmitCx<'_>) -> Vec<TokenStream> {
    let names = cx.names;
    let schemes =
        cx.api.schemes.iter().zip(&names.schemes).zip(&cx.plans.environment().credentials);
    let schemes = schemes.map(|((it, name), variables)| credential(it, name, variables));
    let headers = cx.api.headers.iter().zip(&names.headers).map(|(it, name)| header(it, name));
    let params =
        cx.client.params.iter().zip(&names.client_params).map(|(it, name)| param(it, name));
    let variables = cx.api.server.variables.iter().zip(&names.server_variables);
    let variables = variables.map(|(it, name)| server_variable(it, name));
    let flows = cx.api.schemes.iter().zip(&names.flows);
    let flows = flows.flat_map(|(it, name)| oauth::setters(cx, it, name.as_ref()));
    schemes.chain(flows).chain(headers).chain(params).chain(variables).collect()
}

fn credential(scheme: &Scheme, name: &RustIdent, variables: &CredentialVariables) -> TokenStream {
    let key = &scheme.key;
    let mut lines = text::foreign(scheme.docs.as_deref(), 4);
    from_environment(&mut lines, &variables.names().map(String::as_str).collect::<Vec<_>>());
    if lines.is_empty() {
        lines.push(format!("Sets what {} asks for.", doc_text::code(key)));
    }
    if scheme.kind == SchemeKind::Basic {
        let docs = text::comment(&lines);
        return quote! {
            #docs
            pub fn #name(self, user: &str, password: &str) -> Self {
                Self(self.0.basic_credential(#key, user, password))
            }
        };
    }
    setter(&lines, name, &quote!(credential), key)
}

fn header(header: &FixedHeader, name: &RustIdent) -> TokenStream {
    let wire = &header.wire_name;
    let default = header.default.as_ref().map(|it| format!("; {} by default", doc_text::code(it)));
    let mut lines = text::foreign(header.docs.text.as_deref(), 4);
    let said = format!("The header {}{}.", doc_text::code(wire), default.unwrap_or_default());
    text::paragraph(&mut lines, text::foreign(Some(&said), 4));
    setter(&lines, name, &quote!(header), wire)
}

fn param(param: &ClientParam, name: &RustIdent) -> TokenStream {
    let mut lines = vec![format!("Sets {} for all calls.", doc_text::code(&param.name))];
    from_environment(&mut lines, &Vec::from_iter(param.variable.as_deref()));
    setter(&lines, name, &quote!(param), &param.name)
}

fn server_variable(variable: &ServerVariable, name: &RustIdent) -> TokenStream {
    let wire = &variable.name;
    let mut lines = text::foreign(variable.docs.as_deref(), 4);
    let said = format!(
        "The server's {}; {} by default.",
        doc_text::code(wire),
        doc_text::code(&variable.default)
    );
    text::paragraph(&mut lines, text::foreign(Some(&said), 4));
    setter(&lines, name, &quote!(server_variable), wire)
}

fn from_environment(lines: &mut Vec<String>, variables: &[&str]) {
    let shown: Vec<_> = variables.iter().map(|it| doc_text::code(it)).collect();
    let said = match &*shown {
        [] => return,
        [one] => format!("Otherwise it comes from the environment: {one}."),
        several => format!("Otherwise they come from the environment: {}.", several.join(", ")),
    };
    text::paragraph(lines, vec![said]);
}

/// A setter that hands a text to a method of the runtime's builder.
fn setter(lines: &[String], name: &RustIdent, method: &TokenStream, key: &str) -> TokenStream {
    let docs = text::comment(lines);
    quote! {
        #docs
        pub fn #name(self, #name: &str) -> Self { Self(self.0.#method(#key, #name)) }
    }
}
