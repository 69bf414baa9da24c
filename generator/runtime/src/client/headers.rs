//! Headers that a caller sets for all calls.

use crate::auth::is_credential;
use crate::error::{Error, ErrorKind, Result};
use crate::service::Service;
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};

/// A header of the caller, or why there can be none.
pub(crate) fn own_header(
    service: &Service,
    name: &str,
    value: &str,
) -> Result<(HeaderName, HeaderValue), String> {
    let name = header_name(name)?;
    if is_framing(&name) {
        return Err(format!(
            "the header `{name}` says how the request is sent, which is up to the client: it follows from the body"
        ));
    }
    let mut value = header_value(name.as_str(), value)?;
    value.set_sensitive(is_credential(service, &name));
    Ok((name, value))
}

/// True for headers that frame the request or control its connection.
fn is_framing(name: &HeaderName) -> bool {
    let names = [
        "connection",
        "content-length",
        "expect",
        "host",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    names.contains(&name.as_str())
}

/// The headers of every request: those of the client and those that the caller sets.
pub(super) fn default_headers(
    service: &Service,
    user_agent: Option<&str>,
    own: &[(String, String)],
) -> Result<HeaderMap> {
    let mut headers = HeaderMap::new();
    let suffix = user_agent.map_or_else(String::new, |it| format!(" {it}"));
    let user_agent = format!("{}{suffix}", service.user_agent);
    headers.insert(USER_AGENT, header_value(USER_AGENT.as_str(), &user_agent).map_err(invalid)?);
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    for (name, value) in own {
        let (name, value) = own_header(service, name, value).map_err(invalid)?;
        headers.insert(name, value);
    }
    Ok(headers)
}

/// The headers that a service always gets, with the values that the caller sets for them.
pub(super) fn fixed_headers(
    service: &Service,
    own: &[(&'static str, String)],
) -> Result<Vec<(&'static str, HeaderName, HeaderValue)>> {
    let value = |name| own.iter().rev().find(|it| it.0 == name).map(|it| it.1.as_str());
    let fixed = service.headers.iter().map(|it| {
        let value = value(it.name).unwrap_or(it.default);
        let name = header_name(it.name).map_err(invalid)?;
        Ok((it.name, name, header_value(it.name, value).map_err(invalid)?))
    });
    fixed.collect()
}

pub(super) fn invalid(message: String) -> Error {
    Error::new(ErrorKind::Configuration, message)
}

pub(super) fn header_name(name: &str) -> Result<HeaderName, String> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| format!("{name:?} is no name for a header"))
}

fn header_value(name: &str, value: &str) -> Result<HeaderValue, String> {
    HeaderValue::from_bytes(value.as_bytes()).map_err(|_| {
        format!("header `{name}` has a value with line ends or other control characters")
    })
}
