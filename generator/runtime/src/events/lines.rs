//! Lines of JSON (NDJSON, JSON Lines) or text, and records of JSON (RFC 7464).

use super::Frame;
use super::window::Window;

/// The first byte of a record.
const SEPARATOR: u8 = 0x1e;

/// Splits bytes into the lines and records that are not blank.
#[derive(Debug)]
pub(crate) struct LineDecoder {
    window: Window,
    max: usize,
    /// True if lines are text, of which blanks are a part.
    text: bool,
    /// The state of the record that is being read, which may contain line ends. No line begins as a
    /// record does.
    record: Option<Nesting>,
}

/// Where in a JSON text the reading has come to.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Nesting {
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl LineDecoder {
    pub(crate) fn new(max: usize) -> Self {
        Self { window: Window::default(), max, text: false, record: None }
    }

    /// Lines of text as they are, without their ends.
    pub(crate) fn of_text(max: usize) -> Self {
        Self { text: true, ..Self::new(max) }
    }

    /// Adds bytes. A line larger than the limit is an error that holds the limit.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), usize> {
        self.window.push(bytes);
        if self.window.searched > self.max { Err(self.max) } else { Ok(()) }
    }

    /// The next whole line or record.
    pub(crate) fn next(&mut self) -> Option<Frame> {
        loop {
            if !self.text
                && self.window.searched == self.window.start
                && self.window.buffer.get(self.window.start) == Some(&SEPARATOR)
            {
                self.window.restart(self.window.start + 1);
                self.record = Some(Nesting::default());
            }
            let rest = &self.window.buffer[self.window.searched..];
            let end = match &mut self.record {
                None => rest.iter().position(|it| *it == b'\n'),
                Some(nesting) => rest.iter().position(|it| nesting.ends_at(*it)),
            };
            let Some(end) = end else {
                self.window.searched = self.window.buffer.len();
                return None;
            };
            let end = self.window.searched + end;
            let is_closed = self.window.buffer[end] == b'\n';
            let event = self.frame(end, is_closed);
            self.window.restart(end + usize::from(is_closed));
            if event.is_some() {
                return event;
            }
        }
    }

    /// The last line, which need not be closed, or the last record, which must be.
    pub(crate) fn finish(&mut self) -> Option<Frame> {
        let event = self.frame(self.window.buffer.len(), false).filter(|it| !it.data.is_empty());
        self.window = Window::default();
        event
    }

    /// The line or record that ends at a byte, unless it is blank. A record that no line end closes is truncated.
    fn frame(&self, end: usize, is_closed: bool) -> Option<Frame> {
        let line = self.window.text(end);
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
    /// True if a record ends at a byte: at the line end after its value, or where the next one
    /// begins.
    fn ends_at(&mut self, byte: u8) -> bool {
        match (byte, self.in_text) {
            (SEPARATOR, _) => return true,
            (b'\n', false) => return self.depth == 0,
            _ => self.step(byte),
        }
        false
    }

    /// True if no list, object or text is open.
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
