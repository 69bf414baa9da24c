//! The ways to a server: straight, through a tunnel, or to a proxy that is handed the whole request.

use super::stream::{Connection, Tcp};
use crate::transport::{BoxFuture, TransportError, TransportErrorKind, behind};
use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::Intercept;
use std::error::Error as StdError;
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

#[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
pub(super) use super::native::{Tls, secured};
#[cfg(feature = "rustls-no-provider")]
pub(super) use super::tls::{Tls, secured};
#[cfg(not(any(feature = "native-tls", feature = "rustls-no-provider")))]
pub(super) use without_tls::{Tls, secured};

type Opening = BoxFuture<'static, Result<Connection, TransportError>>;

/// The time after which a silent connection is asked whether it is still there, and between two such questions.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// Opens TCP connections, by IPv6 and IPv4 as happens to be faster (RFC 8305).
#[derive(Clone)]
pub(super) struct Dial(HttpConnector);

impl Dial {
    pub(super) fn new(limit: Option<Duration>) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        tcp.set_connect_timeout(limit);
        tcp.set_keepalive(Some(KEEP_ALIVE));
        tcp.set_keepalive_interval(Some(KEEP_ALIVE));
        tcp.set_keepalive_retries(Some(3));
        Self(tcp)
    }
}

impl Service<Uri> for Dial {
    type Response = Connection;
    type Error = TransportError;
    type Future = Opening;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        self.0.poll_ready(cx).map_err(unreached)
    }

    fn call(&mut self, target: Uri) -> Opening {
        let opening = self.0.call(target);
        Box::pin(async move { Ok(Connection::new(Tcp::new(opening.await.map_err(unreached)?))) })
    }
}

/// Opens a connection to a proxy, which may want TLS of its own.
#[derive(Clone)]
struct Hop {
    dial: Dial,
    tls: Tls,
}

impl Service<Uri> for Hop {
    type Response = Connection;
    type Error = TransportError;
    type Future = Opening;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, proxy: Uri) -> Opening {
        let Self { mut dial, tls } = self.clone();
        match proxy.scheme() == Some(&Scheme::HTTPS) {
            true => Box::pin(secured(tls.of_proxy(), dial, proxy)),
            false => dial.call(proxy),
        }
    }
}

/// Opens a connection on which a server can be spoken to, TLS with it not yet being there.
#[derive(Clone)]
pub(super) struct Route {
    hop: Hop,
    proxy: Option<Intercept>,
}

impl Route {
    pub(super) fn new(dial: Dial, tls: Tls, proxy: Option<Intercept>) -> Self {
        Self { hop: Hop { dial, tls }, proxy }
    }
}

impl Service<Uri> for Route {
    type Response = Connection;
    type Error = TransportError;
    type Future = Opening;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, target: Uri) -> Opening {
        let Self { mut hop, proxy } = self.clone();
        let Some(proxy) = proxy else { return hop.dial.call(target) };
        let address = proxy.uri().clone();
        if address.scheme_str().is_some_and(|it| it.starts_with("socks")) {
            return socks(hop, proxy, target);
        }
        if target.scheme() == Some(&Scheme::HTTP) {
            let opening = hop.call(address);
            return Box::pin(async move { Ok(opening.await?.forwarded()) });
        }
        let mut tunnel = Tunnel::new(address, hop);
        if let Some(value) = proxy.basic_auth() {
            tunnel = tunnel.with_auth(value.clone());
        }
        let opening = tunnel.call(target);
        Box::pin(async move { opening.await.map_err(unreached) })
    }
}

#[cfg(feature = "socks")]
fn socks(hop: Hop, proxy: Intercept, target: Uri) -> Opening {
    Box::pin(super::socks::connect(hop.dial, proxy, target))
}

#[cfg(not(feature = "socks"))]
fn socks(_: Hop, _: Intercept, _: Uri) -> Opening {
    let error = "proxies that speak SOCKS need the feature `socks`";
    Box::pin(async move { Err(TransportError::new(TransportErrorKind::Connect, error)) })
}

/// No connection came about; where TLS with a proxy failed, that is what is said.
pub(super) fn unreached(error: impl StdError + Send + Sync + 'static) -> TransportError {
    let first: &(dyn StdError + 'static) = &error;
    let mut chain = std::iter::successors(Some(first), |it| behind(*it));
    let own = chain.find_map(|it| it.downcast_ref::<TransportError>());
    let kind = own.map_or(TransportErrorKind::Connect, TransportError::kind);
    TransportError::new(kind, error)
}

/// The error of the layer below TLS if it failed there, else one of TLS.
#[cfg(any(feature = "native-tls", feature = "rustls-no-provider"))]
pub(super) fn insecure(error: crate::error::BoxError) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(below) => *below,
        Err(error) => TransportError::new(TransportErrorKind::Tls, error),
    }
}

#[cfg(not(any(feature = "native-tls", feature = "rustls-no-provider")))]
mod without_tls {
    use super::{Connection, Service, TransportError, TransportErrorKind, Uri};
    use crate::error::Result;
    use crate::transport::Connections;

    /// No TLS at all.
    #[derive(Clone)]
    pub(in crate::transport) struct Tls;

    impl Tls {
        #[expect(clippy::unnecessary_wraps, reason = "with TLS it can fail")]
        pub(in crate::transport) fn new(_: &Connections) -> Result<Self> {
            Ok(Self)
        }

        pub(in crate::transport) fn of_server(&self) -> Self {
            Self
        }

        pub(in crate::transport) fn of_proxy(&self) -> Self {
            Self
        }
    }

    #[expect(clippy::unused_async, reason = "with TLS it waits")]
    pub(in crate::transport) async fn secured<S: Service<Uri>>(
        _: Tls,
        _: S,
        _: Uri,
    ) -> Result<Connection, TransportError> {
        let message =
            "https needs one of the features `rustls`, `native-tls` and `rustls-no-provider`";
        Err(TransportError::new(TransportErrorKind::Tls, message))
    }
}
