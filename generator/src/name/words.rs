//! Text into words, and words into the two spellings of Rust.

use std::fmt::Write;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Characters of a name, at most.
const MAX_NAME_LENGTH: usize = 120;

/// `snake_case` of a text; empty where it has no letter or digit.
pub(crate) fn snake(text: &str) -> String {
    bounded(ascii(text).to_snake_case())
}

/// `UpperCamelCase` of a text; empty where it has no letter or digit.
pub(super) fn pascal(text: &str) -> String {
    bounded(ascii(text).to_upper_camel_case())
}

/// `UpperCamelCase` of a text, if that is no longer than a name may be.
pub(super) fn whole_pascal(text: &str) -> Option<String> {
    Some(ascii(text).to_upper_camel_case()).filter(|it| it.len() <= MAX_NAME_LENGTH)
}

/// `SCREAMING_SNAKE_CASE` of a name.
pub(super) fn shouty(name: &str) -> String {
    name.to_shouty_snake_case()
}

/// A text with its punctuation in words, so that `a-b` and `a.b` differ.
pub(super) fn spelled(text: &str) -> String {
    let mut words = String::new();
    for c in text.chars() {
        match punctuation(c) {
            Some(word) => {
                words.push(' ');
                words.push_str(word);
                words.push(' ');
            }
            None => words.push(c),
        }
    }
    words
}

/// A text in ASCII: letters and digits beyond it by their code, everything else as a gap.
fn ascii(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            words.push(c);
        } else if c.is_alphanumeric() {
            let _ = write!(words, " u{:x} ", u32::from(c));
        } else if c != '\'' && c != '\u{2019}' {
            words.push(' ');
        }
    }
    words
}

/// A name of at most [`MAX_NAME_LENGTH`] characters, cut where a word ends.
fn bounded(name: String) -> String {
    if name.len() <= MAX_NAME_LENGTH { name } else { cut(&name, MAX_NAME_LENGTH).to_owned() }
}

/// A name with room for more words of a length.
pub(super) fn with_room(name: &str, length: usize) -> &str {
    let limit = MAX_NAME_LENGTH.saturating_sub(length);
    if name.len() <= limit { name } else { cut(name, limit) }
}

/// A longer name cut at a limit, where a word ends if one does in the second half.
fn cut(name: &str, limit: usize) -> &str {
    let ends = |it: &usize| {
        let next = name.as_bytes()[*it];
        next == b'_' || next.is_ascii_uppercase()
    };
    let end = (limit / 2..=limit).rev().find(ends).unwrap_or(limit);
    name[..end].trim_end_matches('_')
}

fn punctuation(c: char) -> Option<&'static str> {
    Some(match c {
        '-' => "minus",
        '+' => "plus",
        '.' => "dot",
        '_' => "underscore",
        '/' => "slash",
        ':' => "colon",
        '*' => "star",
        '@' => "at",
        '#' => "hash",
        '$' => "dollar",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '=' => "equals",
        '<' => "less",
        '>' => "greater",
        '!' => "not",
        '?' => "question",
        '~' => "tilde",
        ',' => "comma",
        ';' => "semicolon",
        '(' | ')' => "paren",
        '[' | ']' => "bracket",
        '{' | '}' => "brace",
        '"' | '\'' => "quote",
        '\\' => "backslash",
        '^' => "caret",
        ' ' => "space",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn words_are_found() {
        assert_eq!(snake("createdAt"), "created_at");
        assert_eq!(snake("output_format[container]"), "output_format_container");
        assert_eq!(pascal("datasets_listFiles"), "DatasetsListFiles");
        assert_eq!(snake("日本"), "u65e5_u672c");
        assert_eq!(snake("don't"), "dont");
        assert_eq!(snake("--"), "");
        assert_eq!(spelled("+1"), " plus 1");
    }

    #[test]
    fn each_mark_is_spelled_by_a_word_of_its_own() {
        let marks = "-+._/:*@#$%&|=<>!?~,;([{\"\\^ ";
        let words: BTreeSet<_> = marks.chars().filter_map(punctuation).collect();
        assert_eq!(words.len(), marks.chars().count());
        for (open, close) in [('(', ')'), ('[', ']'), ('{', '}'), ('"', '\'')] {
            assert_eq!(punctuation(open), punctuation(close));
        }
    }

    #[test]
    fn long_names_are_cut_where_a_word_ends() {
        assert_eq!(snake(&"a".repeat(300)).len(), 120);
        assert_eq!(snake(&"word ".repeat(60)), ["word"; 24].join("_"));
        assert_eq!(pascal(&"word ".repeat(60)), "Word".repeat(30));
    }
}
