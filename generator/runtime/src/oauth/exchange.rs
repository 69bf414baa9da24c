//! One request to a token endpoint, and what its response says (RFC 6749, sections 4.4, 5 and 6).

use super::{IssuedTokens, OAuth};
use crate::base64;
use crate::codec::{Json, from_slice};
use crate::error::{ErrorKind, shown};
use crate::future::BoxFuture;
use crate::param::push_encoded;
use crate::redact::redact;
use crate::retry::is_retryable_status;
use crate::secret::Secret;
use crate::timer::{Timer, timeout};
use crate::transport::{Body, Request, Transport, TransportError, broken};
use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use http::{HeaderValue, Method, StatusCode, Uri};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Bytes of a response with tokens: 1 MiB.
const MAX_RESPONSE: usize = 1 << 20;

/// The way in which a client proves its identity to a token endpoint (RFC 7591, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ClientAuthentication {
    /// Id and secret are in the header `Authorization`: `client_secret_basic`.
    Basic,
    /// They are in the body: `client_secret_post`.
    Post,
}

/// A token endpoint, and how requests reach it.
pub(crate) struct TokenEndpoint {
    pub(crate) url: Uri,
    pub(crate) authentication: ClientAuthentication,
    pub(crate) user_agent: Option<HeaderValue>,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) timer: Arc<dyn Timer>,
    /// The longest time that a request may take.
    pub(crate) limit: Option<Duration>,
}

/// Why there is no token. Calls that waited for the same request share it.
#[derive(Clone, Debug)]
pub(crate) struct TokenError {
    pub(crate) kind: ErrorKind,
    pub(crate) message: String,
    /// True if another request may succeed.
    pub(crate) is_transient: bool,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TokenError {}

impl TokenEndpoint {
    /// Asks for tokens. The future belongs to nobody, so that it survives the call that started it: a refresh token
    /// that a response replaces would be lost otherwise.
    pub(super) fn request(
        &self,
        grant: &OAuth,
        refresh_token: Option<&Secret>,
    ) -> BoxFuture<'static, Result<IssuedTokens, TokenError>> {
        let (body, secrets) = self.body(grant, refresh_token);
        let request = self.http_request(grant, body);
        let (transport, timer, limit) = (self.transport.clone(), self.timer.clone(), self.limit);
        let (url, used) = (self.url.clone(), refresh_token.cloned());
        Box::pin(async move {
            let exchange = send(&*transport, request, &url, &secrets);
            let Some(response) = timeout(&*timer, limit, exchange).await else {
                let why = format!("nothing came within {:?}", limit.unwrap_or_default());
                return Err(failed(ErrorKind::Timeout, &url, &why, true));
            };
            let (status, body) = response?;
            read(status, &body, &url, &secrets, used)
        })
    }

    /// The body of a request, and the secrets that a response may repeat.
    fn body(&self, grant: &OAuth, refresh_token: Option<&Secret>) -> (String, Vec<Secret>) {
        let (mut body, mut secrets) = (String::new(), Vec::new());
        match refresh_token {
            Some(token) => {
                push_pair(&mut body, "grant_type", "refresh_token");
                push_pair(&mut body, "refresh_token", token.expose());
                secrets.push(token.clone());
            }
            None => push_pair(&mut body, "grant_type", "client_credentials"),
        }
        if let Some(scopes) = grant.scopes.as_ref().filter(|it| !it.is_empty()) {
            push_pair(&mut body, "scope", &scopes.join(" "));
        }
        match (&grant.client, self.authentication) {
            (Some((id, Some(secret))), ClientAuthentication::Post) => {
                push_pair(&mut body, "client_id", id);
                push_pair(&mut body, "client_secret", secret.expose());
            }
            // A client without a secret says who it is in the body (RFC 6749, section 3.2.1).
            (Some((id, None)), _) => push_pair(&mut body, "client_id", id),
            (Some((_, Some(_))), ClientAuthentication::Basic) | (None, _) => {}
        }
        for (name, value) in &grant.params {
            push_pair(&mut body, name, value);
        }
        if let Some((id, Some(secret))) = &grant.client {
            secrets.extend([secret.clone(), basic(id, secret).into()]);
        }
        (body, secrets)
    }

    fn http_request(&self, grant: &OAuth, body: String) -> Request {
        let mut request = Request::new(Body::from(Bytes::from(body)));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = self.url.clone();
        let headers = request.headers_mut();
        let mime = HeaderValue::from_static("application/x-www-form-urlencoded");
        headers.insert(CONTENT_TYPE, mime);
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.extend(self.user_agent.clone().map(|it| (USER_AGENT, it)));
        if let (Some((id, Some(secret))), ClientAuthentication::Basic) =
            (&grant.client, self.authentication)
        {
            let text = format!("Basic {}", basic(id, secret));
            let mut value = HeaderValue::from_str(&text).expect("base64 is plain ASCII");
            value.set_sensitive(true);
            headers.insert(AUTHORIZATION, value);
        }
        request
    }
}

