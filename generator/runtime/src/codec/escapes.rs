//! Strings of JSON: what ends a run of plain text, and how they are written.

use std::io::Write as _;

/// Bytes that end a run of plain text: quote, backslash and control characters.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = true;
        control += 1;
    }
    table[b'"' as usize] = true;
    table[b'\\' as usize] = true;
    table
};

/// The first byte at or after `at` that ends a run of plain text. It looks at eight bytes at a time:
/// a byte is special if subtracting borrows from its top bit, and plain text seldom is.
#[inline]
pub(super) fn find_special(bytes: &[u8], mut at: usize) -> usize {
    const ONES: u64 = u64::MAX / 255;
    const TOPS: u64 = ONES << 7;
    while let Some(chunk) = bytes.get(at..at + 8) {
        let word = u64::from_le_bytes([
            chunk[0], chunk[1], chunk[2], chunk[3], chunk[4], chunk[5], chunk[6], chunk[7],
        ]);
        let control = word.wrapping_sub(ONES * 0x20) & !word;
        let quote = word ^ (ONES * 0x22);
        let slash = word ^ (ONES * 0x5c);
        let quote = quote.wrapping_sub(ONES) & !quote;
        let slash = slash.wrapping_sub(ONES) & !slash;
        let found = (control | quote | slash) & TOPS;
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while at < bytes.len() && !SPECIAL[usize::from(bytes[at])] {
        at += 1;
    }
    at
}

/// The escape of a byte in JSON: `u` for `\u00XX`, else the letter after `\`.
const ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = b'u';
        control += 1;
    }
    table[0x08] = b'b';
    table[0x09] = b't';
    table[0x0a] = b'n';
    table[0x0c] = b'f';
    table[0x0d] = b'r';
    table[0x22] = b'"';
    table[0x5c] = b'\\';
    table
};

/// Writes a string with its quotes.
#[inline]
pub(super) fn write_text(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    let mut start = 0;
    loop {
        let at = find_special(bytes, start);
        out.extend_from_slice(&bytes[start..at]);
        let Some(byte) = bytes.get(at) else { break };
        match ESCAPES[usize::from(*byte)] {
            b'u' => write!(out, "\\u{byte:04x}").expect("a vector takes all"),
            letter => out.extend_from_slice(&[b'\\', letter]),
        }
        start = at + 1;
    }
    out.push(b'"');
}
