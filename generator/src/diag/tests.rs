//! Tests of the content of reports.

use super::{DANGLING_REF, NO_EFFECT, Report, ReportStyle, Severity, Sink, SourceId, SpecPtr};
use crate::load::{Trees, tree};
use crate::{Source, Text};

/// A report of what is found while `text` is read, and of one finding at each pointer.
fn report(text: &str, pointers: &[&str]) -> Report {
    let file = Text { name: "it.yaml".to_owned(), bytes: text.into() };
    let mut sink = Sink::default();
    let trees = Trees::of_client(tree(&file, SourceId::Client, &mut sink).ok());
    for at in pointers {
        let at = SpecPtr::parse(at);
        sink.report_in(SourceId::Client, &DANGLING_REF, &at, "`#/Datset` points at nothing")
            .label("did you mean `Dataset`?")
            .edit("correct it in {overlay}");
    }
    Report::new(sink, &trees, &Source { client: Some(file), ..Source::default() })
}

#[track_caller]
fn shows(text: &str, pointers: &[&str], expected: &str) {
    assert_eq!(
        report(text, pointers).render(ReportStyle::Plain),
        expected.trim_start_matches('\n')
    );
}

#[test]
fn a_finding_shows_its_line() {
    shows(
        "a:\n  $ref: '#/Datset'\n",
        &["#/a/$ref"],
        "
skipped[dangling-ref]: `#/Datset` points at nothing
 --> it.yaml:2:9  #/a/$ref
  |
2 |   $ref: '#/Datset'
  |         ^^^^^^^^^^ did you mean `Dataset`?
  |
  = help: correct it in overlay.yaml
",
    );
}

/// The line and the column of each finding.
fn places(text: &str, pointers: &[&str]) -> Vec<(u64, u64)> {
    let json = report(text, pointers).json();
    let objects = json.lines().map(|it| serde_json::from_str(it).expect("it is JSON"));
    let number = |it: &serde_json::Value| it.as_u64().expect("it is a number");
    objects.map(|it: serde_json::Value| (number(&it["line"]), number(&it["column"]))).collect()
}

#[test]
fn lists_and_objects_are_shown_by_their_key() {
    let text = "a:\n  b: [1]\n  c:\n    - d: 1\n  e:\n  f: |\n    text\n";
    assert_eq!(places(text, &["#/a"]), [(1, 1)]);
    assert_eq!(places(text, &["#/a/b", "#/a/b/0", "#/a/c"]), [(2, 3), (2, 7), (3, 3)]);
    assert_eq!(places(text, &["#/a/c/0", "#/a/c/0/d"]), [(4, 7), (4, 10)]);
    assert_eq!(places(text, &["#/a/e", "#/a/f"]), [(5, 3), (6, 3)]);
}

#[test]
fn what_is_missing_is_shown_by_what_is_there() {
    assert_eq!(places("a:\n  b: {c: 1}\n", &["#/a/b/x/y", "#/z"]), [(2, 3), (1, 1)]);
}

#[test]
fn json_is_located_too() {
    assert_eq!(places("{\n  \"a\": {\"b\": [true]}\n}", &["#/a/b/0", "#/a/b"]), [(2, 15), (2, 9)]);
}

#[test]
fn what_an_alias_repeats_is_shown_where_it_is_written() {
    let text = "a: &a {x: 1}\nb: *a\n";
    assert_eq!(places(text, &["#/b", "#/b/x"]), [(2, 4), (1, 11)]);
}

#[test]
fn both_places_of_a_key_are_shown() {
    shows(
        "a:\n  b: 1\n  b: 2\n",
        &[],
        "
error[duplicate-key]: `b` stands here twice
 --> it.yaml:3:6  #/a/b
  |
3 |   b: 2
  |      ^ with another value
  |
 ::: it.yaml:2:6
  |
2 |   b: 1
  |      - first here
  |
  = help: remove one of the two
",
    );
}

#[test]
fn text_that_is_no_tree_is_shown_at_its_byte() {
    shows(
        "a: 1\nb: !tag c\n",
        &[],
        "
error[syntax]: the tag `!tag` has no meaning in OpenAPI
 --> it.yaml:2:4
  |
2 | b: !tag c
  |    ^
  |
  = help: remove it
",
    );
}

#[test]
fn a_finding_without_a_file_is_shown_too() {
    let mut sink = Sink::default();
    sink.report_in(SourceId::Client, &NO_EFFECT, &SpecPtr::parse("/a"), "nothing");
    let report = Report::new(sink, &Trees::default(), &Source::default());
    assert_eq!(report.render(ReportStyle::Plain), "warning[no-effect]: nothing\n--> #/a\n");
}

#[test]
fn foreign_text_cannot_command_the_terminal() {
    let text = "a: \"\u{202e}\u{9b}31m\"\n";
    for style in [ReportStyle::Plain, ReportStyle::Coloured] {
        let shown = report(text, &["#/a", "#/\u{1b}[2J\n"]).render(style);
        assert!(!shown.contains(['\u{202e}', '\u{9b}']) && !shown.contains("\u{1b}[2J"));
    }
}

#[test]
fn findings_are_counted() {
    let report = report("a: 1\na: 2\n", &["#/a", "#/a"]);
    assert_eq!((report.count(Severity::Error), report.count(Severity::Skipped)), (1, 2));
    assert_eq!(report.by_rule(), [("dangling-ref", 2), ("duplicate-key", 1)].into());
    assert_eq!(report.json().lines().count(), 3);
}
