//! The keys of components that were in files: the end of the fragment, or the name of the file.
//!
//! Of several that would have the same, the one with the shortest path keeps it, and the others get what is around
//! them before it. Who is asked for first plays no part: what is added to a document renames nothing that was there.

use super::target::FileLocation;
use std::collections::{HashMap, HashSet};

/// The words that may name something, from the inside: those of its fragment, of its file, and of the folders.
pub(super) struct NameWords(Vec<String>);

impl NameWords {
    pub(super) fn of(target: &FileLocation, path: &str) -> Self {
        let mut words: Vec<String> = path.split('/').map(plain).collect();
        if let Some(file) = words.last_mut() {
            let stem = file.rsplit_once('.').map(|it| it.0).filter(|it| !it.is_empty());
            *file = stem.unwrap_or(file).to_owned();
        }
        // A file that is called after nothing is what its folder is.
        if words.len() > 1 && words.last().is_some_and(|it| matches!(&**it, "index" | "_index")) {
            words.pop();
        }
        let keys = target.at.segments().collect::<Vec<_>>();
        // Where things of a kind are says nothing of each.
        let is_general = |it: &String| matches!(&**it, "components" | "definitions" | "$defs");
        let own = match &keys[..] {
            [first, _, _, ..] if first == "components" => &keys[2..],
            [first, _, ..] if is_general(first) => &keys[1..],
            _ => &keys[..],
        };
        words.extend(own.iter().map(|it| plain(it)));
        words.reverse();
        Self(words)
    }

    fn name(&self, length: usize) -> String {
        let words: Vec<_> = self.0.iter().take(length).rev().map(String::as_str).collect();
        words.join("_")
    }
}

/// A word as keys of components have it.
fn plain(word: &str) -> String {
    let fits = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
    word.chars().map(|it| if fits(it) { it } else { '_' }).collect()
}

/// A name for each, other than those that are taken.
pub(super) fn names(all: &[NameWords], taken: &HashSet<String>) -> Vec<String> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&all[*a].0, &all[*b].0);
        (a.len(), a).cmp(&(b.len(), b))
    });
    let mut used: HashMap<String, usize> = HashMap::new();
    let mut names = vec![String::new(); all.len()];
    let is_free = |it: &String, used: &HashMap<String, usize>| {
        !it.is_empty() && !taken.contains(it) && !used.contains_key(it)
    };
    for index in order {
        let words = &all[index];
        let own = (1..=words.0.len()).map(|length| words.name(length));
        let whole = words.name(words.0.len());
        let numbered = (2..).map(|number| format!("{whole}_{number}"));
        let name = own.chain(numbered).find(|it| is_free(it, &used)).unwrap_or_default();
        used.insert(name.clone(), index);
        names[index] = name;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{SourceId, SpecPtr};

    fn named(all: &[(&str, &str)], taken: &[&str]) -> Vec<String> {
        let words = all.iter().map(|(path, fragment)| {
            let target = FileLocation { file: SourceId::File(0), at: SpecPtr::parse(fragment) };
            NameWords::of(&target, path)
        });
        let taken = taken.iter().map(|it| (*it).to_owned()).collect();
        names(&words.collect::<Vec<_>>(), &taken)
    }

    #[test]
    fn things_are_named_after_their_fragment_or_file() {
        let all = [
            ("pet.yaml", ""),
            ("defs.yaml", "/components/schemas/Owner"),
            ("schemas/cat/index.yaml", ""),
            ("big dog.schema.json", ""),
            ("defs.yaml", "/Tag"),
        ];
        assert_eq!(named(&all, &[]), ["pet", "Owner", "cat", "big_dog.schema", "Tag"]);
    }

    #[test]
    fn of_those_with_one_name_the_outermost_keeps_it_whoever_is_first() {
        let all = [("v1/old/pet.yaml", ""), ("pet.yaml", ""), ("v1/pet.yaml", "")];
        assert_eq!(named(&all, &[]), ["old_pet", "pet", "v1_pet"]);
        let turned = [("v1/pet.yaml", ""), ("v1/old/pet.yaml", ""), ("pet.yaml", "")];
        assert_eq!(named(&turned, &[]), ["v1_pet", "old_pet", "pet"]);
        assert_eq!(named(&[("pet.yaml", ""), ("a/pet.yaml", "")], &["pet"]), ["pet_2", "a_pet"]);
        let kinds = [("a.yaml", "/components/schemas/Pet"), ("b.yaml", "/components/schemas/Pet")];
        assert_eq!(named(&kinds, &[]), ["Pet", "b_Pet"]);
        assert_eq!(named(&kinds, &["Pet"]), ["a_Pet", "b_Pet"]);
    }
}
