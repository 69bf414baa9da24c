//! Bodies on their way to hyper and from it.

use super::failure;
use crate::transport::{Body, Response, TransportError};
use bytes::Bytes;
use futures_core::Stream;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The body of a request.
pub(super) struct Outgoing {
    body: Body,
    /// The length that is declared; a watched body has fewer bytes in hand with each piece.
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

    /// Asked for before the first piece, and after each one.
    fn is_end_stream(&self) -> bool {
        self.body.is_spent()
    }

    fn size_hint(&self) -> SizeHint {
        self.len.map_or_else(SizeHint::default, SizeHint::with_exact)
    }
}

/// A response as the rest of the runtime knows it.
pub(super) fn incoming(response: hyper::Response<Incoming>) -> Response {
    let (parts, body) = response.into_parts();
    #[cfg(feature = "gzip")]
    let (mut parts, body) = (parts, body);
    let len = HttpBody::size_hint(&body).exact();
    let received = Received(body);
    #[cfg(feature = "gzip")]
    if super::gzip::is_gzip(&mut parts.headers) {
        let inflated = super::gzip::Inflated::new(received);
        return Response::from_parts(parts, Body::stream(Box::pin(inflated), None));
    }
    Response::from_parts(parts, Body::stream(Box::pin(received), len))
}

/// The pieces of a response's body, with errors of ours. Trailers are left out.
pub(super) struct Received(Incoming);

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
