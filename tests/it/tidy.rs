//! The rules of this repository: sizes, heads of files, layers, who may name what, and nothing left over.

mod code;
mod layers;
mod leftovers;
mod links;
mod manifests;
mod modules;
mod tables;
mod words;

use crate::support::{files_under, root};
use std::fs;
use std::path::Path;

/// A source file that people write.
pub(crate) struct SourceFile {
    /// Its path from the root.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// All Rust that people write.
pub(crate) fn sources() -> Vec<SourceFile> {
    let mut found = Vec::new();
    for folder in ["generator", "tests", "xtask"] {
        let inner = files_under(&root().join(folder));
        let paths = inner.into_iter().map(|it| format!("{folder}/{it}"));
        let is_rust = |it: &String| Path::new(it).extension().is_some_and(|it| it == "rs");
        let code = paths.filter(|it| is_rust(it) && !it.contains("/target/"));
        found.extend(code.map(|path| {
            let text = fs::read_to_string(root().join(&path)).expect("code is text");
            SourceFile { path, text }
        }));
    }
    assert!(found.len() > 100, "the sources are not where they are looked for");
    found
}

/// Fails with a list of what breaks a rule.
#[track_caller]
pub(crate) fn none(rule: &str, found: &[String]) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// The syntax of a file.
pub(crate) fn parsed(file: &SourceFile) -> syn::File {
    syn::parse_file(&file.text).unwrap_or_else(|error| panic!("{}: {error}", file.path))
}
