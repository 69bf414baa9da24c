//! Output for the person at the keyboard.

use crate::text::lines;
use generator::diag::ReportStyle;
use std::io::IsTerminal;

/// The style of findings on standard error: in colour on a terminal, unless `NO_COLOR` is set.
pub fn style() -> ReportStyle {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|it| !it.is_empty());
    if std::io::stderr().is_terminal() && !plain {
        ReportStyle::Coloured
    } else {
        ReportStyle::Plain
    }
}

/// Rows below a heading. Columns of numbers stand right.
pub fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let columns = (0..columns).map(|it| Column::of(rows, it)).collect::<Vec<_>>();
    lines(rows.iter().map(|row| {
        let cells = row.iter().zip(&columns).map(|(cell, column)| column.pad(cell));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    }))
}

struct Column {
    width: usize,
    right: bool,
}

impl Column {
    fn of(rows: &[Vec<String>], index: usize) -> Self {
        let cells = || rows.iter().filter_map(|row| row.get(index));
        let number = |cell: &String| cell.starts_with(|it: char| it.is_ascii_digit());
        let width = cells().map(|it| width(it)).max().unwrap_or(0);
        Self { width, right: cells().skip(1).all(number) }
    }

    fn pad(&self, cell: &str) -> String {
        let gap = " ".repeat(self.width - width(cell));
        if self.right { format!("{gap}{cell}") } else { format!("{cell}{gap}") }
    }
}

fn width(cell: &str) -> usize {
    cell.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["a", "number", "note"], ["longer", "1/2", "é"]];
        let rows = rows.map(|row| row.map(str::to_owned).to_vec());
        assert_eq!(table(&rows), "a       number  note\nlonger     1/2  é\n");
    }

    #[test]
    fn nothing_makes_an_empty_table() {
        assert_eq!(table(&[]), "");
    }
}
