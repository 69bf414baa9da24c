//! Lines of JSON (NDJSON, JSON Lines), and records of JSON (RFC 7464).

use super::Event;

/// What a record begins with.
const SEPARATOR: u8 = 0x1e;

/// Takes bytes as they come, gives the lines and records that are not blank.
#[derive(Debug)]
pub(crate) struct Lines {
    buffer: Vec<u8>,
    start: usize,
    searched: usize,
    max: usize,
    /// How far a record is read, which may have line ends in it. No line begins as a record does.
    record: Option<Nesting>,
}

/// Where in a JSON text the reading has come to.
#[derive(Debug, Default)]
struct Nesting {
    depth: usize,
    in_text: bool,
    escaped: bool,
}

impl Lines {
    pub(crate) fn new(max: usize) -> Self {
        Self { buffer: Vec::new(), start: 0, searched: 0, max, record: None }
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
    pub(crate) fn next(&mut self) -> Option<Event> {
        loop {
            if self.searched == self.start && self.buffer.get(self.start) == Some(&SEPARATOR) {
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
            let event = event(&self.buffer[self.start..end]);
            self.start = end + usize::from(self.buffer[end] == b'\n');
            self.searched = self.start;
            if event.is_some() {
                return event;
            }
        }
    }

    /// The last line, which need not be closed.
    pub(crate) fn finish(&mut self) -> Option<Event> {
        let event = event(&self.buffer[self.start..]);
        self.buffer.clear();
        (self.start, self.searched) = (0, 0);
        event
    }
}

impl Nesting {
    /// Whether a record ends at a byte: at the line end after its value, or where the next one begins.
    fn ends_at(&mut self, byte: u8) -> bool {
        match (byte, self.in_text) {
            (SEPARATOR, _) => return true,
            (b'\n', false) => return self.depth == 0,
            (b'"', false) => self.in_text = true,
            (b'"', true) if !self.escaped => self.in_text = false,
            (b'{' | b'[', false) => self.depth += 1,
            (b'}' | b']', false) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.escaped = self.in_text && byte == b'\\' && !self.escaped;
        false
    }
}

fn event(line: &[u8]) -> Option<Event> {
    let text = String::from_utf8_lossy(line);
    let text = text.trim_start_matches('\u{feff}').trim();
    (!text.is_empty()).then(|| Event { data: text.to_owned(), has_data: true, ..Event::default() })
}
