//! The client of a vendor: its handles and what is set on it once.

use super::{Cx, service, text};
use crate::ir::SchemeKind;
use proc_macro2::TokenStream;
use quote::quote;

/// `mod.rs` of a vendor.
pub(super) fn client(cx: Cx<'_>) -> TokenStream {
    let service = service::service(cx);
    let handles =
        cx.api.resources.ids().filter(|id| super::resource::operations(cx, *id).next().is_some());
    let handles: Vec<_> = handles
        .map(|id| {
            let names = cx.names.resource(id);
            let (method, handle, file) = (&names.method, &names.handle, &names.module);
            let words = super::resource::words(cx, id);
            let docs = text::comment(&[format!("Calls to {words}.")]);
            quote! {
                #docs
                pub fn #method(&self) -> resources::#file::#handle {
                    resources::#file::#handle::new(&self.core)
                }
            }
        })
        .collect();
    let setters = setters(cx);
    let handles_impl = (!handles.is_empty()).then(|| quote!(impl Client { #(#handles)* }));
    let setters_impl = (!setters.is_empty()).then(|| quote!(impl ClientBuilder { #(#setters)* }));
    let codec = super::files::has_types(cx).then(|| {
        quote!(
            mod codec;
            pub mod types;
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
        client_runtime::client!(SERVICE);
        #handles_impl
        #setters_impl
        #service
    }
}

fn setters(cx: Cx<'_>) -> Vec<TokenStream> {
    let schemes = cx.api.schemes.iter().zip(&cx.names.schemes).map(|(scheme, name)| {
        let key = &scheme.key;
        let mut lines = text::foreign(scheme.docs.as_deref(), 4);
        let stated = cx.client.auth.iter().find(|it| it.scheme == *key);
        if let Some(variable) = stated.and_then(|it| it.variable.as_deref()) {
            text::paragraph(
                &mut lines,
                vec![format!("Otherwise it comes from the environment: `{variable}`.")],
            );
        }
        if lines.is_empty() {
            lines.push(format!("Sets what `{}` asks for.", key.replace('`', "'")));
        }
        let docs = text::comment(&lines);
        match scheme.kind {
            SchemeKind::Basic => quote! {
                #docs
                pub fn #name(self, user: &str, password: &str) -> Self {
                    Self(self.0.basic_credential(#key, user, password))
                }
            },
            _ => quote! {
                #docs
                pub fn #name(self, #name: &str) -> Self { Self(self.0.credential(#key, #name)) }
            },
        }
    });
    let headers = cx.api.headers.iter().zip(&cx.names.headers).map(|(header, name)| {
        let wire = &header.wire_name;
        let mut lines = text::foreign(header.docs.text.as_deref(), 4);
        let default =
            header.default.as_ref().map(|it| format!("The header `{wire}`; `{it}` by default."));
        text::paragraph(
            &mut lines,
            vec![default.unwrap_or_else(|| format!("The header `{wire}`."))],
        );
        let docs = text::comment(&lines);
        quote! {
            #docs
            pub fn #name(self, #name: &str) -> Self { Self(self.0.header(#wire, #name)) }
        }
    });
    let params = cx.client.params.iter().zip(&cx.names.client_params).map(|(param, name)| {
        let wire = &param.name;
        let mut lines = vec![format!("Sets `{wire}` for all calls.")];
        if let Some(variable) = &param.variable {
            text::paragraph(
                &mut lines,
                vec![format!("Otherwise it comes from the environment: `{variable}`.")],
            );
        }
        let docs = text::comment(&lines);
        quote! {
            #docs
            pub fn #name(self, #name: &str) -> Self { Self(self.0.param(#wire, #name)) }
        }
    });
    let variables = cx.api.server.variables.iter().zip(&cx.names.server_variables).map(|(variable, name)| {
        let wire = &variable.name;
        let mut lines = text::foreign(variable.docs.as_deref(), 4);
        text::paragraph(&mut lines, vec![format!("The server's `{wire}`; `{}` by default.", variable.default)]);
        let docs = text::comment(&lines);
        quote! {
            #docs
            pub fn #name(self, #name: &str) -> Self { Self(self.0.server_variable(#wire, #name)) }
        }
    });
    schemes.chain(headers).chain(params).chain(variables).collect()
}
