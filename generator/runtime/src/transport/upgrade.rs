//! A connection that a server has agreed to speak another protocol on.

use super::{Request, Response};
use http::header::UPGRADE;
use std::fmt;
use std::io::Result;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// The connection behind a response with status 101 (Switching Protocols).
///
/// A transport of your own that can upgrade connections attaches one to such a response; without it, sockets
/// cannot be opened over that transport.
pub struct Upgraded(Box<dyn UpgradedIo>);

trait UpgradedIo: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> UpgradedIo for T {}

/// Extensions of responses must be `Clone`: the first reader takes the connection.
#[derive(Clone)]
struct UpgradeSlot(Arc<Mutex<Option<Upgraded>>>);

impl Upgraded {
    /// A connection of any kind.
    pub fn new(connection: impl AsyncRead + AsyncWrite + Send + Unpin + 'static) -> Self {
        Self(Box::new(connection))
    }

    /// True if a request asks for another protocol, so that its response may need a connection attached.
    pub fn is_wanted(request: &Request) -> bool {
        request.headers().contains_key(UPGRADE)
    }

    /// Attaches the connection to a response.
    pub fn attach(self, response: &mut Response) {
        response.extensions_mut().insert(UpgradeSlot(Arc::new(Mutex::new(Some(self)))));
    }

    /// Removes the connection from the extensions of a response.
    pub(crate) fn take(extensions: &mut http::Extensions) -> Option<Self> {
        let UpgradeSlot(slot) = extensions.remove()?;
        slot.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl fmt::Debug for Upgraded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upgraded").finish_non_exhaustive()
    }
}

impl AsyncRead for Upgraded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut *self.0).poll_read(cx, into)
    }
}

impl AsyncWrite for Upgraded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut *self.0).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut *self.0).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut *self.0).poll_shutdown(cx)
    }
}
