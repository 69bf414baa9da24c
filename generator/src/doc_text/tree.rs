//! The constructs of foreign Markdown that are kept: those that we print.

pub(super) enum Block {
    Paragraph(Vec<InlineText>),
    Heading(usize, Vec<InlineText>),
    Code(String),
    Quote(Vec<Block>),
    List(List),
    Table(DocTable),
    Rule,
}

/// Numbered from `start`, or bulleted without.
pub(super) struct List {
    pub(super) start: Option<u64>,
    pub(super) items: Vec<Vec<Block>>,
}

/// The first row is the head; rows end with their last cell that is not empty.
pub(super) struct DocTable {
    pub(super) align: Vec<Align>,
    pub(super) rows: Vec<Vec<Vec<InlineText>>>,
}

#[derive(Clone, Copy)]
pub(super) enum Align {
    None,
    Left,
    Center,
    Right,
}

/// A part of running text. `Open` and `Close` are balanced and never nest in their own kind.
#[derive(Clone)]
pub(super) enum InlineText {
    Text(String),
    Code(String),
    /// A link that is its own text.
    Url(String),
    Link(Vec<InlineText>, String),
    Open(TextStyle),
    Close(TextStyle),
    Break,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TextStyle {
    Strong,
    Emphasis,
    Strike,
}

/// Appends a block; a list right after one of its kind continues it, since only a change of the
/// marker would keep the two apart.
pub(super) fn append(blocks: &mut Vec<Block>, block: Block) {
    match (blocks.last_mut(), block) {
        (Some(Block::List(last)), Block::List(next))
            if last.start.is_some() == next.start.is_some() =>
        {
            last.items.extend(next.items);
        }
        (_, block) => blocks.push(block),
    }
}

/// True if anything of it would show.
pub(super) fn is_visible(pieces: &[InlineText]) -> bool {
    pieces.iter().any(|it| match it {
        InlineText::Text(text) => !text.trim().is_empty(),
        InlineText::Code(_) | InlineText::Url(_) | InlineText::Link(..) => true,
        InlineText::Open(_) | InlineText::Close(_) | InlineText::Break => false,
    })
}

/// The characters alone, for places that take no markup.
pub(super) fn text_of(pieces: &[InlineText]) -> String {
    let mut text = String::new();
    for piece in pieces {
        match piece {
            InlineText::Text(it) | InlineText::Code(it) | InlineText::Url(it) => text.push_str(it),
            InlineText::Link(inner, _) => text.push_str(&text_of(inner)),
            InlineText::Break => text.push(' '),
            InlineText::Open(_) | InlineText::Close(_) => {}
        }
    }
    text
}

/// The highest heading's level, to which the others are relative.
pub(super) fn top_level(blocks: &[Block]) -> Option<usize> {
    let level = |it: &Block| match it {
        Block::Heading(level, _) => Some(*level),
        Block::Quote(inner) => top_level(inner),
        Block::List(list) => list.items.iter().filter_map(|item| top_level(item)).min(),
        Block::Paragraph(_) | Block::Code(_) | Block::Table(_) | Block::Rule => None,
    };
    blocks.iter().filter_map(level).min()
}
