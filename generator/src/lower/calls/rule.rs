//! The resource and the method of an operation, by its path, its method and the words of its operationId.

use super::NamedOperation;
use super::path::{Element, ResourcePath};
use super::tree::{LiteralNode, LiteralTree};
use super::words::{
    holds, is_plural, is_preposition, is_same, is_verb, singular, usual, without, words,
};
use crate::ir::Method;

/// An operation whose words are known.
pub(super) struct Subject<'a> {
    pub(super) method: Method,
    pub(super) path: &'a ResourcePath,
    /// The words of its operationId, if it has one.
    pub(super) id: Vec<String>,
    pub(super) tag: Option<&'a str>,
    /// True if the item that PUT replaces can be changed by PATCH too.
    pub(super) is_patched: bool,
    /// True if the target of a POST can be changed by PUT or PATCH too.
    pub(super) is_changed: bool,
    pub(super) opens_socket: bool,
}

/// The end of a path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Collection,
    Item,
    Single,
}

/// The name by the path.
pub(super) fn by_path(it: &Subject<'_>, tree: &LiteralTree) -> NamedOperation {
    let chain = it.path.chain();
    let key: Vec<String> = chain.iter().map(|it| it.join("_")).collect();
    let Some((literal, above)) = chain.split_last() else { return of_root(it, tree) };
    let here = |end: End| {
        NamedOperation::new(key.clone(), method(it, end, &without(&it.id, &chain), tree))
    };
    match it.path.elements.last() {
        Some(Element::Verb(verb)) => return NamedOperation::new(key, words(verb).join("_")),
        Some(Element::Param(_)) => return here(End::Item),
        Some(Element::Literal(_)) | None => {}
    }
    let node = tree.get(&key).expect("every chain is in the tree");
    let is_action = is_verb(&literal[0]) && !node.has_items;
    let is_plural = is_plural(literal) && !is_action;
    let end = if is_plural || node.has_items { End::Collection } else { End::Single };
    let several = node.methods.len() > 1;
    let parent = &key[..key.len() - 1];
    let is_resource = node.has_items || several || node.has_paths || node.has_verbs;
    if parent.is_empty()
        && is_action
        && literal.len() > 1
        && it.method == Method::Post
        && !is_resource
    {
        return NamedOperation::new(key.clone(), literal[0].clone());
    }
    if parent.is_empty() || is_resource && (!is_action || several && node.has_paths) {
        return here(end);
    }
    let named = |method: String| NamedOperation::new(parent.to_vec(), method);
    if is_action {
        return named(literal.join("_"));
    }
    let said = Said::of(it, above, literal, tree);
    if it.method == Method::Get && is_plural && !it.opens_socket {
        let outer = tree.get(parent).expect("every chain is in the tree");
        return match is_namespace(outer) {
            true if said.is_bare => named(literal.join("_")),
            true => here(End::Collection),
            false => named(said.whole().unwrap_or_else(|| format!("list_{}", literal.join("_")))),
        };
    }
    if it.method == Method::Post && said.creates(is_plural) {
        return here(End::Collection);
    }
    named(said.action(it.method, literal))
}

/// A literal that only holds others.
fn is_namespace(node: &LiteralNode) -> bool {
    node.methods.is_empty() && !node.has_items && !node.has_verbs
}

/// The words of an operationId about the last literal of its path.
struct Said<'l> {
    words: Vec<String>,
    /// True if the words name the literal.
    names: bool,
    /// True if the words say nothing else.
    is_bare: bool,
    literal: &'l [String],
}

impl<'l> Said<'l> {
    fn of(
        it: &Subject<'_>,
        above: &[Vec<String>],
        literal: &'l [String],
        tree: &LiteralTree,
    ) -> Self {
        let mut words = without(&it.id, above);
        while words.len() > 1
            && tree.is_noun(&words[0])
            && !is_verb(&words[0])
            && !is_same(&words[..1], &literal[..1])
        {
            words.remove(0);
        }
        // Some write the thing before the verb: `completions_create`. `auth_request` is a request.
        let (thing, rest) = words.split_at(literal.len().min(words.len()));
        let is_done = |it: &String| is_verb(it) && it != "request";
        if is_same(thing, literal) && rest.first().is_some_and(is_done) {
            words.rotate_left(literal.len());
        }
        let names = holds(&words, literal);
        Self { is_bare: names && is_same(&words, literal), names, words, literal }
    }

    fn verb(&self) -> &str {
        self.words.first().map_or("", String::as_str)
    }

    /// A verb with a meaning of its own, and what it is done to.
    fn whole(&self) -> Option<String> {
        let found = is_verb(self.verb()) && usual(self.verb()).is_none();
        (found && self.names && !self.is_bare).then(|| self.words.join("_"))
    }

    /// True if a POST creates one of the things that the literal names.
    fn creates(&self, is_plural: bool) -> bool {
        let silent = self.words.is_empty() || self.is_bare;
        is_plural && silent || self.verb() == "create" && (self.names || is_plural)
    }

    /// The name of an action of the parent.
    fn action(&self, method: Method, literal: &[String]) -> String {
        if let Some(whole) = self.whole() {
            return whole;
        }
        let verb = self.verb();
        if is_verb(verb) && usual(verb).is_none() && !self.names && self.words.len() == 1 {
            return verb.to_owned();
        }
        let gets_more = verb == "get" && self.names && !is_same(&self.words[1..], self.literal);
        if gets_more && !self.is_bare {
            return self.words.join("_");
        }
        let literal = literal.join("_");
        match method {
            Method::Put | Method::Patch => format!("update_{literal}"),
            Method::Delete => format!("delete_{literal}"),
            Method::Get
            | Method::Post
            | Method::Options
            | Method::Head
            | Method::Trace
            | Method::Query => literal,
        }
    }
}

