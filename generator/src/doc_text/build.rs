//! The tree under construction: what is open, and the running text that waits to be closed.
//!
//! Markdown opens and closes its containers in balance; tags open them as they please. A
//! Markdown container that ends takes the tags in it along, and a tag never closes one.

use super::clean;
use super::pairs::{self, Raw};
use super::table;
use super::tree::{self, Align, Block, DocTable, InlineText, List};

/// The greatest depth of nested containers; the contents of deeper ones appear in place.
const MAX_DEPTH: usize = 12;

pub(super) struct Builder {
    frames: Vec<OpenBlock>,
    /// Markdown containers that are open, but not as frames.
    beyond: usize,
    raw: Vec<Raw>,
    heading: Option<usize>,
    /// The code block that text goes to instead.
    code: Option<String>,
}

struct OpenBlock {
    kind: OpenBlockKind,
    by: OpenedBy,
}

pub(super) enum OpenBlockKind {
    Root(Vec<Block>),
    Quote(Vec<Block>),
    List(List),
    Item(Vec<Block>),
    Table(DocTable),
}

impl OpenBlockKind {
    pub(super) fn list(start: Option<u64>) -> Self {
        OpenBlockKind::List(List { start, items: Vec::new() })
    }

    pub(super) fn table(align: Vec<Align>) -> Self {
        OpenBlockKind::Table(DocTable { align, rows: Vec::new() })
    }
}

/// Who opened a container.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenedBy {
    Markdown,
    Tag,
}

impl Builder {
    pub(super) fn new() -> Self {
        let root = OpenBlock { kind: OpenBlockKind::Root(Vec::new()), by: OpenedBy::Markdown };
        Builder { frames: vec![root], beyond: 0, raw: Vec::new(), heading: None, code: None }
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.flush();
        while self.frames.len() > 1 {
            self.pop();
        }
        match self.frames.pop().map(|it| it.kind) {
            Some(OpenBlockKind::Root(blocks)) => blocks,
            _ => unreachable!("the first frame is the root and is never popped"),
        }
    }

