//! Small things about text.

use std::fmt::{Display, Write};

/// A text of lines, each of which is ended.
pub(crate) fn lines(lines: impl IntoIterator<Item = impl Display>) -> String {
    lines.into_iter().fold(String::new(), |mut text, line| {
        writeln!(text, "{line}").expect("a string takes any text");
        text
    })
}

/// `1 file`, `2 files`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{plural}")
}

/// The first lines of a list, and how many are left out.
pub(crate) fn first(most: usize, list: &[impl Display]) -> String {
    let text = lines(list.iter().take(most));
    match list.len().saturating_sub(most) {
        0 => text,
        more => format!("{text}  … and {more} more\n"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut() {
        assert_eq!(first(1, &["a", "b", "c"]), "a\n  … and 2 more\n");
        assert_eq!(first(3, &["a", "b", "c"]), "a\nb\nc\n");
    }
}
