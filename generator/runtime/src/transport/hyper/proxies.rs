//! Which proxy a request goes through.

use crate::error::{Error, ErrorKind, Result};
use crate::transport::{Connections, ProxyChoice};
use http::uri::Scheme;
use http::{HeaderValue, Uri};
use hyper_util::client::proxy::matcher::{Intercept, Matcher};

/// The proxies of a client.
pub(super) struct Proxies(Option<Matcher>);

impl Proxies {
    pub(super) fn new(connections: &Connections) -> Result<Self> {
        Ok(Self(match &connections.proxy {
            ProxyChoice::System => Some(Matcher::from_system()),
            ProxyChoice::None => None,
            ProxyChoice::Url(url) => {
                check(url)?;
                let exceptions = connections.proxy_exceptions.as_str();
                Some(Matcher::builder().all(url.as_str()).no(exceptions).build())
            }
        }))
    }

    /// Plain http to this machine is permitted because it stays here: no proxy may have it.
    pub(super) fn of(&self, target: &Uri) -> Option<Intercept> {
        let is_local = target.scheme() == Some(&Scheme::HTTP) && crate::uri::is_loopback(target);
        self.0.as_ref().filter(|_| !is_local)?.intercept(target)
    }

    /// The `Proxy-Authorization` of a request of plain http; https goes through a tunnel, which has its own.
    pub(super) fn authorization(&self, target: &Uri) -> Option<HeaderValue> {
        if target.scheme() != Some(&Scheme::HTTP) {
            return None;
        }
        self.of(target)?.basic_auth().cloned()
    }
}

/// The matcher passes over what it does not know, and a request would then go without the proxy.
fn check(url: &str) -> Result<()> {
    let anywhere = Uri::from_static("https://api.example.com/");
    let found = Matcher::builder().all(url).build().intercept(&anywhere);
    let is_socks = |it: &Intercept| it.uri().scheme_str().is_some_and(|it| it.starts_with("socks"));
    let message = match found {
        None => "the proxy is no URL such as `http://user:password@proxy.example:3128`",
        Some(it) if is_socks(&it) && !cfg!(feature = "socks") => {
            "proxies that speak SOCKS need the feature `socks`"
        }
        Some(_) => return Ok(()),
    };
    Err(Error::new(ErrorKind::Configuration, message))
}
