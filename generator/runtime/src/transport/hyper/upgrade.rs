//! Requests that turn their connection into one of another protocol.

use super::body::Outgoing;
use super::connect::Connector;
use super::failure::{failure, unreached};
use super::incoming;
use crate::transport::{Request, Response, TransportError, Upgraded};
use http::header::HOST;
use http::uri::{PathAndQuery, Scheme};
use http::{HeaderValue, StatusCode, Uri};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tower_service::Service as _;

/// Sends a request over a connection of its own, which the response gets if the server agrees to the upgrade.
///
/// Pooled connections may speak HTTP/2, where a request cannot take its connection over.
pub(super) async fn send(
    mut connector: Connector,
    request: Request,
) -> Result<Response, TransportError> {
    let (mut parts, body) = request.into_parts();
    let connection = connector.call(with_port(&parts.uri).map_err(unreached)?).await?;
    if let (None, Some(authority)) = (parts.headers.get(HOST), parts.uri.authority()) {
        let host = HeaderValue::from_str(authority.as_str()).map_err(unreached)?;
        parts.headers.insert(HOST, host);
    }
    let slash = || PathAndQuery::from_static("/");
    parts.uri = Uri::from(parts.uri.path_and_query().cloned().unwrap_or_else(slash));
    let (mut sender, driver) = http1::handshake(connection).await.map_err(failure)?;
    tokio::spawn(async move { drop(driver.with_upgrades().await) });
    let request = http::Request::from_parts(parts, Outgoing::new(body));
    let mut response = sender.send_request(request).await.map_err(failure)?;
    if response.status() != StatusCode::SWITCHING_PROTOCOLS {
        return Ok(incoming(response));
    }
    let connection = hyper::upgrade::on(&mut response).await.map_err(failure)?;
    let mut response = incoming(response);
    Upgraded::new(TokioIo::new(connection)).attach(&mut response);
    Ok(response)
}

/// The URL with its port: a tunnel to none goes to that of https.
fn with_port(uri: &Uri) -> Result<Uri, http::Error> {
    let host = uri.host().unwrap_or_default();
    if uri.scheme() != Some(&Scheme::HTTP) || uri.port().is_some() {
        return Ok(uri.clone());
    }
    Uri::builder().scheme(Scheme::HTTP).authority(format!("{host}:80")).path_and_query("/").build()
}
