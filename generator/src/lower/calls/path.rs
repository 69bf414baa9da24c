//! The parts of a path: literals, parameters and verbs, without a beginning that all paths have.

use super::CallName;
use super::words::words;
use std::collections::HashSet;

/// An element of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Literal(String),
    Param(String),
    /// The text behind a colon.
    Verb(String),
}

/// A path taken apart.
#[derive(Clone, Debug)]
pub(super) struct ResourcePath {
    pub(super) elements: Vec<Element>,
    /// The version that the path begins with, if any.
    pub(super) version: Option<String>,
    /// The pair of a literal and a parameter of the client that was taken out.
    pub(super) pair: Option<String>,
    /// The text behind a `#`, by which some documents tell operations of one path apart.
    pub(super) fragment: Option<String>,
}

/// The paths of all operations.
pub(super) fn paths(calls: &[CallName<'_>], on_client: &HashSet<&str>) -> Vec<ResourcePath> {
    let prefix = prefix(calls);
    let mut paths: Vec<ResourcePath> = calls.iter().map(|it| path(it.path, prefix)).collect();
    while all_begin_alike(&paths) {
        for it in &mut paths {
            it.elements.remove(0);
        }
    }
    for (path, call) in paths.iter_mut().zip(calls) {
        take_pair(path, on_client);
        path.elements.splice(0..0, leading(call.path));
    }
    paths
}

/// The literal before the version of most paths, such as `openai` of `/openai/v1/files`.
fn prefix<'c>(calls: &[CallName<'c>]) -> Option<&'c str> {
    let first = |it: &CallName<'c>| {
        let mut segments = it.path.split('/').filter(|it| !it.is_empty());
        let first = segments.next()?;
        segments.next().filter(|it| is_version(it)).map(|_| first)
    };
    let one = calls.iter().find_map(first)?;
    let count = calls.iter().filter(|it| first(it) == Some(one)).count();
    (count * 5 >= calls.len() * 4).then_some(one)
}

fn path(text: &str, prefix: Option<&str>) -> ResourcePath {
    let (text, fragment) = match text.split_once('#') {
        Some((text, fragment)) => (text, Some(fragment.to_owned())),
        None => (text, None),
    };
    let text = text.split('?').next().unwrap_or_default();
    let mut elements: Vec<Element> = segments(text).into_iter().flat_map(segment).collect();
    let literals = elements.iter().take_while(|it| matches!(it, Element::Literal(_))).count();
    let mut cut = 0;
    let mut version = None;
    for (index, element) in elements[..literals].iter().enumerate() {
        let Element::Literal(text) = element else { break };
        if index != cut {
            break;
        }
        let version_follows =
            || matches!(elements.get(index + 1), Some(Element::Literal(next)) if is_version(next));
        if is_version(text) {
            (cut, version) = (index + 1, Some(text.clone()));
        } else if matches!(&*text.to_ascii_lowercase(), "api" | "rest")
            || prefix == Some(&**text) && version_follows()
        {
            cut = index + 1;
        }
    }
    // A path that is nothing but its version keeps it.
    if cut < elements.len() {
        elements.drain(..cut);
    }
    // One in the midst says nothing either.
    let inner =
        elements.iter().position(|it| matches!(it, Element::Literal(text) if is_version(text)));
    if let Some(at) = inner.filter(|_| elements.len() > 1) {
        let found = elements.remove(at);
        version = version.or(match found {
            Element::Literal(text) => Some(text),
            Element::Param(_) | Element::Verb(_) => None,
        });
    }
    ResourcePath { elements, version, pair: None, fragment }
}

/// The segments of a path. A slash between braces belongs to a parameter's name.
fn segments(text: &str) -> Vec<&str> {
    let mut is_inside = false;
    let separates = |it: char| {
        match it {
            '{' => is_inside = true,
            '}' => is_inside = false,
            _ => {}
        }
        it == '/' && !is_inside
    };
    text.split(separates).collect()
}

fn is_version(text: &str) -> bool {
    let digits = text.strip_prefix(['v', 'V']).unwrap_or(text);
    digits.starts_with(|it: char| it.is_ascii_digit())
        && digits.chars().all(|it| it.is_ascii_alphanumeric() || matches!(it, '.' | '-'))
        && (digits.len() < text.len() || digits.chars().all(|it| !it.is_ascii_alphabetic()))
}

