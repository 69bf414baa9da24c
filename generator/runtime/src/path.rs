//! Paths: a value fills a segment and can never change the route.

use crate::error::{Error, ErrorKind, Result};
use crate::param::{Node, push_literal};
use percent_encoding::percent_decode_str;

/// Refuses values that would leave their segment: empty ones and those that some server on the way
/// would read as `.` or `..`, percent-encoded or not.
pub(crate) fn check(node: &Node) -> Result<(), &'static str> {
    match node {
        Node::Null => Err("is missing"),
        Node::Text(text) if text.is_empty() => Err("is empty"),
        Node::List(items) if items.is_empty() => Err("is empty"),
        Node::List(items) => items.iter().try_for_each(check),
        // What has a value has a name before it, so a value may be empty.
        Node::Map(pairs) if pairs.iter().all(|it| it.1 == Node::Null) => Err("is empty"),
        Node::Text(_) | Node::Map(_) if leads_elsewhere(node) => {
            Err("holds a `.` or `..` segment, which would change the route")
        }
        Node::Text(_) | Node::Map(_) => Ok(()),
    }
}

/// Whether any text in a value is such a segment, or holds one.
fn leads_elsewhere(node: &Node) -> bool {
    match node {
        Node::Null => false,
        Node::Text(text) => has_dots(text),
        Node::List(items) => items.iter().any(leads_elsewhere),
        Node::Map(pairs) => {
            pairs.iter().any(|(name, value)| has_dots(name) || leads_elsewhere(value))
        }
    }
}

/// Decodes up to three times, for servers behind proxies that each decode once.
fn has_dots(text: &str) -> bool {
    let dots = |text: &str| text.split(['/', '\\']).any(|it| it == "." || it == "..");
    if !text.contains('%') {
        return dots(text);
    }
    let mut text = text.to_owned();
    for _ in 0..4 {
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
    if out[start..]
        .split('/')
        .any(|it| matches!(it, "." | "..") || (it.contains('%') && has_dots(it)))
    {
        return Err(Error::new(
            ErrorKind::InvalidParameter,
            "the path holds a `.` or `..` segment, which would change the route",
        ));
    }
    if out.len() > start && !out[start..].starts_with('/') {
        out.insert(start, '/');
    }
    Ok(())
}
