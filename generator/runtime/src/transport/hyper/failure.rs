//! Errors of the crates below as those of a transport.

#[cfg(any(feature = "native-tls", feature = "rustls-no-provider"))]
use crate::error::{BoxError, Error, ErrorKind};
use crate::transport::{TransportError, TransportErrorKind, behind};
use std::error::Error as StdError;

/// An error of hyper's as one of ours. An error that our own connector or body gave keeps its kind.
pub(super) fn failure(error: impl StdError + Send + Sync + 'static) -> TransportError {
    let mut causes = std::iter::successors(error.source(), |it| behind(*it));
    let own = causes.find_map(|it| it.downcast_ref::<TransportError>());
    let (kind, proxy) = match own {
        Some(own) => (own.kind(), own.proxy().map(str::to_owned)),
        None => (TransportErrorKind::Broken, None),
    };
    let error = TransportError::new(kind, error);
    match proxy {
        Some(proxy) => error.with_proxy(&proxy),
        None => error,
    }
}

/// Converts an error of connecting; where TLS with a proxy failed, the kind says so.
pub(super) fn unreached(error: impl StdError + Send + Sync + 'static) -> TransportError {
    let first: &(dyn StdError + 'static) = &error;
    let mut chain = std::iter::successors(Some(first), |it| behind(*it));
    let own = chain.find_map(|it| it.downcast_ref::<TransportError>());
    let kind = own.map_or(TransportErrorKind::Connect, TransportError::kind);
    TransportError::new(kind, error)
}

/// The error of the layer below TLS if it failed there, else one of TLS.
#[cfg(any(feature = "native-tls", feature = "rustls-no-provider"))]
pub(super) fn insecure(error: BoxError) -> TransportError {
    match error.downcast::<TransportError>() {
        Ok(below) => *below,
        Err(error) => TransportError::new(TransportErrorKind::Tls, error),
    }
}

/// Says that a text should hold certificates.
#[cfg(any(feature = "native-tls", feature = "rustls-no-provider"))]
pub(super) fn no_pem() -> Error {
    let message = "the root certificates are no certificates in PEM";
    Error::new(ErrorKind::Configuration, message)
}

/// Says that a text should hold the certificate of a client.
#[cfg(any(feature = "native-tls", feature = "rustls-no-provider"))]
pub(super) fn no_identity() -> Error {
    let message = "the client certificate is no certificate with its private key in PEM";
    Error::new(ErrorKind::Configuration, message)
}
