//! TLS by rustls: with the program's own default of cryptography, else with ring.

use super::failure::{insecure, no_identity, no_pem};
use super::stream::Connection;
use crate::error::{Error, ErrorKind, Result};
use crate::transport::{Connections, TransportError};
use http::Uri;
use hyper_rustls::HttpsConnector;
use rustls::ClientConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;
use tower_service::Service;

/// The configurations of a client.
#[derive(Clone)]
pub(super) struct RustlsTls {
    server: Arc<ClientConfig>,
    proxy: Arc<ClientConfig>,
}

impl RustlsTls {
    /// The platform's certificates and those of PEM texts; TLS 1.2 and 1.3.
    pub(super) fn new(connections: &Connections) -> Result<Self> {
        let proxy = config(connections)?;
        let mut server = proxy.clone();
        if cfg!(feature = "http2") {
            server.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        }
        Ok(Self { server: Arc::new(server), proxy: Arc::new(proxy) })
    }

    pub(super) fn of_server(&self) -> Arc<ClientConfig> {
        self.server.clone()
    }

    /// `CONNECT` is spoken in HTTP/1.1.
    pub(super) fn of_proxy(&self) -> Arc<ClientConfig> {
        self.proxy.clone()
    }
}

/// Speaks TLS over what a service opens.
pub(super) async fn secured<S>(
    config: Arc<ClientConfig>,
    below: S,
    target: Uri,
) -> Result<Connection, TransportError>
where
    S: Service<Uri, Response = Connection, Error = TransportError>,
    S::Future: Send + 'static,
{
    let opening = HttpsConnector::from((below, config)).call(target);
    Ok(Connection::new(opening.await.map_err(insecure)?))
}

fn config(connections: &Connections) -> Result<ClientConfig> {
    let provider = CryptoProvider::get_default().cloned().or_else(own).ok_or_else(|| {
        let message = "no cryptography: install a rustls provider as the default of the process, or switch on the feature `rustls`";
        Error::new(ErrorKind::Tls, message)
    })?;
    let verifier = verifier(&connections.roots, provider.clone())?;
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(invalid)?;
    // rustls calls any verifier but its own dangerous; this is the platform's.
    let builder = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier));
    let Some(pem) = &connections.identity else { return Ok(builder.with_no_client_auth()) };
    let pem = pem.as_bytes();
    let key =
        PrivateKeyDer::from_pem_slice(pem).map_err(|error| no_identity().with_source(error))?;
    builder
        .with_client_auth_cert(certificates(pem).map_err(|_| no_identity())?, key)
        .map_err(invalid)
}

#[cfg(feature = "rustls")]
#[expect(clippy::unnecessary_wraps, reason = "without the feature there is none")]
fn own() -> Option<Arc<CryptoProvider>> {
    Some(Arc::new(rustls::crypto::ring::default_provider()))
}

#[cfg(not(feature = "rustls"))]
fn own() -> Option<Arc<CryptoProvider>> {
    None
}

/// All certificates of a PEM text, at least one.
fn certificates(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>> {
    let found: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(pem).collect();
    let found = found.map_err(|error| no_pem().with_source(error))?;
    if found.is_empty() { Err(no_pem()) } else { Ok(found) }
}

#[cfg(not(target_os = "android"))]
fn verifier(roots: &[String], provider: Arc<CryptoProvider>) -> Result<Verifier> {
    let mut all = Vec::new();
    for pem in roots {
        all.extend(certificates(pem.as_bytes())?);
    }
    Verifier::new_with_extra_roots(all, provider).map_err(invalid)
}

#[cfg(target_os = "android")]
fn verifier(roots: &[String], provider: Arc<CryptoProvider>) -> Result<Verifier> {
    if !roots.is_empty() {
        let message = "Android lets no program add certificates to the platform's";
        return Err(Error::new(ErrorKind::Configuration, message));
    }
    Verifier::new(provider).map_err(invalid)
}

fn invalid(error: rustls::Error) -> Error {
    Error::new(ErrorKind::Tls, "TLS could not be set up").with_source(error)
}
