//! Connects to servers: over TCP, through a proxy where there is one, with TLS where the URL says so.

use super::dial::Dial;
use super::proxies::Proxies;
use super::route::{Route, Tls, secured};
use super::stream::Connection;
use crate::error::Result;
use crate::future::BoxFuture;
use crate::transport::{Connections, TransportError, TransportErrorKind};
use http::Uri;
use http::uri::Scheme;
use hyper_util::client::proxy::matcher::Intercept;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

/// Gives the connections of a client.
#[derive(Clone)]
pub(super) struct Connector {
    dial: Dial,
    tls: Tls,
    proxies: Arc<Proxies>,
    limit: Option<Duration>,
    /// True if connections are for upgrades: over HTTP/1.1, and through proxies by tunnels only.
    is_for_upgrades: bool,
}

impl Connector {
    pub(super) fn new(connections: &Connections, proxies: Arc<Proxies>) -> Result<Self> {
        let limit = connections.connect_timeout;
        let (dial, tls) = (Dial::new(limit), Tls::new(connections)?);
        Ok(Self { dial, tls, proxies, limit, is_for_upgrades: false })
    }

    /// The same for requests that take their connection over.
    #[cfg(feature = "websocket")]
    pub(super) fn for_upgrades(self) -> Self {
        Self { is_for_upgrades: true, ..self }
    }

    async fn open(
        self,
        target: Uri,
        proxy: Option<Intercept>,
    ) -> Result<Connection, TransportError> {
        let is_plain = target.scheme() == Some(&Scheme::HTTP);
        let tls = match self.is_for_upgrades {
            true => self.tls.of_proxy(),
            false => self.tls.of_server(),
        };
        let mut route = Route::new(self.dial, self.tls, proxy, self.is_for_upgrades);
        match is_plain {
            true => route.call(target).await,
            false => secured(tls, route, target).await,
        }
    }
}

impl Service<Uri> for Connector {
    type Response = Connection;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Connection, TransportError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Self::Future {
        let proxy = self.proxies.of(&target);
        let named = proxy.as_ref().and_then(|it| it.uri().authority()).map(ToString::to_string);
        let (limit, opening) = (self.limit, self.clone().open(target, proxy));
        Box::pin(async move {
            let opened = match limit {
                Some(limit) => tokio::time::timeout(limit, opening).await.unwrap_or_else(|late| {
                    Err(TransportError::new(TransportErrorKind::ConnectTimeout, late))
                }),
                None => opening.await,
            };
            opened.map_err(|error| match named {
                Some(proxy) => error.with_proxy(&proxy),
                None => error,
            })
        })
    }
}
