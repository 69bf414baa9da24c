//! The list of the files that are ours, with the hash of what we wrote: `sha256sum -c` reads it.

use crate::hash::sha256;
use crate::input;
use crate::text::lines;
use anyhow::Result;
use generator::GeneratedFile;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Paths and the hashes of what was written there: several where a run was killed midway, or two
/// lists were merged by git.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Manifest(BTreeMap<String, BTreeSet<String>>);

impl Manifest {
    /// The file's name in the folder.
    pub(crate) const NAME: &str = ".generated";

    /// The list of a folder, if it has one.
    pub(crate) fn of(folder: &Path) -> Result<Option<Self>> {
        let text = input::find_text(&folder.join(Self::NAME), Self::NAME)?;
        Ok(text.map(|it| Self::parse(&it)))
    }

    /// Lines that are no entries are skipped: git leaves its marks between two versions.
    fn parse(text: &str) -> Self {
        let mut manifest = Self::default();
        for line in text.lines() {
            let Some((hash, path)) = line.split_once("  ") else { continue };
            if hash.len() == 64 && hash.bytes().all(|it| it.is_ascii_hexdigit()) {
                manifest.insert(path, hash.to_owned());
            }
        }
        manifest
    }

    pub(crate) fn new(files: &[GeneratedFile]) -> Self {
        let mut manifest = Self::default();
        for file in files {
            manifest.insert(&file.path, sha256(file.text.as_bytes()));
        }
        manifest
    }

    /// The files of both, with the hashes of both.
    pub(crate) fn union(&self, other: &Self) -> Self {
        let mut union = self.clone();
        for (path, hash) in other.entries() {
            union.insert(path, hash.to_owned());
        }
        union
    }

    fn insert(&mut self, path: &str, hash: String) {
        self.0.entry(path.to_owned()).or_default().insert(hash);
    }

    fn entries(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(path, hashes)| hashes.iter().map(move |hash| (&**path, &**hash)))
    }

    /// Adds what another list says about some paths.
    pub(crate) fn keep(&mut self, other: &Self, which: impl Fn(&str) -> bool) {
        for (path, hash) in other.entries().filter(|(path, _)| which(path)) {
            self.insert(path, hash.to_owned());
        }
    }

    pub(crate) fn contains(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// True if a file still is as it was written.
    pub(crate) fn knows(&self, path: &str, bytes: &[u8]) -> bool {
        self.0.get(path).is_some_and(|hashes| hashes.contains(&sha256(bytes)))
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub(crate) fn text(&self) -> String {
        lines(self.entries().map(|(path, hash)| format!("{hash}  {path}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> GeneratedFile {
        GeneratedFile { path: path.to_owned(), text: text.to_owned() }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let manifest = Manifest::new(&[file("src/lib.rs", "a"), file("a  b", "c")]);
        assert_eq!(Manifest::parse(&manifest.text()), manifest);
        assert!(manifest.knows("src/lib.rs", b"a") && !manifest.knows("src/lib.rs", b"b"));
    }

    #[test]
    fn what_is_no_entry_is_passed_over() {
        assert_eq!(Manifest::parse("# a  b\n0123  c\n\n"), Manifest::default());
    }

    #[test]
    fn both_sides_of_a_merge_count() {
        let ours = Manifest::new(&[file("x", "one")]);
        let theirs = Manifest::new(&[file("x", "two")]);
        let text = format!("<<<<<<< a\n{}=======\n{}>>>>>>> b\n", ours.text(), theirs.text());
        assert_eq!(Manifest::parse(&text), ours.union(&theirs));
    }
}
