//! JSON values one after another, with anything blank or nothing between them, and the items of an array that is
//! written as they come.

use super::Frame;
use super::lines::Nesting;
use super::window::Window;

/// Splits bytes into values, each as soon as it is complete.
#[derive(Debug)]
pub(crate) struct ValueDecoder {
    window: Window,
    max: usize,
    /// Set where the values are the items of an array: how far that is read.
    array: Option<ArrayState>,
    value: ValueState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ArrayState {
    /// The first byte says if it is one.
    Expected,
    Open,
    Closed,
}

/// The state of the value that is being read.
#[derive(Clone, Copy, Debug)]
enum ValueState {
    /// Its first byte has not come.
    Between,
    /// A number or word, which ends where something else begins.
    Bare,
    /// A list, object or text.
    Nested(Nesting),
}

impl ValueDecoder {
    pub(crate) fn new(max: usize) -> Self {
        let value = ValueState::Between;
        Self { window: Window::default(), max, array: None, value }
    }

    /// The items of an array.
    pub(crate) fn of_array(max: usize) -> Self {
        Self { array: Some(ArrayState::Expected), ..Self::new(max) }
    }

    /// Adds bytes. A value larger than the limit is an error that holds the limit.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<(), usize> {
        self.window.push(bytes);
        if self.window.searched > self.max { Err(self.max) } else { Ok(()) }
    }

    /// The next value that is whole.
    pub(crate) fn next(&mut self) -> Option<Frame> {
        while let Some(&byte) = self.window.buffer.get(self.window.searched) {
            if self.array == Some(ArrayState::Closed) {
                self.window.restart(self.window.buffer.len());
                return None;
            }
            match &mut self.value {
                ValueState::Between => {
                    if self.is_between(byte) {
                        self.window.restart(self.window.searched + 1);
                    } else {
                        let is_bare = !matches!(byte, b'{' | b'[' | b'"');
                        self.value = if is_bare {
                            ValueState::Bare
                        } else {
                            ValueState::Nested(Nesting::default())
                        };
                    }
                }
                ValueState::Bare if ends_bare(byte) && self.window.searched > self.window.start => {
                    return Some(self.take(false));
                }
                ValueState::Bare => self.window.searched += 1,
                ValueState::Nested(nesting) => {
                    nesting.step(byte);
                    self.window.searched += 1;
                    if nesting.is_closed() {
                        return Some(self.take(false));
                    }
                }
            }
        }
        None
    }

    /// The rest at the end: a number or word, or a value that is cut off.
    pub(crate) fn finish(&mut self) -> Option<Frame> {
        let is_open = matches!(self.array, Some(ArrayState::Open));
        match self.value {
            ValueState::Bare => Some(self.take(is_open)),
            ValueState::Nested(_) => Some(self.take(true)),
            // The end of the array did not come.
            ValueState::Between if is_open => {
                self.array = Some(ArrayState::Closed);
                Some(Frame { truncated: true, has_data: true, ..Frame::default() })
            }
            ValueState::Between => None,
        }
    }

    /// True if a byte separates values.
    fn is_between(&mut self, byte: u8) -> bool {
        match (byte, self.array) {
            (b' ' | b'\t' | b'\r' | b'\n' | 0x1e | 0xef | 0xbb | 0xbf, _)
            | (b',', Some(ArrayState::Open)) => true,
            (b'[', Some(ArrayState::Expected)) => {
                self.array = Some(ArrayState::Open);
                true
            }
            (b']', Some(ArrayState::Open)) => {
                self.array = Some(ArrayState::Closed);
                true
            }
            (_, Some(ArrayState::Expected)) => {
                self.array = None;
                false
            }
            _ => false,
        }
    }

    fn take(&mut self, truncated: bool) -> Frame {
        let data = self.window.text(self.window.searched).into_owned();
        self.window.start = self.window.searched;
        self.value = ValueState::Between;
        Frame { data, has_data: true, truncated, ..Frame::default() }
    }
}

/// True if a number or word ends before a byte.
fn ends_bare(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b",]}{[\"".contains(&byte) || byte == 0x1e
}
