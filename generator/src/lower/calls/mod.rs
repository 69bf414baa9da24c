//! Names of operations for their users: a chain of resources and a method for each, in words.
//!
//! A pure function of the operations' paths, methods, operationIds and tags; `name` makes identifiers of it.

mod choice;
mod id;
mod path;
mod rule;
mod tree;
mod verbs;
mod words;

#[cfg(test)]
mod tests;

pub(crate) use choice::{Choice, choose, name_no_resources};
pub(crate) use id::without_place;
pub(crate) use path::common_params;
pub(crate) use words::words;

use crate::ir::Method;
use path::ResourcePath;
use rule::Subject;
use std::collections::{BTreeMap, HashMap, HashSet};
use tree::LiteralTree;

/// The facts about an operation that the rules use.
#[derive(Clone, Debug)]
pub(crate) struct CallName<'a> {
    pub(crate) method: Method,
    pub(crate) path: &'a str,
    pub(crate) id: Option<&'a str>,
    pub(crate) tags: &'a [String],
    /// True if it opens a socket.
    pub(crate) opens_socket: bool,
}

/// The name of an operation, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NamedOperation {
    /// The resources, from the client down; each is words with `_` between them.
    pub(crate) chain: Vec<String>,
    pub(crate) method: String,
    /// Further names of the method, should another operation have that one.
    pub(crate) others: Vec<String>,
}

impl NamedOperation {
    fn new(chain: Vec<String>, method: String) -> Self {
        Self { chain, method, others: Vec::new() }
    }
}

/// The names of all operations.
pub(crate) fn names(
    calls: &[CallName<'_>],
    on_client: &HashSet<&str>,
    choice: Choice,
) -> Vec<NamedOperation> {
    let paths = path::paths(calls, on_client);
    let tree = LiteralTree::of(calls.iter().zip(&paths).map(|(call, path)| (call.method, path)));
    let common = id::common(calls);
    let is_change = |it: &&CallName<'_>| matches!(it.method, Method::Put | Method::Patch);
    let changed: HashSet<&str> = calls.iter().filter(is_change).map(|it| it.path).collect();
    let patched: HashSet<&str> =
        calls.iter().filter(|it| it.method == Method::Patch).map(|it| it.path).collect();
    let mut named: Vec<NamedOperation> = calls
        .iter()
        .zip(&paths)
        .map(|(call, path)| {
            let subject = Subject {
                method: call.method,
                path,
                id: id::meaning(call, common.as_deref()),
                tag: call.tags.first().map(String::as_str),
                is_patched: patched.contains(call.path),
                is_changed: changed.contains(call.path),
                opens_socket: call.opens_socket,
            };
            let mut named = name(&subject, call, choice, &tree);
            if let Some(fragment) = &path.fragment {
                let said = words(fragment);
                let fragment = said.join("_");
                if said.len() > 1 && words::is_verb(&said[0]) {
                    named.method = fragment;
                } else if !words::holds(&words(&named.method), &said) {
                    named.method = format!("{}_{fragment}", named.method);
                }
            }
            named.others = others(&subject, call, &named);
            named
        })
        .collect();
    widen(calls, &paths, &mut named);
    named
}

fn name(
    subject: &Subject<'_>,
    call: &CallName<'_>,
    choice: Choice,
    tree: &LiteralTree,
) -> NamedOperation {
    let tag = call.tags.iter().find(|it| !words(it).is_empty());
    match (choice, tag) {
        (Choice::Paths, _) | (_, None) => rule::by_path(subject, tree),
        (Choice::Prefixes, Some(tag)) => {
            let rest = call.id.and_then(|it| choice::behind_tag(it, tag));
            match rest {
                Some(rest) => {
                    NamedOperation::new(vec![words(tag).join("_")], words(rest).join("_"))
                }
                None => rule::by_tag(subject, &[words(tag)], tree),
            }
        }
        (Choice::Tags, Some(tag)) => rule::by_tag(subject, &[words(tag)], tree),
        (Choice::Trees, Some(tag)) => {
            let chain: Vec<_> = choice::branches(tag).map(words).collect();
            rule::by_tag(subject, &chain, tree)
        }
    }
}

/// Names with more words of the operation's own place.
fn others(subject: &Subject<'_>, call: &CallName<'_>, named: &NamedOperation) -> Vec<String> {
    let chain: Vec<Vec<String>> = named.chain.iter().map(|it| words(it)).collect();
    let literal = subject.path.chain().pop().unwrap_or_default();
    let is_action = chain.last().is_some_and(|it| !words::is_same(it, &literal));
    let above = &chain[..chain.len().saturating_sub(1)];
    let mut found = Vec::new();
    let mut add = |words: Vec<String>| {
        let name = words.join("_");
        if !name.is_empty() && name != named.method && !found.contains(&name) {
            found.push(name);
        }
    };
    let short = words::without(&subject.id, &chain);
    if words::is_verb(short.first().map_or("", |it| it))
        && short.iter().any(|it| words::is_preposition(it))
    {
        add(short);
    }
    let parts: &[&[Vec<String>]] = if is_action { &[&chain, above] } else { &[above] };
    for part in parts {
        let own = words::without(&subject.id, part);
        if !words::is_same(&own, std::slice::from_ref(&named.method)) && own.len() > 1 {
            add(own);
        }
    }
    if is_action && !named.method.contains(&literal.join("_")) {
        add([words(&named.method), literal].concat());
    }
    let param = subject.path.elements.iter().rev().find_map(|it| match it {
        path::Element::Param(param) => Some(param),
        path::Element::Literal(_) | path::Element::Verb(_) => None,
    });
    if let Some(param) = param {
        add([words(&named.method), vec!["by".to_owned()], words(param)].concat());
    }
    let method = format!("{:?}", call.method).to_lowercase();
    if let Some(id) = call.id {
        add(words(id));
        add([words(id), vec![method.clone()]].concat());
    }
    add([words(&named.method), vec![method.clone()]].concat());
    add([vec![method], words(call.path)].concat());
    found
}

/// Of operations that would be one, all but the first get back what their paths have lost: a pair that
/// the client knows, or the version.
fn widen(calls: &[CallName<'_>], paths: &[ResourcePath], named: &mut [NamedOperation]) {
    let mut order: BTreeMap<(&str, String), usize> = BTreeMap::new();
    for (index, call) in calls.iter().enumerate() {
        order.entry((call.path, format!("{:?}", call.method))).or_insert(index);
    }
    let mut taken: HashMap<(Vec<String>, String), &str> = HashMap::new();
    for ((place, _), index) in &order {
        let path = &paths[*index];
        let key = |it: &NamedOperation| (it.chain.clone(), it.method.clone());
        let words_of = |it: &Option<String>| it.as_ref().map(|it| words(it).join("_"));
        let wider = [words_of(&path.pair), words_of(&path.version)];
        for more in wider.into_iter().flatten().filter(|it| !it.is_empty()) {
            if taken.contains_key(&key(&named[*index])) {
                named[*index].chain.insert(0, more);
            }
        }
        taken.entry(key(&named[*index])).or_insert(*place);
    }
}
