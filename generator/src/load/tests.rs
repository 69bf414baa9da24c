//! Documents that are read, and documents that are refused, with the byte of the error.

use super::{Node, Value, tree};
use crate::Text;
use crate::diag::{Exact, Sink, SourceId};

fn run(text: impl Into<Vec<u8>>) -> (Option<Node>, Sink) {
    let file = Text { name: "it.yaml".to_owned(), bytes: text.into() };
    let mut sink = Sink::default();
    let node = tree(&file, SourceId::Document, &mut sink).ok();
    (node, sink)
}

fn read(text: &str) -> Node {
    run(text).0.expect("the test's text is well-formed")
}

/// The finding that stops the reader.
fn refused(text: impl Into<Vec<u8>>) -> (&'static str, usize, String) {
    let (node, sink) = run(text);
    assert!(node.is_none());
    let it = sink.into_diagnostics().pop().expect("a refusal has a reason");
    match it.exact {
        Some(Exact::Offset(offset)) => (it.rule.code, offset, it.message),
        other => panic!("{other:?} is no offset"),
    }
}

#[test]
fn yaml_and_json_read_the_same() {
    let yaml = read("a: [1, -2, 2.5, true, null, x]\nb: {c: 18446744073709551615}\n");
    let json =
        read("{\"a\": [1, -2, 2.5, true, null, \"x\"], \"b\": {\"c\": 18446744073709551615}}");
    assert_eq!(yaml, json);
}

#[test]
fn keys_keep_their_spelling() {
    let node = read("200: a\n1.10: b\ntrue: c\nnull: d\n0x1F: e\n2020-01-01: f\n~: g\n");
    let keys: Vec<_> = node.as_map().expect("it is an object").keys().collect();
    assert_eq!(keys, ["200", "1.10", "true", "null", "0x1F", "2020-01-01", "~"]);
}

#[test]
fn nodes_are_numbered_in_reading_order_and_keys_are_not_counted() {
    let node = read("a:\n  - 1\n  - {b: 2}\nc: 3\n");
    let serial = |it: Option<&Node>| it.map(|it| it.id.serial);
    let list = node.get("a").and_then(Node::as_list).expect("it is a list");
    assert_eq!(node.id.serial, 0);
    assert_eq!(serial(node.get("a")), Some(1));
    assert_eq!(serial(list[1].get("b")), Some(4));
    assert_eq!(serial(node.get("c")), Some(5));
}

#[test]
fn merge_keys_give_what_is_not_written_out() {
    let node = read(
        "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc: {y: 5, <<: [*a, *b]}\nd: {<<: *a, x: 6}\n",
    );
    assert_eq!(node.get("c"), Some(&read("y: 5\nx: 1\nz: 4")));
    assert_eq!(node.get("d"), Some(&read("x: 6\ny: 2")));
    assert_eq!(refused("a: {<<: 1}").0, "syntax");
    assert!(read("{\"<<\": 1}").get("<<").is_some());
}

#[test]
fn the_same_twice_is_folded() {
    let (node, sink) = run("a: {x: 1}\na: {x: 1}\n");
    assert_eq!(node, Some(read("a: {x: 1}")));
    assert!(sink.into_diagnostics().is_empty());
}

#[test]
fn of_docs_that_stand_twice_the_last_counts() {
    for (text, last) in [
        ("b:\n  description: one\n  description: two\n", "b: {description: two}"),
        ("b: {type: s, title: t}\nb: {type: s}\n", "b: {type: s}"),
        ("b: {x: [{description: e}]}\nb: {x: [{description: f}]}\n", "b: {x: [{description: f}]}"),
    ] {
        let (node, sink) = run(text);
        assert_eq!(node, Some(read(last)));
        let found = sink.into_diagnostics();
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].rule.code, "duplicate-docs");
    }
}

#[test]
fn other_values_of_a_key_are_an_error_that_shows_both() {
    for text in [
        "a:\n  b: 1\n  b: 2\n",
        "{\"a\": {\"b\": [1], \"b\": [2]}}",
        "a: {b: {description: {x: 1}}, b: {description: {x: 2}}}",
        "a: {b: {type: s}, b: {type: s, enum: [t]}}",
        "a: {b: {x: [1]}, b: {x: [1, 2]}}",
        "a: {b: 1, b: 2, c: 3}\nd: {e: 4}",
    ] {
        let (_, sink) = run(text);
        assert!(sink.check().is_err());
        let it = sink.into_diagnostics().remove(0);
        assert_eq!((it.rule.code, &*it.place.at.text()), ("duplicate-key", "/a/b"), "{text}");
        assert!(
            matches!(it.exact, Some(Exact::Node(id)) if it.also.is_some_and(|(first, _)| first.serial < id.serial))
        );
    }
}

