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
        Node::Text(text) if has_dots(text) => {
            Err("holds a `.` or `..` segment, which would change the route")
        }
        Node::Text(_) => Ok(()),
        Node::List(items) if items.is_empty() => Err("is empty"),
        Node::List(items) => items.iter().try_for_each(check),
        Node::Map(pairs) if pairs.is_empty() => Err("is empty"),
        Node::Map(pairs) => pairs.iter().try_for_each(|it| check(&it.1)),
    }
}

/// Decodes up to three times, for servers behind proxies that each decode once.
fn has_dots(text: &str) -> bool {
    let mut text = text.to_owned();
    for _ in 0..4 {
        if text.split(['/', '\\']).any(|it| it == "." || it == "..") {
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

/// Puts encoded values into a template; `find` gives the value of a name.
pub(crate) fn fill(template: &str, mut find: impl FnMut(&str) -> Result<String>) -> Result<String> {
    let mut out = String::with_capacity(template.len() + 32);
    let mut rest = template;
    while let Some((literal, tail)) = rest.split_once('{') {
        push_literal(&mut out, literal);
        let Some((name, tail)) = tail.split_once('}') else {
            return Err(Error::new(
                ErrorKind::Configuration,
                format!("the path `{template}` has a brace that is not closed"),
            ));
        };
        out.push_str(&find(name)?);
        rest = tail;
    }
    push_literal(&mut out, rest);
    if out.split('/').any(|it| matches!(it, "." | "..") || (it.contains('%') && has_dots(it))) {
        return Err(Error::new(
            ErrorKind::InvalidParameter,
            "the path holds a `.` or `..` segment, which would change the route",
        ));
    }
    Ok(out)
}
