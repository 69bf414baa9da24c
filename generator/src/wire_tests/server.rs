//! Where a call goes: the client's server, or that of the operation.

use crate::emit::EmitCx;
use crate::ir::{Operation, Server};
use std::collections::HashMap;

/// Where calls go in tests if the document names no place.
pub(super) const LOCAL: &str = "http://localhost";

/// The server of a call.
pub(super) struct CallServer {
    /// Without a slash at the end.
    pub(super) url: String,
    /// True if it is another server than the client's.
    pub(super) elsewhere: bool,
}

/// The server of the document, unless a client has to be told of one.
pub(super) fn of_document(cx: EmitCx<'_>) -> Option<String> {
    let url = filled(&cx.api.server, &cx.api.server);
    is_absolute(&url).then_some(url)
}

/// The server of an operation.
pub(super) fn of(cx: EmitCx<'_>, operation: &Operation) -> CallServer {
    let base = of_document(cx).unwrap_or_else(|| LOCAL.to_owned());
    let Some(own) = &operation.server else { return CallServer { url: base, elsewhere: false } };
    let own = with_scheme(&base, filled(own, &cx.api.server));
    if !own.contains("://") {
        return CallServer { url: joined(&base, &own), elsewhere: false };
    }
    let elsewhere =
        own.strip_prefix(&base).is_none_or(|suffix| !suffix.is_empty() && !suffix.starts_with('/'));
    CallServer { url: own, elsewhere }
}

/// Hosts besides the client's that calls go to, where the client's own is made up.
pub(super) fn others(cx: EmitCx<'_>) -> Vec<String> {
    if of_document(cx).is_some() {
        return Vec::new();
    }
    let places = cx.api.operations.iter().map(|(_, it)| of(cx, it)).filter(|it| it.elsewhere);
    let mut hosts: Vec<_> = places.map(|it| host(&it.url).to_owned()).collect();
    hosts.sort();
    hosts.dedup();
    hosts
}

fn filled(server: &Server, main: &Server) -> String {
    let mut defaults = HashMap::new();
    for variable in server.variables.iter().chain(&main.variables) {
        defaults.entry(&*variable.name).or_insert(&*variable.default);
    }
    let mut pieces = server.url.split('{');
    let mut url = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let name = piece.split_once('}').and_then(|(name, rest)| Some((defaults.get(name)?, rest)));
        match name {
            Some((default, rest)) => url.extend([default, rest]),
            None => url.extend(["{", piece]),
        }
    }
    url.trim_end_matches('/').to_owned()
}

fn is_absolute(url: &str) -> bool {
    let plain = !url.contains(['{', '}', '?', '#', '@']) && !url.contains(char::is_whitespace);
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    plain && rest.is_some_and(|it| !it.is_empty() && !it.starts_with(['/', ':']))
}

/// The host, with its port: it is trusted on that one only.
fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |it| it.1);
    rest.split('/').next().unwrap_or_default()
}

/// A reference that leaves out its scheme has that of the base (RFC 3986, 5.2.2).
fn with_scheme(base: &str, own: String) -> String {
    let scheme = base.split_once("://").map_or("http", |it| it.0);
    if own.starts_with("//") { format!("{scheme}:{own}") } else { own }
}

/// A relative reference against a base (RFC 3986, 5.2).
fn joined(base: &str, own: &str) -> String {
    let (scheme, rest) = base.split_once("://").unwrap_or(("http", base));
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    // A URL that is made of two loses the port that its scheme implies.
    let port = if scheme == "https" { ":443" } else { ":80" };
    let authority = authority.strip_suffix(port).unwrap_or(authority);
    let folder = path.rsplit_once('/').map_or("", |it| it.0);
    let path = match own {
        "" => path.to_owned(),
        _ if own.starts_with('/') => own.to_owned(),
        _ => format!("{folder}/{}", own.trim_start_matches("./")),
    };
    format!("{scheme}://{authority}{path}").trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_relative_server_is_resolved() {
        assert_eq!(joined("https://a.example/v1", "/v2/"), "https://a.example/v2");
        assert_eq!(joined("https://a.example/api/v1", "v2"), "https://a.example/api/v2");
        assert_eq!(joined("https://a.example", ""), "https://a.example");
        assert_eq!(joined("https://a.example:443/v1", "/v2"), "https://a.example/v2");
        assert_eq!(joined("https://a.example:80/v1", "/v2"), "https://a.example:80/v2");
    }

    #[test]
    fn a_host_is_trusted_on_its_port() {
        assert_eq!(host("https://a.example:8443/v1"), "a.example:8443");
        assert_eq!(
            host(&with_scheme("https://b.example", "//a.example/v1".to_owned())),
            "a.example"
        );
    }

    #[test]
    fn what_a_client_must_be_told() {
        assert!(is_absolute("https://a.example/v1") && is_absolute("http://localhost:8080"));
        for url in ["", "/api", "https://{tenant}.example", "https://", "https://a b", "ftp://a"] {
            assert!(!is_absolute(url), "{url}");
        }
    }
}
