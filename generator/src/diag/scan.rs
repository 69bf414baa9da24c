//! The order of a file's nodes in its text, whatever its format.

use super::chars::Chars;
use saphyr_parser::{Event, Parser};
use std::ops::{ControlFlow, Range};

/// The next token or node in a text; places are ranges of bytes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ScanEvent {
    /// A key, or a value that holds no other. An anchor of 0 means that there is no anchor.
    Scalar { place: Range<usize>, anchor: usize },
    /// The start of a list or an object.
    Open { place: Range<usize>, is_map: bool, anchor: usize },
    /// The end of what was opened last.
    Close,
    /// The use of what an anchor marks.
    Alias { place: Range<usize>, anchor: usize },
}

/// Scans JSON that was read before, until there is no more or nothing else is wanted.
/// Nothing is checked. The YAML parser would not do: it refuses escapes for characters beyond
/// U+FFFF, as JSON writes them.
pub(super) fn json(
    text: &str,
    mut found: impl FnMut(ScanEvent) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += 1;
        match bytes[start] {
            b' ' | b'\t' | b'\r' | b'\n' | b',' | b':' => {}
            b'{' => found(ScanEvent::Open { place: start..at, is_map: true, anchor: 0 })?,
            b'[' => found(ScanEvent::Open { place: start..at, is_map: false, anchor: 0 })?,
            b'}' | b']' => found(ScanEvent::Close)?,
            first => {
                at += if first == b'"' { quoted(&bytes[at..]) } else { bare(&bytes[at..]) };
                found(ScanEvent::Scalar { place: start..at, anchor: 0 })?;
            }
        }
    }
    ControlFlow::Continue(())
}

/// The length of a text behind its opening quote, with the closing one.
fn quoted(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match bytes.get(at) {
            None => return bytes.len(),
            Some(b'"') => return at + 1,
            Some(b'\\') => at += 2,
            Some(_) => at += 1,
        }
    }
}

/// The rest of a number or a word.
fn bare(bytes: &[u8]) -> usize {
    let ends = |it: &u8| matches!(it, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n');
    bytes.iter().position(ends).unwrap_or(bytes.len())
}

/// Scans YAML, as far as it goes.
pub(super) fn yaml(
    text: &str,
    mut found: impl FnMut(ScanEvent) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let chars = Chars::new(text);
    let place =
        |span: saphyr_parser::Span| chars.byte(span.start.index())..chars.byte(span.end.index());
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        match event {
            Event::Scalar(_, _, anchor, _) => {
                found(ScanEvent::Scalar { place: place(span), anchor })?;
            }
            Event::Alias(anchor) => found(ScanEvent::Alias { place: place(span), anchor })?,
            Event::SequenceStart(anchor, _) => {
                found(ScanEvent::Open { place: place(span), is_map: false, anchor })?;
            }
            Event::MappingStart(anchor, _) => {
                found(ScanEvent::Open { place: place(span), is_map: true, anchor })?;
            }
            Event::SequenceEnd | Event::MappingEnd => found(ScanEvent::Close)?,
            Event::DocumentEnd => return ControlFlow::Break(()),
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentStart(_) => {}
        }
    }
    ControlFlow::Continue(())
}
