//! Characters that have no place in a comment.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Columns between tab stops, as Markdown counts them.
const TAB: usize = 4;

/// Line ends become `\n`, tabs and odd blanks become blanks, controls go, and what would turn
/// the direction of the text around is spelled out: rustc refuses it in comments.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| c == '\n' || c == ' ' || !is_odd(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut column = 0;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let before = out.len();
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t' => out.extend(std::iter::repeat_n(' ', TAB - column % TAB)),
            _ if is_bidi(c) => {
                let _ = write!(out, "U+{:04X}", u32::from(c));
            }
            _ if c.is_control() || is_invisible(c) => {}
            _ if c.is_whitespace() => out.push(' '),
            _ => out.push(c),
        }
        column = if out.ends_with('\n') { 0 } else { column + out[before..].chars().count() };
    }
    Cow::Owned(out)
}

/// The text without the indentation that all of its lines share: it is the document's, and four
/// columns of it would make code of the text. Blank lines around it go too.
pub(super) fn dedent(text: &str) -> Cow<'_, str> {
    let blank = |c: char| c == ' ';
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    let shared = filled.map(|line| line.len() - line.trim_start_matches(blank).len()).min();
    let text = text.trim_end();
    match shared {
        None | Some(0) => Cow::Borrowed(text.trim_start_matches('\n')),
        Some(shared) => {
            let lines = text.lines().map(|line| line.get(shared..).unwrap_or_default());
            Cow::Owned(lines.collect::<Vec<_>>().join("\n"))
        }
    }
}

/// A name or a path on one line, as it is, but for what nobody would see: that is spelled out.
pub(crate) fn visible(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c != ' ' && is_odd(c) {
            true => out.extend(c.escape_unicode()),
            false => out.push(c),
        }
    }
    out
}

/// The same as a code span, also within a cell of a table if bars are escaped.
pub(crate) fn code(raw: &str) -> String {
    match raw.trim().is_empty() {
        true => format!("`\"{}\"`", visible(raw)),
        false => format!("`{}`", visible(raw).replace('`', "'")),
    }
}

fn is_odd(c: char) -> bool {
    c.is_control() || c.is_whitespace() || is_bidi(c) || is_invisible(c)
}

fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}')
}

/// Zero-width blanks, which would count as text at the end of a line. Joiners stay: emoji and
/// whole scripts need them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{feff}')
}