/// The elements of a segment: `{id}:cancel`, `Calls.json`, `thumbnail.{extension}`.
fn segment(text: &str) -> Vec<Element> {
    let (head, verb) = match text.rsplit_once(':') {
        Some((head, verb)) if !verb.contains(['{', '}']) => (head, Some(verb)),
        _ => (text, None),
    };
    let head = [".json", ".xml"].iter().find_map(|it| head.strip_suffix(it)).unwrap_or(head);
    let mut elements = Vec::new();
    match head.split_once('{') {
        Some((before, param)) => {
            if !words(before).is_empty() {
                elements.push(Element::Literal(before.to_owned()));
            }
            elements.push(Element::Param(param.split('}').next().unwrap_or_default().to_owned()));
        }
        None if words(head).is_empty() => {}
        // Calls that are named in the path itself, as `users.list`.
        None if head.split('.').all(|it| it.starts_with(|it: char| it.is_ascii_alphabetic())) => {
            elements.extend(head.split('.').map(|it| Element::Literal(it.to_owned())));
        }
        None => elements.push(Element::Literal(head.to_owned())),
    }
    elements.extend(verb.filter(|it| !words(it).is_empty()).map(|it| Element::Verb(it.to_owned())));
    elements
}

/// True if all paths begin with the same literal, and another literal follows it.
fn all_begin_alike(paths: &[ResourcePath]) -> bool {
    const FEW: usize = 5;
    let first = |it: &ResourcePath| match &it.elements[..] {
        [Element::Literal(first), Element::Literal(_), ..] => Some(first.clone()),
        _ => None,
    };
    let Some(one) = paths.first().and_then(first) else { return false };
    paths.len() >= FEW && paths.iter().all(|it| first(it).as_ref() == Some(&one))
}

/// Takes out `accounts/{account_id}` where the client knows the account and something follows.
fn take_pair(path: &mut ResourcePath, on_client: &HashSet<&str>) {
    let known = |it: &Element| matches!(it, Element::Param(name) if on_client.contains(&**name));
    let found = path.elements.windows(3).position(|it| {
        matches!(it[0], Element::Literal(_)) && known(&it[1]) && !matches!(it[2], Element::Verb(_))
    });
    let Some(at) = found else { return };
    let rest = &path.elements[at + 2..];
    // An action alone would be an action of nothing.
    if let [Element::Literal(only)] = rest
        && words(only).first().is_some_and(|it| super::words::is_verb(it))
        && !super::words::is_plural(&words(only))
    {
        return;
    }
    let mut pair = path.elements.drain(at..at + 2);
    if let Some(Element::Literal(literal)) = pair.next() {
        drop(pair);
        path.pair = Some(literal);
    }
}

/// Flags that stand in the path's query are leading words.
fn leading(text: &str) -> Vec<Element> {
    let query = text.split('#').next().unwrap_or_default().split_once('?').map(|it| it.1);
    let pairs = query.into_iter().flat_map(|it| it.split('&'));
    let flags = pairs.filter_map(|it| it.strip_suffix("=true"));
    flags.filter(|it| !words(it).is_empty()).map(|it| Element::Literal(it.to_owned())).collect()
}

impl ResourcePath {
    /// The literals, in words.
    pub(super) fn chain(&self) -> Vec<Vec<String>> {
        let literal = |it: &Element| match it {
            Element::Literal(text) => Some(words(text)),
            Element::Param(_) | Element::Verb(_) => None,
        };
        self.elements.iter().filter_map(literal).collect()
    }
}

/// Parameters that nearly all paths begin with, behind one literal.
pub(crate) fn common_params(calls: &[CallName<'_>]) -> Vec<String> {
    const FEW: usize = 10;
    let pair = |it: &CallName<'_>| match &path(it.path, None).elements[..] {
        [Element::Literal(literal), Element::Param(param), _, ..] => {
            Some((literal.clone(), param.clone()))
        }
        _ => None,
    };
    let pairs: Vec<_> = calls.iter().filter_map(pair).collect();
    let is_common = |it: &&(String, String)| {
        pairs.iter().filter(|other| other == it).count() * 5 >= calls.len() * 4
    };
    let found = pairs.iter().find(is_common).filter(|_| calls.len() >= FEW);
    found.map(|it| it.1.clone()).into_iter().collect()
}
