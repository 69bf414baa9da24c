//! Headers that a caller sets for all calls.

use super::Builder;
use crate::auth::is_credential;
use crate::error::{Error, ErrorKind, Result};
use http::header::{ACCEPT, USER_AGENT};
use http::{HeaderMap, HeaderName, HeaderValue};

/// Why a header of the caller is refused.
pub(crate) const FRAMING: &str =
    "says how the request is sent, which is up to the client: it follows from the body";

/// True for headers that frame the request or control its connection.
pub(crate) fn is_framing(name: &HeaderName) -> bool {
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
            header_value(USER_AGENT.as_str(), &format!("{}{suffix}", self.service.user_agent))?,
        );
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        for (name, value) in &self.headers {
            let (name, mut value) = (header_name(name)?, header_value(name, value)?);
            if is_framing(&name) {
                let message = format!("the header `{name}` {FRAMING}");
                return Err(Error::new(ErrorKind::Configuration, message));
            }
            value.set_sensitive(is_credential(self.service, &name));
            headers.insert(name, value);
        }
        Ok(headers)
    }

    pub(super) fn fixed_headers(&self) -> Result<Vec<(&'static str, HeaderName, HeaderValue)>> {
        let value = |name| self.fixed.iter().rev().find(|it| it.0 == name).map(|it| it.1.as_str());
        let fixed = self.service.headers.iter();
        fixed
            .map(|it| {
                Ok((
                    it.name,
                    header_name(it.name)?,
                    header_value(it.name, value(it.name).unwrap_or(it.default))?,
                ))
            })
            .collect()
    }
}

pub(super) fn header_name(name: &str) -> Result<HeaderName> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| {
        Error::new(ErrorKind::Configuration, format!("{name:?} is no name for a header"))
    })
}

fn header_value(name: &str, value: &str) -> Result<HeaderValue> {
    let unfit = |_| {
        Error::new(
            ErrorKind::Configuration,
            format!("header `{name}` has a value with line ends or other control characters"),
        )
    };
    HeaderValue::from_str(value).map_err(unfit)
}
