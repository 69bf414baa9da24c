//! Bytes of a stream that no item has taken yet.

/// Bytes as they arrive: the current item begins at `start`, and is read up to `searched`.
#[derive(Debug, Default)]
pub(super) struct Window {
    pub(super) buffer: Vec<u8>,
    pub(super) start: usize,
    pub(super) searched: usize,
}

impl Window {
    /// Takes bytes, and drops those of items that were given.
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
    }

    /// Continues behind a byte.
    pub(super) fn restart(&mut self, at: usize) {
        (self.start, self.searched) = (at, at);
    }

    /// The bytes from the item's begin up to `end`, as text; those that are no UTF-8 become `U+FFFD`.
    pub(super) fn text(&self, end: usize) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.buffer[self.start..end])
    }
}
