//! Words: each type has a name of its own in its crate, names are the field's, and comments are sentences.

use super::{SourceFile, none, parsed, sources};
use std::collections::BTreeMap;
use syn::visit::{self, Visit};

/// Sources whose types and modules are held to these rules, tests aside.
const CRATES: &[&str] =
    &["generator/src/", "generator/program/src/", "generator/runtime/src/", "xtask/src/"];

/// Folders whose comments have subjects.
const SENTENCES: &[&str] = &[
    "generator/src/",
    "generator/program/src/",
    "generator/runtime/src/",
    "tests/it/",
    "xtask/src/",
];

/// Words that are in no name of a type or module, each with the one to use.
const NEVER: &[(&str, &str)] = &[
    ("answer", "response"),
    ("answered", "response"),
    ("draft", "request parts, unprinted file"),
    ("misfit", "mismatch"),
    ("mistake", "first error"),
    ("refusal", "error response"),
    ("refused", "rejected, reported"),
    ("reply", "response"),
    ("spot", "node"),
    ("trail", "path"),
    ("verdict", "retry safety, classification"),
    ("wish", "requested name"),
];

/// Words that are no name by themselves: they do not say of what, or the field has another.
const ALONE: &[(&str, &str)] = &[
    ("by", "page parameter"),
    ("claim", "name request"),
    ("double", "duplicate keys"),
    ("effort", "trial budget"),
    ("extra", "additional properties"),
    ("extras", "additional properties"),
    ("faces", "redaction forms"),
    ("facts", "analysis"),
    ("foreign", "doc lines"),
    ("form", "response format"),
    ("free", "trial budget"),
    ("gather", "analyze"),
    ("give", "deposit"),
    ("held", "reserved"),
    ("hold", "reserve"),
    ("home", "module of"),
    ("inline", "anonymous"),
    ("judge", "classify"),
    ("lead", "next step"),
    ("made", "say of what"),
    ("met", "seen"),
    ("named", "definition"),
    ("next", "next page"),
    ("outcome", "say of what"),
    ("owned", "generated directory"),
    ("part", "all-of member, inline text"),
    ("piece", "body chunk"),
    ("place", "location"),
    ("plain", "definition, own codec"),
    ("residents", "types"),
    ("roles", "usage"),
    ("says", "next page"),
    ("spend", "consume"),
    ("spread", "propagate"),
    ("stall", "timeouts"),
    ("stop", "read limit"),
    ("take", "withdraw"),
    ("times", "trial budget"),
    ("together", "all of"),
    ("unread", "body read error"),
    ("used", "applied credentials"),
    ("walk", "node path, next step"),
    ("want", "body mode"),
    ("way", "node path"),
    ("whole", "definition, integer"),
    ("within", "timeout"),
    ("wrapping", "presence"),
];

/// Words that are right where they are: a part is what RFC 7578 calls so, and modules are called like their commands.
const RIGHT: &[(&str, &str)] = &[
    ("Part", "generator/runtime/src/body/parts.rs"),
    ("judge", "xtask/src/workshop/mod.rs"),
    ("inline", "generator/src/doc_text/mod.rs"),
];

#[test]
fn each_type_of_a_crate_has_a_name_of_its_own() {
    let sources = sources();
    for folder in CRATES {
        let mut places: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for (file, names) in declarations(&sources, folder) {
            // Every command has its arguments.
            for name in names.types().filter(|it| *it != "Args") {
                places.entry(name.to_owned()).or_default().push(&file.path);
            }
        }
        assert!(places.len() > 20, "{} types are found in {folder}", places.len());
        let several = places.into_iter().filter(|it| it.1.len() > 1);
        let found: Vec<_> =
            several.map(|(name, it)| format!("{name}: {}", it.join(", "))).collect();
        none("types share a name", &found);
    }
}

#[test]
fn types_and_modules_have_the_fields_words() {
    let sources = sources();
    let mut found = Vec::new();
    for (file, names) in CRATES.iter().flat_map(|it| declarations(&sources, it)) {
        for name in names.0.iter().map(|it| &*it.name) {
            let words = words_of(name);
            let alone = ALONE.iter().filter(|it| words == [it.0]);
            let never = NEVER.iter().filter(|it| words.iter().any(|word| word == it.0));
            let is_right = RIGHT.iter().any(|it| *it == (name, &*file.path));
            let better = alone.chain(never).map(|it| it.1).filter(|_| !is_right);
            found.extend(better.map(|say| format!("{}: {name}: say {say}", file.path)));
        }
    }
    none("names are words that the field has others for", &found);
}

#[test]
fn comments_do_not_begin_with_a_question() {
    let sources = sources();
    let files = sources.iter().filter(|it| SENTENCES.iter().any(|at| it.path.starts_with(at)));
    let found: Vec<_> = files.flat_map(questions).collect();
    none("comments begin with What, Whether or How", &found);
}

