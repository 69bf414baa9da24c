//! Tables under construction.

use super::pairs;
use super::tree::{self, Align, Block, DocTable, InlineText};

/// The number of columns that are kept apart.
pub(super) const COLUMNS: usize = 40;

/// Beyond the last column, text goes to that one.
pub(super) fn start_cell(table: &mut DocTable) {
    match table.rows.last_mut() {
        Some(row) if row.len() < COLUMNS => row.push(Vec::new()),
        Some(_) => {}
        None => table.rows.push(vec![Vec::new()]),
    }
}

/// A cell holds running text only.
pub(super) fn add(table: &mut DocTable, block: Block) {
    let pieces = match block {
        Block::Paragraph(pieces) | Block::Heading(_, pieces) => pieces,
        Block::Code(code) => pairs::code(&code).into_iter().collect(),
        Block::Quote(_) | Block::List(_) | Block::Table(_) | Block::Rule => return,
    };
    if table.rows.is_empty() {
        table.rows.push(Vec::new());
    }
    let row = table.rows.last_mut().expect("there is a row");
    match row.last_mut() {
        Some(cell) => {
            cell.push(InlineText::Text(" ".to_owned()));
            cell.extend(pieces);
        }
        None => row.push(pieces),
    }
}

/// Without the empty cells and rows at its ends, and with an alignment for each column.
pub(super) fn trimmed(mut table: DocTable) -> Option<DocTable> {
    for row in &mut table.rows {
        let len = row.iter().rposition(|it| tree::is_visible(it)).map_or(0, |it| it + 1);
        row.truncate(len);
    }
    let mut first = true;
    table.rows.retain(|row| std::mem::take(&mut first) || !row.is_empty());
    let columns = table.rows.iter().map(Vec::len).max().filter(|it| *it > 0)?;
    table.align.resize(columns, Align::None);
    Some(table)
}
