//! Builds the request of a call, credentials aside.

use crate::body::{BodyField, RequestBody, push_value};
use crate::call::{Payload, RequestParts};
use crate::codec::{Property, with_properties};
use crate::error::{Error, ErrorKind, Result};
use crate::param::{Style, push_encoded, query};
use crate::retry::RetryPolicy;
use crate::{param, path};
use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use std::borrow::Cow;

/// The parts of a request that all attempts share.
pub(super) struct Prepared {
    pub(super) uri: Uri,
    headers: Option<HeaderMap>,
    mime: Option<Cow<'static, str>>,
    key: Option<(HeaderName, HeaderValue)>,
    pub(super) body: RequestBody,
    pub(super) len: Option<u64>,
    pub(super) origin: Origin,
    /// True if the call is safe to repeat even if the server has acted on it.
    pub(super) idempotent: bool,
    pub(super) retry: RetryPolicy,
}

impl Prepared {
    /// The headers of an attempt, without credentials. Most calls are tried once: the headers of the first
    /// try are not kept, those of others are made anew.
    pub(super) fn headers(&mut self, call: &RequestParts) -> Result<HeaderMap> {
        if let Some(headers) = self.headers.take() {
            return Ok(headers);
        }
        headers(call, self.mime.as_deref()).map(|it| with_key(it, self.key.as_ref()))
    }
}

/// The origin of the URL of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// The client: the URL starts with its base URL.
    Base,
    /// The document, which gives the operation a server of its own.
    Document,
    /// A response, which names the next page.
    Response,
}

pub(super) async fn prepare(call: &RequestParts) -> Result<Prepared> {
    call.check()?;
    let (url, origin) = url(call)?;
    let uri = Uri::from_maybe_shared(Bytes::from(url)).map_err(|_| {
        Error::new(ErrorKind::InvalidParameter, "the URL of the call is too long or not valid")
    })?;
    let (mime, body) = body(call)?;
    let headers = headers(call, mime.as_deref())?;
    let key = idempotency(call, &headers)?;
    let headers = with_key(headers, key.as_ref());
    let len = body.len().await?;
    let idempotent = key.is_some()
        || call.operation.idempotent && !call.operation.custom
        || call.method.is_idempotent();
    let retry = call.retry_policy();
    let headers = Some(headers);
    Ok(Prepared { uri, headers, mime, key, body, len, origin, idempotent, retry })
}

/// The URL of a call, and who named it.
pub(crate) fn url(call: &RequestParts) -> Result<(String, Origin)> {
    let server = &call.core.0.server;
    if let Some(next) = &call.url {
        return Ok((next.clone(), Origin::Response));
    }
    let (own, origin) = match call.operation.server {
        Some(own) => (Some(server.of_operation(call.core.0.service, own)?), Origin::Document),
        None => (None, Origin::Base),
    };
    let base = own.as_deref().unwrap_or(&server.base);
    // Most calls fit, and so ask for memory once.
    let query = call.query.iter().map(|it| it.1.len() + 1).sum::<usize>();
    let mut out = String::with_capacity(base.len() + call.template.len() + query + 64);
    out.push_str(base);
    path::fill(&mut out, &call.template, |out, name| push_path_value(out, call, name))?;
    let mut separator = '?';
    for (name, value) in call.operation.fixed_query {
        if !call.query.iter().any(|it| it.0 == *name) {
            out.push(separator);
            push_encoded(&mut out, name);
            out.push('=');
            push_encoded(&mut out, value);
            separator = '&';
        }
    }
    for (_, pair) in &call.query {
        out.push(separator);
        out.push_str(pair);
        separator = '&';
    }
    Ok((out, origin))
}

fn push_path_value(out: &mut String, call: &RequestParts, name: &str) -> Result<()> {
    if let Some(set) = call.path.iter().find(|it| it.0 == name) {
        out.push_str(&set.1);
        return Ok(());
    }
    let shared = &*call.core.0;
    let of_client = call.operation.client_params.iter().find(|it| **it == name);
    let Some(value) = of_client.and_then(|_| shared.params.iter().find(|it| it.0 == name)) else {
        return Err(missing(call, name));
    };
    let node = param::Node::Text(value.1.clone());
    let invalid =
        |why| Error::new(ErrorKind::Configuration, format!("`{name}` of the client {why}"));
    out.push_str(&path::value(name, node, Style::SIMPLE).map_err(invalid)?);
    Ok(())
}

fn missing(call: &RequestParts, name: &str) -> Error {
    let known = call.core.0.service.params.iter().find(|it| it.name == name);
    let message = match known.map(|it| it.variable) {
        Some(Some(variable)) => format!(
            "`{name}` is not set: set it on the call, on the client or in the environment variable `{variable}`"
        ),
        Some(None) => format!("`{name}` is not set: set it on the call or on the client"),
        None => format!("path parameter `{name}` is not set"),
    };
    Error::new(ErrorKind::MissingParameter, message)
}

