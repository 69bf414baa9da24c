//! Markdown into the tree.

use std::collections::BTreeSet;

use pulldown_cmark::{Alignment, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::build::{Builder, OpenBlockKind, OpenedBy};
use super::callout;
use super::pairs::{self, Raw, Span};
use super::table;
use super::tags;
use super::tree::{Align, Block, TextStyle};

/// Reads the text as rustdoc would.
pub(super) fn read(text: &str) -> Vec<Block> {
    let text = &*callout::unbox(text);
    let closed = tags::closed(text);
    let mut to = Builder::new();
    let mut html = String::new();
    for event in Parser::new_ext(text, options(text)) {
        match event {
            Event::Html(part) => html.push_str(&part),
            Event::End(TagEnd::HtmlBlock) => {
                tags::block(&mut to, &std::mem::take(&mut html), &closed);
            }
            Event::Start(tag) => start(&mut to, tag),
            Event::End(tag) => end(&mut to, tag),
            other => inline(&mut to, other, &closed),
        }
    }
    to.finish()
}

/// The extensions of rustdoc, without those for looks. A table that is wide beyond reason would
/// be filled up with empty cells by the parser: many lines times many columns. One that we print
/// has a bar more than it has columns.
fn options(text: &str) -> Options {
    let mut options =
        Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let wide = |line: &str| line.bytes().filter(|b| *b == b'|').count() > table::COLUMNS + 1;
    options.set(Options::ENABLE_TABLES, !text.lines().any(wide));
    options
}

fn start(to: &mut Builder, tag: Tag<'_>) {
    match tag {
        Tag::Heading { level, .. } => to.start_heading(level as usize),
        Tag::BlockQuote(_) => to.enter(OpenBlockKind::Quote(Vec::new()), OpenedBy::Markdown),
        Tag::CodeBlock(_) => to.start_code(),
        Tag::List(start) => to.enter(OpenBlockKind::list(start), OpenedBy::Markdown),
        Tag::Item => to.enter(OpenBlockKind::Item(Vec::new()), OpenedBy::Markdown),
        // Its first paragraph follows on the same line.
        Tag::FootnoteDefinition(label) => {
            to.flush();
            to.text(&format!("[{label}]: "));
        }
        Tag::Table(align) => {
            let align = align.into_iter().map(alignment).collect();
            to.enter(OpenBlockKind::table(align), OpenedBy::Markdown);
        }
        Tag::TableHead | Tag::TableRow => to.row(),
        Tag::TableCell => to.cell(),
        Tag::Link { dest_url, link_type: LinkType::Autolink | LinkType::Email, .. } => {
            to.inline(Raw::Open(
                Span::Address(dest_url.into_string()),
                pairs::DelimiterSource::Markdown,
            ));
        }
        tag => {
            if let Some(span) = span(tag) {
                to.inline(Raw::Open(span, pairs::DelimiterSource::Markdown));
            }
        }
    }
}

fn span(tag: Tag<'_>) -> Option<Span> {
    match tag {
        Tag::Emphasis => Some(Span::Mark(TextStyle::Emphasis)),
        Tag::Strong => Some(Span::Mark(TextStyle::Strong)),
        Tag::Strikethrough => Some(Span::Mark(TextStyle::Strike)),
        // An image is shown by its text; within a link it adds nothing else.
        Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
            Some(Span::Link(dest_url.into_string()))
        }
        _ => None,
    }
}

fn end(to: &mut Builder, tag: TagEnd) {
    let span = match tag {
        TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item | TagEnd::Table => {
            return to.leave();
        }
        TagEnd::Emphasis => Span::Mark(TextStyle::Emphasis),
        TagEnd::Strong => Span::Mark(TextStyle::Strong),
        TagEnd::Strikethrough => Span::Mark(TextStyle::Strike),
        TagEnd::Link | TagEnd::Image => Span::Link(String::new()),
        _ => return to.flush(),
    };
    to.inline(Raw::Close(span, pairs::DelimiterSource::Markdown));
}

fn inline(to: &mut Builder, event: Event<'_>, closed: &BTreeSet<String>) {
    match event {
        // Formulas are not enabled.
        Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => to.text(&text),
        Event::Code(code) => to.code(&code),
        Event::InlineHtml(html) => tags::inline(to, &html, closed),
        Event::SoftBreak => to.text("\n"),
        Event::HardBreak => to.inline(Raw::Break),
        Event::Rule => to.rule(),
        Event::FootnoteReference(label) => to.text(&format!("[{label}]")),
        Event::TaskListMarker(true) => to.text("[x] "),
        Event::TaskListMarker(false) => to.text("[ ] "),
        // Dealt with before.
        Event::Start(_) | Event::End(_) | Event::Html(_) => {}
    }
}

fn alignment(it: Alignment) -> Align {
    match it {
        Alignment::None => Align::None,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Center,
        Alignment::Right => Align::Right,
    }
}
