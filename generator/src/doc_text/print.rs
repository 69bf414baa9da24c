//! The tree as lines: one way to write each construct.

use super::escape;
use super::inline::{self, Word};
use super::tree::{self, Align, Block, DocTable, InlineText, List};

/// Columns that text gets however deep it is nested.
const NARROWEST: usize = 24;

/// The level of the highest heading: one below the sections that a doc comment has of its own.
const TOP_LEVEL: usize = 2;

const LOWEST_LEVEL: usize = 6;

#[derive(Clone, Copy)]
struct PageLayout {
    width: usize,
    /// The level that is printed as [`TOP_LEVEL`].
    top: usize,
}

pub(super) fn print(document: &[Block], width: usize) -> Vec<String> {
    let top = tree::top_level(document).unwrap_or(TOP_LEVEL);
    blocks(PageLayout { width, top }, document)
}

/// The whole text unchanged, as a code block that is not compiled.
pub(super) fn fence(code: &str) -> Vec<String> {
    let fence = "`".repeat((inline::longest_run(code, '`') + 1).max(3));
    let mut lines = vec![format!("{fence}text")];
    let from = lines.len();
    lines.extend(code.lines().map(|line| line.trim_end().to_owned()));
    // The opening line is not empty.
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let empty = lines[from..].iter().take_while(|it| it.is_empty()).count();
    lines.drain(from..from + empty);
    lines.push(fence);
    lines
}

fn blocks(page: PageLayout, blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    for it in blocks {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(block(page, it));
    }
    lines
}

fn block(page: PageLayout, block: &Block) -> Vec<String> {
    match block {
        Block::Paragraph(pieces) => wrap(page.width, &inline::words(pieces)),
        Block::Heading(level, pieces) => vec![heading(page, *level, pieces)],
        Block::Code(code) => fence(code),
        Block::Quote(inner) => {
            let inner = blocks(PageLayout { width: page.width.saturating_sub(2), ..page }, inner);
            inner.into_iter().map(|line| prefixed("> ", &line)).collect()
        }
        Block::List(it) => list(page, it),
        Block::Table(it) => table(it),
        Block::Rule => vec!["***".to_owned()],
    }
}

fn prefixed(prefix: &str, line: &str) -> String {
    format!("{prefix}{line}").trim_end().to_owned()
}

fn heading(page: PageLayout, level: usize, pieces: &[InlineText]) -> String {
    let level = (level - page.top + TOP_LEVEL).min(LOWEST_LEVEL);
    let text = inline::line(pieces);
    // A run of `#` at the end would count as decoration.
    let words = text.split(' ').map(|word| {
        let run = !word.is_empty() && word.bytes().all(|b| b == b'#');
        if run { format!("\\{word}") } else { word.to_owned() }
    });
    format!("{} {}", "#".repeat(level), words.collect::<Vec<_>>().join(" "))
}

fn list(page: PageLayout, list: &List) -> Vec<String> {
    let tight = list.items.iter().all(|it| is_tight(it));
    // Numbers have nine digits at most.
    let start = list.start.map(|it| if it > 900_000_000 { 1 } else { it });
    let mut lines = Vec::new();
    for (i, item) in (0..).zip(&list.items) {
        if !tight && !lines.is_empty() {
            lines.push(String::new());
        }
        let marker = start.map_or("- ".to_owned(), |it| format!("{}. ", it + i));
        let indent = " ".repeat(marker.len());
        let width = page.width.saturating_sub(marker.len());
        let page = PageLayout { width, ..page };
        let inner = if tight {
            item.iter().flat_map(|it| block(page, it)).collect()
        } else {
            blocks(page, item)
        };
        for (at, line) in inner.iter().enumerate() {
            lines.push(prefixed(if at == 0 { &marker } else { &indent }, line));
        }
    }
    lines
}

/// True if no blank lines are needed: text, and lists that can follow it directly.
fn is_tight(item: &[Block]) -> bool {
    item.iter().enumerate().all(|(at, it)| match it {
        Block::Paragraph(_) => at == 0,
        Block::List(list) => list.start.is_none_or(|it| it == 1),
        Block::Heading(..) | Block::Code(_) | Block::Quote(_) | Block::Table(_) | Block::Rule => {
            false
        }
    })
}

fn table(table: &DocTable) -> Vec<String> {
    let rule = table.align.iter().map(|it| match it {
        Align::None => "---",
        Align::Left => ":--",
        Align::Center => ":-:",
        Align::Right => "--:",
    });
    let mut lines: Vec<_> = table.rows.iter().map(|row| cells(row, table.align.len())).collect();
    lines.insert(1, format!("| {} |", rule.collect::<Vec<_>>().join(" | ")));
    lines
}

fn cells(row: &[Vec<InlineText>], columns: usize) -> String {
    let mut line = "|".to_owned();
    for column in 0..columns {
        let text = row.get(column).map(|it| inline::line(it).replace('|', "\\|"));
        if let Some(text) = text.filter(|it| !it.is_empty()) {
            line.push(' ');
            line.push_str(&text);
        }
        line.push_str(" |");
    }
    line
}

/// Fills lines with words. A word that would mean something as the first of its line stays on
/// the line before, or is escaped where that cannot be.
pub(super) fn wrap(width: usize, words: &[Word]) -> Vec<String> {
    let width = width.max(NARROWEST);
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut columns = 0;
    // A word can be moved to the next line together with those that have to follow it there.
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let Word::Text(word) = word else {
            line.push('\\');
            lines.push(std::mem::take(&mut line));
            columns = 0;
            continue;
        };
        let mut unit = if line.is_empty() { escape::at_line_start(word) } else { word.clone() };
        while let Some(Word::Text(next)) = words.peek() {
            if escape::line_start(next).is_none() {
                break;
            }
            unit.push(' ');
            unit.push_str(next);
            words.next();
        }
        let len = unit.chars().count();
        if line.is_empty() {
            line = unit;
            columns = len;
        } else if columns + 1 + len <= width {
            line.push(' ');
            line.push_str(&unit);
            columns += 1 + len;
        } else {
            lines.push(std::mem::replace(&mut line, unit));
            columns = len;
        }
    }
    lines.push(line);
    lines
}
