//! Lines of JSON: NDJSON, JSON Lines.

use super::Event;

/// Takes bytes as they come, gives the lines that are not blank.
#[derive(Debug)]
pub(crate) struct Lines {
    buffer: Vec<u8>,
    start: usize,
    searched: usize,
    max: usize,
}

impl Lines {
    pub(crate) fn new(max: usize) -> Self {
        Self { buffer: Vec::new(), start: 0, searched: 0, max }
    }

    /// Takes bytes; refuses a line larger than the limit, and gives that.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), usize> {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
        if self.searched > self.max { Err(self.max) } else { Ok(()) }
    }

    /// The next whole line.
    pub(crate) fn next(&mut self) -> Option<Event> {
        loop {
            let Some(end) = self.buffer[self.searched..].iter().position(|it| *it == b'\n') else {
                self.searched = self.buffer.len();
                return None;
            };
            let end = self.searched + end;
            let event = event(&self.buffer[self.start..end]);
            self.start = end + 1;
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

fn event(line: &[u8]) -> Option<Event> {
    let text = String::from_utf8_lossy(line);
    let text = text.trim_start_matches('\u{feff}').trim();
    (!text.is_empty()).then(|| Event { data: text.to_owned(), ..Event::default() })
}
