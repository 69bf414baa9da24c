//! The verifier of a vendor's webhooks, where `client.yaml` says how they are signed.

use super::EmitCx;
use crate::config::HashAlgorithm;
use proc_macro2::TokenStream;
use quote::quote;

/// A function of the client that makes the verifier.
pub(super) fn verifier(cx: EmitCx<'_>) -> Option<TokenStream> {
    let stated = cx.client.webhooks.as_ref()?;
    let header = &stated.header;
    let algorithm = match stated.algorithm {
        HashAlgorithm::Sha1 => Some(quote!(.algorithm(SignatureAlgorithm::Sha1))),
        HashAlgorithm::Sha256 => None,
        HashAlgorithm::Sha512 => Some(quote!(.algorithm(SignatureAlgorithm::Sha512))),
    };
    let encoding = stated.in_base64.then(|| quote!(.encoding(SignatureEncoding::Base64)));
    let prefix = stated.prefix.as_ref().map(|it| quote!(.prefix(#it)));
    let signed = stated.signed.as_ref().map(|it| quote!(.signed(#it)));
    let timestamp = stated.timestamp_header.as_ref().map(|header| {
        let prefix = stated.timestamp_prefix.as_deref().unwrap_or_default();
        quote!(.timestamp(#header, #prefix))
    });
    let id = stated.id_header.as_ref().map(|it| quote!(.id_header(#it)));
    let secrets = stated.secret_prefix.as_ref().map(|it| quote!(.base64_secrets(#it)));
    let seconds = stated.tolerance.and_then(|it| u64::try_from(it).ok());
    let seconds = seconds.map(proc_macro2::Literal::u64_unsuffixed);
    let tolerance = seconds.map(|it| quote!(.tolerance(::core::time::Duration::from_secs(#it))));
    let names = [
        algorithm.as_ref().map(|_| quote!(SignatureAlgorithm)),
        encoding.as_ref().map(|_| quote!(SignatureEncoding)),
    ];
    let names = names.iter().flatten();
    Some(quote! {
        #[cfg(feature = "webhooks")]
        impl Client {
            /// A verifier of this API's webhooks, with the secret that they are signed with.
            ///
            /// # Errors
            /// A secret that is empty, or not written as it has to be.
            pub fn webhook_verifier(
                secret: &str,
            ) -> Result<client_runtime::webhooks::Verifier, client_runtime::webhooks::WebhookError> {
                use client_runtime::webhooks::{SignatureScheme, Verifier, #(#names),*};
                let scheme = SignatureScheme::new(#header) #algorithm #encoding #prefix #signed
                    #timestamp #id #secrets #tolerance;
                Verifier::new(&scheme, secret)
            }
        }
    })
}
