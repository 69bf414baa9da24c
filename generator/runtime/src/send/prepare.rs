//! A call becomes a request, but for its credentials.

use crate::body::RequestBody;
use crate::call::{Draft, Payload};
use crate::codec::{Json, to_vec};
use crate::error::{Error, ErrorKind, Result};
use crate::param::{Style, form, push_encoded, query};
use crate::{param, path};
use http::header::{ACCEPT, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};

/// A request that can be made once per try.
pub(super) struct Prepared {
    pub(super) url: String,
    pub(super) headers: HeaderMap,
    pub(super) body: RequestBody,
    pub(super) len: Option<u64>,
    /// Whether the server is one that the document or the caller names, not an answer.
    pub(super) from_document: bool,
    /// Whether the call is safe to repeat even if the server has acted on it.
    pub(super) idempotent: bool,
}

pub(super) async fn prepare(draft: &Draft) -> Result<Prepared> {
    draft.check()?;
    let (url, from_document) = url(draft)?;
    let (mime, body) = body(draft)?;
    let mut headers = headers(draft, mime.as_deref())?;
    let keyed = idempotency(draft, &mut headers)?;
    let len = body.len().await?;
    let idempotent = keyed
        || draft.operation.idempotent && !draft.operation.custom
        || draft.method.is_idempotent();
    Ok(Prepared { url, headers, body, len, from_document, idempotent })
}

fn url(draft: &Draft) -> Result<(String, bool)> {
    let server = &draft.core.0.server;
    if let Some(next) = &draft.url {
        return Ok((next.clone(), false));
    }
    let mut out = match draft.operation.server {
        Some(own) => server.of_operation(own)?,
        None => server.base.clone(),
    };
    let path = path::fill(&draft.template, |name| path_value(draft, name))?;
    if !path.is_empty() && !path.starts_with('/') {
        out.push('/');
    }
    out.push_str(&path);
    let mut separator = '?';
    for (name, value) in draft.operation.fixed_query {
        if !draft.query.iter().any(|it| it.0 == *name) {
            out.push(separator);
            push_encoded(&mut out, name);
            out.push('=');
            push_encoded(&mut out, value);
            separator = '&';
        }
    }
    for (_, pair) in &draft.query {
        out.push(separator);
        out.push_str(pair);
        separator = '&';
    }
    Ok((out, true))
}

fn path_value(draft: &Draft, name: &str) -> Result<String> {
    if let Some(set) = draft.path.iter().find(|it| it.0 == name) {
        return Ok(set.1.clone());
    }
    let shared = &*draft.core.0;
    let of_client = draft.operation.client_params.iter().find(|it| **it == name);
    let Some(value) = of_client.and_then(|_| shared.params.iter().find(|it| it.0 == name)) else {
        return Err(missing(draft, name));
    };
    let node = param::Node::Text(value.1.clone());
    let unfit = |why| Error::new(ErrorKind::Configuration, format!("`{name}` of the client {why}"));
    path::check(&node).map_err(unfit)?;
    Ok(param::path(name, &node, Style::SIMPLE))
}

fn missing(draft: &Draft, name: &str) -> Error {
    let known = draft.core.0.service.params.iter().find(|it| it.name == name);
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
fn body(draft: &Draft) -> Result<(Option<String>, RequestBody)> {
    let (extra, payload) = (draft.extra.clone(), draft.body.clone());
    let unfit = |message: String| Error::new(ErrorKind::InvalidParameter, message);
    match payload {
        Payload::None if extra.is_empty() => Ok((None, RequestBody::default())),
        Payload::None => with_fields("application/json", b"{}", extra),
        Payload::Json(mime, text) if extra.is_empty() => Ok((Some(mime.to_owned()), text.into())),
        Payload::Json(mime, text) => with_fields(mime, &text, extra),
        Payload::Form(mut text) => {
            for (name, value) in &extra {
                let node = param::node(value).map_err(unfit)?;
                text.push_str(if text.is_empty() { "" } else { "&" });
                text.push_str(&form(name, &node, None));
            }
            Ok((Some("application/x-www-form-urlencoded".to_owned()), text.into()))
        }
        Payload::Multipart(mut parts) => {
            for (name, value) in &extra {
                parts.text(name, value);
            }
            let (mime, body) = parts.finish().map_err(unfit)?;
            Ok((Some(mime), body))
        }
        Payload::Other(mime, body) if extra.is_empty() => Ok((Some(mime.into_owned()), body)),
        Payload::Other(..) => {
            Err(unfit("a body of bytes or text has no fields to add to".to_owned()))
        }
    }
}

fn with_fields(
    mime: &str,
    text: &[u8],
    extra: Vec<(String, Json)>,
) -> Result<(Option<String>, RequestBody)> {
    let Ok(Json::Object(mut object)) = serde_json::from_slice(text) else {
        return Err(Error::new(
            ErrorKind::InvalidParameter,
            "a body that is no object has no fields to add to",
        ));
    };
    object.extend(extra);
    let text = to_vec(&Json::Object(object)).expect("JSON that was read can be written");
    Ok((Some(mime.to_owned()), text.into()))
}

fn headers(draft: &Draft, mime: Option<&str>) -> Result<HeaderMap> {
    let shared = &*draft.core.0;
    let mut headers = shared.headers.clone();
    if let Some(accept) = draft.operation.accept {
        headers.insert(ACCEPT, value(ACCEPT.as_str(), accept)?);
    }
    if let Some(mime) = mime {
        headers.insert(CONTENT_TYPE, value(CONTENT_TYPE.as_str(), mime)?);
    }
    for (wire_name, name, value) in &shared.fixed {
        if draft.operation.custom || draft.operation.fixed_headers.contains(wire_name) {
            headers.insert(name.clone(), value.clone());
        }
    }
    for (name, value) in &draft.headers {
        headers.insert(name.clone(), value.clone());
    }
    if !draft.cookies.is_empty() {
        let pairs: Vec<&str> = draft.cookies.iter().map(|it| it.1.as_str()).collect();
        headers.insert(COOKIE, value(COOKIE.as_str(), &pairs.join("; "))?);
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

/// Adds the idempotency key, if there is one; whether there is.
fn idempotency(draft: &Draft, headers: &mut HeaderMap) -> Result<bool> {
    let configured = draft.core.0.idempotency_header.as_ref();
    let name = configured.cloned().unwrap_or_else(|| HeaderName::from_static("idempotency-key"));
    let key = match &draft.options.idempotency_key {
        Some(key) => key.clone(),
        None if configured.is_some()
            && !draft.method.is_idempotent()
            && !headers.contains_key(&name) =>
        {
            format!("{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..))
        }
        None => return Ok(false),
    };
    let value = value(name.as_str(), &key)?;
    headers.insert(name, value);
    Ok(true)
}

/// Adds a credential to a query.
pub(super) fn push_query(url: &mut String, name: &str, secret: &str) {
    url.push(if url.contains('?') { '&' } else { '?' });
    url.push_str(&query(name, &param::Node::Text(secret.to_owned()), Style::FORM));
}