/// Id and secret in base64, each encoded as in a form before, so that a `:` in one is no end of it (RFC 6749, section
/// 2.3.1).
fn basic(id: &str, secret: &Secret) -> String {
    let mut pair = String::new();
    push_encoded(&mut pair, id);
    pair.push(':');
    push_encoded(&mut pair, secret.expose());
    base64::encode(pair.as_bytes())
}

fn push_pair(out: &mut String, name: &str, value: &str) {
    out.push_str(if out.is_empty() { "" } else { "&" });
    push_encoded(out, name);
    out.push('=');
    push_encoded(out, value);
}

async fn send(
    transport: &dyn Transport,
    request: Request,
    url: &Uri,
    secrets: &[Secret],
) -> Result<(StatusCode, Bytes), TokenError> {
    let failed_by = |error: TransportError| {
        let error = broken(error, Some(url), || secrets.to_vec());
        let why = match std::error::Error::source(&error) {
            Some(cause) if error.kind() != ErrorKind::Connect => format!("{error}: {cause}"),
            _ => error.to_string(),
        };
        failed(error.kind(), url, &redact(why, secrets), error.kind() != ErrorKind::Tls)
    };
    let (head, mut body) = transport.send(request).await.map_err(failed_by)?.into_parts();
    let mut all = BytesMut::new();
    while let Some(chunk) = body.chunk().await {
        all.extend_from_slice(&chunk.map_err(failed_by)?);
        if all.len() > MAX_RESPONSE {
            let why = "the response is larger than 1 MiB";
            return Err(failed(ErrorKind::TooLarge, url, why, false));
        }
    }
    Ok((head.status, all.freeze()))
}

/// Reads the tokens of a response, or the error that the server gives instead.
fn read(
    status: StatusCode,
    body: &[u8],
    url: &Uri,
    secrets: &[Secret],
    used: Option<Secret>,
) -> Result<IssuedTokens, TokenError> {
    let json: Option<Json> = from_slice(body).ok();
    let text = |key: &str| json.as_ref()?.get(key)?.as_str().filter(|it| !it.is_empty());
    // Some servers refuse with a status of success.
    if !status.is_success() || text("error").is_some() {
        let said = match (text("error"), text("error_description")) {
            (Some(code), Some(why)) => shown(format!("{code}: {why}").as_bytes(), secrets),
            (Some(code), None) => shown(code.as_bytes(), secrets),
            (None, _) => shown(body, secrets),
        };
        let said = if said.is_empty() { "the server gives no reason" } else { &said };
        let is_transient = is_retryable_status(status);
        let kind = if is_transient { ErrorKind::Status } else { ErrorKind::Configuration };
        let why = format!("{said} (status {})", status.as_u16());
        return Err(failed(kind, url, &why, is_transient));
    }
    let malformed = |why: &str| failed(ErrorKind::Decode, url, why, false);
    let Some(token) = text("access_token") else {
        return Err(malformed("the response holds no `access_token`"));
    };
    let kind = text("token_type").unwrap_or("bearer");
    if !kind.get(..6).is_some_and(|it| it.eq_ignore_ascii_case("bearer")) {
        let kind = shown(kind.as_bytes(), secrets);
        return Err(malformed(&format!("tokens of type `{kind}` cannot be sent")));
    }
    let expires_in = json.as_ref().and_then(|it| seconds(it.get("expires_in")?));
    Ok(IssuedTokens {
        access_token: token.into(),
        refresh_token: text("refresh_token").map(Secret::from).or(used),
        expires_in,
        scope: text("scope").map(str::to_owned),
    })
}

/// Seconds as a number or, as some servers have it, as a text.
fn seconds(value: &Json) -> Option<Duration> {
    let seconds = match value {
        Json::String(text) => text.trim().parse::<f64>().ok()?,
        value => value.as_f64()?,
    };
    Duration::try_from_secs_f64(seconds).ok()
}

fn failed(kind: ErrorKind, url: &Uri, why: &str, is_transient: bool) -> TokenError {
    // A query of the URL may hold a secret.
    let scheme = url.scheme_str().unwrap_or_default();
    let authority = url.authority().map_or("", http::uri::Authority::as_str);
    let message = format!("no token from `{scheme}://{authority}{}`: {why}", url.path());
    TokenError { kind, message, is_transient }
}
