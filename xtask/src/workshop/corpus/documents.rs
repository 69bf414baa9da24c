//! Which documents are taken.

use crate::workshop::known;
use anyhow::{Context, Result, bail};
use openapi_clients::commands::generate;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A document of the corpus.
pub(crate) struct CorpusDocument {
    /// The file's name.
    pub(crate) name: String,
    pub(crate) path: PathBuf,
    /// The `client.yaml` beside the document.
    pub(crate) client: Option<PathBuf>,
    /// The AsyncAPI document beside the document.
    pub(crate) asyncapi: Option<PathBuf>,
    /// The overlay that belongs to it.
    pub(crate) overlay: Option<PathBuf>,
    /// The name of the crate that is made of it, which no other document's has.
    pub(crate) krate: String,
    /// True if it is known that no client can be made of it.
    pub(crate) refused: bool,
}

/// The documents of a folder in the order of their names, or those of them that are wanted. `known`
/// says which cannot be generated where no list does.
pub(crate) fn documents(
    dir: &Path,
    sample: Option<usize>,
    list: Option<&Path>,
    known: &Path,
) -> Result<Vec<CorpusDocument>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(dir).with_context(|| format!("cannot read {}", dir.display()))? {
        let path = entry.with_context(|| format!("cannot read {}", dir.display()))?.path();
        if path.extension().is_some_and(|it| it == "yaml" || it == "yml" || it == "json") {
            paths.push(path);
        }
    }
    let (beside, mut paths): (Vec<_>, Vec<_>) = paths.into_iter().partition(|it| is_beside(it));
    paths.sort();
    let all = name_crates(paths, &beside);
    if let Some(list) = list {
        return listed(all, list);
    }
    let all = marked(all, known)?;
    Ok(match sample {
        Some(number) => spread(all, number),
        None => all,
    })
}

/// The files beside `NAME.yaml` or `NAME.json`.
const CLIENT: &str = "client.yaml";
const ASYNCAPI: &str = "asyncapi.yaml";

fn is_beside(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    [CLIENT, ASYNCAPI].iter().any(|it| name.ends_with(&format!(".{it}")))
}

fn name_crates(paths: Vec<PathBuf>, beside: &[PathBuf]) -> Vec<CorpusDocument> {
    let mut taken = BTreeSet::new();
    let mut documents = Vec::new();
    for path in paths {
        let wish = format!("spec-{}", generate::crate_name(&path));
        let mut krate = wish.clone();
        let mut number = 2;
        while !taken.insert(krate.clone()) {
            krate = format!("{wish}-{number}");
            number += 1;
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let of = |ending| Some(path.with_extension(ending)).filter(|it| beside.contains(it));
        let (client, asyncapi) = (of(CLIENT), of(ASYNCAPI));
        documents.push(CorpusDocument {
            name,
            path,
            client,
            asyncapi,
            overlay: None,
            krate,
            refused: false,
        });
    }
    documents
}

/// Those that a file names, and whether they are known to be refused.
fn listed(all: Vec<CorpusDocument>, list: &Path) -> Result<Vec<CorpusDocument>> {
    let text = read(list)?;
    let wanted = rows(&text).collect::<BTreeMap<_, _>>();
    for (name, note) in &wanted {
        if !all.iter().any(|it| it.name == *name) {
            bail!("{} names `{name}`, which is not there", list.display());
        }
        if !matches!(*note, "" | "refused") {
            bail!("{} says `{note}` of `{name}`: only `refused` can be said", list.display());
        }
    }
    let chosen = all.into_iter().filter_map(|it| {
        let note = *wanted.get(&*it.name)?;
        Some(CorpusDocument { refused: note == "refused", ..it })
    });
    Ok(chosen.collect())
}

/// All, and whether a file that may name others too knows them to be refused.
fn marked(mut all: Vec<CorpusDocument>, known: &Path) -> Result<Vec<CorpusDocument>> {
    let text = read(known)?;
    let refused: BTreeSet<_> = rows(&text).filter(|it| it.1 == "refused").map(|it| it.0).collect();
    for it in &mut all {
        it.refused = refused.contains(&*it.name);
    }
    Ok(all)
}

fn read(list: &Path) -> Result<String> {
    fs::read_to_string(list).with_context(|| format!("cannot read {}", list.display()))
}

/// The names in a list, and what it says of each.
fn rows(text: &str) -> impl Iterator<Item = (&str, &str)> {
    known::lines(text).map(|it| it.split_once(' ').unwrap_or((it, "")))
}

/// So many of all, evenly spread.
fn spread(all: Vec<CorpusDocument>, number: usize) -> Vec<CorpusDocument> {
    let total = all.len();
    let chosen =
        (0..number.min(total)).map(|it| it * total / number.min(total)).collect::<BTreeSet<_>>();
    all.into_iter().enumerate().filter(|(it, _)| chosen.contains(it)).map(|(_, it)| it).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for name in names {
            fs::write(folder.path().join(name), "").expect("the test may write there");
        }
        folder
    }

    #[test]
    fn crates_have_names_of_their_own() {
        let folder = folder(&["a.json", "a.yaml", "readme.txt", "A_.yml", "A_.client.yaml"]);
        let list = folder.path().join("readme.txt");
        let all = documents(folder.path(), None, None, &list).expect("it is readable");
        let crates = all.iter().map(|it| &*it.krate).collect::<Vec<_>>();
        assert_eq!(crates, ["spec-a", "spec-a-2", "spec-a-3"]);
        let clients = all.iter().map(|it| it.client.is_some()).collect::<Vec<_>>();
        assert_eq!(clients, [true, false, false]);
    }

    #[test]
    fn a_sample_is_spread_and_always_the_same() {
        let folder = folder(&["a.json", "b.json", "c.json", "d.json", "e.json"]);
        let list = folder.path().join("list.txt");
        fs::write(&list, "c.json refused\nelsewhere.json refused\n")
            .expect("the test may write there");
        for (number, names) in [
            (2, &["a.json", "c.json"][..]),
            (9, &["a.json", "b.json", "c.json", "d.json", "e.json"]),
        ] {
            let all = documents(folder.path(), Some(number), None, &list).expect("it is readable");
            assert_eq!(all.iter().map(|it| &*it.name).collect::<Vec<_>>(), names);
            assert!(all.iter().all(|it| it.refused == (it.name == "c.json")));
        }
    }

    #[test]
    fn a_list_says_what_is_taken_and_what_is_refused() {
        let folder = folder(&["a.json", "b.json", "c.json"]);
        let list = folder.path().join("list.txt");
        fs::write(&list, "# why\nc.json\na.json refused\n").expect("the test may write there");
        let all = documents(folder.path(), None, Some(&list), &list).expect("it is readable");
        let said = all.iter().map(|it| (&*it.name, it.refused)).collect::<Vec<_>>();
        assert_eq!(said, [("a.json", true), ("c.json", false)]);
        for wrong in ["d.json", "a.json maybe"] {
            fs::write(&list, wrong).expect("the test may write there");
            assert!(documents(folder.path(), None, Some(&list), &list).is_err(), "{wrong}");
        }
    }
}
