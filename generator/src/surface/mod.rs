//! The public surface of a client, one line for each item: what a change of it is read off.
//!
//! It is read from the syntax trees that are printed. `generator/program/src/commands/surface/item.rs` reads the lines, and its
//! table says what each change of them means.

mod calls;
mod items;
#[cfg(test)]
mod tests;
mod tokens;

pub(crate) use tokens::text;

use std::collections::HashMap;

/// The part of the surface that the items of one file add.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum SurfaceScope {
    /// The module of the client itself.
    Client,
    /// The module of a resource, from `resources` on.
    Resource(String),
    Types,
    /// Public by the types that it is about.
    Codec,
}

/// The lines of the files that were looked at.
#[derive(Default)]
pub(crate) struct Surface {
    lines: Vec<String>,
    /// The traits of each type, by its path: those of its definition and those of its codec are in two files.
    traits: HashMap<String, Vec<String>>,
}

/// The order of traits in a line.
const TRAITS: &[&str] = &[
    "non_exhaustive",
    "Clone",
    "Debug",
    "Default",
    "PartialEq",
    "Eq",
    "Hash",
    "Serialize",
    "Deserialize",
    "IntoMultipart",
    "IntoParts",
];

impl Surface {
    /// Adds what the items of a file make public.
    pub(crate) fn add(&mut self, scope: &SurfaceScope, items: &[syn::Item]) {
        match scope {
            SurfaceScope::Client => {
                items::client(self, items);
                items::all(self, "", items);
            }
            SurfaceScope::Resource(path) => {
                items::all(self, path, items);
                calls::all(self, path, items);
            }
            SurfaceScope::Types => items::all(self, "types", items),
            SurfaceScope::Codec => items::codecs(self, items),
        }
    }

    pub(crate) fn append(&mut self, mut other: Self) {
        self.lines.append(&mut other.lines);
        for (path, mut traits) in other.traits {
            self.traits.entry(path).or_default().append(&mut traits);
        }
    }

    /// The lines, sorted, each after the client's module.
    pub(crate) fn text(mut self, module: &str) -> String {
        for (path, traits) in &self.traits {
            let mut listed = traits.clone();
            listed.sort_by_key(|name| {
                (TRAITS.iter().position(|it| it == name).unwrap_or(TRAITS.len()), name.clone())
            });
            self.lines.push(format!("{path} has {}", listed.join(", ")));
        }
        self.lines.sort_unstable();
        let mut text = String::new();
        for line in &self.lines {
            text.extend([module, "::", line, "\n"]);
        }
        text
    }

    fn line(&mut self, line: String) {
        self.lines.push(line);
    }

    fn has(&mut self, path: &str, name: &str) {
        self.traits.entry(path.to_owned()).or_default().push(name.to_owned());
    }
}
