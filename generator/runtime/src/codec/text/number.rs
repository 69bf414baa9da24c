//! Numbers in JSON text.

use super::Parser;

/// A number as it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    Int(i64),
    Uint(u64),
    Float(f64),
}

impl Parser<'_> {
    /// Reads a number.
    #[inline]
    pub(super) fn number(&mut self) -> Option<Number> {
        let (bytes, start) = (self.bytes(), self.at);
        let negative = bytes.get(start) == Some(&b'-');
        let first = start + usize::from(negative);
        let (mut at, mut value) = (first, 0_u64);
        while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
            value = value.wrapping_mul(10).wrapping_add(u64::from(digit - b'0'));
            at += 1;
        }
        let (digits, plain) = (at - first, !matches!(bytes.get(at), Some(b'.' | b'e' | b'E')));
        if !plain || digits == 0 || digits > 18 || (digits > 1 && bytes[first] == b'0') {
            return self.long_number(start, first, at);
        }
        self.at = at;
        let value = value.cast_signed();
        match (negative, value) {
            (true, 0) => Some(Number::Float(-0.0)),
            (true, _) => Some(Number::Int(-value)),
            (false, _) => Some(Number::Int(value)),
        }
    }

    /// Reads a number with a fraction, an exponent, or more digits than an `i64` surely holds.
    fn long_number(&mut self, start: usize, first: usize, mut at: usize) -> Option<Number> {
        let bytes = self.bytes();
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        if at == first || (at > first + 1 && bytes[first] == b'0') {
            self.unexpected(&"a value");
            return None;
        }
        let mut whole = true;
        if bytes.get(at) == Some(&b'.') {
            let end = digits(at + 1);
            (whole, at) = (false, if end > at + 1 { end } else { usize::MAX });
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            let from = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            let end = digits(from);
            (whole, at) = (false, if end > from { end } else { usize::MAX });
        }
        let text = self.text.get(start..at);
        let number = text.and_then(|text| {
            let int = || {
                text.parse().ok().map(Number::Int).or_else(|| text.parse().ok().map(Number::Uint))
            };
            let float = || text.parse().ok().filter(|it: &f64| it.is_finite()).map(Number::Float);
            whole.then(int).flatten().or_else(float)
        });
        match number {
            Some(_) => self.at = at,
            None => self.fail(&"a number is not complete or out of range"),
        }
        number
    }
}
