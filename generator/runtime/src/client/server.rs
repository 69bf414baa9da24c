//! The server of a call, and the check whether credentials may go there.

use crate::error::{Error, ErrorKind, Result};
use crate::service::Service;
use crate::uri::Url;

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
    pub(crate) trusted_hosts: Vec<TrustedHost>,
}

/// A host that credentials may go to besides that of the base URL, by https and on one port.
#[derive(Clone, Debug)]
pub(crate) struct TrustedHost {
    host: String,
    port: Option<u16>,
}

impl TrustedHost {
    /// Reads `host`, `host:port` or the URL of a server.
    pub(crate) fn read(text: &str) -> Result<Self> {
        let invalid = || {
            let message = format!(
                "`{text:.100}` is no host that can be trusted: name one such as `files.example.com`, with its port where that is another than 443"
            );
            Error::new(ErrorKind::Configuration, message)
        };
        let url = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&url).ok_or_else(invalid)?;
        let is_bare = matches!(url.path(), "" | "/") && url.query().is_none();
        if !is_bare || url.has_fragment() || url.has_user() {
            return Err(invalid());
        }
        Ok(Self { host: url.host().to_owned(), port: url.port() })
    }

    fn is(&self, url: &Url) -> bool {
        url.host() == self.host && url.port() == self.port
    }
}

