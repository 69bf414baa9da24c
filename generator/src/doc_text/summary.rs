//! The first sentence of a text.

use super::inline::{self, Word};
use super::tree::{Block, InlineText, is_visible};
use super::{ROUNDS, clean, escape, plain_text, read};

/// Abbreviations that do not end a sentence although a capital may follow.
const ABBREVIATIONS: [&str; 8] = ["e.g.", "i.e.", "etc.", "vs.", "cf.", "no.", "approx.", "incl."];

/// The first sentence, or the paragraph when it has no end, as one line that is inert anywhere
/// that Markdown is read, cells of tables included. Marks and links are reduced to their text.
///
/// Like [`lines`](super::lines) it reads back as itself; a line for which that does not come about is
/// shown as code.
pub(crate) fn summary(text: &str) -> String {
    let mut line = quick(text.trim()).unwrap_or_else(|| sentence(text));
    if plain_text::lines(&line, line.len()).is_some_and(|it| it == [&*line]) {
        return line;
    }
    for _ in 0..ROUNDS {
        let again = sentence(&line);
        if again == line {
            return line;
        }
        line = again;
    }
    clean::code(&line.replace('|', "\u{a6}"))
}

/// The first sentence of words that mean nothing else; bars end the cells of tables.
fn quick(text: &str) -> Option<String> {
    let words = plain_text::paragraph(text)?;
    let sentence = until_end(words).join(" ");
    (!sentence.is_empty() && !sentence.contains('|')).then_some(sentence)
}

/// Words up to the end of a sentence.
fn until_end(words: Vec<Word>) -> Vec<String> {
    let mut sentence: Vec<String> = Vec::new();
    for word in words {
        let Word::Text(word) = word else { continue };
        if sentence.last().is_some_and(|last| ends(last, &word)) {
            break;
        }
        sentence.push(word);
    }
    sentence
}

/// The first sentence, written once: address or mark may first show when it is read again.
fn sentence(text: &str) -> String {
    let blocks = read::read(&clean::dedent(&clean::clean(text)));
    let Some(pieces) = paragraph(&blocks).or_else(|| any(&blocks)) else { return String::new() };
    let sentence = until_end(inline::words(&plain(pieces)));
    let mut words = sentence.into_iter().map(|it| it.replace('|', "\\|"));
    let first = words.next().map(|it| escape::at_line_start(&it));
    first.into_iter().chain(words).collect::<Vec<_>>().join(" ")
}

/// Headings name a text more than they tell what it says.
fn paragraph(blocks: &[Block]) -> Option<&[InlineText]> {
    blocks.iter().find_map(|it| match it {
        Block::Paragraph(pieces) => Some(pieces.as_slice()),
        _ => None,
    })
}

/// The first text of any kind.
fn any(blocks: &[Block]) -> Option<&[InlineText]> {
    blocks.iter().find_map(|it| match it {
        Block::Paragraph(pieces) | Block::Heading(_, pieces) => Some(pieces.as_slice()),
        Block::Quote(inner) => any(inner),
        Block::List(list) => list.items.iter().find_map(|item| any(item)),
        Block::Table(table) => {
            table.rows.iter().flatten().find(|it| is_visible(it)).map(Vec::as_slice)
        }
        Block::Code(_) | Block::Rule => None,
    })
}

/// Without marks and links. Code with a bar in it could be written in a cell or outside, not
/// the same way in both.
fn plain(pieces: &[InlineText]) -> Vec<InlineText> {
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            InlineText::Code(code) if code.contains('|') => {
                out.push(InlineText::Text(code.clone()));
            }
            InlineText::Text(_) | InlineText::Code(_) | InlineText::Url(_) | InlineText::Break => {
                out.push(piece.clone());
            }
            InlineText::Link(inner, _) => out.extend(plain(inner)),
            InlineText::Open(_) | InlineText::Close(_) => {}
        }
    }
    out
}

/// True if a sentence ends with the word, given the one after it.
fn ends(word: &str, next: &str) -> bool {
    let bare = word.trim_end_matches([')', '"', '\'']);
    let stops = bare.ends_with(['.', '!', '?', '。']) && !bare.ends_with("..");
    let begins = !next.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit());
    let initial = bare.len() == 2 && bare.starts_with(|c: char| c.is_uppercase());
    let lower = bare.trim_start_matches('(').to_lowercase();
    stops && begins && !initial && !ABBREVIATIONS.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::{quick, sentence};

    #[test]
    fn the_quick_way_gives_what_the_long_one_does() {
        for text in [
            "The id. It never changes.",
            "One line\nand another, e.g. This one. Next.",
            "Code `a. B` in it",
            "`code` first! \"Then\" more",
            "A paragraph\n\n# A heading",
            "Prices (in USD.) Then",
        ] {
            assert_eq!(quick(text).as_deref(), Some(&*sentence(text)), "{text}");
        }
        for text in
            ["`a|b` is a bar", "A title\n---", "1. One", "", "*Marks*", "see https://a.example"]
        {
            assert_eq!(quick(text), None, "{text}");
        }
    }
}
