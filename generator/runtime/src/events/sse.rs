//! Server-sent events, as the HTML standard defines them.

use super::window::Window;
use std::time::Duration;

/// One event or line, as it came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame {
    pub(crate) name: Option<String>,
    pub(crate) data: String,
    /// True if there is data, even if it is empty.
    pub(crate) has_data: bool,
    pub(crate) id: Option<String>,
    pub(crate) retry: Option<Duration>,
    /// True if its end is missing.
    pub(crate) truncated: bool,
}

impl Frame {
    /// True if its end is missing and the value could be longer: a number or word, and not a list,
    /// object or text.
    pub(crate) fn may_be_cut(&self) -> bool {
        self.truncated && !self.data.ends_with(['}', ']', '"'])
    }
}

/// Splits bytes into events.
#[derive(Debug)]
pub(crate) struct SseDecoder {
    window: Window,
    has_started: bool,
    after_cr: bool,
    event: Frame,
    max: usize,
}

impl SseDecoder {
    pub(crate) fn new(max: usize) -> Self {
        Self {
            window: Window::default(),
            has_started: false,
            after_cr: false,
            event: Frame::default(),
            max,
        }
    }

    /// Adds bytes. An event larger than the limit is an error that holds the limit.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), usize> {
        self.window.push(bytes);
        let buffered = self.window.searched + self.event.data.len();
        if buffered > self.max { Err(self.max) } else { Ok(()) }
    }

    /// The next event of the bytes so far.
    pub(crate) fn next(&mut self) -> Option<Frame> {
        while let Some((from, to)) = self.line() {
            if from == to {
                if let Some(event) = self.dispatch() {
                    return Some(event);
                }
                continue;
            }
            let line = String::from_utf8_lossy(&self.window.buffer[from..to]).into_owned();
            self.field(&line);
        }
        None
    }

    /// The bounds of the next whole line. After a CR at the end of the buffer an LF may follow, which
    /// is no line of its own.
    fn line(&mut self) -> Option<(usize, usize)> {
        let window = &mut self.window;
        if !self.has_started {
            let mark = b"\xef\xbb\xbf";
            if window.buffer.len() < mark.len() && mark.starts_with(&window.buffer) {
                return None;
            }
            self.has_started = true;
            window.restart(if window.buffer.starts_with(mark) { mark.len() } else { 0 });
        }
        if self.after_cr && window.start < window.buffer.len() {
            self.after_cr = false;
            window.restart(window.start + usize::from(window.buffer[window.start] == b'\n'));
        }
        let rest = &window.buffer[window.searched..];
        let found = rest.iter().position(|it| matches!(it, b'\r' | b'\n'));
        let Some(end) = found.map(|it| it + window.searched) else {
            window.searched = window.buffer.len();
            return None;
        };
        let line = (window.start, end);
        self.after_cr = window.buffer[end] == b'\r';
        window.restart(end + 1);
        Some(line)
    }

    fn field(&mut self, line: &str) {
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match name {
            "data" => {
                if self.event.has_data {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
                self.event.has_data = true;
            }
            "event" => self.event.name = Some(value.to_owned()).filter(|it| !it.is_empty()),
            "id" if !value.contains('\0') => self.event.id = Some(value.to_owned()),
            "retry" if value.bytes().all(|it| it.is_ascii_digit()) => {
                let wait = value.parse().ok().map(Duration::from_millis);
                self.event.retry = wait.or(self.event.retry);
            }
            _ => {}
        }
    }

    /// Events without `data` are not dispatched, but their `id` and `retry` still take effect.
    fn dispatch(&mut self) -> Option<Frame> {
        let event = std::mem::take(&mut self.event);
        let said = event.has_data || event.id.is_some() || event.retry.is_some();
        said.then_some(event)
    }
}
