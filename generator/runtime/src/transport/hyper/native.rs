//! TLS by the platform: OpenSSL, Schannel or Security.framework.

use super::failure::{insecure, no_identity, no_pem};
use super::stream::Connection;
use crate::error::{Error, ErrorKind, Result};
use crate::transport::{Connections, TransportError};
use http::Uri;
use hyper_tls::HttpsConnector;
use native_tls::{Certificate, Identity, TlsConnector, TlsConnectorBuilder};
use tower_service::Service;

/// The connectors of a client.
#[derive(Clone)]
pub(super) struct NativeTls {
    server: TlsConnector,
    proxy: TlsConnector,
}

impl NativeTls {
    /// The platform's certificates and those of PEM texts.
    pub(super) fn new(connections: &Connections) -> Result<Self> {
        let mut builder = TlsConnector::builder();
        for pem in &connections.roots {
            for it in certificates(pem)? {
                builder.add_root_certificate(it);
            }
        }
        if let Some(pem) = &connections.identity {
            builder.identity(identity(pem)?);
        }
        let proxy = builder.build().map_err(invalid)?;
        let server = with_http2(&mut builder).build().map_err(invalid)?;
        Ok(Self { server, proxy })
    }

    pub(super) fn of_server(&self) -> TlsConnector {
        self.server.clone()
    }

    /// `CONNECT` is spoken in HTTP/1.1.
    pub(super) fn of_proxy(&self) -> TlsConnector {
        self.proxy.clone()
    }
}

#[cfg(feature = "http2")]
fn with_http2(builder: &mut TlsConnectorBuilder) -> &mut TlsConnectorBuilder {
    builder.request_alpns(&["h2", "http/1.1"])
}

#[cfg(not(feature = "http2"))]
fn with_http2(builder: &mut TlsConnectorBuilder) -> &mut TlsConnectorBuilder {
    builder
}

/// Speaks TLS over what a service opens.
pub(super) async fn secured<S>(
    tls: TlsConnector,
    below: S,
    target: Uri,
) -> Result<Connection, TransportError>
where
    S: Service<Uri, Response = Connection, Error = TransportError>,
    S::Future: Send + 'static,
{
    let opening = HttpsConnector::from((below, tls.into())).call(target);
    Ok(Connection::new(opening.await.map_err(insecure)?))
}

/// The texts between the lines that begin and end something in PEM, those lines with them.
fn blocks(pem: &str) -> impl Iterator<Item = &str> {
    let mut starts: Vec<usize> = pem.match_indices("-----BEGIN").map(|it| it.0).collect();
    starts.push(pem.len());
    (1..starts.len()).map(move |at| &pem[starts[at - 1]..starts[at]])
}

fn certificates(pem: &str) -> Result<Vec<Certificate>> {
    let read = |it: &str| Certificate::from_pem(it.as_bytes());
    let found: Result<Vec<_>, _> = blocks(pem).map(read).collect();
    let found = found.map_err(|error| no_pem().with_source(error))?;
    if found.is_empty() { Err(no_pem()) } else { Ok(found) }
}

fn identity(pem: &str) -> Result<Identity> {
    let (keys, chain): (Vec<_>, Vec<_>) =
        blocks(pem).partition(|it| it.lines().next().is_some_and(|it| it.contains("PRIVATE KEY")));
    Identity::from_pkcs8(chain.concat().as_bytes(), keys.concat().as_bytes())
        .map_err(|error| no_identity().with_source(error))
}

fn invalid(error: native_tls::Error) -> Error {
    Error::new(ErrorKind::Tls, "TLS could not be set up").with_source(error)
}
