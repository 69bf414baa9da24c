//! Which server a call goes to, and whether credentials may go there.

use crate::error::{Error, ErrorKind, Result};
use url::{Host, Url};

/// The server of a client.
#[derive(Clone, Debug)]
pub(crate) struct Server {
    /// Without a slash at the end.
    pub(crate) base: String,
    /// The document's own server with its variables filled in.
    pub(crate) document: String,
    pub(crate) replaced: bool,
    pub(crate) variables: Vec<(String, String)>,
    pub(crate) allow_http: bool,
    pub(crate) trusted_hosts: Vec<String>,
}

impl Server {
    /// The URL without a slash at the end for an operation that has a server of its own.
    ///
    /// One that extends the document's server keeps its suffix on a base URL that replaces that; a
    /// relative one is resolved against the base.
    pub(crate) fn of_operation(&self, server: &str) -> Result<String> {
        let server = fill_variables(server, &self.variables);
        let server = server.trim_end_matches('/');
        if !server.contains("://") {
            let base = check_url(&self.base, true)?;
            let joined = base.join(server).map_err(|_| unfit(server))?;
            return Ok(joined.as_str().trim_end_matches('/').to_owned());
        }
        if let Some(suffix) =
            server.strip_prefix(&self.document).filter(|it| it.is_empty() || it.starts_with('/'))
        {
            return Ok(format!("{}{suffix}", self.base));
        }
        check_url(server, self.allow_http)?;
        Ok(server.to_owned())
    }

    /// Whether credentials may go to a URL: to the base URL's own place, to hosts that the caller
    /// trusts, and, while the document's server is in use, to the document's other servers.
    pub(crate) fn may_hold_credentials(&self, url: &str, from_document: bool) -> bool {
        let (Ok(url), Ok(base)) = (Url::parse(url), Url::parse(&self.base)) else { return false };
        let trusted =
            || url.host_str().is_some_and(|host| self.trusted_hosts.iter().any(|it| it == host));
        url.origin() == base.origin() || (from_document && !self.replaced) || trusted()
    }
}

/// Puts values into the braces of a URL.
pub(crate) fn fill_variables(template: &str, variables: &[(String, String)]) -> String {
    let mut out = template.to_owned();
    for (name, value) in variables {
        out = out.replace(&format!("{{{name}}}"), value);
    }
    out
}

/// Refuses what is no URL of a server, and plain http to anywhere but this machine.
pub(crate) fn check_url(text: &str, allow_http: bool) -> Result<Url> {
    let url = Url::parse(text).map_err(|_| unfit(text))?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(unfit(text));
    }
    if url.query().is_some()
        || url.fragment().is_some()
        || !url.username().is_empty()
        || url.password().is_some()
    {
        return Err(Error::new(
            ErrorKind::Configuration,
            "the base URL must have neither query, fragment, user nor password",
        ));
    }
    if url.scheme() == "http" && !allow_http && !is_loopback(&url) {
        let message = format!(
            "`{}` is not https: credentials would be readable on the way; `allow_http(true)` permits it",
            url.origin().ascii_serialization()
        );
        return Err(Error::new(ErrorKind::Configuration, message));
    }
    Ok(url)
}

fn unfit(text: &str) -> Error {
    let shown = if text.contains('@') { "the base URL" } else { text };
    Error::new(
        ErrorKind::Configuration,
        format!(
            "`{shown}` is no URL of a server: set a base URL such as `https://api.example.com`"
        ),
    )
}

/// Whether a URL leads to this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}
