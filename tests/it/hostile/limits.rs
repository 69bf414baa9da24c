//! Documents that are made to take time or memory: all are read soon, or refused with a reason.

use crate::support::text;
use generator::diag::Severity;
use generator::{CrateSpec, RuntimeSource, Source};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The result of a document.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Made,
    /// Not, for reasons of these codes.
    Refused(Vec<String>),
}

/// Makes a client of a document, and its tests. That it ends at all is what these tests are about.
fn fate(document: &[u8]) -> Fate {
    let mut source = Source { vendor: "vast".to_owned(), ..Source::default() };
    source.document.bytes = document.to_vec();
    let run = generator::generate(&source);
    if run.output.is_ok() {
        let spec = CrateSpec::alone("vast", RuntimeSource::Path("runtime".to_owned()));
        generator::wire_tests(&spec, &source).expect("a client can be tested");
        return Fate::Made;
    }
    assert!(run.report.count(Severity::Error) > 0, "it is refused without a reason");
    let found = run.report.json();
    let codes = found.lines().filter_map(|it| {
        let it: Value = serde_json::from_str(it).expect("each finding is an object");
        (it["severity"] == "error").then(|| it["code"].as_str().unwrap_or_default().to_owned())
    });
    Fate::Refused(codes.collect::<BTreeSet<_>>().into_iter().collect())
}

fn limit() -> Fate {
    Fate::Refused(vec!["limit".to_owned()])
}

/// A document with these schemas; the first is what its operation sends and answers.
fn document(schemas: impl IntoIterator<Item = (String, Value)>) -> Vec<u8> {
    let schemas: Map<String, Value> = schemas.into_iter().collect();
    let body = json!({"application/json": {"schema": to(0)}});
    let operation = json!({
        "requestBody": {"required": true, "content": body},
        "responses": {"200": {"description": "ok", "content": body}},
    });
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "Vast", "version": "1"},
        "servers": [{"url": "https://example.com"}],
        "paths": {"/things": {"post": operation}},
        "components": {"schemas": schemas},
    });
    document.to_string().into_bytes()
}

fn name(index: usize) -> String {
    format!("S{index}")
}

fn to(index: usize) -> Value {
    json!({"$ref": format!("#/components/schemas/{}", name(index))})
}

/// A schema that leads to the next one, whose number and schema are given.
type Link = fn(usize, Value) -> Value;

/// The same, wherever it stands.
type Step = fn(Value) -> Value;

/// Every way in which one schema leads to another.
const LINKS: &[(&str, Link)] = &[
    ("reference", |_, next| next),
    ("allOf", |_, next| json!({"allOf": [next]})),
    ("allOf with more", |index, next| {
        let own =
            json!({"type": "object", "properties": {format!("p{index}"): {"type": "string"}}});
        json!({"allOf": [next, own]})
    }),
    ("oneOf", |_, next| json!({"oneOf": [next, {"type": "string"}]})),
    ("anyOf", |_, next| json!({"anyOf": [next, {"type": "null"}]})),
    (
        "discriminator",
        |_, next| json!({"oneOf": [next, {"type": "object"}], "discriminator": {"propertyName": "kind"}}),
    ),
    ("property", |_, next| json!({"type": "object", "properties": {"next": next}})),
    (
        "required property",
        |_, next| json!({"type": "object", "required": ["next"], "properties": {"next": next}}),
    ),
    ("items", |_, next| json!({"type": "array", "items": next})),
    ("values", |_, next| json!({"type": "object", "additionalProperties": next})),
    ("tuple", |_, next| json!({"type": "array", "prefixItems": [next], "items": false})),
    ("not", |_, next| json!({"not": next})),
];

/// A chain of schemas, which ends in a text or an object, or in its first schema.
fn chain(link: Link, length: usize, circular: bool) -> Vec<u8> {
    let next = |index: usize| if circular { to((index + 1) % length) } else { to(index + 1) };
    let schemas = (0..length).map(|index| (name(index), link(index, next(index))));
    let last = json!({"type": "object", "properties": {"kind": {"type": "string"}}});
    document(schemas.chain((!circular).then(|| (name(length), last))))
}

#[test]
fn chains_of_400_are_made() {
    for (kind, link) in LINKS {
        assert_eq!(fate(&chain(*link, 400, false)), Fate::Made, "{kind}");
    }
}

#[test]
fn circles_of_any_length_are_made_or_left_out() {
    for (kind, link) in LINKS {
        for length in [1, 2, 3, 100] {
            assert_eq!(fate(&chain(*link, length, true)), Fate::Made, "{kind} of {length}");
        }
    }
}

#[test]
fn much_longer_chains_are_refused() {
    // A schema under `not` gives no type.
    for (kind, link) in LINKS.iter().filter(|it| it.0 != "not") {
        assert_eq!(fate(&chain(*link, 4_500, false)), limit(), "{kind}");
    }
}

#[test]
fn what_is_referred_to_twice_at_each_step_is_not_multiplied() {
    const TWICE: &[(&str, Step)] = &[
        ("allOf", |it| json!({"allOf": [it, it]})),
        ("oneOf", |it| json!({"oneOf": [it, it]})),
        ("anyOf", |it| json!({"anyOf": [it, it, {"type": "null"}]})),
        ("properties", |it| json!({"type": "object", "properties": {"a": it, "b": it}})),
        (
            "required",
            |it| json!({"type": "object", "required": ["a", "b"], "properties": {"a": it, "b": it}}),
        ),
        ("tuple", |it| json!({"type": "array", "prefixItems": [it, it], "items": false})),
        (
            "lists and maps",
            |it| json!({"oneOf": [{"type": "array", "items": it}, {"type": "object", "additionalProperties": it}]}),
        ),
    ];
    for (kind, link) in TWICE {
        let schemas = (0..64).map(|index| (name(index), link(to(index + 1))));
        let last = [(name(64), json!({"type": "object", "properties": {"a": {"type": "string"}}}))];
        assert_eq!(fate(&document(schemas.chain(last))), Fate::Made, "{kind}");
    }
}

