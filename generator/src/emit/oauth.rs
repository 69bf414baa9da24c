//! Tokens that a client asks for: the endpoints of a scheme, and the setters of a client's builder.

use super::{EmitCx, text};
use crate::config::Auth;
use crate::doc_text;
use crate::ir::Scheme;
use crate::name::FlowNames;
use proc_macro2::TokenStream;
use quote::quote;

/// The endpoints of a scheme, for the static that describes the service.
pub(super) fn flow(
    cx: EmitCx<'_>,
    scheme: &Scheme,
    names: Option<&FlowNames>,
) -> Option<TokenStream> {
    let (flow, setter) = (scheme.flow.as_ref()?, names?.client_credentials.text());
    let stated = stated(cx, scheme);
    let token_url = flow.token_url.as_ref().map(|it| quote!(.token_url(#it)));
    let refresh_url = flow.refresh_url.as_ref().map(|it| quote!(.refresh_url(#it)));
    let scopes = stated.and_then(|it| it.scopes.as_ref()).unwrap_or(&flow.needed);
    let scopes = (!scopes.is_empty()).then(|| quote!(.scopes(&[#(#scopes),*])));
    let in_body = stated.is_some_and(|it| it.secret_in_body).then(|| quote!(.secret_in_body()));
    let variables =
        variables(cx, scheme).map(|(id, secret)| quote!(.variables(#id, #secret).setter(#setter)));
    Some(quote!(OAuthFlow::new() #token_url #refresh_url #scopes #in_body #variables))
}

/// The environment variables of id and secret, where tokens can be asked for with them.
pub(super) fn variables(cx: EmitCx<'_>, scheme: &Scheme) -> Option<(String, String)> {
    scheme.flow.as_ref()?.token_url.as_ref()?;
    let module = cx.names.module.text().to_uppercase();
    let stated = stated(cx, scheme);
    let id = stated.and_then(|it| it.client_id_variable.clone());
    let secret = stated.and_then(|it| it.client_secret_variable.clone());
    Some((
        id.unwrap_or_else(|| format!("{module}_CLIENT_ID")),
        secret.unwrap_or_else(|| format!("{module}_CLIENT_SECRET")),
    ))
}

fn stated<'c>(cx: EmitCx<'c>, scheme: &Scheme) -> Option<&'c Auth> {
    cx.client.auth.iter().find(|it| it.scheme == scheme.key)
}

/// The setters of id and secret, and of any other way to get tokens.
pub(super) fn setters(
    cx: EmitCx<'_>,
    scheme: &Scheme,
    names: Option<&FlowNames>,
) -> Vec<TokenStream> {
    let (Some(flow), Some(names), key) = (&scheme.flow, names, &scheme.key) else {
        return Vec::new();
    };
    let FlowNames { grant, client_credentials } = names;
    let mut setters = Vec::new();
    if let Some(url) = &flow.token_url {
        let said = format!(
            "Asks {} for tokens, with the id and secret of this client.",
            doc_text::code(url)
        );
        let mut lines = text::foreign(Some(&said), 4);
        if let Some((id, secret)) = variables(cx, scheme) {
            let (id, secret) = (doc_text::code(&id), doc_text::code(&secret));
            let said = format!("Otherwise they come from the environment: {id} and {secret}.");
            text::paragraph(&mut lines, text::foreign(Some(&said), 4));
        }
        let docs = text::comment(&lines);
        setters.push(quote! {
            #docs
            pub fn #client_credentials(self, id: &str, secret: &str) -> Self {
                Self(self.0.oauth(#key, client_runtime::OAuth::client_credentials(id, secret)))
            }
        });
    }
    let said = format!("Sets how the tokens of {} are got.", doc_text::code(key));
    let docs = text::comment(&text::foreign(Some(&said), 4));
    setters.push(quote! {
        #docs
        pub fn #grant(self, grant: client_runtime::OAuth) -> Self {
            Self(self.0.oauth(#key, grant))
        }
    });
    setters
}
