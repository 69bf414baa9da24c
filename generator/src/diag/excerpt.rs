//! One line of a file, as it is shown.

use super::chars::Chars;
use super::visible;
use std::ops::Range;

/// Characters of a line that are shown at most, and how many of them before the marked ones.
const WIDTH: usize = 110;
const BEFORE: usize = 40;

/// A file's text and where its lines start.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    chars: Chars<'t>,
}

/// A part of a line, and what to mark in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub(super) text: String,
    pub(super) mark: Range<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(end, _)| end + 1)).collect();
        Self { text, starts, chars: Chars::new(text) }
    }

    /// Line and column of a byte, both counted from one, the column in characters.
    pub(super) fn position(&self, byte: usize) -> (usize, usize) {
        let byte = self.boundary(byte);
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts[line - 1];
        (line, self.chars.index(byte) - self.chars.index(start) + 1)
    }

    /// The start of the character that a byte belongs to.
    fn boundary(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        (0..=byte).rev().find(|it| self.text.is_char_boundary(*it)).unwrap_or(0)
    }

    /// The line on which `mark` starts, cut to a window around it.
    pub(super) fn excerpt(&self, mark: Range<usize>) -> Excerpt {
        let start = self.boundary(mark.start);
        let line = self.starts.partition_point(|it| *it <= start);
        let line_start = self.starts[line - 1];
        let line_end = self.starts.get(line).map_or(self.text.len(), |next| next - 1);
        let before = &self.text[line_start..start];
        let rest = self.text[start..line_end].trim_end_matches('\r');
        let marked = mark.end.saturating_sub(start);
        window(before, rest, marked)
    }
}

fn window(before: &str, rest: &str, marked: usize) -> Excerpt {
    let long = before.len() + rest.len() > WIDTH;
    let from = if long { start_of_last(before, BEFORE) } else { 0 };
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    before[from..].chars().for_each(|c| push(&mut text, c));
    let start = text.len();
    let mut end = start;
    for (count, (byte, c)) in rest.char_indices().enumerate() {
        if long && count == WIDTH - BEFORE {
            text.push('…');
            break;
        }
        push(&mut text, c);
        if byte < marked {
            end = text.len();
        }
    }
    Excerpt { mark: start..end, text }
}

/// Where the last characters of a text start.
fn start_of_last(text: &str, count: usize) -> usize {
    text.char_indices().rev().nth(count).map_or(0, |(byte, c)| byte + c.len_utf8())
}

/// Carets are set by counting, so a tab is as wide as its blanks.
fn push(text: &mut String, c: char) {
    if c == '\t' { text.push_str("    ") } else { visible::push(text, c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, mark: Range<usize>) -> (String, String) {
        let it = Lines::new(text).excerpt(mark);
        (it.text[it.mark].to_owned(), it.text)
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        assert_eq!(marked("a: 1\nb: two\n", 8..11), ("two".into(), "b: two".into()));
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let line = format!("{}MARK{}", "é".repeat(5000), "x".repeat(5000));
        let (mark, text) = marked(&line, 10_000..10_004);
        assert_eq!(mark, "MARK");
        assert_eq!(text.chars().count(), WIDTH + 2);
        assert!(text.starts_with("…é") && text.ends_with("x…"));
    }

    #[test]
    fn a_mark_ends_with_its_line() {
        assert_eq!(marked("a: one\r\n  two\n", 3..13).0, "one");
    }

    #[test]
    fn lines_and_columns_are_counted_from_one_and_in_characters() {
        let lines = Lines::new("é: 1\n€€: 2");
        assert_eq!(lines.position(0), (1, 1));
        assert_eq!(lines.position(6), (2, 1));
        assert_eq!(lines.position(14), (2, 5));
        assert_eq!(lines.position(1000), (2, 6));
    }

    #[test]
    fn marks_of_direction_are_seen() {
        assert_eq!(marked("a: \u{202e}x", 3..6).0, r"\u{202e}");
    }
}
