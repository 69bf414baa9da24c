//! Files as parts of a body, and what else may hold them.

use super::{Multipart, RequestBody};
use crate::Patch;
use bytes::Bytes;
use futures_core::Stream;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A value that is sent as separate parts: a file, several files, or an object that holds files.
pub trait IntoParts: Sized {
    /// Returns whether the value has several parts. Items of a list then need names of their own.
    const NESTED: bool = false;

    /// Adds its parts under a name.
    fn into_parts(self, form: &mut Multipart, name: &str);
}

impl IntoParts for FilePart {
    fn into_parts(self, form: &mut Multipart, name: &str) {
        form.file(name, self);
    }
}

impl<T: IntoParts> IntoParts for Box<T> {
    const NESTED: bool = T::NESTED;

    fn into_parts(self, form: &mut Multipart, name: &str) {
        (*self).into_parts(form, name);
    }
}

impl<T: IntoParts> IntoParts for Option<T> {
    const NESTED: bool = T::NESTED;

    fn into_parts(self, form: &mut Multipart, name: &str) {
        if let Some(value) = self {
            value.into_parts(form, name);
        }
    }
}

/// Null is an empty part: a form has no other word for it.
impl<T: IntoParts> IntoParts for Patch<T> {
    const NESTED: bool = T::NESTED;

    fn into_parts(self, form: &mut Multipart, name: &str) {
        match self {
            Self::Absent => {}
            Self::Null => form.text(name, &""),
            Self::Value(value) => value.into_parts(form, name),
        }
    }
}

/// Parts of one name, one for each item, or `name[0]`, `name[1]` and so on where the items have parts themselves.
impl<T: IntoParts> IntoParts for Vec<T> {
    const NESTED: bool = true;

    fn into_parts(self, form: &mut Multipart, name: &str) {
        for (index, item) in self.into_iter().enumerate() {
            match T::NESTED {
                true => form.within(name, |form| item.into_parts(form, &index.to_string())),
                false => item.into_parts(form, name),
            }
        }
    }
}

/// `name[key]` for each key.
impl<T: IntoParts> IntoParts for BTreeMap<String, T> {
    const NESTED: bool = true;

    fn into_parts(self, form: &mut Multipart, name: &str) {
        form.within(name, |form| {
            for (key, value) in self {
                value.into_parts(form, &key);
            }
        });
    }
}

/// Types whose parts are named after the property that holds them: `name[part]`.
#[doc(hidden)]
#[macro_export]
macro_rules! nested_parts {
    ($name:ty) => {
        impl $crate::IntoParts for $name {
            const NESTED: bool = true;

            #[inline]
            fn into_parts(self, form: &mut $crate::Multipart, name: &str) {
                form.within(name, |form| $crate::IntoMultipart::into_multipart(self, form));
            }
        }
    };
}

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
