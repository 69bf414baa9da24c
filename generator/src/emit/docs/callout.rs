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
    let mut fenced = false;
    for line in text.lines() {
        let bare = line.trim_start();
        fenced ^= bare.starts_with("```") || bare.starts_with("~~~");
        if fenced {
            out.push_str(line);
        } else {
            unbox_line(line, &mut out);
        }
        out.push('\n');
    }
    Cow::Owned(out)
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
