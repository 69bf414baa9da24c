//! Markdown that somebody else wrote, made fit for a doc comment: inert, canonical, wrapped.
//!
//! A description may hold anything: doctests, raw HTML, links to nowhere, characters that end a
//! comment. It is read by the parser that rustdoc uses ([`read`]), kept as a tree of the few
//! constructs that are harmless ([`tree`]), and written anew ([`mod@print`]). Nothing is passed
//! through as it stood, so nothing has to be looked for.

mod build;
mod callout;
mod clean;
mod escape;
mod flank;
mod html;
mod inline;
mod pairs;
mod plain_text;
mod print;
mod read;
mod summary;
mod table;
mod tags;
mod tree;
mod url;

#[cfg(test)]
mod tests;

pub(crate) use clean::{code, visible};
pub(crate) use summary::summary;

/// The greatest number of times that a text is written anew until it no longer changes; ordinary text needs one.
const ROUNDS: usize = 3;

/// The text as the lines of a doc comment (without `///`), at most `width` columns where it can
/// be wrapped. Empty for blank text.
///
/// The returned text reads back as itself. That is what makes it inert: a raw tag, an open
/// bracket or a fence other than `text` would not come back unchanged, because the printer
/// writes none of them.
pub(crate) fn lines(text: &str, width: usize) -> Vec<String> {
    if let Some(lines) = plain_text::lines(text.trim(), width) {
        return lines;
    }
    let text = clean::clean(text);
    let text = clean::dedent(&text);
    settle(&text, width).unwrap_or_else(|| print::fence(&text))
}

/// Prints until printing changes nothing; `None` when that does not come about.
fn settle(text: &str, width: usize) -> Option<Vec<String>> {
    let mut lines = print::print(&read::read(text), width);
    for _ in 0..ROUNDS {
        let again = print::print(&read::read(&lines.join("\n")), width);
        if again == lines {
            return Some(lines);
        }
        lines = again;
    }
    None
}
