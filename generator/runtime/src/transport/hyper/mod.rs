//! hyper's client as a [`Transport`]: the default one.

mod body;
mod connect;
mod dial;
mod failure;
#[cfg(feature = "gzip")]
mod gzip;
#[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
mod native;
mod proxies;
mod route;
#[cfg(feature = "socks")]
mod socks;
mod stream;
#[cfg(feature = "rustls-no-provider")]
mod tls;
#[cfg(feature = "websocket")]
mod upgrade;

use super::{Body, Connections, Request, Response, Transport, TransportError};
use crate::error::Result;
use crate::future::BoxFuture;
use body::{Outgoing, Received};
use connect::Connector;
use failure::failure;
use http::header::PROXY_AUTHORIZATION;
use hyper::body::{Body as HttpBody, Incoming};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use proxies::Proxies;
use std::sync::Arc;

/// HTTP/1.1, and HTTP/2 under feature `http2`, over pooled connections.
pub(crate) struct Hyper {
    client: Client<Connector, Outgoing>,
    proxies: Arc<Proxies>,
    /// Gives the connections of sockets.
    #[cfg(feature = "websocket")]
    sockets: Connector,
}

impl Hyper {
    /// # Errors
    /// Certificates or a proxy that cannot be used, or TLS that cannot be set up.
    pub(crate) fn new(connections: &Connections) -> Result<Self> {
        let proxies = Arc::new(Proxies::new(connections)?);
        let connector = Connector::new(connections, proxies.clone())?;
        #[cfg(feature = "websocket")]
        let sockets = connector.clone().for_upgrades();
        let client = Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(connections.idle_timeout)
            .pool_max_idle_per_host(connections.max_idle)
            .build(connector);
        Ok(Self {
            client,
            proxies,
            #[cfg(feature = "websocket")]
            sockets,
        })
    }
}

impl Transport for Hyper {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        #[cfg(feature = "websocket")]
        if super::Upgraded::is_wanted(&request) {
            return Box::pin(upgrade::send(self.sockets.clone(), request));
        }
        let (mut parts, body) = request.into_parts();
        if let Some(value) = self.proxies.authorization(&parts.uri) {
            parts.headers.insert(PROXY_AUTHORIZATION, value);
        }
        #[cfg(feature = "gzip")]
        gzip::accept(&mut parts.headers);
        let response = self.client.request(http::Request::from_parts(parts, Outgoing::new(body)));
        Box::pin(async move { Ok(incoming(response.await.map_err(failure)?)) })
    }
}

/// A response as the rest of the runtime knows it.
fn incoming(response: hyper::Response<Incoming>) -> Response {
    let (parts, body) = response.into_parts();
    #[cfg(feature = "gzip")]
    let (mut parts, body) = (parts, body);
    let len = HttpBody::size_hint(&body).exact();
    let received = Received(body);
    #[cfg(feature = "gzip")]
    if gzip::is_gzip(&mut parts.headers) {
        let inflated = gzip::Inflated::new(received);
        return Response::from_parts(parts, Body::stream(Box::pin(inflated), None));
    }
    Response::from_parts(parts, Body::stream(Box::pin(received), len))
}
