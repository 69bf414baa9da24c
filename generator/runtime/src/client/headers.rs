//! Headers that a caller sets for all calls.

use super::Builder;
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

impl Builder {
    pub(super) fn default_headers(&self) -> Result<HeaderMap> {
        let mut headers = HeaderMap::new();
        let suffix = self.user_agent.as_ref().map_or_else(String::new, |it| format!(" {it}"));
        headers.insert(
            USER_AGENT,
            header_value(USER_AGENT.as_str(), &format!("{}{suffix}", self.service.user_agent))
                .map_err(unfit)?,
        );
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        for (name, value) in &self.headers {
            let (name, value) = own_header(self.service, name, value).map_err(unfit)?;
            headers.insert(name, value);
        }
        Ok(headers)
    }

    pub(super) fn fixed_headers(&self) -> Result<Vec<(&'static str, HeaderName, HeaderValue)>> {
        let value = |name| self.fixed.iter().rev().find(|it| it.0 == name).map(|it| it.1.as_str());
        let fixed = self.service.headers.iter();
        fixed
            .map(|it| {
                let value = value(it.name).unwrap_or(it.default);
                let name = header_name(it.name).map_err(unfit)?;
                Ok((it.name, name, header_value(it.name, value).map_err(unfit)?))
            })
            .collect()
    }
}

pub(super) fn unfit(message: String) -> Error {
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
