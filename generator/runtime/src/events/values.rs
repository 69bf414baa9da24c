//! JSON values one after another, with anything blank or nothing between them, and the items of an array that is
//! written as they come.

use super::Frame;
use super::lines::Nesting;

/// Takes bytes as they come, gives values as soon as they are whole.
#[derive(Debug)]
pub(crate) struct Values {
    buffer: Vec<u8>,
    /// Bytes of the buffer that are read.
    start: usize,
    /// Bytes of the buffer that are looked at.
    searched: usize,
    max: usize,
    /// Whether the values are the items of an array, and how far that is read.
    array: Option<Array>,
    value: Value,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Array {
    /// What comes first says whether it is one.
    Expected,
    Open,
    Closed,
}

/// How far the value at hand is read.
#[derive(Clone, Copy, Debug)]
enum Value {
    /// There is none yet.
    Between,
    /// A number or word, which ends where something else begins.
    Bare,
    /// A list, object or text.
    Nested(Nesting),
}

impl Values {
    pub(crate) fn new(max: usize) -> Self {
        let value = Value::Between;
        Self { buffer: Vec::new(), start: 0, searched: 0, max, array: None, value }
    }

    /// The items of an array.
    pub(crate) fn of_array(max: usize) -> Self {
        Self { array: Some(Array::Expected), ..Self::new(max) }
    }

    /// Takes bytes; refuses a value larger than the limit, and gives that.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), usize> {
        self.buffer.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.buffer.extend_from_slice(bytes);
        if self.searched > self.max { Err(self.max) } else { Ok(()) }
    }

    /// The next value that is whole.
    pub(crate) fn next(&mut self) -> Option<Frame> {
        while let Some(&byte) = self.buffer.get(self.searched) {
            if self.array == Some(Array::Closed) {
                (self.start, self.searched) = (self.buffer.len(), self.buffer.len());
                return None;
            }
            match &mut self.value {
                Value::Between => {
                    if self.is_between(byte) {
                        self.searched += 1;
                        self.start = self.searched;
                    } else {
                        let is_bare = !matches!(byte, b'{' | b'[' | b'"');
                        self.value =
                            if is_bare { Value::Bare } else { Value::Nested(Nesting::default()) };
                    }
                }
                Value::Bare if ends_bare(byte) && self.searched > self.start => {
                    return Some(self.take(false));
                }
                Value::Bare => self.searched += 1,
                Value::Nested(nesting) => {
                    nesting.step(byte);
                    self.searched += 1;
                    if nesting.is_closed() {
                        return Some(self.take(false));
                    }
                }
            }
        }
        None
    }

    /// What is left at the end: a number or word, or a value that is cut off.
    pub(crate) fn finish(&mut self) -> Option<Frame> {
        let is_open = matches!(self.array, Some(Array::Open));
        match self.value {
            Value::Bare => Some(self.take(is_open)),
            Value::Nested(_) => Some(self.take(true)),
            // The end of the array did not come.
            Value::Between if is_open => {
                self.array = Some(Array::Closed);
                Some(Frame { truncated: true, has_data: true, ..Frame::default() })
            }
            Value::Between => None,
        }
    }

    /// Whether a byte stands between values.
    fn is_between(&mut self, byte: u8) -> bool {
        match (byte, self.array) {
            (b' ' | b'\t' | b'\r' | b'\n' | 0x1e | 0xef | 0xbb | 0xbf, _)
            | (b',', Some(Array::Open)) => true,
            (b'[', Some(Array::Expected)) => {
                self.array = Some(Array::Open);
                true
            }
            (b']', Some(Array::Open)) => {
                self.array = Some(Array::Closed);
                true
            }
            (_, Some(Array::Expected)) => {
                self.array = None;
                false
            }
            _ => false,
        }
    }

    fn take(&mut self, truncated: bool) -> Frame {
        let data = String::from_utf8_lossy(&self.buffer[self.start..self.searched]).into_owned();
        self.start = self.searched;
        self.value = Value::Between;
        Frame { data, has_data: true, truncated, ..Frame::default() }
    }
}

/// Whether a number or word ends before a byte.
fn ends_bare(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b",]}{[\"".contains(&byte) || byte == 0x1e
}
