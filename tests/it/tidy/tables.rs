//! Documents that name tests and files: each is there. Decisions are numbered, and the map stays short.

use super::{none, sources};
use crate::support::{files_under, read, root};
use std::collections::BTreeSet;

/// Tables of which each row ends with the tests that show it.
const TABLES: &[&str] =
    &["generator/runtime/tests/faults.md", "tests/it/hostile/inputs.md", "tests/it/tidy/absent.md"];

#[test]
fn every_test_that_a_table_names_is_there() {
    let sources = sources();
    let words: BTreeSet<&str> = sources.iter().flat_map(|it| test_names(&it.text)).collect();
    let mut found = Vec::new();
    for table in TABLES {
        let page = read(table);
        let rows = page.lines().filter(|it| it.starts_with("| ")).skip(1);
        let cells: Vec<&str> =
            rows.filter_map(|it| it.trim_end_matches('|').rsplit('|').next()).collect();
        assert!(cells.len() > 10, "{table} has rows");
        for name in cells.iter().flat_map(|it| quoted(it)).filter(|it| is_test(it)) {
            let function = name.rsplit("::").next().unwrap_or_default();
            if !words.contains(function) {
                found.push(format!("{table}: {name}"));
            }
        }
    }
    none("tables name tests that are not there", &found);
}

/// The texts between backticks.
fn quoted(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2)
}

/// True for `limits::a_body_without_end_is_cut_off`, and not for a module, a type, a file or a command.
fn is_test(name: &str) -> bool {
    let is_path = name.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'_' | b':'));
    is_path && name.rsplit("::").next().is_some_and(|it| it.contains('_')) && name != "unsafe_code"
}

/// The names of functions, and of fixtures that a macro makes a test of.
fn test_names(text: &str) -> impl Iterator<Item = &str> {
    let functions = text.split("fn ").skip(1).filter_map(|it| it.split(['(', '<']).next());
    let listed = ["shapes! {", "errors! {"].iter().filter_map(|it| text.split(it).nth(1));
    functions.chain(listed.flat_map(str::split_whitespace))
}

#[test]
fn decisions_are_numbered_and_say_first_what_was_decided() {
    let files = files_under(&root().join("generator/decisions"));
    let records: Vec<_> =
        files.iter().filter(|it| it.starts_with(|it: char| it.is_ascii_digit())).collect();
    assert!(records.len() > 50, "the records are where they are looked for");
    let is_wrong = |(at, file): &(usize, &&String)| {
        let head = format!("# {}. ", at + 1);
        let text = read(&format!("generator/decisions/{file}"));
        !file.starts_with(&format!("{:04}-", at + 1)) || !text.starts_with(&head)
    };
    let found: Vec<_> =
        records.iter().enumerate().filter(is_wrong).map(|it| (**it.1).clone()).collect();
    none("records have another number or head", &found);
}

/// The folders that paths of the map start from.
const BASES: &[&str] = &[
    "",
    "generator/src",
    "generator/program/src",
    "generator/runtime",
    "generator/runtime/src",
    "xtask/src",
];

#[test]
fn the_map_is_short_and_every_file_on_it_is_there() {
    let map = read("ARCHITECTURE.md");
    assert!(
        map.len() < 14_000,
        "ARCHITECTURE.md has {} bytes: reasons are for decisions",
        map.len()
    );
    // Fences of blocks are three backticks, and so leave nothing quoted.
    let is_path =
        |it: &&str| it.contains('/') && !it.contains([' ', '<']) && !it.contains("VENDOR");
    let paths: Vec<_> =
        map.lines().flat_map(quoted).filter(is_path).flat_map(spelled_out).collect();
    assert!(paths.len() > 100, "{} paths are found", paths.len());
    let is_there = |it: &String| BASES.iter().any(|base| root().join(base).join(it).exists());
    let found: Vec<_> =
        paths.into_iter().filter(|it| !is_there(it) && !it.contains("NAME")).collect();
    none("ARCHITECTURE.md names files that are not there", &found);
}

/// `load/{read,yaml}.rs` as `load/read.rs` and `load/yaml.rs`.
fn spelled_out(path: &str) -> Vec<String> {
    match path.split_once('{').and_then(|(start, rest)| Some((start, rest.split_once('}')?))) {
        Some((start, (names, end))) => {
            names.split(',').map(|name| format!("{start}{name}{end}")).collect()
        }
        None => vec![path.to_owned()],
    }
}
