//! Tokens as text, and what is looked for in them.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use std::fmt::Write;

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

/// The same of a type; nearly all are names with arguments, of which no tokens need be made.
pub(super) fn type_text(ty: &syn::Type) -> String {
    let mut named = String::new();
    if push_named(ty, &mut named).is_some() { named } else { text(ty) }
}

/// Adds a type that is a name, with types for arguments if it has any.
fn push_named(ty: &syn::Type, text: &mut String) -> Option<()> {
    let syn::Type::Path(syn::TypePath { qself: None, path, .. }) = ty else { return None };
    if path.leading_colon.is_some() {
        return None;
    }
    for (index, segment) in path.segments.iter().enumerate() {
        if index > 0 {
            text.push_str("::");
        }
        let _ = write!(text, "{}", segment.ident);
        match &segment.arguments {
            syn::PathArguments::None => {}
            syn::PathArguments::AngleBracketed(it) if it.colon2_token.is_none() => {
                for (index, argument) in it.args.iter().enumerate() {
                    let syn::GenericArgument::Type(argument) = argument else { return None };
                    text.push_str(if index == 0 { "<" } else { ", " });
                    push_named(argument, text)?;
                }
                text.push('>');
            }
            syn::PathArguments::AngleBracketed(_) | syn::PathArguments::Parenthesized(_) => {
                return None;
            }
        }
    }
    Some(())
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
    use super::{text, type_text};
    use quote::quote;

    #[test]
    fn a_type_is_spelled_alike_with_and_without_tokens() {
        let types = [
            "String",
            "Option<Vec<super::Item>>",
            "std::collections::BTreeMap<String, Vec<(i64, u8)>>",
            "::core::time::Duration",
            "&'a str",
            "Page<'a, Item>",
            "impl Into<Choice>",
            "fn(u8) -> u8",
        ];
        for written in types {
            let ty: syn::Type = syn::parse_str(written).expect("it is a type");
            assert_eq!(type_text(&ty), text(&ty), "{written}");
        }
        let nested: syn::Type =
            syn::parse_str("Option<BTreeMap<String, a::B>>").expect("it is a type");
        assert_eq!(type_text(&nested), "Option<BTreeMap<String, a::B>>");
    }

    #[test]
    fn blanks_stay_between_words_only() {
        let ty = quote!(fn(&'a [u8], Option<&dyn super::Page<'_, (i64, Vec<u8>)>>) -> Self::Page);
        let wanted = "fn (&'a [u8], Option<&dyn super::Page<'_, (i64, Vec<u8>)>>) -> Self::Page";
        assert_eq!(text(&ty), wanted);
    }
}
