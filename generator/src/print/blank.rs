//! Blank lines, which prettyplease does not set.

/// The kind of an item, which decides about the blank lines around it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum ItemKind {
    Use,
    Module,
    Line,
    Block,
}

impl ItemKind {
    pub(super) fn of(item: &syn::Item) -> Self {
        match item {
            syn::Item::Use(_) => ItemKind::Use,
            syn::Item::Mod(it) if it.content.is_none() => ItemKind::Module,
            syn::Item::Macro(it) if matches!(it.mac.delimiter, syn::MacroDelimiter::Paren(_)) => {
                ItemKind::Line
            }
            _ => ItemKind::Block,
        }
    }

    /// The kind once the item is printed: a call that takes several lines is a block.
    pub(super) fn of_lines(self, lines: usize) -> Self {
        match self {
            ItemKind::Line if lines > 1 => ItemKind::Block,
            kind => kind,
        }
    }
}

/// True if a blank line separates two items: all but lines of one kind.
pub(super) fn between(before: ItemKind, after: ItemKind) -> bool {
    before != after || after == ItemKind::Block
}

/// A constant or type among the members of a block, and not a line of documentation that ends as one does.
fn is_statement(line: &str) -> bool {
    line.ends_with(';') && line.strip_prefix("    ").is_some_and(|it| !it.starts_with([' ', '/']))
}

fn starts_method(line: &str) -> bool {
    ["#[", "///", "fn ", "pub fn "].iter().any(|it| line.trim_start().starts_with(it))
}

/// Sets a blank line behind each method and before the first one of a block that ends in a brace, unless the block
/// ends too.
pub(super) fn members(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 32);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        spaced.push_str(line);
        spaced.push('\n');
        let next = lines.peek().copied().unwrap_or("}");
        if next != "}" && (line == "    }" || is_statement(line) && starts_method(next)) {
            spaced.push('\n');
        }
    }
    spaced
}
