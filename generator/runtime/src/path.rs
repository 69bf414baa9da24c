//! Paths: a value fills a segment and can never change the route.

use crate::error::{Error, ErrorKind, Result};
use crate::param::{Node, Style, path, push_literal};
use percent_encoding::percent_decode_str;

const LEADS_ELSEWHERE: &str = "holds a `.` or `..` segment, which would change the route";

/// A value as its segment holds it. Refuses what would leave the segment: empty values, and what some
/// server on the way would read as `.` or `..`, percent-encoded or not.
pub(crate) fn value(name: &str, node: Node, style: Style) -> Result<String, &'static str> {
    filled(&node, style)?;
    let text = path(name, node, style);
    if has_dots(&text) { Err(LEADS_ELSEWHERE) } else { Ok(text) }
}

fn filled(node: &Node, style: Style) -> Result<(), &'static str> {
    match node {
        Node::Null => Err("is missing"),
        _ if node.is_undefined() => Err("is empty"),
        // A name precedes the value.
        _ if style.is_matrix() => Ok(()),
        Node::Text(text) if text.is_empty() && !style.has_segments() => Err("is empty"),
        Node::List(items) => {
            items.iter().filter(|it| !it.is_undefined()).try_for_each(|it| filled(it, style))
        }
        // A name precedes each value, so a value may be empty.
        Node::Text(_) | Node::Map(_) => Ok(()),
    }
}

/// Decodes up to four times, for servers behind proxies that each decode once. What follows a `;` is no
/// part of a segment's name to servers that know path parameters.
fn has_dots(text: &str) -> bool {
    let dots = |text: &str| {
        let mut segments = text.split(['/', '\\']).filter_map(|it| it.split(';').next());
        segments.any(|it| it == "." || it == "..")
    };
    if !text.contains('%') {
        return dots(text);
    }
    let mut text = text.to_owned();
    for _ in 0..5 {
        if dots(&text) {
            return true;
        }
        let decoded = percent_decode_str(&text).decode_utf8_lossy().into_owned();
        if decoded == text {
            return false;
        }
        text = decoded;
    }
    false
}

/// Adds a template to a URL that has no path yet; `push` adds the encoded value of a name.
pub(crate) fn fill(
    out: &mut String,
    template: &str,
    mut push: impl FnMut(&mut String, &str) -> Result<()>,
) -> Result<()> {
    let start = out.len();
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        push_literal(out, literal);
        let Some((name, tail)) = tail.split_once('}') else {
            return Err(Error::new(
                ErrorKind::Configuration,
                format!("the path `{template}` has a brace that is not closed"),
            ));
        };
        push(out, name)?;
        rest = tail;
    }
    push_literal(out, rest);
    if has_dots(&out[start..]) {
        return Err(Error::new(ErrorKind::InvalidParameter, format!("the path {LEADS_ELSEWHERE}")));
    }
    if out.len() > start && !out[start..].starts_with('/') {
        out.insert(start, '/');
    }
    Ok(())
}