impl Server {
    /// The URL without a slash at the end for an operation that has a server of its own.
    ///
    /// One that extends the document's server keeps its suffix on a base URL that replaces that; a
    /// relative one is resolved against the base.
    pub(crate) fn of_operation(&self, service: &Service, server: &str) -> Result<String> {
        let server = of_socket(fill_variables(service, server, &self.variables)?);
        let server = server.trim_end_matches('/');
        if !server.contains("://") {
            let base = check_url(&self.base, true)?;
            // Some readers take `\\` for `/`, and so what follows for a host.
            let joined = base.join(server).filter(|_| !server.contains('\\'));
            let joined = joined.ok_or_else(|| invalid(server))?;
            check_url(joined.as_str(), self.allow_http || joined.origin() == base.origin())?;
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

    /// The URL of a token endpoint.
    ///
    /// One on the document's own server moves with a base URL that replaces that; a relative one starts at the base.
    pub(crate) fn of_tokens(&self, service: &Service, url: &str, is_own: bool) -> Result<Url> {
        let url = fill_variables(service, url, &self.variables)?;
        let invalid = || {
            let message = format!("`{url:.200}` is no URL that tokens can be asked for at");
            Error::new(ErrorKind::Configuration, message)
        };
        let base = Url::parse(&self.base).ok_or_else(invalid)?;
        let below = url.strip_prefix(&self.document);
        let below = below.filter(|it| !self.document.is_empty() && it.starts_with('/'));
        let document = Url::parse(&self.document).filter(|_| self.replaced && !is_own);
        let resolved = match (Url::parse(&url), document) {
            (Some(_), Some(_)) if below.is_some() => {
                Url::parse(&format!("{}{}", self.base, below.unwrap_or_default()))
            }
            (Some(it), Some(document)) if it.origin() == document.origin() => {
                base.join(&it.as_str()[it.origin().len()..])
            }
            (Some(it), _) => Some(it),
            // Some readers take `\\` for `/`, and so what follows for a host.
            (None, _) => base.join(&url).filter(|_| !url.contains('\\')),
        };
        let resolved = resolved.filter(|it| !it.has_user() && !it.has_fragment());
        let resolved = resolved.ok_or_else(invalid)?;
        let is_private = resolved.is_https() || self.allow_http || resolved.is_loopback();
        if is_own && is_private || self.may_hold_credentials(resolved.as_str(), true) {
            return Ok(resolved);
        }
        let why = match is_private {
            true => {
                "is on another host than the base URL: `trust_host` permits it, `token_url` of `OAuth` names another"
            }
            false => {
                "is not https: credentials would be readable on the way; `allow_http(true)` permits it"
            }
        };
        Err(Error::new(ErrorKind::Configuration, format!("the token endpoint `{url:.200}` {why}")))
    }

    /// True if credentials may go to a URL: to the base URL's own origin, to hosts that the caller
    /// trusts, and, while the document's server is in use, to the document's other servers.
    pub(crate) fn may_hold_credentials(&self, url: &str, from_document: bool) -> bool {
        let (Some(url), Some(base)) = (Url::parse(url), Url::parse(&self.base)) else {
            return false;
        };
        let is_private = url.is_https() || self.allow_http || url.is_loopback();
        url.origin() == base.origin()
            || is_private
                && (from_document && !self.replaced
                    || self.trusted_hosts.iter().any(|it| it.is(&url)))
    }
}

/// The URL of http or https for one of a socket, which is opened by a request like any other.
pub(crate) fn of_socket(url: String) -> String {
    match url.split_once("://") {
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("ws") => format!("http://{rest}"),
        Some((scheme, rest)) if scheme.eq_ignore_ascii_case("wss") => format!("https://{rest}"),
        _ => url,
    }
}

/// Puts values into the braces of a URL.
///
/// A value is one of those that the document lists, and stays within its part of the URL: a value
/// in a host cannot end the host or add a port, a user or a path.
pub(crate) fn fill_variables(
    service: &Service,
    template: &str,
    variables: &[(String, String)],
) -> Result<String> {
    let (mut out, mut rest) = (String::with_capacity(template.len()), template);
    while let Some((before, after)) = rest.split_once('{') {
        let known = after.split_once('}').and_then(|(name, after)| {
            variables.iter().find(|it| it.0 == name).map(|it| (name, it.1.as_str(), after))
        });
        out.push_str(before);
        let Some((name, value, after)) = known else {
            out.push('{');
            rest = after;
            continue;
        };
        check_variable(service, name, value, &out, after)?;
        out.push_str(value);
        rest = after;
    }
    out.push_str(rest);
    Ok(out)
}

fn check_variable(
    service: &Service,
    name: &str,
    value: &str,
    before: &str,
    after: &str,
) -> Result<()> {
    let reject = |why: &str| {
        let shown: String = value.chars().take(60).collect();
        let message = format!("the server's `{name}` cannot be {shown:?}: {why}");
        Err(Error::new(ErrorKind::Configuration, message))
    };
    let listed = service.server_variables.iter().find(|it| it.name == name);
    let listed = listed.map_or(&[][..], |it| it.values);
    if !listed.is_empty() && !listed.contains(&value) {
        return reject(&format!("it is one of {}", listed.join(", ")));
    }
    let authority = before.split_once("://").map(|it| it.1).filter(|it| !it.contains('/'));
    let is_scheme = before.is_empty() && after.starts_with("://");
    let fits = match authority {
        None if is_scheme => matches!(value, "http" | "https"),
        // The whole URL, or what it begins with: the URL is checked as such.
        None if before.is_empty() => !value.is_empty(),
        None => value.bytes().all(|it| it.is_ascii_graphic() && !b"?#\\{}@".contains(&it)),
        // The whole of the host, with its port.
        Some("") if after.is_empty() || after.starts_with('/') => {
            !value.contains(['/', '\\', '?', '#', '@'])
                && Url::parse(&format!("https://{value}")).is_some()
        }
        Some(_) => value.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._~".contains(&it)),
    };
    if fits { Ok(()) } else { reject("it would change the rest of the URL") }
}

/// Refuses what is no URL of a server, and plain http to anywhere but this machine.
pub(crate) fn check_url(text: &str, allow_http: bool) -> Result<Url> {
    let url = Url::parse(text).ok_or_else(|| invalid(text))?;
    if url.query().is_some() || url.has_fragment() || url.has_user() {
        return Err(Error::new(
            ErrorKind::Configuration,
            "the base URL must have neither query, fragment, user nor password",
        ));
    }
    if !url.is_https() && !allow_http && !url.is_loopback() {
        let message = format!(
            "`{}` is not https: credentials would be readable on the way; `allow_http(true)` permits it",
            url.origin()
        );
        return Err(Error::new(ErrorKind::Configuration, message));
    }
    Ok(url)
}

fn invalid(text: &str) -> Error {
    let shown = if text.contains('@') { "the base URL" } else { text };
    if !host_of(text).is_ascii() {
        return Error::new(
            ErrorKind::Configuration,
            format!("the host of `{shown:.200}` has to be spelled in ASCII, as Punycode: `xn--…`"),
        );
    }
    // A base URL replaces the document's server, its path too.
    let path = Some(text).filter(|it| it.starts_with('/') && !it.starts_with("//"));
    Error::new(
        ErrorKind::Configuration,
        format!(
            "`{shown:.200}` is no URL of a server: set a base URL such as `https://api.example.com{:.200}`",
            path.unwrap_or_default().trim_end_matches('/')
        ),
    )
}

/// The text between `://` and the path, query or fragment.
fn host_of(text: &str) -> &str {
    let rest = text.split_once("://").map_or("", |it| it.1);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}
