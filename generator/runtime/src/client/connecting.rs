//! Settings of a client's default transport: certificates, proxies, and the pool of connections.

use super::Builder;
use crate::transport::ProxyChoice;
use std::time::Duration;

impl Builder {
    /// Trusts the certificates in a PEM text besides those of the platform: those of a private
    /// authority, or of a proxy that looks into TLS. It has no effect on a transport of your own.
    pub fn root_certificates(mut self, pem: &str) -> Self {
        self.connections.roots.push(pem.to_owned());
        self
    }

    /// Shows a certificate to servers that ask the client for one: a PEM text of the certificate, those
    /// that it was issued by, and the private key. It has no effect on a transport of your own.
    pub fn client_certificate(mut self, pem: &str) -> Self {
        self.connections.identity = Some(pem.to_owned());
        self
    }

    /// Sends everything through a proxy, such as `http://user:password@proxy.example:3128`, instead of
    /// those of the environment. The scheme is `http`, `https` or, under feature `socks`, `socks5h`,
    /// `socks5`, `socks4a` or `socks4`. Plain http to this machine still goes through none.
    /// It has no effect on a transport of your own.
    pub fn proxy(mut self, url: &str) -> Self {
        self.connections.proxy = ProxyChoice::Url(url.to_owned());
        self
    }

    /// Excepts hosts from the proxy that [`proxy`](Self::proxy) sets, in the words of `NO_PROXY`:
    /// `internal.example, 10.0.0.0/8`.
    pub fn proxy_exceptions(mut self, hosts: &str) -> Self {
        hosts.clone_into(&mut self.connections.proxy_exceptions);
        self
    }

    /// Sends nothing through a proxy, whatever the environment says.
    pub fn no_proxy(mut self) -> Self {
        self.connections.proxy = ProxyChoice::None;
        self
    }

    /// Limits how many connections are kept open for each host while they are not used; no limit by
    /// default, and 0 keeps none. It has no effect on a transport of your own.
    pub fn max_idle_connections(mut self, limit: usize) -> Self {
        self.connections.max_idle = limit;
        self
    }

    /// Limits how long a connection is kept open while it is not used; 90 s by default. It has no effect
    /// on a transport of your own.
    pub fn idle_timeout(mut self, limit: impl Into<Option<Duration>>) -> Self {
        self.connections.idle_timeout = limit.into();
        self
    }
}
