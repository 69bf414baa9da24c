//! Tokens as text, and what is looked for in them.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

/// Tokens of a type as one writes them: without the blanks that `proc_macro2` puts between all tokens.
pub(crate) fn text(tokens: &impl ToTokens) -> String {
    let spaced = tokens.to_token_stream().to_string();
    let bytes = spaced.as_bytes();
    let mut text = String::with_capacity(spaced.len());
    for (index, symbol) in spaced.char_indices() {
        let (before, after) = (&bytes[..index], &bytes[index..]);
        let is_surplus = symbol == ' '
            && (matches!(before.last(), Some(b'<' | b'&' | b'(' | b'['))
                || matches!(after.get(1), Some(b'<' | b'>' | b',' | b')' | b']'))
                || before.ends_with(b" ::")
                || after.starts_with(b" :: "));
        if !is_surplus {
            text.push(symbol);
        }
    }
    text
}

/// The texts in the first group behind each of some words, at any depth: `names: &["a"]`, `.name("a")`.
pub(super) fn literals_behind(tokens: TokenStream, words: &[&str], found: &mut Vec<String>) {
    let mut behind = false;
    for token in tokens {
        match token {
            TokenTree::Ident(it) => {
                behind = words.iter().any(|word| it == word) || behind && it == "Some";
            }
            TokenTree::Group(it) if behind => {
                behind = false;
                found.extend(literals(it.stream()));
            }
            TokenTree::Group(it) => literals_behind(it.stream(), words, found),
            TokenTree::Punct(it) => behind = behind && it.as_char() != ',',
            TokenTree::Literal(_) => {}
        }
    }
}

/// The texts among tokens, at any depth.
pub(super) fn literals(tokens: TokenStream) -> Vec<String> {
    let found = tokens.into_iter().flat_map(|it| match it {
        TokenTree::Literal(it) => match syn::Lit::new(it) {
            syn::Lit::Str(it) => vec![it.value()],
            _ => Vec::new(),
        },
        TokenTree::Group(it) => literals(it.stream()),
        TokenTree::Ident(_) | TokenTree::Punct(_) => Vec::new(),
    });
    found.collect()
}

/// The first of some words among tokens, at any depth.
pub(super) fn first_of(tokens: TokenStream, is_one: &impl Fn(&str) -> bool) -> Option<String> {
    tokens.into_iter().find_map(|it| match it {
        TokenTree::Ident(it) => Some(it.to_string()).filter(|it| is_one(it)),
        TokenTree::Group(it) => first_of(it.stream(), is_one),
        TokenTree::Punct(_) | TokenTree::Literal(_) => None,
    })
}

/// A list of tokens, in parts between commas outside of angle brackets.
pub(super) fn split(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = vec![TokenStream::new()];
    let (mut depth, mut before) = (0_usize, ' ');
    for token in tokens {
        let mark = match &token {
            TokenTree::Punct(it) => it.as_char(),
            TokenTree::Ident(_) | TokenTree::Literal(_) | TokenTree::Group(_) => ' ',
        };
        match mark {
            '<' => depth += 1,
            // An arrow ends nothing.
            '>' if before != '-' => depth = depth.saturating_sub(1),
            _ => {}
        }
        before = mark;
        match parts.last_mut() {
            Some(last) if mark != ',' || depth > 0 => last.extend([token]),
            _ => parts.push(TokenStream::new()),
        }
    }
    parts.retain(|it| !it.is_empty());
    parts
}

/// Tokens before a word outside of brackets, or all.
pub(super) fn before(tokens: TokenStream, word: &str) -> TokenStream {
    tokens.into_iter().take_while(|it| !matches!(it, TokenTree::Ident(it) if it == word)).collect()
}

/// Tokens without the first one, if that is a word.
pub(super) fn word(tokens: TokenStream) -> Option<(String, TokenStream)> {
    let mut tokens = tokens.into_iter();
    match tokens.next()? {
        TokenTree::Ident(it) => Some((it.to_string(), tokens.collect())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::text;
    use quote::quote;

    #[test]
    fn blanks_stay_between_words_only() {
        let ty = quote!(fn(&'a [u8], Option<&dyn super::Page<'_, (i64, Vec<u8>)>>) -> Self::Page);
        let wanted = "fn (&'a [u8], Option<&dyn super::Page<'_, (i64, Vec<u8>)>>) -> Self::Page";
        assert_eq!(text(&ty), wanted);
    }
}
