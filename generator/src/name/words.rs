//! Text into words, and words into the two spellings of Rust.

use std::fmt::Write;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// How many characters a name may have; what is longer ends in a hash of the whole.
const LONGEST: usize = 64;

/// `snake_case` of a text; empty where it has no letter or digit.
pub(super) fn snake(text: &str) -> String {
    bounded(&ascii(text).to_snake_case(), text, "_")
}

/// `UpperCamelCase` of a text; empty where it has no letter or digit.
pub(super) fn pascal(text: &str) -> String {
    bounded(&ascii(text).to_upper_camel_case(), text, "")
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

/// A short hash of a text (FNV-1a), the last resort for telling names apart.
pub(super) fn hash(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("x{:06x}", (hash ^ (hash >> 24)) & 0xff_ffff)
}

/// A text with a gap where its words meet.
pub(super) fn spaced(text: &str) -> String {
    ascii(text).to_snake_case().replace('_', " ")
}

/// The hash of a key, in the spelling of the names that start with `prefix`.
pub(super) fn pascal_or_snake(prefix: &str, key: &str) -> String {
    let hash = hash(key);
    if prefix.starts_with(char::is_uppercase) {
        hash.to_upper_camel_case()
    } else {
        format!("_{hash}")
    }
}

/// The singular of an English plural, by its ending.
pub(super) fn singular(word: &str) -> String {
    let endings = [("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")];
    let found =
        endings.iter().find_map(|(plural, it)| Some(format!("{}{it}", word.strip_suffix(plural)?)));
    let plain = || {
        word.strip_suffix('s').filter(|it| !it.ends_with('s') && it.len() > 1).map(str::to_owned)
    };
    found.or_else(plain).unwrap_or_else(|| word.to_owned())
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

fn bounded(name: &str, text: &str, gap: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let hash = hash(text);
    let hash = if gap.is_empty() { hash.to_upper_camel_case() } else { hash };
    format!("{}{gap}{hash}", name[..LONGEST - 8].trim_end_matches('_'))
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
    fn long_names_are_cut_and_stay_apart() {
        let (one, other) = ("a".repeat(300), "a".repeat(301));
        assert_eq!(snake(&one).len(), 64);
        assert_ne!(snake(&one), snake(&other));
    }

    #[test]
    fn plurals_end() {
        for (plural, one) in [
            ("datasets", "dataset"),
            ("policies", "policy"),
            ("status", "statu"),
            ("access", "access"),
            ("boxes", "box"),
            ("s", "s"),
            ("as", "as"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }
}
