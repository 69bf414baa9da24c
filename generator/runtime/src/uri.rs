//! URLs of http and https: their parts, and what a reference leads to (RFC 3986).

#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::net::{Ipv4Addr, Ipv6Addr};

/// A URL of http or https, without fragment: that is never sent.
///
/// The host is ASCII. Characters that a path or query cannot have, such as a space or `\`, are
/// percent-encoded.
#[derive(Clone, Debug)]
pub(crate) struct Url {
    /// Scheme, host and port in their usual spelling, then path and query.
    text: String,
    origin_end: usize,
    path_end: usize,
    port: Option<u16>,
    /// Kept apart, since neither is part of the text.
    has_user: bool,
    has_fragment: bool,
}

impl Url {
    /// Reads a whole URL. `None` for a text with control characters.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if text.bytes().any(|it| it.is_ascii_control()) {
            return None;
        }
        let (scheme, rest) = text.split_once("://")?;
        let is_https = scheme.eq_ignore_ascii_case("https");
        if !is_https && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        let (user, host_port) = match authority.rsplit_once('@') {
            Some((user, host_port)) => (Some(user), host_port),
            None => (None, authority),
        };
        let (host, port) = host_and_port(host_port)?;
        let port = port.filter(|it| *it != usual_port(is_https));
        let mut origin = format!("{}://{host}", if is_https { "https" } else { "http" });
        if let Some(port) = port {
            let _ = write!(origin, ":{port}");
        }
        let (rest, fragment) = split(rest, '#');
        let (path, query) = split(rest, '?');
        let url = Self {
            has_user: user.is_some(),
            has_fragment: fragment.is_some(),
            port,
            ..Self::new(&origin, path, query)
        };
        Some(url)
    }

    fn new(origin: &str, path: &str, query: Option<&str>) -> Self {
        let mut text = origin.to_owned();
        push_encoded(&mut text, path);
        let path_end = text.len();
        if let Some(query) = query {
            text.push('?');
            push_encoded(&mut text, query);
        }
        let origin_end = origin.len();
        Self { text, origin_end, path_end, port: None, has_user: false, has_fragment: false }
    }

    /// Resolves a reference against this URL (RFC 3986, 5.2); the result has no fragment.
    pub(crate) fn join(&self, reference: &str) -> Option<Self> {
        let reference = reference.trim_matches(' ');
        if has_scheme(reference) {
            return Self::parse(reference).map(Self::without_dots);
        }
        if reference.starts_with("//") {
            let scheme = if self.is_https() { "https" } else { "http" };
            return Self::parse(&format!("{scheme}:{reference}")).map(Self::without_dots);
        }
        if reference.bytes().any(|it| it.is_ascii_control()) {
            return None;
        }
        let (path, query) = split(split(reference, '#').0, '?');
        let (path, query) = match path {
            "" => (self.path().to_owned(), query.or(self.query())),
            path if path.starts_with('/') => (path.to_owned(), query),
            path => {
                (format!("{}/{path}", self.path().rsplit_once('/').map_or("", |it| it.0)), query)
            }
        };
        Some(Self { port: self.port, ..Self::new(self.origin(), &path, query) }.without_dots())
    }

    fn without_dots(self) -> Self {
        let path = without_dot_segments(self.path());
        Self {
            port: self.port,
            has_user: self.has_user,
            has_fragment: self.has_fragment,
            ..Self::new(self.origin(), &path, self.query())
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// Scheme, host and port, the latter unless it is the usual one.
    pub(crate) fn origin(&self) -> &str {
        &self.text[..self.origin_end]
    }

    pub(crate) fn is_https(&self) -> bool {
        self.text.starts_with("https:")
    }

    /// The host in small letters; addresses of IPv6 in brackets.
    pub(crate) fn host(&self) -> &str {
        let host_port = self.origin().split_once("://").map_or("", |it| it.1);
        match self.port {
            Some(_) => host_port.rsplit_once(':').map_or(host_port, |it| it.0),
            None => host_port,
        }
    }

    /// The port, unless it is the usual one.
    pub(crate) fn port(&self) -> Option<u16> {
        self.port
    }

    #[cfg(feature = "tracing")]
    pub(crate) fn port_or_usual(&self) -> u16 {
        self.port.unwrap_or_else(|| usual_port(self.is_https()))
    }

    pub(crate) fn path(&self) -> &str {
        &self.text[self.origin_end..self.path_end]
    }

    pub(crate) fn query(&self) -> Option<&str> {
        self.text[self.path_end..].strip_prefix('?')
    }

    pub(crate) fn has_user(&self) -> bool {
        self.has_user
    }

    pub(crate) fn has_fragment(&self) -> bool {
        self.has_fragment
    }

    /// True if the host is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        is_loopback_host(self.host())
    }
}

/// True if the host of a URL is this machine.
#[cfg(feature = "hyper")]
pub(crate) fn is_loopback(uri: &http::Uri) -> bool {
    uri.host().is_some_and(|it| is_loopback_host(&it.to_ascii_lowercase()))
}

fn is_loopback_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|it| it.strip_suffix(']')) {
        return address.parse().is_ok_and(|it: Ipv6Addr| it.is_loopback());
    }
    match host.parse::<Ipv4Addr>() {
        Ok(address) => address.is_loopback(),
        Err(_) => host == "localhost" || host.ends_with(".localhost"),
    }
}

/// True if a text begins with a scheme (RFC 3986, 3.1).
fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else { return false };
    scheme.starts_with(|it: char| it.is_ascii_alphabetic())
        && scheme.bytes().all(|it| it.is_ascii_alphanumeric() || b"+-.".contains(&it))
}

fn usual_port(is_https: bool) -> u16 {
    if is_https { 443 } else { 80 }
}

fn host_and_port(host_port: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = match host_port.strip_prefix('[') {
        Some(rest) => {
            let (address, port) = rest.split_once(']')?;
            let address: Ipv6Addr = address.parse().ok()?;
            let port = if port.is_empty() { None } else { Some(port.strip_prefix(':')?) };
            (format!("[{address}]"), port)
        }
        None => {
            let (host, port) = split(host_port, ':');
            let fits = |it: u8| it.is_ascii_alphanumeric() || b"-._~".contains(&it);
            if host.is_empty() || !host.bytes().all(fits) {
                return None;
            }
            (host.to_ascii_lowercase(), port)
        }
    };
    let port = match port {
        None | Some("") => None,
        Some(port) if port.bytes().all(|it| it.is_ascii_digit()) => Some(port.parse().ok()?),
        Some(_) => return None,
    };
    Some((host, port))
}

fn split(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// Encodes what no URL has: whatever is not ASCII, and a few signs that some readers take for others.
fn push_encoded(out: &mut String, text: &str) {
    for byte in text.bytes() {
        match byte {
            b'!' | b'#'..=b';' | b'=' | b'?'..=b'[' | b']' | b'_' | b'a'..=b'z' | b'~' => {
                out.push(char::from(byte));
            }
            byte => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

/// The path without `.` and `..` (RFC 3986, 5.2.4).
fn without_dot_segments(path: &str) -> String {
    let Some(rest) = path.strip_prefix('/') else { return path.to_owned() };
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = rest.split('/').peekable();
    while let Some(segment) = segments.next() {
        let is_last = segments.peek().is_none();
        match segment {
            "." => {}
            ".." => {
                kept.pop();
            }
            segment => {
                kept.push(segment);
                continue;
            }
        }
        if is_last {
            kept.push("");
        }
    }
    format!("/{}", kept.join("/"))
}