#[test]
fn a_file_full_of_doubles_is_told_once() {
    let text: String = (0..1000).map(|it| format!("a: {it}\n")).collect::<Vec<_>>().concat();
    assert_eq!(run(text).1.into_diagnostics().len(), 100);
}

#[test]
fn what_is_neither_yaml_nor_json_is_refused_at_its_byte() {
    for (text, offset) in [
        ("", 0),
        ("# only a comment\n", 0),
        ("null", 0),
        ("a: !ref b", 3),
        ("a: 1\n---\nb: 2\n", 5),
        ("é: 1\n\tb: 2", 6),
        ("é: 1\r\nb: !t c", 10),
        ("a: 1\n\nb: !t c", 9),
        ("a: *none", 3),
        ("? [a]\n: 1", 2),
        ("{\"a\": 1,}", 8),
        ("{\"é\": 1,\n \"b\": nope}", 17),
        ("{\"a\": 1} x", 9),
        ("[1, 2", 5),
    ] {
        let (code, at, message) = refused(text);
        assert_eq!((code, at), ("syntax", offset), "{text:?}: {message}");
    }
    assert_eq!(refused(&b"a: caf\xE9"[..]).1, 6);
    assert_eq!(refused(&b"\xFF\xFEa\0"[..]).2, "the file is UTF-16");
}

#[test]
fn a_refusal_says_what_to_look_for() {
    const TAB: &str = "a tab cannot indent YAML";
    for (text, offset, expected) in [
        ("[1, 2", 5, "the JSON text ends too early"),
        ("[1,]", 3, "this is not JSON: trailing comma"),
        ("a: 1\n\tb: 2", 5, TAB),
        ("\ta: 1", 0, TAB),
        ("a:\n  b: 1\n\tc: 2", 10, TAB),
        ("a:\n\t\tb: 1", 3, TAB),
        ("- \tb: 1", 2, TAB),
        ("a: {\n\tb: 1}\n\t", 12, TAB),
        ("? [a]\n: 1", 2, "a key must be a text"),
    ] {
        let (_, at, message) = refused(text);
        assert_eq!((at, &*message), (offset, expected), "{text:?}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    let text = super::yaml::write(&serde_json::json!({"a": [1, "x: y"], "b": null}));
    assert_eq!(read(&text.expect("it is a tree")), read("a: [1, 'x: y']\nb: null"));
}

#[test]
fn our_own_files_may_be_empty() {
    let file = Text::default();
    let node = tree(&file, SourceId::Client, &mut Sink::default()).expect("it may be empty");
    assert_eq!(node.value, Value::Null);
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    assert_eq!(run("\u{feff}a: 1").0, Some(read("a: 1")));
    assert_eq!(run("\u{feff}{\"a\": 1}").0, Some(read("a: 1")));
}

/// `n` uses of a list of `n` scalars.
fn bomb(n: usize) -> String {
    format!("a: &a [{}]\nb: [{}]\n", vec!["x"; n].join(","), vec!["*a"; n].join(","))
}

#[test]
fn aliases_are_counted_each_time() {
    assert!(run(bomb(300)).0.is_some());
    assert_eq!(refused(bomb(600)).0, "limit");
    assert_eq!(refused(bomb(10_000)).0, "limit");
    let long = format!("a: &a '{}'\nb: [{}]\n", "x".repeat(100_000), vec!["*a"; 20_000].join(","));
    assert_eq!(refused(long).0, "limit");
    let double = |i: usize| format!("a{i}: &a{i} [*a{0}, *a{0}]\n", i - 1);
    let doubling = "a0: &a0 [x]\n".to_owned() + &(1..64).map(double).collect::<Vec<_>>().concat();
    assert_eq!(refused(doubling).0, "limit");
    assert_eq!(refused("a: &a [*a]").0, "limit");
    // The aliases in 50 kB are fewer than the bytes of the file if each of them is one value.
    assert!(run(format!("a: &a x\nb: [{}]", "*a,".repeat(16_000))).0.is_some());
    assert_eq!(refused("[0".to_owned() + &",0".repeat(1_000_000) + "]").0, "limit");
}

#[test]
fn nesting_is_limited() {
    assert!(run("[".repeat(127) + &"]".repeat(127)).0.is_some());
    assert!(run("- ".repeat(127) + "x").0.is_some());
    for (start, open) in [("", "["), ("", "{\"a\":"), ("", "- "), ("a: ", "["), ("a: ", "{b: ")] {
        assert_eq!(refused(format!("{start}{}", open.repeat(100_000))).0, "limit", "{start}{open}");
    }
    assert_eq!(refused("- ".repeat(128) + "x").0, "limit");
    assert_eq!(refused("[".repeat(128) + &"]".repeat(128)).0, "limit");
}
