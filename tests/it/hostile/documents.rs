//! Documents that nobody meant: cut off, empty, in another encoding, with keys twice, without paths.

use super::sinks::HOSTILE;
use crate::errors::ERRORS;
use crate::shapes::SHAPES;
use crate::support::{file, text};
use generator::diag::{ReportStyle, Severity};
use generator::{Output, Source, Text};

/// Bytes that mean something to YAML or JSON, or are none of UTF-8.
const SIGNS: &[u8] = b"{}[]:,-#&*!|>'\"%@`?~<= \n\t\r\0\xff\xc3\x80";

/// The result of a document: a client, or the codes of the errors in the way.
fn outcome(bytes: &[u8]) -> Result<Output, String> {
    let document = Text { name: "openapi.yaml".to_owned(), bytes: bytes.to_vec() };
    let source = Source { vendor: "odd".to_owned(), document, ..Source::default() };
    let run = generator::generate(&source);
    let shown = run.report.render(ReportStyle::Plain);
    run.output.map_err(|_| {
        assert!(run.report.count(Severity::Error) > 0, "it is refused without a reason");
        shown
    })
}

fn fixtures() -> Vec<Text> {
    let all = [("shapes", SHAPES), ("errors", ERRORS), ("hostile", HOSTILE)];
    let paths = all.iter().flat_map(|(kind, names)| {
        names.iter().map(move |it| format!("tests/fixtures/{kind}/{it}.yaml"))
    });
    paths.filter_map(|it| file(&it)).collect()
}

#[test]
fn documents_that_are_cut_off_anywhere_never_stop_the_generator() {
    let mut count = 0;
    for text in fixtures() {
        for percent in 0..100 {
            let _ = outcome(&text.bytes[..text.bytes.len() * percent / 100]);
            count += 1;
        }
        let tree = generator::read(&text).map(|it| it.to_json().to_string()).unwrap_or_default();
        for percent in (0..100).step_by(5).filter(|_| !tree.is_empty()) {
            let cut = outcome(&tree.as_bytes()[..tree.len() * percent / 100]);
            let said = cut.map(drop).expect_err("JSON that is cut off is none");
            assert!(said.starts_with("error[syntax]"), "{said}");
            count += 1;
        }
    }
    println!("{count} documents");
}

#[test]
fn documents_with_changed_bytes_never_stop_the_generator() {
    // A fixed sequence (Knuth's multiplier): the test shows the same thing each time.
    let mut state = 11_u64;
    let mut below = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(state >> 33).expect("31 bits") % bound.max(1)
    };
    for text in fixtures() {
        for _ in 0..12 {
            let mut bytes = text.bytes.clone();
            for _ in 0..=below(3) {
                let at = below(bytes.len());
                match below(4) {
                    0 => bytes[at] = SIGNS[below(SIGNS.len())],
                    1 => bytes.insert(at, SIGNS[below(SIGNS.len())]),
                    2 => drop(bytes.remove(at)),
                    _ => bytes[at] ^= 1 << below(8),
                }
            }
            let _ = outcome(&bytes);
        }
    }
}

#[test]
fn what_is_no_document_is_refused_by_what_it_is() {
    let utf16 = |mark: &[u8], swap: bool| {
        let units = "openapi: 3.1.0\n".encode_utf16();
        let bytes = units.flat_map(|it| if swap { it.to_be_bytes() } else { it.to_le_bytes() });
        mark.iter().copied().chain(bytes).collect::<Vec<u8>>()
    };
    for (bytes, said) in [
        (utf16(b"\xff\xfe", false), "UTF-16"),
        (utf16(b"\xfe\xff", true), "UTF-16"),
        (utf16(b"", false), "UTF-16"),
        (Vec::new(), "empty"),
        (b"\xef\xbb\xbf".to_vec(), "empty"),
        (b"# only words\n".to_vec(), "empty"),
        (b"\x7fELF\x02\x01\x01\0\0\0".to_vec(), "binary"),
        (b"openapi: \xff\xfe".to_vec(), "not UTF-8"),
        (b"just words".to_vec(), "not-openapi"),
        (b"[]".to_vec(), "not-openapi"),
        (b"openapi: !!binary aGk=".to_vec(), "not-openapi"),
        (b"a: !ruby/object:Gem::Installer x".to_vec(), "tag"),
        (b"<html></html>".to_vec(), "not-openapi"),
        (b"openapi: 3.1.0\n---\nopenapi: 3.1.0\n".to_vec(), "second document"),
    ] {
        let found = outcome(&bytes).map(drop).expect_err("it is no document");
        assert!(found.contains(said), "{said}: {found}");
    }
}

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";

#[test]
fn documents_without_paths_give_a_client_without_calls() {
    for rest in [
        "paths: {}\n",
        "webhooks: {ping: {post: {responses: {'200': {description: ok}}}}}\n",
        "components: {schemas: {A: {type: object, properties: {a: {type: string}}}}}\n",
        "paths: null\n",
        "",
    ] {
        let made = outcome(format!("{HEAD}{rest}").as_bytes());
        let made = made.unwrap_or_else(|said| panic!("{rest:?}: {said}"));
        assert_eq!(made.summary.emitted_operations, 0, "{rest:?}");
    }
}

#[test]
fn numbers_beyond_all_types_are_read() {
    for number in [
        "18446744073709551616",
        "-9223372036854775809",
        "340282366920938463463374607431768211456",
        "1e309",
        "-1e309",
        "1e-400",
        ".inf",
        "-.inf",
        ".nan",
        "0x7fffffffffffffffff",
        "1_000",
        "0o17",
    ] {
        let schema = format!("{{enum: [{number}], default: {number}, minimum: {number}}}");
        let rest = format!("components: {{schemas: {{A: {schema}, B: {{const: {number}}}}}}}\n");
        let made = outcome(format!("{HEAD}{rest}").as_bytes());
        assert!(made.is_ok(), "{number}: {:?}", made.err());
    }
}

#[test]
fn keys_twice_are_refused_at_every_level() {
    let document = text("openapi.yaml", "");
    let mut levels = 0;
    for name in HOSTILE {
        let fixture = file(&format!("tests/fixtures/hostile/{name}.yaml")).expect("it is there");
        let fixture = String::from_utf8(fixture.bytes).expect("fixtures are text");
        let lines: Vec<_> = fixture.lines().collect();
        for (index, line) in lines.iter().enumerate() {
            // A key whose value stands on its line, once more with another value.
            let Some((key, value)) = line.split_once(": ") else { continue };
            let start = key.trim_start_matches([' ', '-']);
            if value.is_empty() || key.contains(['{', '[', '#']) || start != key.trim_start() {
                continue;
            }
            let again = format!("{key}: {{twice: [1]}}");
            let text = [&lines[..=index], &[&*again], &lines[index + 1..]].concat().join("\n");
            let source = Source {
                document: Text { bytes: text.into_bytes(), ..document.clone() },
                ..Source::default()
            };
            let run = generator::generate(&source);
            let said = run.report.render(ReportStyle::Plain);
            assert!(run.output.is_err() && said.contains("duplicate-key"), "{line}: {said}");
            levels += 1;
        }
    }
    assert!(levels > 60, "only {levels}");
}
