//! Opens TCP connections.

use super::failure::unreached;
use super::stream::{Connection, Tcp};
use crate::future::BoxFuture;
use crate::transport::TransportError;
use http::Uri;
use hyper_util::client::legacy::connect::HttpConnector;
use std::task::{Context, Poll};
use std::time::Duration;
use tower_service::Service;

/// A connection that is being opened.
pub(super) type Opening = BoxFuture<'static, Result<Connection, TransportError>>;

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