#[test]
fn what_fits_several_ways_at_each_step_is_not_multiplied() {
    // A value of these has no end, and each variant is tried for what stands in each other.
    let heir = json!({"type": "object", "required": ["next"], "properties": {"next": to(0)}});
    let made = |either: Value| {
        let schemas = [(name(0), either), (name(1), heir.clone()), (name(2), heir.clone())];
        assert_eq!(fate(&document(schemas)), Fate::Made);
    };
    made(json!({"oneOf": [to(1), to(2)]}));
    // The same with an end that fits none of them.
    let example = (0..100).fold(json!(1), |it, _| json!({"next": it}));
    made(json!({"oneOf": [to(1), to(2), {"type": "string"}], "example": example}));
}

#[test]
fn what_many_schemas_extend_is_counted_in_each() {
    let property = |index| (format!("p{index}"), json!({"type": "string"}));
    let base: Map<String, Value> = (0..1_000).map(property).collect();
    let heirs = |count: usize| {
        let heir =
            |index| (name(index), json!({"allOf": [to(count), {"properties": {"own": {}}}]}));
        let base = json!({"type": "object", "properties": base});
        document((0..count).map(heir).chain([(name(count), base)]))
    };
    assert_eq!(fate(&heirs(10)), Fate::Made);
    assert_eq!(fate(&heirs(1_000)), limit());
}

#[test]
fn numbers_in_schemas_are_no_sizes() {
    for wish in [
        json!({"type": "array", "items": {"type": "string"}, "minItems": 4_000_000_000_u64}),
        json!({"type": "string", "minLength": 4_000_000_000_u64}),
        json!({"type": "string", "pattern": "^(a{9999}){9999}$"}),
        json!({"type": "string", "pattern": "(".repeat(100_000)}),
        json!({"type": "number", "minimum": 1e308, "maximum": -1e308, "multipleOf": 5e-324}),
        json!({"type": "integer", "minimum": u64::MAX, "exclusiveMinimum": i64::MIN}),
    ] {
        assert_eq!(fate(&document([(name(0), wish)])), Fate::Made);
    }
}

#[test]
fn large_documents_are_made() {
    let values: Vec<_> = (0..10_000).map(|it| format!("value {it}")).collect();
    assert_eq!(fate(&document([(name(0), json!({"type": "string", "enum": values}))])), Fate::Made);
    let schemas =
        (0..3_000).map(|it| (name(it), json!({"type": "object", "properties": {"a": {}}})));
    assert_eq!(fate(&document(schemas)), Fate::Made);
    let text = "`*_[<&".repeat(100_000);
    assert_eq!(fate(&document([(name(0), json!({"description": text}))])), Fate::Made);
}

#[test]
fn paths_that_are_longer_than_urls_are_left_out() {
    let emitted = |count: usize| {
        let path = (0..count).map(|it| format!("/{{p{it:03}}}")).collect::<Vec<_>>().concat();
        let get = json!({"operationId": "deep", "responses": {"204": {"description": "ok"}}});
        let document = json!({
            "openapi": "3.1.0",
            "info": {"title": "Vast", "version": "1"},
            "servers": [{"url": "https://example.com"}],
            "paths": {path: {"get": get}},
        });
        let mut source = Source { vendor: "vast".to_owned(), ..Source::default() };
        source.document.bytes = document.to_string().into_bytes();
        let run = generator::generate(&source);
        let told = run.report.json().contains("servers need not read URLs of more than 8000");
        (run.output.expect("the rest is made").summary.emitted_operations, told)
    };
    assert_eq!(emitted(1_000), (1, false));
    assert_eq!(emitted(1_500), (0, true));
}

#[test]
fn more_than_the_limits_is_refused() {
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    let base = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n";
    for document in [
        deep("[", "]"),
        deep("{\"a\":", "}"),
        deep("- ", ""),
        format!("{base}x-deep: {}\n", deep("[", "]")),
        format!("{base}x-wide: [{}]\n", "0,".repeat(1_000_001)),
        format!("{base}x-long: {}\n", "x".repeat(64 << 20)),
        // 50 kB that come to 100 million nodes, and to 2 GB of text.
        format!("{base}a: &a [{}]\nb: [{}]\n", "x,".repeat(9_000), "*a,".repeat(9_000)),
        format!("{base}a: &a '{}'\nb: [{}]\n", "x".repeat(30_000), "*a,".repeat(9_000)),
        (1..60).fold(format!("{base}a0: &a0 [x]\n"), |all, it| {
            format!("{all}a{it}: &a{it} [*a{0}, *a{0}]\n", it - 1)
        }),
        format!("{base}a: &a {{b: *a}}\n"),
    ] {
        let beginning: String = document.chars().skip(60).take(30).collect();
        assert_eq!(fate(document.as_bytes()), limit(), "{beginning}");
    }
    // Another file's text counts as the document's does.
    let bomb = format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(9_000), "*a,".repeat(9_000));
    for place in 0..3 {
        let mut source = Source { vendor: "vast".to_owned(), ..Source::default() };
        source.document = text("openapi.yaml", base);
        let other = Some(text("other.yaml", &bomb));
        match place {
            0 => source.overlay = other,
            1 => source.client = other,
            _ => source.names = other,
        }
        let run = generator::generate(&source);
        assert!(run.output.is_err() && run.report.json().contains("\"limit\""), "{place}");
    }
}
