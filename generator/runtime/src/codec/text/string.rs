//! Strings in JSON text.

use super::Parser;
use crate::codec::escapes::find_special;
use std::borrow::Cow;

impl<'t> Parser<'t> {
    /// Reads a string, which must be next, without copying it unless it holds escapes.
    #[inline]
    pub(super) fn string_slice(&mut self) -> Option<Cow<'t, str>> {
        let start = self.at + 1;
        let end = find_special(self.bytes(), start);
        if self.bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return Some(Cow::Borrowed(&self.text[start..end]));
        }
        self.escaped(start, end).map(Cow::Owned)
    }

    #[cold]
    fn escaped(&mut self, mut start: usize, mut end: usize) -> Option<String> {
        let mut out = String::new();
        loop {
            out.push_str(&self.text[start..end]);
            self.at = end;
            match self.bytes().get(end) {
                Some(b'"') => {
                    self.at += 1;
                    return Some(out);
                }
                Some(b'\\') => out.push(self.escape()?),
                Some(_) => {
                    self.fail(&"a string holds a control character");
                    return None;
                }
                None => {
                    self.fail(&"the text ends inside of a string");
                    return None;
                }
            }
            start = self.at;
            end = find_special(self.bytes(), start);
        }
    }

    /// Reads an escape, from its backslash on.
    fn escape(&mut self) -> Option<char> {
        let letter = self.bytes().get(self.at + 1).copied();
        self.at += 2;
        let symbol = match letter {
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'u') => return self.unicode(),
            _ => {
                self.at = (self.at - 2).min(self.text.len());
                self.fail(&"a string holds an escape that JSON lacks");
                return None;
            }
        };
        Some(symbol)
    }

    fn unicode(&mut self) -> Option<char> {
        let first = self.hex()?;
        let code =
            if (0xd800..0xdc00).contains(&first) && self.bytes()[self.at..].starts_with(b"\\u") {
                self.at += 2;
                let second = self.hex()?;
                0x1_0000
                    + ((first - 0xd800) << 10)
                    + second.checked_sub(0xdc00).filter(|it| *it < 0x400).unwrap_or(0x11_0000)
            } else {
                first
            };
        let symbol = char::from_u32(code);
        if symbol.is_none() {
            self.fail(&"a string holds half of a surrogate pair");
        }
        symbol
    }

    fn hex(&mut self) -> Option<u32> {
        let digits = self
            .text
            .get(self.at..self.at + 4)
            .filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit()));
        let code = digits.and_then(|it| u32::from_str_radix(it, 16).ok());
        match code {
            Some(_) => self.at += 4,
            None => self.fail(&"a string holds an escape that JSON lacks"),
        }
        code
    }
}
