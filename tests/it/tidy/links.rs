//! Links of pages to files here: each file is there, and so is the heading that a link leads to.

use super::none;
use crate::support::{files_under, read, root};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// Folders whose pages are read on a host of repositories. Those that rustdoc includes are checked by it.
const FOLDERS: &[&str] = &["generated-client", "generator", "specs", "tests/it", "xtask"];
const FOR_RUSTDOC: &str = "src/manual.md";

#[test]
fn every_relative_link_leads_to_a_file_and_a_heading() {
    let pages = pages();
    assert!(pages.len() > 90, "{} pages are found", pages.len());
    let texts: BTreeMap<&str, String> = pages.iter().map(|it| (it.as_str(), read(it))).collect();
    let mut links = 0;
    let mut found = Vec::new();
    for (page, text) in &texts {
        for link in relative_links(text) {
            links += 1;
            if !leads_somewhere(page, &link, &texts) {
                found.push(format!("{page}: {link}"));
            }
        }
    }
    assert!(links > 20, "{links} links are found");
    none("links lead nowhere", &found);
}

/// All Markdown that is read as a page, by its path from the root.
fn pages() -> Vec<String> {
    let top = std::fs::read_dir(root()).expect("the root is readable").flatten();
    let top = top.map(|it| it.file_name().to_string_lossy().into_owned());
    let below = FOLDERS.iter().flat_map(|folder| {
        files_under(&root().join(folder)).into_iter().map(move |it| format!("{folder}/{it}"))
    });
    let is_page = |it: &String| {
        let is_markdown = Path::new(it).extension().is_some_and(|it| it == "md");
        is_markdown && !it.contains("/target/") && !it.ends_with(FOR_RUSTDOC)
    };
    top.chain(below).filter(is_page).collect()
}

fn parser(text: &str) -> Parser<'_> {
    Parser::new_ext(text, Options::ENABLE_TABLES)
}

fn relative_links(text: &str) -> impl Iterator<Item = String> {
    parser(text).filter_map(|it| match it {
        Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
            (!dest_url.contains(':')).then(|| dest_url.into_string())
        }
        _ => None,
    })
}

fn leads_somewhere(page: &str, link: &str, texts: &BTreeMap<&str, String>) -> bool {
    let (file, anchor) = link.split_once('#').map_or((link, None), |(file, it)| (file, Some(it)));
    let folder = Path::new(page).parent().expect("a page has a name");
    let target = if file.is_empty() { Some(page.into()) } else { joined(folder, file) };
    let Some(target) = target.filter(|it| root().join(it).exists()) else { return false };
    let Some(anchor) = anchor else { return true };
    let text = target.to_str().and_then(|it| texts.get(it));
    text.is_some_and(|it| anchors(it).iter().any(|it| it == anchor))
}

/// A path from a folder as one from the root; nothing if it leads out of the repository.
fn joined(folder: &Path, file: &str) -> Option<PathBuf> {
    let mut path = PathBuf::new();
    for it in folder.join(file).components() {
        match it {
            Component::Normal(name) => path.push(name),
            Component::ParentDir => path.pop().then_some(())?,
            Component::CurDir => {}
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(path)
}

/// The anchors of a page's headings: in small letters, with `-` for spaces and no other punctuation than `-` and `_`;
/// of two with one text the second has a number.
fn anchors(text: &str) -> Vec<String> {
    let mut anchors: Vec<String> = Vec::new();
    let mut heading: Option<String> = None;
    for event in parser(text) {
        match (event, &mut heading) {
            (Event::Start(Tag::Heading { .. }), _) => heading = Some(String::new()),
            (Event::Text(it) | Event::Code(it), Some(heading)) => heading.push_str(&it),
            (Event::End(TagEnd::Heading(_)), Some(text)) => {
                let plain = text.to_lowercase().replace(' ', "-");
                let is_kept = |it: &char| it.is_alphanumeric() || matches!(it, '-' | '_');
                let anchor: String = plain.chars().filter(is_kept).collect();
                let again = anchors.iter().filter(|it| **it == anchor).count();
                anchors.push(if again == 0 { anchor } else { format!("{anchor}-{again}") });
                heading = None;
            }
            _ => {}
        }
    }
    anchors
}

#[test]
fn anchors_are_those_of_a_host_of_repositories() {
    let text = "# client.yaml\n\n## How to add …\n\n## `a_b`\n\n```\n# no heading\n```\n\n## a_b\n";
    assert_eq!(anchors(text), ["clientyaml", "how-to-add-", "a_b", "a_b-1"]);
}

#[test]
fn a_link_that_leads_nowhere_is_seen() {
    let texts = BTreeMap::from([("README.md", "# One\n".to_owned())]);
    for (link, leads) in [
        ("README.md", true),
        ("README.md#one", true),
        ("#one", true),
        ("README.md#two", false),
        ("#two", false),
        ("missing.md", false),
        ("../README.md", false),
        ("Cargo.toml#one", false),
    ] {
        assert_eq!(leads_somewhere("README.md", link, &texts), leads, "{link}");
    }
    let text = "[a](b.md) `[c](d.md)` <https://e.example> [f](https://g.example)\n\n| h |\n|---|\n| [i](j.md#k) |\n";
    assert_eq!(relative_links(text).collect::<Vec<_>>(), ["b.md", "j.md#k"]);
}
