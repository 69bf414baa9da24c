//! Transports, which carry requests to servers: an object-safe trait over the types of `http`.

mod body;
mod connections;
mod error;
#[cfg(feature = "hyper")]
mod hyper;
#[cfg(feature = "reqwest")]
mod reqwest;
#[cfg(feature = "websocket")]
mod upgrade;
mod upload;

pub use body::{Body, ByteStream};
pub(crate) use connections::Connections;
#[cfg(feature = "hyper")]
pub(crate) use connections::ProxyChoice;
#[cfg(any(feature = "hyper", feature = "reqwest"))]
pub(crate) use error::behind;
pub use error::{TransportError, TransportErrorKind};
pub(crate) use error::{broken, from_transport};
#[cfg(feature = "hyper")]
pub(crate) use hyper::Hyper;
#[cfg(feature = "reqwest")]
pub use reqwest::Client as ReqwestClient;
#[cfg(feature = "reqwest")]
pub(crate) use reqwest::Reqwest;
#[cfg(feature = "websocket")]
pub use upgrade::Upgraded;
pub(crate) use upload::UploadProgress;

use crate::future::BoxFuture;

/// A request to a server.
pub type Request = http::Request<Body>;

/// A response of a server.
pub type Response = http::Response<Body>;

/// Carries requests to servers.
///
/// A transport makes one attempt: it follows no redirect, repeats nothing and knows no time limit but
/// that of connecting. Retries, authentication, limits and the judgement of statuses are the
/// client's. Wrap one in another for logging, signing or caching: see [`Layer`].
pub trait Transport: Send + Sync + 'static {
    /// Sends a request and returns the head of its response; the body follows as it arrives.
    ///
    /// Dropping the future or the body must end the request.
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for std::sync::Arc<T> {
    fn send(&self, request: Request) -> BoxFuture<'static, Result<Response, TransportError>> {
        (**self).send(request)
    }
}

/// Wraps a transport: sees each attempt, after authentication was added, and each response.
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