/// The name of what has no literal: its tag, or the root.
fn of_root(it: &Subject<'_>, tree: &LiteralTree) -> NamedOperation {
    let chain = words(it.tag.unwrap_or_default());
    let chain = if chain.is_empty() { vec!["root".to_owned()] } else { chain };
    let left = without(&it.id, std::slice::from_ref(&chain));
    let end = if it.path.elements.is_empty() { End::Single } else { End::Item };
    NamedOperation::new(vec![chain.join("_")], method(it, end, &left, tree))
}

/// The name by a tag, or the parts of one.
pub(super) fn by_tag(
    it: &Subject<'_>,
    chain: &[Vec<String>],
    tree: &LiteralTree,
) -> NamedOperation {
    let key: Vec<String> = chain.iter().map(|it| it.join("_")).collect();
    let own = chain.last().expect("a tag has words");
    let path = it.path.chain();
    let deep = path.last().filter(|it| !is_same(it, own));
    let end = match it.path.elements.last() {
        Some(Element::Param(_)) => End::Item,
        Some(Element::Literal(_)) if deep.is_none() => {
            let node = tree.get(&path.iter().map(|it| it.join("_")).collect::<Vec<_>>());
            let many = is_plural(own) || node.is_some_and(|it| it.has_items);
            if many { End::Collection } else { End::Single }
        }
        Some(Element::Verb(verb)) => return NamedOperation::new(key, words(verb).join("_")),
        Some(Element::Literal(_)) | None => End::Single,
    };
    let mut left = without(&it.id, chain);
    while left.len() > 1 && !is_verb(&left[0]) && tree.is_noun(&left[0]) {
        left.remove(0);
    }
    let goes_deeper = deep.is_some_and(|literal| {
        left.iter().skip(1).any(|one| literal.iter().any(|it| singular(it) == singular(one)))
    });
    let name = match left.first().map(|it| usual(it)) {
        None if deep.is_some() && end != End::Item => {
            let named = by_path(it, tree);
            named.method
        }
        None => method(it, end, &left, tree),
        Some(Some(_)) if !goes_deeper => method(it, end, &left, tree),
        Some(_) => left.join("_"),
    };
    NamedOperation::new(key, name)
}

/// The method of what a path ends at: the usual one, unless the operationId has a verb of its own.
fn method(it: &Subject<'_>, end: End, said: &[String], tree: &LiteralTree) -> String {
    let expected = expected(it, end);
    let mut said = said;
    while said.len() > 1 && tree.is_noun(&said[0]) && !is_verb(&said[0]) {
        said = &said[1..];
    }
    let [first, rest @ ..] = said else { return expected };
    if it.method == Method::Get && said.last().is_some_and(|it| it == "list") {
        return "list".to_owned();
    }
    if let Some(word) = usual(first) {
        let elsewhere = first == "remove" && rest.len() > 1 && is_preposition(&rest[0]);
        return match (word, it.method, end) {
            _ if elsewhere => said.join("_"),
            ("", ..) => expected,
            ("get", Method::Get, End::Collection) => "list".to_owned(),
            ("list", Method::Get, End::Item) => said.join("_"),
            ("update", Method::Put | Method::Patch, _) => expected.replace("_all", ""),
            ("delete", Method::Delete, _) => "delete".to_owned(),
            _ => word.to_owned(),
        };
    }
    if is_verb(first) {
        return said.join("_");
    }
    if let Some(last) = said.last().filter(|it| is_verb(it)) {
        return usual(last).map_or_else(
            || last.clone(),
            |it| if it.is_empty() { expected } else { it.to_owned() },
        );
    }
    let names_method = it.id.first().is_some_and(|it| usual(it).is_some());
    if names_method || said.len() > 2 || said.iter().all(|word| is_known(it, word, tree)) {
        return expected;
    }
    said.join("_")
}

/// True if a word only repeats the path.
fn is_known(it: &Subject<'_>, word: &str, tree: &LiteralTree) -> bool {
    let in_path = it.path.elements.iter().any(|element| match element {
        Element::Literal(text) | Element::Param(text) | Element::Verb(text) => {
            words(text).iter().any(|it| singular(it) == singular(word))
        }
    });
    in_path || tree.is_noun(word) || matches!(word, "id" | "by")
}

/// The usual name of a method, where the document has no other.
fn expected(it: &Subject<'_>, end: End) -> String {
    if it.opens_socket {
        return "connect".to_owned();
    }
    let name = match (it.method, end) {
        (Method::Get, End::Collection) => "list",
        (Method::Get, End::Item | End::Single) => "get",
        (Method::Post, End::Collection | End::Single) => "create",
        (Method::Put, End::Item | End::Single) if it.is_patched => "replace",
        (Method::Put, End::Collection) => "replace_all",
        (Method::Patch, End::Collection) => "update_all",
        (Method::Post, End::Item) if it.is_changed => "post",
        (Method::Post, End::Item) | (Method::Put | Method::Patch, End::Item | End::Single) => {
            "update"
        }
        (Method::Delete, End::Collection) => "delete_all",
        (Method::Delete, End::Item | End::Single) => "delete",
        (Method::Options, _) => "options",
        (Method::Head, _) => "head",
        (Method::Trace, _) => "trace",
        (Method::Query, _) => "query",
    };
    name.to_owned()
}
