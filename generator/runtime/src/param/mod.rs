//! Parameters: a value becomes a tree of text, which a style writes into the request.

mod sink;
mod style;
#[cfg(test)]
mod tests;

pub(crate) use sink::{Node, json, node};
pub use style::Style;
pub(crate) use style::{cookie, header, path, query, reject_unfit};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters of RFC 3986.
const STRICT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Reserved characters stay, save those that would end the value (`&`, `#`), change it (`+`, `%`),
/// or are not allowed in a query (`[`, `]`).
const RESERVED: &AsciiSet = &STRICT
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Characters that the literal parts of a path may have.
const LITERAL: &AsciiSet = &STRICT
    .remove(b'/')
    .remove(b':')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'%');

/// True if a text needs no encoding anywhere (RFC 3986, section 2.3).
fn is_unreserved(text: &str) -> bool {
    text.bytes().all(|it| it.is_ascii_alphanumeric() || b"-._~".contains(&it))
}

pub(crate) fn push_encoded(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, STRICT));
}

pub(crate) fn push_reserved(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some((start, tail)) = rest.split_once('%') {
        out.extend(utf8_percent_encode(start, RESERVED));
        // Text that is percent-encoded already passes (RFC 6570, 3.2.3).
        let is_triple =
            tail.as_bytes().iter().take(2).filter(|it| it.is_ascii_hexdigit()).count() == 2;
        out.push_str(if is_triple { "%" } else { "%25" });
        rest = tail;
    }
    out.extend(utf8_percent_encode(rest, RESERVED));
}

pub(crate) fn push_literal(out: &mut String, text: &str) {
    out.extend(utf8_percent_encode(text, LITERAL));
}
