//! Responses that are compressed by gzip.

use super::body::Received;
use crate::transport::{TransportError, TransportErrorKind};
use bytes::{Buf as _, Bytes};
use flate2::bufread::MultiGzDecoder;
use futures_core::Stream;
use http::header::{ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, RANGE};
use http::{HeaderMap, HeaderValue};
use std::io::{BufRead, Error, ErrorKind, Read};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// Bytes that are inflated at a time: 64 KiB.
const CHUNK: usize = 64 << 10;

/// Asks for gzip, unless the caller says what to ask for, or wants a range of the bytes as they are stored.
pub(super) fn accept(headers: &mut HeaderMap) {
    if !headers.contains_key(ACCEPT_ENCODING) && !headers.contains_key(RANGE) {
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
    }
}

/// True if a response is compressed by gzip and nothing else. The headers that say so, and how long it is when
/// compressed, are removed: the body that is read is another one.
pub(super) fn is_gzip(headers: &mut HeaderMap) -> bool {
    let mut encodings = headers.get_all(CONTENT_ENCODING).iter();
    let is_gzip = match (encodings.next(), encodings.next()) {
        (Some(one), None) => {
            [&b"gzip"[..], b"x-gzip"].iter().any(|it| one.as_bytes().eq_ignore_ascii_case(it))
        }
        _ => false,
    };
    if is_gzip {
        headers.remove(CONTENT_ENCODING);
        headers.remove(CONTENT_LENGTH);
    }
    is_gzip
}

/// A body with its compression undone, all members of it.
pub(super) struct Inflated {
    received: Received,
    decoder: MultiGzDecoder<Input>,
    is_done: bool,
}

/// Received bytes that are not inflated yet.
#[derive(Default)]
struct Input {
    bytes: Bytes,
    is_complete: bool,
    /// A body without any bytes is an empty one, such as that of HEAD, and no broken compression.
    is_empty: bool,
}

impl Inflated {
    pub(super) fn new(received: Received) -> Self {
        let input = Input { is_empty: true, ..Input::default() };
        Self { received, decoder: MultiGzDecoder::new(input), is_done: false }
    }
}

impl Stream for Inflated {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while !self.is_done {
            if let Some(inflated) = self.inflate() {
                return Poll::Ready(Some(inflated));
            }
            if self.is_done {
                break;
            }
            match ready!(Pin::new(&mut self.received).poll_next(cx)) {
                Some(Ok(bytes)) => {
                    let input = self.decoder.get_mut();
                    input.is_empty &= bytes.is_empty();
                    input.bytes = bytes;
                }
                Some(Err(error)) => {
                    self.is_done = true;
                    return Poll::Ready(Some(Err(error)));
                }
                None => self.decoder.get_mut().is_complete = true,
            }
        }
        Poll::Ready(None)
    }
}

impl Inflated {
    /// The next chunk; `None` if more input is needed or the end is reached.
    fn inflate(&mut self) -> Option<Result<Bytes, TransportError>> {
        if self.decoder.get_ref().is_empty {
            self.is_done = self.decoder.get_ref().is_complete;
            return None;
        }
        let mut chunk = vec![0; CHUNK];
        match self.decoder.read(&mut chunk) {
            Ok(0) => {
                self.is_done = true;
                None
            }
            Ok(len) => {
                chunk.truncate(len);
                Some(Ok(chunk.into()))
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => None,
            Err(error) => {
                self.is_done = true;
                Some(Err(TransportError::new(TransportErrorKind::Malformed, error)))
            }
        }
    }
}

impl BufRead for Input {
    fn fill_buf(&mut self) -> Result<&[u8], Error> {
        match self.bytes.is_empty() && !self.is_complete {
            true => Err(ErrorKind::WouldBlock.into()),
            false => Ok(&self.bytes),
        }
    }

    fn consume(&mut self, len: usize) {
        self.bytes.advance(len);
    }
}

impl Read for Input {
    fn read(&mut self, into: &mut [u8]) -> Result<usize, Error> {
        let mut bytes = self.fill_buf()?;
        let len = bytes.read(into)?;
        self.consume(len);
        Ok(len)
    }
}
