//! Bodies on their way to hyper and from it.

use super::failure::failure;
use crate::transport::{Body, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The body of a request.
pub(super) struct Outgoing {
    body: Body,
    /// The length that is declared; a watched body has fewer bytes in hand with each chunk.
    len: Option<u64>,
}

impl Outgoing {
    pub(super) fn new(body: Body) -> Self {
        Self { len: body.len(), body }
    }
}

impl HttpBody for Outgoing {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.body.poll_chunk(cx).map(|it| it.map(|it| it.map(Frame::data)))
    }

    /// hyper calls it before the first chunk, and after each one.
    fn is_end_stream(&self) -> bool {
        self.body.is_spent()
    }

    fn size_hint(&self) -> SizeHint {
        self.len.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// The chunks of a response's body, with our own errors. Trailers are left out.
pub(super) struct Received(pub(super) Incoming);

impl Stream for Received {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = ready!(Pin::new(&mut self.0).poll_frame(cx));
            match frame.map(|it| it.map(Frame::into_data)) {
                None => return Poll::Ready(None),
                Some(Ok(Ok(bytes))) => return Poll::Ready(Some(Ok(bytes))),
                Some(Ok(Err(_trailers))) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(failure(error)))),
            }
        }
    }
}
