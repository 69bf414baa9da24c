//! The files around a document, which the caller reads: the generator opens none.

use crate::Text;
use std::fmt;
use std::sync::Arc;

/// Reads a file by its path from the document's folder, if it has at most so many bytes.
type ReadFile = dyn Fn(&str, u64) -> Result<Text, Unreadable> + Send + Sync;

/// The files below a document's folder, to which it may refer.
#[derive(Clone)]
pub struct DocumentFiles(Arc<ReadFile>);

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// There is no such file.
    Missing,
    /// The file, or a folder on the way to it, is a link.
    Link,
    /// It is something else than a file, such as a folder.
    NotAFile(&'static str),
    /// It has more bytes than were asked for.
    TooLarge,
    /// The system refuses to read it, for a reason of its own.
    Refused(String),
}

impl DocumentFiles {
    /// Files that a function reads. It gets the path, parted by `/` and without `..`, and the most bytes that the file
    /// may have.
    pub fn new(
        read: impl Fn(&str, u64) -> Result<Text, Unreadable> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(read))
    }

    pub(crate) fn read(&self, path: &str, most: u64) -> Result<Text, Unreadable> {
        (self.0)(path, most)
    }
}

impl fmt::Debug for DocumentFiles {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DocumentFiles")
    }
}
