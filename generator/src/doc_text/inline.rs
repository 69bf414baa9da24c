//! Running text as words, ready to be wrapped.

use super::escape::escape;
use super::flank;
use super::tree::{InlineText, TextStyle};
use super::url::{self, WordPart};

/// An element of a line. A word may hold blanks: code and links are never broken.
pub(super) enum Word {
    Text(String),
    Break,
}

/// The smallest parts, in an order in which no delimiter is next to a blank on its inside.
pub(super) enum Atom<'a> {
    Text(&'a str),
    Code(&'a str),
    Verbatim(String),
    Open(TextStyle),
    Close(TextStyle),
    Gap,
    Break,
}

pub(super) fn words(pieces: &[InlineText]) -> Vec<Word> {
    spell(&atoms(pieces, Links::Shown))
}

/// On one line, as headings and cells need it.
pub(super) fn line(pieces: &[InlineText]) -> String {
    join(&words(pieces))
}

fn join(words: &[Word]) -> String {
    let texts = words.iter().filter_map(|it| match it {
        Word::Text(text) => Some(text.as_str()),
        Word::Break => None,
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// The treatment of addresses: they become links, except within a link.
#[derive(Clone, Copy)]
enum Links {
    Shown,
    Within,
}

/// Atoms so far, and what waits until something visible follows: blanks go outside of the marks
/// that they were in, and marks around nothing vanish.
#[derive(Default)]
struct Pending<'a> {
    atoms: Vec<Atom<'a>>,
    gap: Option<Atom<'a>>,
    open: Vec<TextStyle>,
}

fn atoms(pieces: &[InlineText], links: Links) -> Vec<Atom<'_>> {
    let mut so_far = Pending::default();
    for piece in pieces {
        match piece {
            InlineText::Text(it) => text(&mut so_far, it, links),
            InlineText::Code(code) => show(&mut so_far, Atom::Code(code)),
            InlineText::Url(url) => match links {
                Links::Within => text(&mut so_far, url, links),
                Links::Shown => show(&mut so_far, Atom::Verbatim(format!("<{url}>"))),
            },
            InlineText::Link(inner, url) => show(&mut so_far, Atom::Verbatim(link(inner, url))),
            InlineText::Open(mark) => open(&mut so_far, *mark),
            InlineText::Close(mark) => close(&mut so_far, *mark),
            InlineText::Break => so_far.gap = Some(Atom::Break),
        }
    }
    so_far.atoms
}

fn text<'a>(so_far: &mut Pending<'a>, text: &'a str, links: Links) {
    for (at, word) in text.split(char::is_whitespace).enumerate() {
        if at > 0 && so_far.gap.is_none() {
            so_far.gap = Some(Atom::Gap);
        }
        if word.is_empty() {
            continue;
        }
        match links {
            Links::Within => show(so_far, Atom::Text(word)),
            Links::Shown => {
                for part in url::parts(word) {
                    let atom = match part {
                        WordPart::Text(text) => Atom::Text(text),
                        WordPart::Url(url) => Atom::Verbatim(format!("<{url}>")),
                        WordPart::Verbatim(url) => Atom::Code(url),
                    };
                    show(so_far, atom);
                }
            }
        }
    }
}

fn show<'a>(so_far: &mut Pending<'a>, atom: Atom<'a>) {
    let gap = so_far.gap.take().filter(|_| !so_far.atoms.is_empty());
    so_far.atoms.extend(gap);
    so_far.atoms.extend(so_far.open.drain(..).map(Atom::Open));
    so_far.atoms.push(atom);
}

fn open(so_far: &mut Pending<'_>, mark: TextStyle) {
    let again = matches!(so_far.atoms.last(), Some(Atom::Close(last)) if *last == mark);
    if again && so_far.gap.is_none() && so_far.open.is_empty() {
        so_far.atoms.pop();
    } else {
        so_far.open.push(mark);
    }
}

fn close(so_far: &mut Pending<'_>, mark: TextStyle) {
    if so_far.open.last() == Some(&mark) {
        so_far.open.pop();
    } else {
        so_far.atoms.push(Atom::Close(mark));
    }
}

fn link(inner: &[InlineText], url: &str) -> String {
    let inner = join(&spell(&atoms(inner, Links::Within)));
    format!("[{inner}]({})", url::in_parentheses(url))
}

/// A code span whose delimiter is longer than any run of backticks in it.
fn code_span(code: &str) -> String {
    let fence = "`".repeat(longest_run(code, '`') + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{code}{pad}{fence}")
}

pub(super) fn longest_run(text: &str, of: char) -> usize {
    text.split(|c| c != of).map(str::len).max().unwrap_or(0)
}

/// Texts between which no delimiter is written are one run, and escaped as such; so are code spans,
/// of which two side by side would read as something else.
fn spell(atoms: &[Atom<'_>]) -> Vec<Word> {
    let mut words = Vec::new();
    let (mut word, mut raw, mut code) = (String::new(), String::new(), String::new());
    for (atom, kept) in atoms.iter().zip(flank::kept(atoms)) {
        let verbatim = match atom {
            Atom::Open(_) | Atom::Close(_) if !kept => continue,
            Atom::Code(text) => {
                escape(&std::mem::take(&mut raw), Some('`'), &mut word);
                code.push_str(text);
                continue;
            }
            Atom::Text(text) => {
                finish_code(&mut code, &mut word);
                raw.push_str(text);
                continue;
            }
            Atom::Open(mark) | Atom::Close(mark) => delimiter(*mark),
            Atom::Verbatim(it) => it,
            Atom::Gap | Atom::Break => "",
        };
        escape(&std::mem::take(&mut raw), verbatim.chars().next(), &mut word);
        finish_code(&mut code, &mut word);
        word.push_str(verbatim);
        if matches!(atom, Atom::Gap | Atom::Break) {
            words.push(Word::Text(std::mem::take(&mut word)));
        }
        if matches!(atom, Atom::Break) {
            words.push(Word::Break);
        }
    }
    escape(&raw, None, &mut word);
    finish_code(&mut code, &mut word);
    words.push(Word::Text(word));
    words
}

fn finish_code(code: &mut String, word: &mut String) {
    if !code.is_empty() {
        word.push_str(&code_span(&std::mem::take(code)));
    }
}

fn delimiter(mark: TextStyle) -> &'static str {
    match mark {
        TextStyle::Strong => "**",
        TextStyle::Emphasis => "_",
        TextStyle::Strike => "~~",
    }
}
