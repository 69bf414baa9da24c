//! rustls with ring, unless the program has installed another default for the process.

use crate::error::{Error, ErrorKind, Result};
use rustls::ClientConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls_platform_verifier::Verifier;
use std::sync::Arc;

/// The platform's certificates and those of PEM texts; TLS 1.2 and 1.3.
pub(super) fn config(roots: &[String]) -> Result<ClientConfig> {
    let provider = CryptoProvider::get_default()
        .cloned()
        .unwrap_or_else(|| Arc::new(ring::default_provider()));
    let verifier = verifier(roots, provider.clone())?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(unfit)?;
    // What is called dangerous is a verifier of one's own; this is the platform's.
    let mut config = builder
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    if cfg!(feature = "http2") {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(config)
}

#[cfg(not(target_os = "android"))]
fn verifier(roots: &[String], provider: Arc<CryptoProvider>) -> Result<Verifier> {
    let mut certificates = Vec::new();
    for pem in roots {
        let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem.as_bytes()).collect();
        let found = found.map_err(|error| super::no_pem().with_source(error))?;
        if found.is_empty() {
            return Err(super::no_pem());
        }
        certificates.extend(found);
    }
    Verifier::new_with_extra_roots(certificates, provider).map_err(unfit)
}

#[cfg(target_os = "android")]
fn verifier(roots: &[String], provider: Arc<CryptoProvider>) -> Result<Verifier> {
    if !roots.is_empty() {
        let message = "Android lets no program add certificates to the platform's";
        return Err(Error::new(ErrorKind::Configuration, message));
    }
    Verifier::new(provider).map_err(unfit)
}

fn unfit(error: rustls::Error) -> Error {
    Error::new(ErrorKind::Tls, "TLS could not be set up").with_source(error)
}
