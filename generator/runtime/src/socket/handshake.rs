//! The headers that open a socket (RFC 6455, section 4).

use http::header::{
    CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_EXTENSIONS, SEC_WEBSOCKET_KEY,
    SEC_WEBSOCKET_PROTOCOL, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use http::{HeaderMap, HeaderName, HeaderValue};
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// The values that the response to a handshake must repeat.
pub(super) struct Offer {
    key: String,
    subprotocols: &'static [&'static str],
}

impl Offer {
    pub(super) fn new(subprotocols: &'static [&'static str]) -> Self {
        Self { key: generate_key(), subprotocols }
    }

    pub(super) fn headers(&self) -> Vec<(HeaderName, HeaderValue)> {
        let fixed = HeaderValue::from_static;
        let mut headers = vec![
            (CONNECTION, fixed("Upgrade")),
            (UPGRADE, fixed("websocket")),
            (SEC_WEBSOCKET_VERSION, fixed("13")),
        ];
        headers.extend(HeaderValue::from_str(&self.key).ok().map(|it| (SEC_WEBSOCKET_KEY, it)));
        if !self.subprotocols.is_empty() {
            let names = HeaderValue::from_str(&self.subprotocols.join(", ")).ok();
            headers.extend(names.map(|it| (SEC_WEBSOCKET_PROTOCOL, it)));
        }
        headers
    }

    /// Checks the response of a server that agrees. Parameters and credentials may have offered subprotocols, too, of
    /// which a token can be one.
    pub(super) fn check<'a>(
        &self,
        headers: &HeaderMap,
        mut others: impl Iterator<Item = &'a str>,
    ) -> Result<(), &'static str> {
        if !has_token(headers, &UPGRADE, "websocket") {
            return Err("`Upgrade` does not name `websocket`");
        }
        if !has_token(headers, &CONNECTION, "upgrade") {
            return Err("`Connection` does not name `upgrade`");
        }
        let accept = headers.get(SEC_WEBSOCKET_ACCEPT).map(HeaderValue::as_bytes);
        if accept != Some(derive_accept_key(self.key.as_bytes()).as_bytes()) {
            return Err("`Sec-WebSocket-Accept` does not belong to the key that was sent");
        }
        if headers.contains_key(SEC_WEBSOCKET_EXTENSIONS) {
            return Err("it uses an extension that was not offered");
        }
        let chosen = headers.get(SEC_WEBSOCKET_PROTOCOL).map(HeaderValue::as_bytes);
        match chosen {
            Some(chosen)
                if !self.subprotocols.iter().any(|it| it.as_bytes() == chosen)
                    && !others.any(|it| it.trim().as_bytes() == chosen) =>
            {
                Err("it uses a subprotocol that was not offered")
            }
            _ => Ok(()),
        }
    }
}

fn has_token(headers: &HeaderMap, name: &HeaderName, token: &str) -> bool {
    let values = headers.get_all(name).iter().filter_map(|it| it.to_str().ok());
    values.flat_map(|it| it.split(',')).any(|it| it.trim().eq_ignore_ascii_case(token))
}
