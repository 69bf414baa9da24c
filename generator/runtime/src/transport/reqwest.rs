//! reqwest as a [`Transport`]: the only module that knows it.

use super::{Body, Request, Response, Transport, TransportError, TransportErrorKind, behind};
use crate::future::BoxFuture;
use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use std::error::Error as _;
use std::fmt::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll};

pub use ::reqwest::Client;

/// Most URLs have fewer bytes, and so ask for memory once.
const URL: usize = 256;

/// A client of the user's own.
#[derive(Clone, Debug)]
pub(crate) struct Reqwest(pub(crate) Client);

impl Transport for Reqwest {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        let Self(client) = self.clone();
        Box::pin(async move {
            let response = client.execute(outgoing(request)?).await.map_err(failure)?;
            #[cfg(feature = "websocket")]
            if response.status() == http::StatusCode::SWITCHING_PROTOCOLS {
                return upgraded(response).await;
            }
            Ok(incoming(response))
        })
    }
}

fn outgoing(request: Request) -> Result<::reqwest::Request, TransportError> {
    let (parts, body) = request.into_parts();
    let broken = |error| TransportError::new(TransportErrorKind::Connect, error);
    let mut text = String::with_capacity(URL);
    write!(text, "{}", parts.uri).expect("a string takes all that is written");
    let url = ::reqwest::Url::parse(&text).map_err(broken)?;
    let mut out = ::reqwest::Request::new(parts.method, url);
    *out.headers_mut() = parts.headers;
    if !body.is_empty() {
        *out.body_mut() = Some(match body.as_bytes() {
            Some(bytes) if !body.is_long() => bytes.clone().into(),
            Some(bytes) => {
                out.headers_mut().insert(CONTENT_LENGTH, bytes.len().into());
                ::reqwest::Body::wrap_stream(body)
            }
            None => ::reqwest::Body::wrap_stream(body),
        });
    }
    Ok(out)
}

fn incoming(mut response: ::reqwest::Response) -> Response {
    let (status, version) = (response.status(), response.version());
    let headers = std::mem::take(response.headers_mut());
    let extensions = std::mem::take(response.extensions_mut());
    let len = response.content_length();
    let body = Body::stream(Box::pin(Incoming(response.bytes_stream())), len);
    let mut out = Response::new(body);
    (*out.status_mut(), *out.version_mut()) = (status, version);
    (*out.headers_mut(), *out.extensions_mut()) = (headers, extensions);
    out
}

/// A response whose connection now speaks another protocol.
#[cfg(feature = "websocket")]
async fn upgraded(mut response: ::reqwest::Response) -> Result<Response, TransportError> {
    let mut out = Response::new(Body::empty());
    *out.status_mut() = response.status();
    *out.headers_mut() = std::mem::take(response.headers_mut());
    super::Upgraded::new(response.upgrade().await.map_err(failure)?).attach(&mut out);
    Ok(out)
}

/// The chunks of a body, with our own errors.
struct Incoming<S>(S);

impl<S: Stream<Item = ::reqwest::Result<Bytes>> + Unpin> Stream for Incoming<S> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Pin::new(&mut self.0).poll_next(cx).map(|it| it.map(|it| it.map_err(failure)))
    }
}

/// The URL is left out of the error: it may hold a key in its query.
fn failure(error: ::reqwest::Error) -> TransportError {
    let error = error.without_url();
    let kind = if error.is_connect() && error.is_timeout() {
        TransportErrorKind::ConnectTimeout
    } else if error.is_connect() && speaks_of_tls(&error) {
        TransportErrorKind::Tls
    } else if error.is_connect() {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if let Some(inner) = own_error(&error) {
        inner
    } else if is_compression(&error) {
        TransportErrorKind::Malformed
    } else {
        TransportErrorKind::Broken
    };
    TransportError::new(kind, error)
}

fn causes(error: &::reqwest::Error) -> impl Iterator<Item = &(dyn std::error::Error + 'static)> {
    std::iter::successors(error.source(), |it| behind(*it))
}

/// The kind of an error that a request body of ours gave.
fn own_error(error: &::reqwest::Error) -> Option<TransportErrorKind> {
    causes(error).find_map(|it| it.downcast_ref::<TransportError>()).map(TransportError::kind)
}

/// The TLS backends have no error type in common; but for rustls, their words are all there is.
fn speaks_of_tls(error: &::reqwest::Error) -> bool {
    causes(error).any(|it| {
        let text = it.to_string().to_ascii_lowercase();
        let words = ["certificate", "tls", "ssl", "handshake", "alert"];
        is_rustls(it) || words.iter().any(|word| text.contains(word))
    })
}

#[cfg(feature = "rustls")]
fn is_rustls(error: &(dyn std::error::Error + 'static)) -> bool {
    error.is::<rustls::Error>()
}

#[cfg(not(feature = "rustls"))]
fn is_rustls(_: &(dyn std::error::Error + 'static)) -> bool {
    false
}

/// Broken compression shows as an `io::Error` of kind `InvalidData` or `InvalidInput`.
fn is_compression(error: &::reqwest::Error) -> bool {
    use std::io::{Error, ErrorKind};
    let kind = causes(error).find_map(|it| it.downcast_ref::<Error>()).map(Error::kind);
    matches!(kind, Some(ErrorKind::InvalidData | ErrorKind::InvalidInput))
}