    /// Text as it reads, entities decoded.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(code) = &mut self.code {
            code.push_str(text);
            return;
        }
        let text = clean::clean(text);
        match self.raw.last_mut() {
            Some(Raw::Text(last)) => last.push_str(&text),
            _ => self.raw.push(Raw::Text(text.into_owned())),
        }
    }

    pub(super) fn code(&mut self, code: &str) {
        if let Some(InlineText::Code(code)) = pairs::code(code) {
            self.inline(Raw::Code(code));
        } else {
            self.text(" ");
        }
    }

    /// Any part of running text but text. In a code block marks mean nothing.
    pub(super) fn inline(&mut self, it: Raw) {
        match (&mut self.code, it) {
            (None, it) => self.raw.push(it),
            (Some(code), Raw::Code(text)) => code.push_str(&text),
            (Some(code), Raw::Break) => code.push('\n'),
            (Some(_), Raw::Text(_) | Raw::Open(..) | Raw::Close(..)) => {}
        }
    }

    pub(super) fn start_heading(&mut self, level: usize) {
        self.flush();
        self.heading = Some(level);
    }

    pub(super) fn start_code(&mut self) {
        self.flush();
        self.code = Some(String::new());
    }

    pub(super) fn rule(&mut self) {
        self.flush();
        self.push(Block::Rule);
    }

    /// Ends the paragraph, heading, cell or code block.
    pub(super) fn flush(&mut self) {
        let heading = self.heading.take();
        if let Some(code) = self.code.take() {
            let code = clean::clean(&code).trim_matches('\n').to_owned();
            if !code.trim().is_empty() {
                self.push(Block::Code(code));
            }
        }
        let pieces = pairs::resolve(std::mem::take(&mut self.raw));
        match heading {
            Some(_) if !tree::is_visible(&pieces) => {}
            Some(level) => self.push(Block::Heading(level, pieces)),
            None => {
                for paragraph in paragraphs(pieces) {
                    self.push(Block::Paragraph(paragraph));
                }
            }
        }
    }

    fn top(&mut self) -> &mut OpenBlock {
        self.frames.last_mut().expect("the root is never popped")
    }

    fn push(&mut self, block: Block) {
        match &mut self.top().kind {
            OpenBlockKind::Root(blocks)
            | OpenBlockKind::Quote(blocks)
            | OpenBlockKind::Item(blocks) => {
                tree::append(blocks, block);
            }
            OpenBlockKind::List(list) => list.items.push(vec![block]),
            OpenBlockKind::Table(table) => table::add(table, block),
        }
    }

    /// Opens a container, unless it is too deep or in a table, where none can be.
    pub(super) fn enter(&mut self, kind: OpenBlockKind, by: OpenedBy) {
        self.flush();
        let full = self.frames.len() > MAX_DEPTH || self.in_table();
        match by {
            _ if !full => self.frames.push(OpenBlock { kind, by }),
            OpenedBy::Markdown => self.beyond += 1,
            OpenedBy::Tag => {}
        }
    }

    fn in_table(&mut self) -> bool {
        matches!(self.top().kind, OpenBlockKind::Table(_))
    }

    /// Closes the innermost container that Markdown opened.
    pub(super) fn leave(&mut self) {
        self.flush();
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        while self.top().by == OpenedBy::Tag {
            self.pop();
        }
        self.pop();
    }

    /// Closes the innermost container of a kind that a tag opened, if there is one in reach.
    pub(super) fn leave_tag(&mut self, kind: fn(&OpenBlockKind) -> bool) {
        self.flush();
        if self.beyond > 0 {
            return;
        }
        let tags = self.frames.iter().rev().take_while(|it| it.by == OpenedBy::Tag);
        let Some(depth) = tags.into_iter().position(|it| kind(&it.kind)) else { return };
        for _ in 0..=depth {
            self.pop();
        }
    }

    /// True if the innermost container is of a kind and was opened by a tag.
    pub(super) fn is_in(&self, kind: fn(&OpenBlockKind) -> bool) -> bool {
        let top = self.frames.last().filter(|_| self.beyond == 0);
        top.is_some_and(|it| it.by == OpenedBy::Tag && kind(&it.kind))
    }

    pub(super) fn row(&mut self) {
        self.flush();
        if let (0, OpenBlockKind::Table(table)) = (self.beyond, &mut self.top().kind) {
            table.rows.push(Vec::new());
        }
    }

    pub(super) fn cell(&mut self) {
        self.flush();
        if let (0, OpenBlockKind::Table(table)) = (self.beyond, &mut self.top().kind) {
            table::start_cell(table);
        }
    }

    fn pop(&mut self) {
        let Some(frame) = self.frames.pop() else { return };
        match frame.kind {
            OpenBlockKind::Root(_) => self.frames.push(frame),
            OpenBlockKind::Quote(blocks) if blocks.is_empty() => {}
            OpenBlockKind::Quote(blocks) => self.push(Block::Quote(blocks)),
            OpenBlockKind::Item(blocks) if blocks.is_empty() => {}
            OpenBlockKind::Item(blocks) => match &mut self.top().kind {
                OpenBlockKind::List(list) => list.items.push(blocks),
                _ => blocks.into_iter().for_each(|it| self.push(it)),
            },
            OpenBlockKind::List(list) if list.items.is_empty() => {}
            OpenBlockKind::List(list) => self.push(Block::List(list)),
            OpenBlockKind::Table(table) => {
                if let Some(table) = table::trimmed(table) {
                    self.push(Block::Table(table));
                }
            }
        }
    }
}

/// Two line breaks in a row part paragraphs, unless a mark is open across them.
fn paragraphs(pieces: Vec<InlineText>) -> Vec<Vec<InlineText>> {
    let mut paragraphs = vec![Vec::new()];
    let mut breaks = 0;
    let mut open = 0_usize;
    for piece in pieces {
        match &piece {
            InlineText::Break => breaks += 1,
            InlineText::Text(text) if text.trim().is_empty() => {}
            InlineText::Open(_) => open += 1,
            InlineText::Close(_) => open -= 1,
            InlineText::Text(_)
            | InlineText::Code(_)
            | InlineText::Url(_)
            | InlineText::Link(..) => breaks = 0,
        }
        if breaks > 1 && open == 0 {
            paragraphs.push(Vec::new());
            breaks = 0;
        } else {
            paragraphs.last_mut().expect("starts with one").push(piece);
        }
    }
    paragraphs.retain(|it| tree::is_visible(it));
    paragraphs
}