/// Comments that begin with a word of questions, as a clause without a subject does.
fn questions(file: &SourceFile) -> impl Iterator<Item = String> {
    let comment = |line: &str| {
        let text = line.trim_start().strip_prefix("//")?;
        Some(text.trim_start_matches(['/', '!']).trim_start().to_owned())
    };
    let comments: Vec<_> = file.text.lines().map(comment).collect();
    let begins = comments.into_iter().scan(true, |is_first, it| {
        let first = it.clone().filter(|_| *is_first);
        *is_first = it.is_none_or(|it| it.is_empty());
        Some(first)
    });
    let is_question =
        |it: &String| matches!(it.split_whitespace().next(), Some("What" | "Whether" | "How"));
    begins.flatten().filter(is_question).map(|it| format!("{}: {it}", file.path))
}

/// `BodyChunk` and `body_chunk` as their words in small letters.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    for symbol in name.chars() {
        if symbol == '_' || symbol.is_uppercase() {
            words.push(String::new());
        }
        let last = words.last_mut().expect("there is a word");
        last.extend(symbol.to_lowercase().filter(|it| *it != '_'));
    }
    words.retain(|it| !it.is_empty());
    words
}

/// The files of a crate, those for tests alone aside, with the names that they declare.
fn declarations<'s>(sources: &'s [SourceFile], folder: &str) -> Vec<(&'s SourceFile, Names)> {
    let files = sources.iter().filter(|it| it.path.starts_with(folder));
    let read: Vec<_> = files.map(|it| (it, Names::read(it))).collect();
    let for_tests: Vec<String> =
        read.iter().flat_map(|(file, names)| tests_of(file, names)).collect();
    let is_for_tests = |file: &SourceFile| {
        let path = file.path.trim_end_matches(".rs");
        for_tests.iter().any(|it| path == it || path.starts_with(&format!("{it}/")))
    };
    read.into_iter().filter(|it| !is_for_tests(it.0)).collect()
}

/// The paths of modules for tests that a file declares, without `.rs`.
fn tests_of(file: &SourceFile, names: &Names) -> Vec<String> {
    let path = file.path.trim_end_matches(".rs");
    let (folder, own) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = if matches!(own, "lib" | "main" | "mod") { folder } else { path };
    names.1.iter().map(|it| format!("{folder}/{it}")).collect()
}

/// A type, a trait or a module that is declared.
struct Declared {
    name: String,
    is_module: bool,
    /// True under `#[cfg(…)]`, where another declaration may take its place.
    is_conditional: bool,
}

/// The names that a file declares outside of functions, and its modules that are for tests alone.
#[derive(Default)]
struct Names(Vec<Declared>, Vec<String>);

impl Names {
    fn read(file: &SourceFile) -> Self {
        let mut names = Self::default();
        names.visit_file(&parsed(file));
        names
    }

    /// Types and traits. Alternatives under `cfg` in one file are one.
    fn types(&self) -> impl Iterator<Item = &str> {
        let types = self.0.iter().enumerate().filter(|it| !it.1.is_module);
        let first = types.filter(|(at, it)| {
            let is_same = |other: &Declared| other.is_conditional && other.name == it.name;
            !it.is_conditional || !self.0[..*at].iter().any(is_same)
        });
        first.map(|it| &*it.1.name)
    }
}

impl<'ast> Visit<'ast> for Names {
    fn visit_item(&mut self, it: &'ast syn::Item) {
        let (name, attrs): (_, &[_]) = match it {
            syn::Item::Struct(it) => (&it.ident, &it.attrs),
            syn::Item::Enum(it) => (&it.ident, &it.attrs),
            syn::Item::Union(it) => (&it.ident, &it.attrs),
            syn::Item::Trait(it) => (&it.ident, &it.attrs),
            syn::Item::Type(it) => (&it.ident, &it.attrs),
            syn::Item::Mod(it) => (&it.ident, &it.attrs),
            // Types in the bodies of functions and macros are seen there alone.
            _ => return,
        };
        let (name, is_module) = (name.to_string(), matches!(it, syn::Item::Mod(_)));
        if attrs.iter().any(is_for_tests) {
            self.1.extend(Some(name).filter(|_| is_module));
            return;
        }
        let is_conditional = attrs.iter().any(|it| it.path().is_ident("cfg"));
        self.0.push(Declared { name, is_module, is_conditional });
        visit::visit_item(self, it);
    }
}

/// True for `#[cfg(test)]` and `#[cfg(all(test, …))]`.
fn is_for_tests(it: &syn::Attribute) -> bool {
    let tokens = it.meta.require_list().map(|it| it.tokens.to_string()).unwrap_or_default();
    it.path().is_ident("cfg") && (tokens == "test" || tokens.starts_with("all (test"))
}
