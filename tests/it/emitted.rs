//! Emitted code reads as a person would have written it.

use crate::shapes::{SHAPES, source};
use crate::support::{make, vendor};
use crate::vendors::VENDORS;
use generator::{GeneratedFile, Output};
use std::path::Path;

/// Columns of code.
const WIDTH: usize = 100;

/// A name or a text of so many columns may make a line too long by itself.
const INDIVISIBLE: usize = 40;

#[test]
fn no_line_is_too_long_but_for_a_single_name_or_text() {
    every_line("lines are too long", |it| {
        let code = it.trim_start();
        it.chars().count() > WIDTH && !code.starts_with("//") && longest(code) < INDIVISIBLE
    });
}

#[test]
fn files_say_first_what_they_hold() {
    every_line("heads of files are no statements", |it| {
        ["//! What ", "//! How ", "//! Whether "].iter().any(|start| it.starts_with(start))
    });
}

#[test]
fn types_must_be_used_and_not_their_methods() {
    every_line("methods must be used", |it| it.starts_with("    #[must_use"));
}

#[test]
fn statics_and_calls_hang_in_by_one_step() {
    let is_item = |it: &str| it.starts_with("static ") || it.starts_with("pub static ");
    let hangs = |file: &GeneratedFile| {
        let lines: Vec<_> = file.text.lines().collect();
        let pairs = lines.windows(2).filter(|it| is_item(it[0]) && it[1].starts_with("     "));
        pairs.map(|it| format!("{}: {}", file.path, it[1])).collect::<Vec<_>>()
    };
    let found: Vec<_> = outputs().flat_map(|it| it.files).flat_map(|it| hangs(&it)).collect();
    assert!(found.is_empty(), "statics hang in too far:\n{}", found.join("\n"));
}

fn outputs() -> impl Iterator<Item = Output> {
    let shapes = SHAPES.iter().map(|it| make(&source(it)));
    shapes.chain(VENDORS.iter().map(|it| make(&vendor(it))))
}

/// Fails if a line of Rust is wrong.
fn every_line(message: &str, is_wrong: impl Fn(&str) -> bool) {
    let mut count = 0;
    let mut found = Vec::new();
    for file in outputs().flat_map(|it| it.files).filter(|it| is_rust(&it.path)) {
        count += file.text.lines().count();
        let wrong = file.text.lines().filter(|it| is_wrong(it));
        found.extend(wrong.map(|it| format!("{}: {it}", file.path)));
    }
    assert!(count > 5_000, "{count} lines are looked at");
    assert!(found.is_empty(), "{message}:\n{}", found.join("\n"));
}

/// Columns of the longest name or text of a line.
fn longest(code: &str) -> usize {
    let texts = code.split('"').skip(1).step_by(2);
    let names = code.split(|it: char| !it.is_alphanumeric() && it != '_');
    texts.chain(names).map(|it| it.chars().count()).max().unwrap_or(0)
}

fn is_rust(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|it| it == "rs")
}
