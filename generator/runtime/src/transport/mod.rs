//! What carries a request to a server: an object-safe trait over the types of `http`.

mod body;
mod connections;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "reqwest")]
mod reqwest;
mod upload;

pub use body::{Body, ByteStream};
pub(crate) use connections::Connections;
#[cfg(feature = "hyper")]
pub(crate) use connections::ProxyChoice;
#[cfg(feature = "hyper")]
pub(crate) use hyper::Hyper;
#[cfg(feature = "reqwest")]
pub use reqwest::Client as ReqwestClient;
#[cfg(feature = "reqwest")]
pub(crate) use reqwest::Reqwest;
pub(crate) use upload::Moved;

use crate::error::{BoxError, ErrorKind};
use std::fmt;
use std::future::Future;
use std::pin::Pin;

/// A future in a box, as transports, timers and token sources give it.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A request on its way to a server.
pub type Request = http::Request<Body>;

/// A response on its way from a server.
pub type Response = http::Response<Body>;

/// Carries requests to servers.
///
/// A transport makes one try: it follows no redirect, repeats nothing and knows no time limit but
/// that of connecting. Retries, authentication, limits and the judgement of statuses are the
/// client's. Wrap one in another for logging, signing or caching: see [`Layer`].
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and gives the head of its response; the body follows as it arrives.
    ///
    /// Dropping the future or the body must end the request.
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        (**self).send(request)
    }
}

/// Wraps a transport: sees each try, after authentication was added, and each answer.
///
/// The layer that was added to a client last is the outermost: it sees a request first and its
/// response last.
pub trait Layer: Send + Sync {
    /// Puts something around a transport.
    fn layer(&self, inner: std::sync::Arc<dyn Transport>) -> std::sync::Arc<dyn Transport>;
}

impl<F> Layer for F
where
    F: Fn(std::sync::Arc<dyn Transport>) -> std::sync::Arc<dyn Transport> + Send + Sync,
{
    fn layer(&self, inner: std::sync::Arc<dyn Transport>) -> std::sync::Arc<dyn Transport> {
        self(inner)
    }
}

/// Says that a text should hold certificates.
#[cfg(any(feature = "native-tls", feature = "rustls-no-provider"))]
fn no_pem() -> crate::error::Error {
    let message = "the root certificates are no certificates in PEM";
    crate::error::Error::new(ErrorKind::Configuration, message)
}

/// Says that a text should hold the certificate of a client.
#[cfg(any(feature = "native-tls", feature = "rustls-no-provider"))]
fn no_identity() -> crate::error::Error {
    let message = "the client certificate is no certificate with its private key in PEM";
    crate::error::Error::new(ErrorKind::Configuration, message)
}

/// Why a request got no response, or a response no end.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
    proxy: Option<Box<str>>,
}

/// What kind of error a transport met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection came about: the server saw nothing of the request.
    Connect,
    /// Connecting took too long: the server saw nothing of the request.
    ConnectTimeout,
    /// TLS failed: the server saw nothing of the request.
    Tls,
    /// A time limit of the transport's own was reached.
    Timeout,
    /// The request body could not be read.
    RequestBody,
    /// The response cannot be understood: broken compression or broken HTTP.
    Malformed,
    /// The connection broke.
    Broken,
}

impl TransportError {
    /// An error and its cause.
    pub fn new(kind: TransportErrorKind, source: impl Into<BoxError>) -> Self {
        Self { kind, source: source.into(), proxy: None }
    }

    /// Names the proxy through which the request was to go, as `host:port`.
    #[must_use]
    pub fn with_proxy(self, proxy: &str) -> Self {
        Self { proxy: Some(proxy.into()), ..self }
    }

    /// The proxy through which the request was to go.
    pub fn proxy(&self) -> Option<&str> {
        self.proxy.as_deref()
    }

    /// What kind of error it is.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// True if the server saw nothing of the request.
    pub(crate) fn is_before_request(&self) -> bool {
        use TransportErrorKind::{Connect, ConnectTimeout, Tls};
        matches!(self.kind, Connect | ConnectTimeout | Tls)
    }

    /// The first cause: the error behind all others.
    pub(crate) fn cause(&self) -> &(dyn std::error::Error + 'static) {
        let mut cause: &(dyn std::error::Error + 'static) = &*self.source;
        while let Some(next) = behind(cause) {
            cause = next;
        }
        cause
    }

    pub(crate) fn error_kind(&self) -> ErrorKind {
        match self.kind {
            TransportErrorKind::Connect => ErrorKind::Connect,
            TransportErrorKind::ConnectTimeout | TransportErrorKind::Timeout => ErrorKind::Timeout,
            TransportErrorKind::Tls => ErrorKind::Tls,
            TransportErrorKind::RequestBody => ErrorKind::Body,
            TransportErrorKind::Malformed => ErrorKind::Decode,
            TransportErrorKind::Broken => ErrorKind::Transport,
        }
    }
}

/// The error behind an error. An `io::Error` hides the one that it wraps from `source`.
pub(crate) fn behind<'e>(
    error: &'e (dyn std::error::Error + 'static),
) -> Option<&'e (dyn std::error::Error + 'static)> {
    match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "could not connect",
            TransportErrorKind::ConnectTimeout => "connecting took too long",
            TransportErrorKind::Tls => "TLS failed",
            TransportErrorKind::Timeout => "the transport's time limit was reached",
            TransportErrorKind::RequestBody => "the request body could not be read",
            TransportErrorKind::Malformed => "the response cannot be understood",
            TransportErrorKind::Broken => "the connection broke",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
