//! Targets of links, and addresses in running text.

use std::fmt::Write as _;

use super::clean;

/// The target of a link, for a reader who is not on the vendor's site.
pub(super) enum Target {
    /// An address that works anywhere, fit to be written between angle brackets.
    Web(String),
    /// A place on the page that the text came from: says nothing here.
    Anchor,
    /// Any other, to be shown as it is.
    Other(String),
}

pub(super) fn target(address: &str) -> Target {
    let address = &*clean::clean(address.trim());
    if is_web(address) || is_mail(address) {
        Target::Web(encode(address))
    } else if address.is_empty() || address.starts_with('#') {
        Target::Anchor
    } else {
        Target::Other(address.to_owned())
    }
}

fn is_web(address: &str) -> bool {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty())
}

/// The dot is for rustdoc: without one, `mailto:a@b` is a path with a disambiguator to it.
fn is_mail(address: &str) -> bool {
    address.strip_prefix("mailto:").is_some_and(|it| it.contains('@') && it.contains('.'))
}

/// Percent-encodes characters that are not allowed between angle brackets.
fn encode(address: &str) -> String {
    percent(address, |c| match c {
        '<' | '>' | '\\' | '`' | '"' | '|' => false,
        _ => c.is_ascii_graphic() || c.is_alphanumeric(),
    })
}

/// The address as the target of a link with a text: between parentheses entities are decoded
/// and brackets count.
pub(super) fn in_parentheses(address: &str) -> String {
    let entities = address.contains('&');
    percent(address, |c| match c {
        '(' | ')' | '[' | ']' | '*' => false,
        ';' => !entities,
        _ => true,
    })
}

fn percent(address: &str, plain: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        if plain(c) {
            out.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// A part of a word.
pub(super) enum WordPart<'a> {
    Text(&'a str),
    /// An address that a browser can follow.
    Url(&'a str),
    /// An address with placeholders, or of another scheme.
    Verbatim(&'a str),
}

/// Takes a word apart at the addresses in it.
pub(super) fn parts(word: &str) -> Vec<WordPart<'_>> {
    const AFTER: &str = "://";
    let mut parts = Vec::new();
    let mut rest = word;
    let mut from = 0;
    while let Some(colon) = rest[from..].find(AFTER).map(|at| at + from) {
        from = colon + AFTER.len();
        let scheme = scheme(&rest[..colon]);
        if scheme.is_empty() {
            continue;
        }
        let body = body(&rest[from..]);
        if body.is_empty() {
            continue;
        }
        let at = colon - scheme.len();
        if at > 0 {
            parts.push(WordPart::Text(&rest[..at]));
        }
        let (found, after) = rest[at..].split_at(scheme.len() + AFTER.len() + body.len());
        let web = matches!(scheme, "http" | "https") && !body.contains(['{', '}', '*']);
        parts.push(if web { WordPart::Url(found) } else { WordPart::Verbatim(found) });
        rest = after;
        from = 0;
    }
    if !rest.is_empty() {
        parts.push(WordPart::Text(rest));
    }
    parts
}

/// The scheme at the end of the text. A dash or a dot in front of `http` belongs to a sentence.
fn scheme(text: &str) -> &str {
    /// No scheme is longer; keeps a long word from being walked through at each of its colons.
    const MAX_SCHEME_LENGTH: usize = 32;
    let is_scheme = |b: &u8| b.is_ascii_alphanumeric() || b"+-.".contains(b);
    let len = text.bytes().rev().take(MAX_SCHEME_LENGTH).take_while(is_scheme).count();
    let scheme = &text[text.len() - len..];
    let scheme = scheme.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
    match scheme.rsplit(['-', '.']).next() {
        Some(last @ ("http" | "https")) => last,
        _ => scheme,
    }
}

/// The rest of the address that the text starts with. Punctuation at its end belongs to the
/// sentence, and so does a parenthesis that was not opened in it.
fn body(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_graphic() || "<>[]|\"`\\".contains(c));
    let mut body = &text[..end.unwrap_or(text.len())];
    let open = body.matches('(').count();
    let mut close = body.matches(')').count();
    loop {
        let shorter = match body.strip_suffix(')') {
            Some(shorter) if close > open => {
                close -= 1;
                shorter
            }
            Some(_) => return body,
            None => body.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '_', '~', '(']),
        };
        if shorter.len() == body.len() {
            return body;
        }
        body = shorter;
    }
}
