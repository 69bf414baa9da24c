//! Tags that have a counterpart in Markdown; all others are text.

use std::collections::BTreeSet;

use super::build::{Builder, By, Kind};
use super::html::{self, Tag, Token};
use super::pairs::{self, Raw, Span};
use super::tree::Mark;

/// The names of all closing tags in a text. A tag that is never closed is most often a
/// placeholder, and must not swallow what follows.
pub(super) fn closed(text: &str) -> BTreeSet<String> {
    let names = text.split("</").skip(1).map(|rest| {
        let end = rest.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        rest[..end].to_ascii_lowercase()
    });
    names.collect()
}

/// What to do about a tag.
enum Meaning {
    /// Parts paragraphs.
    Part,
    Break,
    Rule,
    Heading(usize),
    List(Option<u64>),
    Item,
    Quote,
    Code,
    Table,
    Row,
    Cell,
    Span(Span),
    Image,
    Literal,
}

fn meaning(tag: &Tag<'_>, closed: &BTreeSet<String>) -> Meaning {
    let name = tag.name.as_str();
    let single = matches!(name, "p" | "br" | "hr" | "li" | "tr" | "td" | "th" | "img");
    if !single && !closed.contains(name) {
        return Meaning::Literal;
    }
    match name {
        "p" | "div" | "section" | "center" | "details" | "summary" | "dl" | "dt" | "dd" => {
            Meaning::Part
        }
        "br" => Meaning::Break,
        "hr" => Meaning::Rule,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            Meaning::Heading(usize::from(name.as_bytes()[1] - b'0'))
        }
        "ul" => Meaning::List(None),
        "ol" => Meaning::List(Some(1)),
        "li" => Meaning::Item,
        "blockquote" => Meaning::Quote,
        "pre" => Meaning::Code,
        "table" => Meaning::Table,
        "thead" | "tbody" | "tfoot" | "tr" => Meaning::Row,
        "td" | "th" => Meaning::Cell,
        "b" | "strong" => Meaning::Span(Span::Mark(Mark::Strong)),
        "i" | "em" | "cite" => Meaning::Span(Span::Mark(Mark::Emphasis)),
        "s" | "del" | "strike" => Meaning::Span(Span::Mark(Mark::Strike)),
        "code" | "tt" | "kbd" | "samp" => Meaning::Span(Span::Code),
        "a" => Meaning::Span(Span::Link(tag.attribute("href").unwrap_or_default())),
        "span" | "u" | "small" | "sup" | "sub" | "font" | "mark" | "nobr" | "abbr" => {
            Meaning::Span(Span::Plain)
        }
        "img" => Meaning::Image,
        _ => Meaning::Literal,
    }
}

/// A whole block of HTML.
pub(super) fn block(to: &mut Builder, html: &str, closed: &BTreeSet<String>) {
    let tokens = html::tokens(html);
    let known = tokens.iter().any(|it| match it {
        Token::Tag(tag) => !matches!(meaning(tag, closed), Meaning::Literal),
        Token::Text(_) => false,
    });
    let tags = tokens.iter().filter(|it| matches!(it, Token::Tag(_))).count();
    // Several lines with none but foreign tags are a sample of XML.
    if !known && tags > 2 && html.trim().contains('\n') {
        to.start_code();
        to.text(html);
    } else {
        apply(to, tokens, closed);
    }
    to.flush();
}

/// A tag within running text.
pub(super) fn inline(to: &mut Builder, html: &str, closed: &BTreeSet<String>) {
    apply(to, html::tokens(html), closed);
}

fn apply(to: &mut Builder, tokens: Vec<Token<'_>>, closed: &BTreeSet<String>) {
    for token in tokens {
        match token {
            Token::Text(text) => to.text(&text),
            Token::Tag(tag) => match meaning(&tag, closed) {
                Meaning::Literal => to.text(tag.source),
                meaning if tag.closing => close(to, meaning, &tag),
                meaning => open(to, meaning, &tag),
            },
        }
    }
}

fn open(to: &mut Builder, meaning: Meaning, tag: &Tag<'_>) {
    match meaning {
        Meaning::Break => to.inline(Raw::Break),
        Meaning::Rule => to.rule(),
        Meaning::Heading(level) => to.start_heading(level),
        Meaning::List(start) => to.enter(Kind::list(start), By::Tag),
        Meaning::Item => item(to),
        Meaning::Quote => to.enter(Kind::Quote(Vec::new()), By::Tag),
        Meaning::Code => to.start_code(),
        Meaning::Table => to.enter(Kind::table(Vec::new()), By::Tag),
        Meaning::Row if to.is_in(is_table) => to.row(),
        Meaning::Cell if to.is_in(is_table) => to.cell(),
        Meaning::Part | Meaning::Row | Meaning::Cell => to.flush(),
        Meaning::Span(span) => to.inline(Raw::Open(span, source(tag))),
        Meaning::Image => {
            let span = Span::Link(tag.attribute("src").unwrap_or_default());
            to.inline(Raw::Open(span.clone(), pairs::Source::Markdown));
            to.text(&tag.attribute("alt").unwrap_or_default());
            to.inline(Raw::Close(span, pairs::Source::Markdown));
        }
        Meaning::Literal => to.text(tag.source),
    }
}

fn close(to: &mut Builder, meaning: Meaning, tag: &Tag<'_>) {
    match meaning {
        Meaning::Break => to.inline(Raw::Break),
        Meaning::List(_) => to.leave_tag(is_list),
        Meaning::Item => to.leave_tag(is_item),
        Meaning::Quote => to.leave_tag(|it| matches!(it, Kind::Quote(_))),
        Meaning::Table => to.leave_tag(is_table),
        Meaning::Span(span) => to.inline(Raw::Close(span, source(tag))),
        Meaning::Image | Meaning::Literal => to.text(tag.source),
        // What ends here ends at the next of its kind, too.
        Meaning::Part
        | Meaning::Rule
        | Meaning::Heading(_)
        | Meaning::Code
        | Meaning::Row
        | Meaning::Cell => to.flush(),
    }
}

/// The tag for the end of an item is often left out, and the list around it sometimes.
fn item(to: &mut Builder) {
    if to.is_in(is_item) {
        to.leave_tag(is_item);
    }
    if !to.is_in(is_list) {
        to.enter(Kind::list(None), By::Tag);
    }
    to.enter(Kind::Item(Vec::new()), By::Tag);
}

fn source(tag: &Tag<'_>) -> pairs::Source {
    pairs::Source::Tag(tag.source.to_owned())
}

fn is_list(kind: &Kind) -> bool {
    matches!(kind, Kind::List(_))
}

fn is_item(kind: &Kind) -> bool {
    matches!(kind, Kind::Item(_))
}

fn is_table(kind: &Kind) -> bool {
    matches!(kind, Kind::Table(_))
}
