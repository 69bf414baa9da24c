//! Tags that have a counterpart in Markdown; all others are text.

use std::collections::BTreeSet;

use super::build::{Builder, OpenBlockKind, OpenedBy};
use super::html::{self, HtmlTag, Token};
use super::pairs::{self, Raw, Span};
use super::tree::TextStyle;

/// The names of all closing tags in a text. A tag that is never closed is most often a
/// placeholder, and must not swallow what follows.
pub(super) fn closed(text: &str) -> BTreeSet<String> {
    let names = text.split("</").skip(1).map(|rest| {
        let end = rest.bytes().take(12).take_while(u8::is_ascii_alphanumeric).count();
        rest[..end].to_ascii_lowercase()
    });
    names.collect()
}

/// The meaning of a tag.
enum TagMeaning {
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

fn meaning(tag: &HtmlTag<'_>, closed: &BTreeSet<String>) -> TagMeaning {
    let name = tag.name.as_str();
    let single = matches!(name, "p" | "br" | "hr" | "li" | "tr" | "td" | "th" | "img");
    if !single && !closed.contains(name) {
        return TagMeaning::Literal;
    }
    match name {
        "p" | "div" | "section" | "center" | "details" | "summary" | "dl" | "dt" | "dd" => {
            TagMeaning::Part
        }
        "br" => TagMeaning::Break,
        "hr" => TagMeaning::Rule,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            TagMeaning::Heading(usize::from(name.as_bytes()[1] - b'0'))
        }
        "ul" => TagMeaning::List(None),
        "ol" => TagMeaning::List(Some(1)),
        "li" => TagMeaning::Item,
        "blockquote" => TagMeaning::Quote,
        "pre" => TagMeaning::Code,
        "table" => TagMeaning::Table,
        "thead" | "tbody" | "tfoot" | "tr" => TagMeaning::Row,
        "td" | "th" => TagMeaning::Cell,
        "b" | "strong" => TagMeaning::Span(Span::Mark(TextStyle::Strong)),
        "i" | "em" | "cite" => TagMeaning::Span(Span::Mark(TextStyle::Emphasis)),
        "s" | "del" | "strike" => TagMeaning::Span(Span::Mark(TextStyle::Strike)),
        "code" | "tt" | "kbd" | "samp" => TagMeaning::Span(Span::Code),
        "a" => TagMeaning::Span(Span::Link(tag.attribute("href").unwrap_or_default())),
        "span" | "u" | "small" | "sup" | "sub" | "font" | "mark" | "nobr" | "abbr" => {
            TagMeaning::Span(Span::Plain)
        }
        "img" => TagMeaning::Image,
        _ => TagMeaning::Literal,
    }
}

/// A whole block of HTML.
pub(super) fn block(to: &mut Builder, html: &str, closed: &BTreeSet<String>) {
    let tokens = html::tokens(html);
    let known = tokens.iter().any(|it| match it {
        Token::Tag(tag) => !matches!(meaning(tag, closed), TagMeaning::Literal),
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
                TagMeaning::Literal => to.text(tag.source),
                meaning if tag.closing => close(to, meaning, &tag),
                meaning => open(to, meaning, &tag),
            },
        }
    }
}

fn open(to: &mut Builder, meaning: TagMeaning, tag: &HtmlTag<'_>) {
    match meaning {
        TagMeaning::Break => to.inline(Raw::Break),
        TagMeaning::Rule => to.rule(),
        TagMeaning::Heading(level) => to.start_heading(level),
        TagMeaning::List(start) => to.enter(OpenBlockKind::list(start), OpenedBy::Tag),
        TagMeaning::Item => item(to),
        TagMeaning::Quote => to.enter(OpenBlockKind::Quote(Vec::new()), OpenedBy::Tag),
        TagMeaning::Code => to.start_code(),
        TagMeaning::Table => to.enter(OpenBlockKind::table(Vec::new()), OpenedBy::Tag),
        TagMeaning::Row if to.is_in(is_table) => to.row(),
        TagMeaning::Cell if to.is_in(is_table) => to.cell(),
        TagMeaning::Part | TagMeaning::Row | TagMeaning::Cell => to.flush(),
        TagMeaning::Span(span) => to.inline(Raw::Open(span, source(tag))),
        TagMeaning::Image => {
            let span = Span::Link(tag.attribute("src").unwrap_or_default());
            to.inline(Raw::Open(span.clone(), pairs::DelimiterSource::Markdown));
            to.text(&tag.attribute("alt").unwrap_or_default());
            to.inline(Raw::Close(span, pairs::DelimiterSource::Markdown));
        }
        TagMeaning::Literal => to.text(tag.source),
    }
}

fn close(to: &mut Builder, meaning: TagMeaning, tag: &HtmlTag<'_>) {
    match meaning {
        TagMeaning::Break => to.inline(Raw::Break),
        TagMeaning::List(_) => to.leave_tag(is_list),
        TagMeaning::Item => to.leave_tag(is_item),
        TagMeaning::Quote => to.leave_tag(|it| matches!(it, OpenBlockKind::Quote(_))),
        TagMeaning::Table => to.leave_tag(is_table),
        TagMeaning::Span(span) => to.inline(Raw::Close(span, source(tag))),
        TagMeaning::Image | TagMeaning::Literal => to.text(tag.source),
        // An element that ends here ends at the next of its kind, too.
        TagMeaning::Part
        | TagMeaning::Rule
        | TagMeaning::Heading(_)
        | TagMeaning::Code
        | TagMeaning::Row
        | TagMeaning::Cell => to.flush(),
    }
}

/// The tag for the end of an item is often left out, and the list around it sometimes.
fn item(to: &mut Builder) {
    if to.is_in(is_item) {
        to.leave_tag(is_item);
    }
    if !to.is_in(is_list) {
        to.enter(OpenBlockKind::list(None), OpenedBy::Tag);
    }
    to.enter(OpenBlockKind::Item(Vec::new()), OpenedBy::Tag);
}

fn source(tag: &HtmlTag<'_>) -> pairs::DelimiterSource {
    pairs::DelimiterSource::Tag(tag.source.to_owned())
}

fn is_list(kind: &OpenBlockKind) -> bool {
    matches!(kind, OpenBlockKind::List(_))
}

fn is_item(kind: &OpenBlockKind) -> bool {
    matches!(kind, OpenBlockKind::Item(_))
}

fn is_table(kind: &OpenBlockKind) -> bool {
    matches!(kind, OpenBlockKind::Table(_))
}
