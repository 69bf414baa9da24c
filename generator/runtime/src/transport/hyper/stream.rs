//! The connection below HTTP.

use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_util::client::legacy::connect::{Connected, Connection as Describe};
use hyper_util::rt::TokioIo;
use std::io::{IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::net::TcpStream;

/// A connection of any kind.
pub(super) struct Connection {
    io: Box<dyn ConnectionIo>,
    /// True if a proxy reads the requests, which then name the whole URL.
    is_forwarded: bool,
}

trait ConnectionIo: Read + Write + Describe + Send + Unpin {}

impl<T: Read + Write + Describe + Send + Unpin> ConnectionIo for T {}

impl Connection {
    pub(super) fn new(io: impl Read + Write + Describe + Send + Unpin + 'static) -> Self {
        Self { io: Box::new(io), is_forwarded: false }
    }

    pub(super) fn forwarded(self) -> Self {
        Self { is_forwarded: true, ..self }
    }
}

impl Describe for Connection {
    fn connected(&self) -> Connected {
        let connected = self.io.connected();
        if self.is_forwarded { connected.proxy(true) } else { connected }
    }
}

impl Read for Connection {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: ReadBufCursor<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut *self.io).poll_read(cx, into)
    }
}

impl Write for Connection {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut *self.io).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        Pin::new(&mut *self.io).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut *self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut *self.io).poll_shutdown(cx)
    }
}

/// A TCP connection that reads the rest of a response although the server no longer reads.
///
/// A server that refuses an upload responds and closes, and the next write fails. hyper would report that; here
/// it makes the writer wait, so that the reader comes to the response, or to the end that says the same.
pub(super) struct Tcp {
    io: TokioIo<TcpStream>,
    is_refused: bool,
}

impl Tcp {
    pub(super) fn new(io: TokioIo<TcpStream>) -> Self {
        Self { io, is_refused: false }
    }

    fn write(
        &mut self,
        cx: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TokioIo<TcpStream>>, &mut Context<'_>) -> Poll<Result<usize>>,
    ) -> Poll<Result<usize>> {
        if self.is_refused {
            return Poll::Pending;
        }
        match write(Pin::new(&mut self.io), cx) {
            Poll::Ready(Err(_)) => {
                self.is_refused = true;
                cx.waker().wake_by_ref();
                Poll::Pending
            }
            written => written,
        }
    }
}

impl Describe for Tcp {
    fn connected(&self) -> Connected {
        self.io.connected()
    }
}

impl Read for Tcp {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        into: ReadBufCursor<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut self.io).poll_read(cx, into)
    }
}

impl Write for Tcp {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        self.write(cx, |io, cx| io.poll_write(cx, bytes))
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        self.write(cx, |io, cx| io.poll_write_vectored(cx, bytes))
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
