//! JSON text as a [`Source`](super::Source): read in place, without a detour through serde's visitors.
//!
//! Responses are read with this parser. It takes the same JSON as `serde_json` (RFC 8259, at most
//! 128 levels deep), which the tests of this module hold against each other, and does less: one
//! pass, keys compared in place, values read straight into their types.

mod members;
mod number;
mod source;
mod string;
#[cfg(test)]
mod tests;

use super::lenient;
use super::limits::{self, Stack, TOO_DEEP};
use super::{DecodeError, Path, Segment, Slot};
pub(crate) use members::{Property, property, with_properties};
use source::TextValue;
use std::fmt;

/// The maximum nesting of arrays and objects, as in `serde_json`.
const MAX_DEPTH: u8 = 128;

/// Reads one value from JSON text.
pub(super) fn read(text: &[u8], slot: &mut dyn Slot) -> Result<(), DecodeError> {
    let Ok(text) = std::str::from_utf8(text) else {
        return Err(DecodeError::new(Path::default(), "the text is not UTF-8".to_owned()));
    };
    let mut parser = Parser::new(text);
    parser.skipped = lenient::start();
    slot.fill(&mut TextValue(&mut parser));
    if parser.peek().is_some() {
        parser.fail(&"there is text after the value");
    }
    lenient::finish(parser.skipped.take());
    match parser.error {
        None => Ok(()),
        Some(error) => {
            Err(DecodeError::located(parser.path, error, parser.text.as_bytes(), parser.failed_at))
        }
    }
}

/// A place in JSON text, the first error, and the way to it.
pub(super) struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: u8,
    stack: Stack,
    error: Option<String>,
    failed_at: usize,
    path: Path,
    /// The errors of items that were left out, if they may be.
    skipped: Option<Vec<DecodeError>>,
    /// True while an element of a list is read.
    in_list: bool,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str) -> Self {
        let (stack, path) = (Stack::current(), Path::default());
        Self {
            text,
            at: 0,
            depth: 0,
            stack,
            error: None,
            failed_at: 0,
            path,
            skipped: None,
            in_list: false,
        }
    }

    fn bytes(&self) -> &'t [u8] {
        self.text.as_bytes()
    }

    fn failed(&self) -> bool {
        self.error.is_some()
    }

    #[cold]
    fn fail(&mut self, message: &dyn fmt::Display) {
        if self.error.is_none() {
            self.error = Some(message.to_string());
            self.failed_at = self.at;
        }
    }

    /// Passes over white space; the byte that follows.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.bytes();
        loop {
            match bytes.get(self.at) {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    /// Passes over one byte after white space.
    #[inline]
    fn expect(&mut self, wanted: u8) -> bool {
        if self.peek() == Some(wanted) {
            self.at += 1;
            return true;
        }
        self.unexpected(&format_args!("`{}`", char::from(wanted)));
        false
    }

    #[cold]
    fn unexpected(&mut self, wanted: &dyn fmt::Display) {
        let found = match self.peek() {
            None => "the end of the text",
            Some(b'"') => "a string",
            Some(b'{') => "an object",
            Some(b'[') => "an array",
            Some(b't' | b'f') => "a boolean",
            Some(b'n') => "null",
            Some(b'-' | b'0'..=b'9') => "a number",
            Some(_) => "something else",
        };
        self.fail(&format_args!("expected {wanted}, found {found}"));
    }

    /// Passes over `null`, `true` or `false`.
    fn word(&mut self, word: &str) -> bool {
        let found = self.bytes()[self.at..].starts_with(word.as_bytes());
        if found {
            self.at += word.len();
        } else {
            self.unexpected(&"a value");
        }
        found
    }

    fn enter(&mut self) -> bool {
        self.depth += 1;
        let room = self.depth < MAX_DEPTH && self.stack.has_room();
        if !room {
            self.fail(&TOO_DEEP);
        }
        room
    }

    /// Skips an element that could not be read and records its error; `false` if it may not be left out.
    #[cold]
    fn skip_element(&mut self, index: usize, start: usize, depth: u8) -> bool {
        if self.in_list || self.skipped.is_none() || limits::is_exceeded() {
            return false;
        }
        let (failed_at, mut path) = (self.failed_at, std::mem::take(&mut self.path));
        let Some(message) = self.error.take() else { return false };
        path.leave(Segment::Index(index));
        (self.at, self.depth) = (start, depth);
        self.skip();
        if !self.failed() {
            let error = DecodeError::located(path, message, self.bytes(), failed_at);
            self.skipped.get_or_insert_default().push(error);
        }
        !self.failed()
    }

    /// Adds a segment to the paths of the errors after the first `known`.
    #[cold]
    fn add_to_skipped(&mut self, known: usize, segment: &Segment) {
        for error in self.skipped.iter_mut().flatten().skip(known) {
            error.leave(segment.clone());
        }
    }

    /// The number of items left out.
    #[inline]
    fn count_skipped(&self) -> usize {
        self.skipped.as_ref().map_or(0, Vec::len)
    }

    /// Passes over a value of any kind, checking its syntax.
    fn skip(&mut self) {
        match self.peek() {
            Some(b'"') => drop(self.string_slice()),
            Some(b'{') => self.skip_object(),
            Some(b'[') => self.skip_array(),
            Some(b't') => drop(self.word("true")),
            Some(b'f') => drop(self.word("false")),
            Some(b'n') => drop(self.word("null")),
            _ => self.skip_number(),
        }
    }

    fn skip_array(&mut self) {
        let mut first = true;
        self.at += 1;
        if !self.enter() {
            return;
        }
        while self.more(b']', &mut first) {
            self.skip();
        }
    }

    fn skip_object(&mut self) {
        let mut first = true;
        self.at += 1;
        if !self.enter() {
            return;
        }
        while self.more(b'}', &mut first) {
            if self.peek() != Some(b'"') {
                return self.unexpected(&"a key");
            }
            self.string_slice();
            if self.failed() || !self.expect(b':') {
                return;
            }
            self.skip();
        }
    }

    /// Moves to the next element or member, past the comma; `false` at the end, past the bracket.
    #[inline]
    fn more(&mut self, close: u8, first: &mut bool) -> bool {
        if self.failed() {
            return false;
        }
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                self.depth -= 1;
                false
            }
            Some(b',') if !*first => {
                self.at += 1;
                true
            }
            Some(_) if *first => {
                *first = false;
                true
            }
            _ => {
                self.unexpected(&format_args!("`,` or `{}`", char::from(close)));
                false
            }
        }
    }
}
