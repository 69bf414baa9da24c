//! A file as a stream of bytes.

use crate::error::{Error, ErrorKind, Result};
use crate::future::BoxFuture;
use crate::transport::{TransportError, TransportErrorKind};
use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::fs::File;
use tokio::io::{AsyncRead, ReadBuf};

/// Bytes read from a file at a time.
const CHUNK: usize = 64 * 1024;

pub(crate) fn unreadable(error: io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::RequestBody, error)
}

pub(crate) async fn len(path: &Path) -> Result<u64> {
    let metadata = tokio::fs::metadata(path).await;
    let invalid = |error| {
        Error::new(ErrorKind::Body, format!("cannot read the file {}", path.display()))
            .with_source(error)
    };
    Ok(metadata.map_err(invalid)?.len())
}

/// Opened when it is first read.
pub(crate) enum FileStream {
    Closed(PathBuf),
    Opening(BoxFuture<'static, io::Result<File>>),
    Open(File, Box<[u8]>),
    Done,
}

impl FileStream {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self::Closed(path)
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        loop {
            match self {
                Self::Closed(path) => {
                    let path = std::mem::take(path);
                    *self = Self::Opening(Box::pin(File::open(path)));
                }
                Self::Opening(opening) => {
                    let file = ready!(opening.as_mut().poll(cx))?;
                    *self = Self::Open(file, vec![0; CHUNK].into());
                }
                Self::Open(file, space) => {
                    let mut read = ReadBuf::new(space);
                    ready!(Pin::new(file).poll_read(cx, &mut read))?;
                    let bytes = BytesMut::from(read.filled()).freeze();
                    return Poll::Ready(Ok((!bytes.is_empty()).then_some(bytes)));
                }
                Self::Done => return Poll::Ready(Ok(None)),
            }
        }
    }
}

impl Stream for FileStream {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let result = ready!(self.poll(cx));
        if !matches!(result, Ok(Some(_))) {
            *self = Self::Done;
        }
        Poll::Ready(result.map_err(unreadable).transpose())
    }
}
