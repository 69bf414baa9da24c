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

/// The amounts that were read so far, and the most that may be read.
pub(super) struct Limits {
    nodes: u32,
    most_nodes: u32,
    text: usize,
    depth: usize,
}

impl Limits {
    /// For a file of `bytes` bytes.
    pub(super) fn of_file(bytes: usize) -> Result<Self, FileError> {
        if bytes as u64 > MAX_FILE_BYTES {
            let message = format_args!("the file is larger than {MAX_FILE_BYTES} bytes");
            return Err(FileError::limit(message));
        }
        let most = (FREE_NODES + 2 * bytes).min(NODES.max(bytes / 16));
        let most_nodes = u32::try_from(most).unwrap_or(u32::MAX);
        Ok(Self { nodes: 0, most_nodes, text: 0, depth: 0 })
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
        let most = |bytes| Limits::of_file(bytes).map(|it| it.most_nodes).ok();
        assert_eq!(most(0), Some(100_000));
        assert_eq!(most(200_000), Some(500_000));
        assert_eq!(most(1_000_000), Some(1_000_000));
        assert_eq!(most(TEXT), Some(4_194_304));
        assert_eq!(most(TEXT + 1), None);
        assert_eq!(most(TEXT + 2), None);
    }
}
