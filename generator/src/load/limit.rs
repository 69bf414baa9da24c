//! Limits on the size of a document that the generator reads, aliases counted each time that they are used.

use super::file_error::FileError;

/// Nodes that a document may have, or one for each 16 bytes: 47 MB of JSON, the most that is known to
/// be published, have a node for each 31.
const NODES: usize = 1_000_000;
/// Nodes that a document may have before they are measured against its size: no file has more
/// nodes than bytes, unless aliases multiply them.
const FREE_NODES: usize = 100_000;
/// The size in bytes of the largest file that is read.
pub const MAX_FILE_BYTES: u64 = 64 << 20;
/// Bytes of text that a document may have.
const TEXT: usize = 64 << 20;
/// Lists and objects that may stand around a value, with the root; one more, and the parsers give up.
const MAX_DEPTH: usize = 127;
/// Files that a document may refer to.
pub(super) const MAX_FILES: usize = 10_000;
/// Lists and objects that may stand around what is put in the place of a reference to a file.
pub(super) const MAX_COPIED_DEPTH: usize = MAX_DEPTH;

/// The amounts that were read of all files of a document.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ReadSum {
    bytes: usize,
    nodes: u32,
    text: usize,
}

impl ReadSum {
    pub(super) fn bytes(&self) -> u64 {
        self.bytes as u64
    }

    /// The nodes that may be read of files that have so many bytes together.
    pub(super) fn most_nodes(&self) -> u32 {
        let most = (FREE_NODES + 2 * self.bytes).min(NODES.max(self.bytes / 16));
        u32::try_from(most).unwrap_or(u32::MAX)
    }
}

/// The amounts that were read so far, and the most that may be read.
pub(super) struct Limits {
    nodes: u32,
    most_nodes: u32,
    text: usize,
    depth: usize,
    /// The amounts that were read of other files, this one's bytes included.
    sum: ReadSum,
}

impl Limits {
    /// For a file of `bytes` bytes, after others of the document that count too.
    pub(super) fn after(sum: &ReadSum, bytes: usize) -> Result<Self, FileError> {
        let sum = ReadSum { bytes: sum.bytes + bytes, ..*sum };
        if sum.bytes() > MAX_FILE_BYTES {
            let message = format_args!("the file is larger than {MAX_FILE_BYTES} bytes");
            return Err(FileError::limit(message));
        }
        let most_nodes = sum.most_nodes().saturating_sub(sum.nodes);
        Ok(Self { nodes: 0, most_nodes, text: sum.text, depth: 0, sum })
    }

    /// The amounts of all files, with this one.
    pub(super) fn sum(&self) -> ReadSum {
        ReadSum { bytes: self.sum.bytes, nodes: self.sum.nodes + self.nodes, text: self.text }
    }

    /// Counts a node and gives its number.
    pub(super) fn node(&mut self) -> Result<u32, FileError> {
        let serial = self.nodes;
        self.nodes += 1;
        if self.nodes <= self.most_nodes {
            return Ok(serial);
        }
        let most = self.most_nodes;
        Err(FileError::limit(format_args!(
            "the document has more than {most} nodes, aliases counted"
        )))
    }

    /// The number of nodes so far.
    pub(super) fn count(&self) -> u32 {
        self.nodes
    }

    /// Counts text.
    pub(super) fn text(&mut self, bytes: usize) -> Result<(), FileError> {
        self.text += bytes;
        if self.text <= TEXT {
            return Ok(());
        }
        Err(FileError::limit(format_args!(
            "the document has more than {TEXT} bytes, aliases counted"
        )))
    }

    /// Goes into a list or an object.
    pub(super) fn enter(&mut self) -> Result<(), FileError> {
        self.depth += 1;
        if self.depth <= MAX_DEPTH { Ok(()) } else { Err(FileError::depth()) }
    }

    /// Comes out again.
    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_may_have_nodes_by_its_size() {
        let none = ReadSum::default();
        let most = |bytes| Limits::after(&none, bytes).map(|it| it.most_nodes).ok();
        assert_eq!(most(0), Some(100_000));
        assert_eq!(most(200_000), Some(500_000));
        assert_eq!(most(1_000_000), Some(1_000_000));
        assert_eq!(most(TEXT), Some(4_194_304));
        assert_eq!(most(TEXT + 1), None);
        let sum = ReadSum { bytes: 100_000, nodes: 90_000, text: 0 };
        let most = |bytes| Limits::after(&sum, bytes).map(|it| it.most_nodes).ok();
        assert_eq!(most(100_000), Some(410_000));
        assert_eq!(most(TEXT - 99_999), None);
        assert_eq!(most(TEXT + 2), None);
    }
}
