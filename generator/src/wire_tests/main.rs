//! The root of the tests: their modules, and the client that they share.

use super::{TestModule, auth, ident, server};
use crate::emit::files::Code;
use crate::emit::socket;
use crate::emit::{EmitCx, resource};
use crate::ir::{Id, Resource, SchemeKind};
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// `main.rs`, with a client where there are tests of calls, the first of the modules.
pub(super) fn main(
    cx: EmitCx<'_>,
    krate: &str,
    calls: usize,
    mut modules: Vec<TestModule>,
) -> Code {
    let only_sockets = modules[..calls].iter().all(|it| it.only_sockets);
    let gate = only_sockets.then(socket::gate);
    modules.sort_by(|one, other| one.name.cmp(&other.name));
    let modules = modules.iter().map(|it| {
        let (name, gate) = (&it.name, it.only_sockets.then(socket::gate));
        quote!(#gate mod #name;)
    });
    let (krate, module) = (ident(krate), &cx.names.module);
    let settings = settings(cx);
    let scripted = match server::of_document(cx) {
        Some(_) => quote!(builder.transport(script.clone())),
        None => {
            let url = server::LOCAL;
            quote!(builder.base_url(#url).transport(script.clone()))
        }
    };
    let client = (calls > 0).then(|| quote! {
        #gate
        use ::#krate::#module::Client;
        #gate
        use ::client_runtime::testing::wire::Wire;

        #gate
        #[doc = " A client of a script; with `WIRE_BASE_URL` set, calls go to that server as well."]
        fn client(wire: &Wire) -> Client {
            let builder = Client::builder() #(#settings)*;
            let builder = match wire {
                Wire::Scripted(script) => #scripted,
                Wire::Server(url) => builder.base_url(url),
            };
            builder.build().expect("these settings make a client")
        }
    });
    Code {
        about: "Wire tests: each call and each type, by samples.".to_owned(),
        emitter: "wire/main.rs",
        imports: TokenStream::new(),
        items: quote!(#(#modules)* #client),
    }
}

/// The settings of the client: a credential for each scheme, and nothing from the environment.
fn settings(cx: EmitCx<'_>) -> Vec<TokenStream> {
    let key = auth::KEY;
    let mut settings = vec![quote!(.environment(|_| None).allow_http(true).max_retries(0))];
    settings.extend(cx.api.schemes.iter().zip(&cx.names.schemes).map(|(scheme, name)| {
        match scheme.kind {
            SchemeKind::Basic => quote!(.#name(#key, #key)),
            SchemeKind::Bearer
            | SchemeKind::Header(_)
            | SchemeKind::Query(_)
            | SchemeKind::Cookie(_) => quote!(.#name(#key)),
        }
    }));
    settings.extend(server::others(cx).iter().map(|host| quote!(.trust_host(#host))));
    settings
}

/// `mod.rs` of the tests of types.
pub(super) fn modules(modules: &mut [Ident]) -> Code {
    modules.sort();
    Code {
        about: "Round trips: each type comes back as it went in.".to_owned(),
        emitter: "wire/types.rs",
        imports: TokenStream::new(),
        items: quote!(#(mod #modules;)*),
    }
}

/// The purpose of the file of a group of types.
pub(super) fn about_types(cx: EmitCx<'_>, home: Option<Id<Resource>>) -> String {
    match home {
        Some(id) => {
            let words = resource::words(cx, id);
            format!("Whether the types of {words} come back as they went in.")
        }
        None => {
            "Whether the types that several resources share come back as they went in.".to_owned()
        }
    }
}
