//! Numbers in JSON text.

use super::Parser;

/// A number as it is written.
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

    /// Passes over a number. One that no type could hold is no reason to refuse what surrounds it.
    pub(super) fn skip_number(&mut self) {
        let first = self.at + usize::from(self.bytes().get(self.at) == Some(&b'-'));
        match self.end_of_number(first, self.end_of_digits(first)) {
            Some((_, end)) => self.at = end,
            None => self.unexpected(&"a value"),
        }
    }

    /// Reads a number with a fraction, an exponent, or more digits than an `i64` surely holds.
    fn long_number(&mut self, start: usize, first: usize, at: usize) -> Option<Number> {
        if at == first || (at > first + 1 && self.bytes()[first] == b'0') {
            self.unexpected(&"a value");
            return None;
        }
        let number = self.end_of_number(first, at).and_then(|(is_integer, end)| {
            let text = self.text.get(start..end)?;
            let int = || {
                text.parse().ok().map(Number::Int).or_else(|| text.parse().ok().map(Number::Uint))
            };
            let float = || text.parse().ok().filter(|it: &f64| it.is_finite()).map(Number::Float);
            Some((is_integer.then(int).flatten().or_else(float)?, end))
        });
        let Some((number, end)) = number else {
            self.fail(&"a number is not complete or out of range");
            return None;
        };
        self.at = end;
        Some(number)
    }

    /// Where the number ends whose digits before the point are from `first` to `at`, and whether it
    /// has no others.
    fn end_of_number(&self, first: usize, mut at: usize) -> Option<(bool, usize)> {
        let bytes = self.bytes();
        if at == first || (at > first + 1 && bytes[first] == b'0') {
            return None;
        }
        let mut is_integer = true;
        if bytes.get(at) == Some(&b'.') {
            let end = self.end_of_digits(at + 1);
            (is_integer, at) = (false, (end > at + 1).then_some(end)?);
        }
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            let from = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            let end = self.end_of_digits(from);
            (is_integer, at) = (false, (end > from).then_some(end)?);
        }
        Some((is_integer, at))
    }

    fn end_of_digits(&self, at: usize) -> usize {
        let rest = self.bytes().get(at..).unwrap_or_default();
        at + rest.iter().take_while(|it| it.is_ascii_digit()).count()
    }
}
