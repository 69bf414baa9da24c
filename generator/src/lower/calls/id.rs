//! The words of an operationId that say what the operation does.

use super::CallName;
use super::words::{is_empty, is_same, usual, words};
use crate::ir::Method;
use std::collections::HashMap;

/// Words that stand before half of all operationIds, such as that of a server.
pub(super) fn common(calls: &[CallName<'_>]) -> Option<String> {
    const FEW: usize = 4;
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut all = 0;
    for id in calls.iter().filter_map(|it| it.id) {
        all += 1;
        let words = words(id);
        if let [first, _, ..] = &words[..] {
            *counts.entry(first.clone()).or_default() += 1;
        }
    }
    let found = counts.into_iter().find(|(word, count)| {
        all >= FEW
            && count * 2 >= all
            && !super::words::is_verb(word)
            && super::words::usual(word).is_none()
    });
    found.map(|it| it.0)
}

/// The words, without what frameworks and styles of writing add to them.
pub(super) fn meaning(call: &CallName<'_>, common: Option<&str>) -> Vec<String> {
    let Some(id) = call.id else { return Vec::new() };
    let mut found = words(id);
    let method = format!("{:?}", call.method).to_lowercase();
    if mirrors(&found, &method, call.path) {
        return usual(&method).filter(|it| !it.is_empty()).map(str::to_owned).into_iter().collect();
    }
    found.truncate(found.len() - added(&found, call.method, call.path));
    let tag = call.tags.first().map(|it| words(it)).unwrap_or_default();
    if found.len() > tag.len() && is_same(&found[..tag.len()], &tag) {
        found.drain(..tag.len());
    }
    if found.len() > 1 && common == Some(&*found[0]) {
        found.remove(0);
    }
    let usual_for_method = matches!(&*method, "post" | "put");
    if usual_for_method && found.first() == Some(&method) {
        found.remove(0);
    }
    let segments: Vec<Vec<String>> = call.path.split('/').map(words).collect();
    let is_part = |it: &String| segments.iter().any(|words| words.len() > 1 && words.contains(it));
    found.retain(|it| (!is_empty(it) || is_part(it)) && !is_version(it));
    if usual_for_method && found.len() > 1 && found.last() == Some(&method) {
        found.pop();
    }
    found
}

/// True if an operationId only repeats the method and the path, with `id` for parameters or without these.
fn mirrors(id: &[String], method: &str, path: &str) -> bool {
    let rest = match id {
        [first, rest @ ..] if first == method => rest,
        [rest @ .., last] if last == method => rest,
        _ => return false,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let segments: Vec<&str> = path.split('/').filter(|it| !it.is_empty()).collect();
    // Words of other methods are verbs: what follows them is kept unless it cannot be read.
    let is_unreadable = matches!(method, "post" | "put") || rest.iter().any(|it| it == "id");
    // The beginning that all paths have may be left out.
    is_unreadable
        && !rest.is_empty()
        && (0..segments.len()).any(|start| follows(rest, &segments[start..]))
}

/// True if words are those of segments, one after the other.
fn follows(words: &[String], segments: &[&str]) -> bool {
    let [segment, later @ ..] = segments else { return words.is_empty() };
    let own = self::words(segment);
    let is_own = words.len() >= own.len() && is_same(&words[..own.len()], &own);
    let is_param = segment.starts_with('{');
    is_own && follows(&words[own.len()..], later)
        || is_param && words.first().is_some_and(|it| it == "id") && follows(&words[1..], later)
        || is_param && follows(words, later)
}

/// The number of words at the end that are path and method: a framework adds them to the name of a function.
fn added(words: &[String], method: Method, path: &str) -> usize {
    let mut tail = self::words(path.split(['?', '#']).next().unwrap_or_default());
    if tail.is_empty() {
        return 0;
    }
    tail.push(format!("{method:?}").to_lowercase());
    if words.len() > tail.len() && words.ends_with(&tail) { tail.len() } else { 0 }
}

/// An operationId without path and method, if it ends in these.
pub(crate) fn without_place(id: &str, method: Method, path: &str) -> Option<String> {
    let words = words(id);
    let added = added(&words, method, path);
    (added > 0).then(|| words[..words.len() - added].join("_"))
}

fn is_version(word: &str) -> bool {
    word.strip_prefix('v')
        .is_some_and(|it| !it.is_empty() && it.bytes().all(|it| it.is_ascii_digit()))
}
