//! Rules about the tests' own files: each belongs to a test, and says what it shows.

use super::none;
use crate::behavior::TOPICS;
use crate::drift;
use crate::errors::ERRORS;
use crate::hostile::HOSTILE;
use crate::programs::{PROGRAMS, SPEECH, WHOLE, studio};
use crate::shapes::SHAPES;
use crate::support::{files_under, fixtures, root, snapshots};
use crate::vendors::{VENDORS, snapshot_names};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// A fixture's size at most, in lines.
const LINES: usize = 60;

#[test]
fn every_fixture_belongs_to_a_test() {
    let mut found = Vec::new();
    for (kind, names) in [("shapes", SHAPES), ("errors", ERRORS), ("hostile", HOSTILE)] {
        let there = files_under(&fixtures(kind));
        let stem = |it: &String| it.split('.').next().unwrap_or_default().to_owned();
        let orphans = there.iter().filter(|it| !names.contains(&&*stem(it)));
        found.extend(orphans.map(|it| format!("tests/fixtures/{kind}/{it}")));
    }
    // All regressions are replayed, and all documents of a topic called, whatever they are named.
    let topics = TOPICS.iter().map(|it| format!("behavior/{it}/"));
    let kinds = ["shapes/", "errors/", "hostile/", "regressions/", "behavior/support.rs", "drift/"];
    let kinds: Vec<String> = kinds.map(str::to_owned).into_iter().chain(topics).collect();
    let others = files_under(&fixtures("")).into_iter();
    found.extend(others.filter(|it| !kinds.iter().any(|kind| it.starts_with(&**kind))));
    none("no test reads these", &found);
}

#[test]
fn every_program_is_run() {
    let there = files_under(&root().join("tests/programs"));
    let mut named: Vec<_> = PROGRAMS.iter().chain(WHOLE).map(|it| format!("{it}.rs")).collect();
    named.push(format!("{}.rs", drift::CRATE));
    named.extend(["rs", "yaml"].map(|it| format!("{SPEECH}.{it}")));
    named.extend(studio::PROGRAMS.iter().map(|it| format!("studio/examples/{it}.rs")));
    named.extend(["client", "openapi"].map(|it| format!("studio/{it}.yaml")));
    named.sort();
    assert_eq!(there, named);
}

#[test]
fn every_snapshot_belongs_to_a_test() {
    let names = |kind: &str, names: &[&str]| {
        names.iter().map(|it| format!("{kind}/{it}.snap")).collect::<Vec<_>>()
    };
    let vendors: Vec<_> = VENDORS.iter().flat_map(|it| snapshot_names(it)).collect();
    let vendors: Vec<_> = vendors.iter().map(String::as_str).collect();
    let wanted: BTreeSet<_> =
        [names("shapes", SHAPES), names("errors", ERRORS), names("vendors", &vendors)]
            .concat()
            .into_iter()
            .collect();
    let there: BTreeSet<_> = files_under(&snapshots("")).into_iter().collect();
    none("no test reads these snapshots", &there.difference(&wanted).cloned().collect::<Vec<_>>());
    none("these snapshots are missing", &wanted.difference(&there).cloned().collect::<Vec<_>>());
}

#[test]
fn every_fixture_is_short_and_says_first_what_it_shows() {
    let mut found = Vec::new();
    for kind in ["shapes", "errors", "hostile", "behavior"] {
        let documents = files_under(&fixtures(kind)).into_iter();
        // JSON has no comments.
        let ending = |it: &String| Path::new(it).extension().map(OsStr::to_os_string);
        let is_silent = |it: &String| ending(it).is_some_and(|it| it == "rs" || it == "json");
        for path in documents.filter(|it| !is_silent(it)) {
            let text = fs::read_to_string(fixtures(kind).join(&path)).expect("fixtures are text");
            let lines = text.lines().count();
            if lines > LINES {
                found.push(format!("{path}: {lines} lines"));
            }
            let first = text.lines().next().unwrap_or_default();
            if !first.strip_prefix("# ").is_some_and(|it| it.ends_with('.')) {
                found.push(format!("{path}: does not start with a sentence"));
            }
        }
    }
    none("fixtures are too long or say nothing", &found);
}
