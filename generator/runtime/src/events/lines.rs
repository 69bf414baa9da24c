//! Lines of JSON (NDJSON, JSON Lines) or text, and records of JSON (RFC 7464).

use super::Frame;

/// What a record begins with.
const SEPARATOR: u8 = 0x1e;

/// Takes bytes as they come, gives the lines and records that are not blank.
#[derive(Debug)]
pub(crate) struct Lines {
    buffer: Vec<u8>,
    start: usize,
    searched: usize,
    max: usize,
    /// Whether lines are text, of which blanks are a part.
    text: bool,
    /// How far a record is read, which may have line ends in it. No line begins as a record does.
    record: Option<Nesting>,
}

/// Where in a JSON text the reading has come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Nesting {
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl Lines {
    pub(crate) fn new(max: usize) -> Self {
        Self { buffer: Vec::new(), start: 0, searched: 0, max, text: false, record: None }
    }

    /// Lines of text as they are, without their ends.
    pub(crate) fn of_text(max: usize) -> Self {
        Self { text: true, ..Self::new(max) }
    }

    /// Takes bytes; refuses a line larger than the limit, and gives that.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), usize> {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
        if self.searched > self.max { Err(self.max) } else { Ok(()) }
    }

    /// The next whole line or record.
    pub(crate) fn next(&mut self) -> Option<Frame> {
        loop {
            if !self.text
                && self.searched == self.start
                && self.buffer.get(self.start) == Some(&SEPARATOR)
            {
                self.start += 1;
                self.searched += 1;
                self.record = Some(Nesting::default());
            }
            let rest = &self.buffer[self.searched..];
            let end = match &mut self.record {
                None => rest.iter().position(|it| *it == b'\n'),
                Some(nesting) => rest.iter().position(|it| nesting.ends_at(*it)),
            };
            let Some(end) = end else {
                self.searched = self.buffer.len();
                return None;
            };
            let end = self.searched + end;
            let is_closed = self.buffer[end] == b'\n';
            let event = self.frame(end, is_closed);
            self.start = end + usize::from(is_closed);
            self.searched = self.start;
            if event.is_some() {
                return event;
            }
        }
    }

    /// The last line, which need not be closed, or the last record, which must be.
    pub(crate) fn finish(&mut self) -> Option<Frame> {
        let event = self.frame(self.buffer.len(), false).filter(|it| !it.data.is_empty());
        self.buffer.clear();
        (self.start, self.searched) = (0, 0);
        event
    }

    /// What ends at a byte, unless it is blank. A record without a line end at its end is truncated.
    fn frame(&self, end: usize, is_closed: bool) -> Option<Frame> {
        let line = String::from_utf8_lossy(&self.buffer[self.start..end]);
        if self.text {
            let data = line.strip_suffix('\r').unwrap_or(&line).to_owned();
            return Some(Frame { data, has_data: true, ..Frame::default() });
        }
        let text = line.trim_start_matches('\u{feff}').trim();
        let truncated = self.record.is_some() && !is_closed;
        let frame =
            || Frame { data: text.to_owned(), has_data: true, truncated, ..Frame::default() };
        (!text.is_empty()).then(frame)
    }
}

impl Nesting {
    /// Whether a record ends at a byte: at the line end after its value, or where the next one begins.
    fn ends_at(&mut self, byte: u8) -> bool {
        match (byte, self.in_text) {
            (SEPARATOR, _) => return true,
            (b'\n', false) => return self.depth == 0,
            _ => self.step(byte),
        }
        false
    }

    /// Whether no list, object or text is open.
    pub(super) fn is_closed(&self) -> bool {
        self.depth == 0 && !self.in_text
    }

    /// Reads a byte.
    pub(super) fn step(&mut self, byte: u8) {
        match (byte, self.in_text) {
            (b'"', false) => self.in_text = true,
            (b'"', true) if !self.escaped => self.in_text = false,
            (b'{' | b'[', false) => self.depth += 1,
            (b'}' | b']', false) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.escaped = self.in_text && byte == b'\\' && !self.escaped;
    }
}
