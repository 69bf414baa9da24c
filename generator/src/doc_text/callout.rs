//! The boxes of documentation sites, `<Note>` and the like, which are Markdown inside.

use std::borrow::Cow;

/// Lower-case names are HTML's; these are components.
const NAMES: [&str; 8] =
    ["Note", "Tip", "Info", "Warning", "Danger", "Caution", "Error", "Success"];

/// Puts the name of a box in front of its text and a blank line behind it. A parser of HTML would
/// take all of it for raw.
pub(super) fn unbox(text: &str) -> Cow<'_, str> {
    if !text.contains("</") || !NAMES.iter().any(|name| text.contains(&format!("</{name}>"))) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut code = None;
    for line in text.lines() {
        match &code {
            None => code = Fence::opened_by(line),
            Some(fence) if fence.is_closed_by(line) => code = None,
            Some(_) => {
                out.push_str(line);
                out.push('\n');
                continue;
            }
        }
        unbox_line(line, &mut out);
        out.push('\n');
    }
    Cow::Owned(out)
}

/// The start of a code block.
struct Fence {
    /// The start of its lines: blanks, and the marks of quotes.
    before: String,
    mark: char,
    len: usize,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        let at = line.find(['`', '~']).filter(|at| is_before_blocks(&line[..*at]))?;
        let mark = line[at..].chars().next()?;
        let rest = line[at..].trim_start_matches(mark);
        let len = line.len() - at - rest.len();
        let before = line[..at].chars().map(|it| if it == '>' { it } else { ' ' }).collect();
        (len >= 3 && !(mark == '`' && rest.contains(mark))).then_some(Self { before, mark, len })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let inner = match self.before.contains('>') {
            true => line.strip_prefix(&*self.before),
            false => Some(line.strip_prefix(&*self.before).unwrap_or(line.trim_start())),
        };
        let Some(inner) = inner else { return false };
        let bare = inner.trim_start_matches(' ');
        let rest = bare.trim_start_matches(self.mark);
        inner.len() - bare.len() <= 3
            && bare.len() - rest.len() >= self.len
            && rest.trim().is_empty()
    }
}

/// True if nothing but indentation, quotes and items of lists begins with a text.
fn is_before_blocks(text: &str) -> bool {
    text.split([' ', '>']).all(|it| {
        let number = it.strip_suffix(['.', ')']).unwrap_or("x");
        matches!(it, "" | "-" | "*" | "+") || number.bytes().all(|it| it.is_ascii_digit())
    })
}

fn unbox_line(line: &str, out: &mut String) {
    let bare = line.trim_start();
    let indent = &line[..line.len() - bare.len()];
    let opened = NAMES.iter().find_map(|name| {
        let rest = bare.strip_prefix('<')?.strip_prefix(name)?.strip_prefix('>')?;
        Some((*name, rest))
    });
    let rest = opened.map_or(bare, |it| it.1);
    let closed = NAMES
        .iter()
        .find_map(|name| rest.trim_end().strip_suffix('>')?.strip_suffix(name)?.strip_suffix("</"));
    let closed = closed.filter(|it| !it.ends_with('\\'));
    out.push_str(indent);
    if let Some((name, _)) = opened {
        out.push_str("**");
        out.push_str(name);
        out.push_str(":** ");
    }
    out.push_str(closed.unwrap_or(rest).trim_start());
    if closed.is_some() {
        out.push('\n');
    }
}
