//! Files as parts of a body.

use super::RequestBody;
use bytes::Bytes;
use futures_core::Stream;
use std::path::{Path, PathBuf};

/// A file to send: its content, its name and its type.
///
/// Its type is the one of [`mime`](Self::mime), or else the one that the API states for the part. Where that states
/// several or a range such as `image/*`, the ending of the name chooses among them, and a file of which neither says
/// anything goes as `application/octet-stream`.
#[derive(Clone, Debug)]
pub struct FilePart {
    pub(super) name: Option<String>,
    pub(super) mime: Option<String>,
    pub(super) body: RequestBody,
}

impl FilePart {
    /// A file from bytes in hand.
    pub fn bytes(name: &str, bytes: impl Into<Bytes>) -> Self {
        Self { name: Some(name.to_owned()), mime: None, body: RequestBody::from(bytes.into()) }
    }

    /// A file on disk, read while it is sent; it keeps its name.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = Path::file_name(&path).map(|name| name.to_string_lossy().into_owned());
        Self { name, mime: None, body: RequestBody::file(path) }
    }

    /// A file from a stream, sent once, with its length in bytes where it is known.
    pub fn stream<S>(name: &str, stream: S, len: Option<u64>) -> Self
    where
        S: Stream<Item = std::io::Result<Bytes>> + Send + 'static,
    {
        Self { name: Some(name.to_owned()), mime: None, body: RequestBody::stream(stream, len) }
    }

    /// Another name.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.name = Some(name.to_owned());
        self
    }

    /// A type, such as `audio/wav`: needed where an API takes several, and the file's name does not say it.
    #[must_use]
    pub fn mime(mut self, mime: &str) -> Self {
        self.mime = Some(mime.to_owned());
        self
    }
}

impl From<Vec<u8>> for FilePart {
    fn from(bytes: Vec<u8>) -> Self {
        Self { name: None, mime: None, body: RequestBody::from(bytes) }
    }
}
