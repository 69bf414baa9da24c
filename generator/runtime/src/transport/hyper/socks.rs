//! Proxies that speak SOCKS, version 4 or 5.

use super::dial::Dial;
use super::failure::unreached;
use super::stream::Connection;
use crate::transport::{TransportError, TransportErrorKind};
use http::Uri;
use http::uri::Scheme;
use hyper_util::client::legacy::connect::proxy::{SocksV4, SocksV5};
use hyper_util::client::proxy::matcher::Intercept;
use std::net::SocketAddr;
use tower_service::Service as _;

/// Opens a connection to a server through a proxy.
///
/// `socks5h` and `socks4a` leave it to the proxy to look the host up, `socks5` and `socks4` do not.
pub(super) async fn connect(
    dial: Dial,
    proxy: Intercept,
    target: Uri,
) -> Result<Connection, TransportError> {
    let address = proxy.uri();
    let scheme = address.scheme_str().unwrap_or_default().to_owned();
    let looks_up = matches!(scheme.as_str(), "socks5" | "socks4");
    let is_v4 = scheme.starts_with("socks4");
    let target = match looks_up {
        true => resolved(&target, is_v4).await?,
        false => spelled_out(target.host().unwrap_or_default(), port(&target))?,
    };
    let address = match address.port() {
        Some(_) => address.clone(),
        None => spelled_out(address.host().unwrap_or_default(), PORT)?,
    };
    if is_v4 {
        return SocksV4::new(address, dial).call(target).await.map_err(unreached);
    }
    let mut socks = SocksV5::new(address, dial);
    if let Some((user, password)) = proxy.raw_auth() {
        socks = socks.with_auth(user.to_owned(), password.to_owned());
    }
    socks.call(target).await.map_err(unreached)
}

/// The port of SOCKS (RFC 1928).
const PORT: u16 = 1080;

fn port(target: &Uri) -> u16 {
    let usual = if target.scheme() == Some(&Scheme::HTTP) { 80 } else { 443 };
    target.port_u16().unwrap_or(usual)
}

/// The target with an address in the place of its host's name.
async fn resolved(target: &Uri, is_v4: bool) -> Result<Uri, TransportError> {
    let host = target.host().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let fits = |it: &SocketAddr| it.is_ipv4() || !is_v4;
    let mut found = tokio::net::lookup_host((host, port(target))).await.map_err(unreached)?;
    let Some(address) = found.find(fits) else {
        let message = "the host has no address that the proxy's version of SOCKS knows";
        return Err(TransportError::new(TransportErrorKind::Connect, message));
    };
    match address {
        SocketAddr::V4(it) => spelled_out(&it.ip().to_string(), it.port()),
        SocketAddr::V6(it) => spelled_out(&format!("[{}]", it.ip()), it.port()),
    }
}

/// A place with its port.
fn spelled_out(host: &str, port: u16) -> Result<Uri, TransportError> {
    format!("https://{host}:{port}/").parse().map_err(|it: http::uri::InvalidUri| unreached(it))
}
