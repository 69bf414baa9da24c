//! rustls with ring, unless the program has installed another default for the process.

use crate::error::{Error, ErrorKind, Result};
use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls_platform_verifier::BuilderVerifierExt as _;
use std::sync::Arc;

/// The platform's certificates; TLS 1.2 and 1.3.
pub(super) fn config() -> Result<ClientConfig> {
    let provider = CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(ring::default_provider()));
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unfit)?;
    let mut config = builder.with_platform_verifier().map_err(unfit)?.with_no_client_auth();
    if cfg!(feature = "http2") {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(config)
}

fn unfit(error: rustls::Error) -> Error {
    Error::new(ErrorKind::Tls, "TLS could not be set up").with_source(error)
}