/// The media type and the body, with extra fields in.
fn body(call: &RequestParts) -> Result<(Option<Cow<'static, str>>, RequestBody)> {
    let (added_fields, payload) = (call.added_fields.clone(), call.body.clone());
    let invalid = |message: String| Error::new(ErrorKind::InvalidParameter, message);
    match payload {
        Payload::None if added_fields.is_empty() => Ok((None, RequestBody::default())),
        Payload::None => with_fields("application/json", b"{}", added_fields),
        Payload::Json(mime, text) if added_fields.is_empty() => {
            Ok((Some(mime.into()), text.into()))
        }
        Payload::Json(mime, text) => with_fields(mime, &text, added_fields),
        Payload::Form(mut text) => {
            for BodyField { name, form: value, .. } in &added_fields {
                push_value(&mut text, name, value);
            }
            Ok((Some("application/x-www-form-urlencoded".into()), text.into()))
        }
        Payload::Multipart(mime, mut parts) => {
            for field in &added_fields {
                parts.replace(field);
            }
            let (mime, body) = parts.finish(mime).map_err(invalid)?;
            Ok((Some(mime.into()), body))
        }
        Payload::Other(mime, body) if added_fields.is_empty() => Ok((Some(mime), body)),
        Payload::Other(..) => {
            Err(invalid("a body of bytes or text has no fields to add to".to_owned()))
        }
    }
}

fn with_fields(
    mime: &'static str,
    text: &[u8],
    added_fields: Vec<BodyField>,
) -> Result<(Option<Cow<'static, str>>, RequestBody)> {
    let properties: Vec<Property> = added_fields.into_iter().map(|it| (it.name, it.json)).collect();
    match with_properties(text, &properties) {
        Some(text) => Ok((Some(mime.into()), text.into())),
        None => Err(Error::new(
            ErrorKind::InvalidParameter,
            "a body that is no object has no fields to add to",
        )),
    }
}

fn headers(call: &RequestParts, mime: Option<&str>) -> Result<HeaderMap> {
    let shared = &*call.core.0;
    // Beside these: accept, content type, cookies, idempotency key and credentials.
    let listed = shared.headers.len() + shared.fixed.len() + call.headers.len();
    let mut headers = HeaderMap::with_capacity(listed + 6);
    headers.extend(shared.headers.iter().map(|(name, value)| (name.clone(), value.clone())));
    if let Some(accept) = call.operation.accept {
        headers.insert(ACCEPT, value(ACCEPT.as_str(), accept)?);
    }
    if let Some(mime) = mime {
        headers.insert(CONTENT_TYPE, value(CONTENT_TYPE.as_str(), mime)?);
    }
    for (wire_name, name, value) in &shared.fixed {
        if call.operation.custom || call.operation.fixed_headers.contains(wire_name) {
            headers.insert(name.clone(), value.clone());
        }
    }
    for (name, value) in &call.headers {
        headers.insert(name.clone(), value.clone());
    }
    if !call.cookies.is_empty() {
        let pairs: Vec<&str> = call.cookies.iter().map(|it| it.1.as_str()).collect();
        let mut pairs = pairs.join("; ");
        // A header of that name may be a parameter, too.
        if let Some(given) = headers.get(COOKIE) {
            pairs = format!("{}; {pairs}", String::from_utf8_lossy(given.as_bytes()));
        }
        headers.insert(COOKIE, value(COOKIE.as_str(), &pairs)?);
    }
    Ok(headers)
}

fn value(name: &str, text: &str) -> Result<HeaderValue> {
    HeaderValue::from_str(text).map_err(|_| {
        Error::new(
            ErrorKind::InvalidParameter,
            format!("header `{name}` has a value that cannot be sent"),
        )
    })
}

/// The header with the idempotency key, if there is one.
fn idempotency(
    call: &RequestParts,
    headers: &HeaderMap,
) -> Result<Option<(HeaderName, HeaderValue)>> {
    let configured = call.core.0.idempotency_header.as_ref();
    let name = configured.cloned().unwrap_or_else(|| HeaderName::from_static("idempotency-key"));
    let key = match &call.options.idempotency_key {
        Some(key) => key.clone(),
        None if configured.is_some()
            && !call.method.is_idempotent()
            && !headers.contains_key(&name) =>
        {
            format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
        }
        None => return Ok(None),
    };
    let value = value(name.as_str(), &key)?;
    Ok(Some((name, value)))
}

fn with_key(mut headers: HeaderMap, key: Option<&(HeaderName, HeaderValue)>) -> HeaderMap {
    if let Some((name, value)) = key.cloned() {
        headers.insert(name, value);
    }
    headers
}

/// Adds a credential to a query; `None` if the URL gets too long.
pub(super) fn with_query(uri: &Uri, name: &str, secret: &str) -> Option<Uri> {
    let separator = if uri.query().is_some() { '&' } else { '?' };
    let pair = query(name, &param::Node::Text(secret.to_owned()), Style::FORM);
    Uri::from_maybe_shared(Bytes::from(format!("{uri}{separator}{pair}"))).ok()
}
