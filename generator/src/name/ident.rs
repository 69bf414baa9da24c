//! Identifiers: the only place where text becomes one.

use std::fmt;

/// A Rust identifier. Only this module makes one, from ASCII letters, digits and `_`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct RustIdent(String);

/// Words that are keywords in edition 2024, and can be written raw.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot even be written raw.
const NEVER: &[&str] = &["self", "Self", "super", "crate", "_", ""];

/// True if a word is no identifier, or must be written raw to be one.
#[must_use]
pub fn is_reserved(word: &str) -> bool {
    KEYWORDS.contains(&word) || NEVER.contains(&word)
}

impl RustIdent {
    /// An identifier from a text that is one already.
    pub(super) fn new(text: &str) -> Option<Self> {
        let mut chars = text.chars();
        let first = chars.next()?;
        let fits = (first.is_ascii_alphabetic() || first == '_')
            && chars.all(|it| it.is_ascii_alphanumeric() || it == '_');
        (fits && !NEVER.contains(&text)).then(|| Self(text.to_owned()))
    }

    /// The same with a word before it.
    pub(super) fn after(&self, word: &str) -> Self {
        Self(format!("{word}_{}", self.0))
    }

    /// Its text, without `r#`.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// True if it must be written raw.
    pub(crate) fn is_keyword(&self) -> bool {
        KEYWORDS.contains(&self.text())
    }
}

impl fmt::Display for RustIdent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let raw = if self.is_keyword() { "r#" } else { "" };
        write!(f, "{raw}{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::RustIdent;

    #[test]
    fn only_plain_ascii_is_an_identifier() {
        for text in
            ["", "_", "self", "Self", "crate", "super", "1a", "a-b", "é", "a\u{200d}b", "ａ"]
        {
            assert_eq!(RustIdent::new(text), None, "{text:?}");
        }
        assert_eq!(RustIdent::new("type").unwrap().to_string(), "r#type");
        assert_eq!(RustIdent::new("gen").unwrap().to_string(), "r#gen");
        assert_eq!(RustIdent::new("name").unwrap().to_string(), "name");
    }
}
