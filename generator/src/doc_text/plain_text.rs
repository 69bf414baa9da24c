//! The quick way for text in which nothing but code spans means anything, as most is.

use super::inline::Word;
use super::print;

/// Punctuation that has no special meaning anywhere but at the start of a line.
const PLAIN: &[u8] = b" ,.'\"();:?!%/-+=#$@{}";

/// The lines of text that is paragraphs of words and code; `None` if any of it could mean more.
pub(super) fn lines(text: &str, width: usize) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    let mut words = Vec::new();
    for line in text.lines() {
        if line.is_empty() {
            end(&mut lines, &mut words, width);
        } else {
            read(line, &mut words)?;
        }
    }
    end(&mut lines, &mut words, width);
    Some(lines)
}

/// The words of the first paragraph; `None` if any of it could mean more.
pub(super) fn paragraph(text: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    text.lines().take_while(|it| !it.is_empty()).try_for_each(|it| read(it, &mut words))?;
    Some(words)
}

/// Ends a paragraph.
fn end(lines: &mut Vec<String>, words: &mut Vec<Word>, width: usize) {
    if words.is_empty() {
        return;
    }
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.extend(print::wrap(width, words));
    words.clear();
}

/// Takes the words of a line that starts like a sentence, and holds nothing but text and code.
fn read(line: &str, words: &mut Vec<Word>) -> Option<()> {
    let bytes = line.as_bytes();
    let code = bytes[0] == b'`';
    if !(bytes[0].is_ascii_alphabetic() || code) || line.ends_with(' ') || line.contains("//") {
        return None;
    }
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b' ' => {
                if from < at {
                    words.push(Word::Text(line[from..at].to_owned()));
                }
                from = at + 1;
            }
            b'`' => at = code_end(bytes, at)?,
            b'_' if is_within_word(bytes, at) => {}
            it if it.is_ascii_alphanumeric() || PLAIN.contains(&it) => {}
            _ => return None,
        }
        at += 1;
    }
    words.push(Word::Text(line[from..].to_owned()));
    Some(())
}

/// The last byte of a code span in single backticks that shows as it is written.
fn code_end(bytes: &[u8], start: usize) -> Option<usize> {
    let inner = &bytes[start + 1..];
    let len = inner.iter().position(|it| *it == b'`')?;
    let code = &inner[..len];
    let is_padded = code.first()? == &b' ' || code.last()? == &b' ';
    let shows = code.iter().all(|it| it.is_ascii_graphic() || *it == b' ');
    let ends = inner.get(len + 1) != Some(&b'`');
    (shows && !is_padded && ends).then_some(start + 1 + len)
}

fn is_within_word(bytes: &[u8], at: usize) -> bool {
    let is_word = |it: Option<&u8>| it.is_some_and(u8::is_ascii_alphanumeric);
    is_word(bytes[..at].last()) && is_word(bytes.get(at + 1))
}
