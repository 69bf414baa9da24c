//! Opening and closing marks of a paragraph, brought together.
//!
//! Markdown's own marks come balanced. Tags do not: a pair of them counts as a mark, a tag
//! alone is most often a placeholder such as `<b>` and stays text.

use super::tree::{self, InlineText, TextStyle};
use super::url::{self, Target};

/// The greatest depth of nested marks; those below are read as text or dropped.
const MAX_DEPTH: usize = 16;

/// A part of running text as it was read.
pub(super) enum Raw {
    Text(String),
    Code(String),
    Break,
    Open(Span, DelimiterSource),
    Close(Span, DelimiterSource),
}

#[derive(Clone)]
pub(super) enum Span {
    Mark(TextStyle),
    Link(String),
    /// A link that is its own text, or a placeholder that looks like one: `<a:b>`.
    Address(String),
    Code,
    /// A tag that changes looks only.
    Plain,
}

#[derive(Clone, PartialEq, Eq)]
pub(super) enum DelimiterSource {
    Markdown,
    /// The tag as it was written.
    Tag(String),
}

pub(super) fn resolve(raw: Vec<Raw>) -> Vec<InlineText> {
    let paired = paired(&raw);
    let mut outer: Vec<(Span, Vec<InlineText>)> = Vec::new();
    let mut pieces = Vec::new();
    for (it, paired) in raw.into_iter().zip(paired) {
        match it {
            Raw::Text(text) => pieces.push(InlineText::Text(text)),
            Raw::Code(code) => pieces.push(InlineText::Code(code)),
            Raw::Break => pieces.push(InlineText::Break),
            Raw::Open(span, _) if paired => outer.push((span, std::mem::take(&mut pieces))),
            Raw::Close(..) if paired => {
                let (span, before) = outer.pop().expect("pairs are nested");
                let inner = std::mem::replace(&mut pieces, before);
                let within = outer.iter().any(|(it, _)| same(it, &span));
                wrap(&mut pieces, &span, inner, within);
            }
            Raw::Open(_, DelimiterSource::Tag(tag)) | Raw::Close(_, DelimiterSource::Tag(tag)) => {
                pieces.push(InlineText::Text(tag));
            }
            Raw::Open(_, DelimiterSource::Markdown) | Raw::Close(_, DelimiterSource::Markdown) => {}
        }
    }
    pieces
}

/// Which of them open or close a pair; pairs nest.
fn paired(raw: &[Raw]) -> Vec<bool> {
    let mut paired = vec![false; raw.len()];
    let mut open: Vec<(usize, &Span, bool)> = Vec::new();
    for (at, it) in raw.iter().enumerate() {
        match it {
            Raw::Open(span, source) if open.len() < MAX_DEPTH => {
                open.push((at, span, *source == DelimiterSource::Markdown));
            }
            Raw::Close(span, source) => {
                let markdown = *source == DelimiterSource::Markdown;
                // A tag does not reach past an open Markdown mark, but Markdown does past tags.
                let found =
                    open.iter().rposition(|(_, it, own)| *own || (!markdown && same(it, span)));
                let Some(found) = found else { continue };
                let (start, it, own) = open[found];
                if own == markdown && same(it, span) {
                    open.truncate(found);
                    paired[start] = true;
                    paired[at] = true;
                }
            }
            Raw::Open(..) | Raw::Text(_) | Raw::Code(_) | Raw::Break => {}
        }
    }
    paired
}

fn same(a: &Span, b: &Span) -> bool {
    match a {
        Span::Mark(a) => matches!(b, Span::Mark(b) if a == b),
        Span::Link(_) | Span::Address(_) => matches!(b, Span::Link(_) | Span::Address(_)),
        Span::Code => matches!(b, Span::Code),
        Span::Plain => matches!(b, Span::Plain),
    }
}

/// Appends what a span and its contents come to; `within` one of the same kind it adds nothing.
fn wrap(pieces: &mut Vec<InlineText>, span: &Span, inner: Vec<InlineText>, within: bool) {
    match span {
        _ if within => pieces.extend(inner),
        Span::Plain => pieces.extend(inner),
        Span::Code => pieces.extend(code(&tree::text_of(&inner))),
        Span::Mark(mark) => {
            pieces.push(InlineText::Open(*mark));
            pieces.extend(inner);
            pieces.push(InlineText::Close(*mark));
        }
        Span::Address(address) => pieces.push(self::address(address)),
        Span::Link(address) => link(pieces, inner, address),
    }
}

/// A code span; blanks at its ends would not survive, and alone they are no code.
pub(super) fn code(text: &str) -> Option<InlineText> {
    let text = text.trim().replace('\n', " ");
    (!text.is_empty()).then_some(InlineText::Code(text))
}

fn address(it: &str) -> InlineText {
    match url::target(it) {
        Target::Web(url) => InlineText::Url(url),
        // Without a scheme it is somebody's mail address.
        Target::Anchor | Target::Other(_) if !it.contains(':') => InlineText::Url(it.to_owned()),
        Target::Anchor | Target::Other(_) => InlineText::Text(format!("<{it}>")),
    }
}

fn link(pieces: &mut Vec<InlineText>, inner: Vec<InlineText>, address: &str) {
    let shown = tree::is_visible(&inner);
    match url::target(address) {
        Target::Web(url) if !shown || tree::text_of(&inner).trim() == url => {
            pieces.push(InlineText::Url(url));
        }
        Target::Web(url) => pieces.push(InlineText::Link(inner, url)),
        Target::Anchor => pieces.extend(inner),
        Target::Other(address) => {
            pieces.extend(inner);
            let (before, after) = if shown { (" (", ")") } else { ("", "") };
            pieces.push(InlineText::Text(before.to_owned()));
            pieces.extend(code(&address));
            pieces.push(InlineText::Text(after.to_owned()));
        }
    }
}
