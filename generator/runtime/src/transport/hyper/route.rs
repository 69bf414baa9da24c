//! The ways to a server: straight, through a tunnel, or to a proxy that is handed the whole request.

use super::dial::{Dial, Opening};
use super::failure::unreached;
use super::stream::Connection;
use crate::transport::TransportError;
use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::proxy::matcher::Intercept;
use std::task::{Context, Poll};
use tower_service::Service;

#[cfg(all(feature = "native-tls", not(feature = "rustls-no-provider")))]
pub(super) use super::native::{NativeTls as Tls, secured};
#[cfg(feature = "rustls-no-provider")]
pub(super) use super::tls::{RustlsTls as Tls, secured};
#[cfg(not(any(feature = "native-tls", feature = "rustls-no-provider")))]
pub(super) use without_tls::{NoTls as Tls, secured};

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
    /// True if proxies may not read requests of plain http.
    is_tunnelled: bool,
}

impl Route {
    pub(super) fn new(dial: Dial, tls: Tls, proxy: Option<Intercept>, is_tunnelled: bool) -> Self {
        Self { hop: Hop { dial, tls }, proxy, is_tunnelled }
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
        let Self { mut hop, proxy, is_tunnelled } = self.clone();
        let Some(proxy) = proxy else { return hop.dial.call(target) };
        let address = proxy.uri().clone();
        if address.scheme_str().is_some_and(|it| it.starts_with("socks")) {
            return socks(hop, proxy, target);
        }
        if target.scheme() == Some(&Scheme::HTTP) && !is_tunnelled {
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
    let error = TransportError::new(crate::transport::TransportErrorKind::Connect, error);
    Box::pin(async move { Err(error) })
}

#[cfg(not(any(feature = "native-tls", feature = "rustls-no-provider")))]
mod without_tls {
    use super::{Connection, Service, TransportError, Uri};
    use crate::error::Result;
    use crate::transport::{Connections, TransportErrorKind};

    /// No TLS at all.
    #[derive(Clone)]
    pub(in crate::transport) struct NoTls;

    #[expect(clippy::unused_self, reason = "with TLS there is something in it")]
    impl NoTls {
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

    pub(in crate::transport) async fn secured<S: Service<Uri>>(
        _: NoTls,
        _: S,
        _: Uri,
    ) -> Result<Connection, TransportError> {
        let message =
            "https needs one of the features `rustls`, `native-tls` and `rustls-no-provider`";
        Err(TransportError::new(TransportErrorKind::Tls, message))
    }
}
