//! Tests of values that are read or refused, and that the table, the reader and the schema have the same keys.

use super::value_form::ValueForm;
use super::{Client, PaginationStyle, ResourcesFrom, keys, read, schema};
use crate::Text;
use crate::diag::{Sink, SourceId, SpecPtr};
use crate::ir::SchemeKind;
use crate::load::{Node, Value, tree};

fn file(text: &str) -> Node {
    let file = Text { name: "client.yaml".to_owned(), bytes: text.into() };
    tree(&file, SourceId::Client, &mut Sink::default()).expect("the test's text is well-formed")
}

fn client(text: &str) -> Client {
    read(&file(text), &mut Sink::default()).expect("the test's file is right")
}

/// The findings in a file.
fn found(text: &str) -> Vec<String> {
    let mut sink = Sink::default();
    assert!(read(&file(text), &mut sink).is_err());
    let all = sink.into_diagnostics().into_iter();
    all.map(|it| {
        let label = it.label.map(|it| format!(" ({it})")).unwrap_or_default();
        format!("{} {}: {}{label}", it.rule.code, it.place.at, it.message)
    })
    .collect()
}

const FULL: &str = r"
module: acme
base_url: {variable: ACME_BASE_URL}
auth:
  - {scheme: key, type: header, name: Acme-Key, operations: ['#/paths/~1h/get'], variable: ACME_KEY, password_variable: ACME_PASSWORD, setter: api_key,
     client_id_variable: ACME_ID, client_secret_variable: ACME_SECRET, token_endpoint_auth_method: client_secret_post, scopes: [read]}
params:
  - {name: account_id, variable: ACME_ACCOUNT}
headers:
  - {name: Acme-Version, default: 2026-03-01}
resources:
  from: paths
  overrides:
    - {at: '#/paths/~1a/get', name: things, why: w1}
  renames:
    - {resource: a.b, name: c, why: w7}
names:
  strip_prefix: [Gateway]
  renames:
    - {at: '#/components/schemas/A', name: B, why: w2}
pagination:
  - {style: next_url, operations: ['#/paths/~1b/get'], param: p1, first: 0, backwards: p2, items: p3, next: p4}
waiters:
  - {at: '#/paths/~1f/get', state: [s1], done: [s2], failed: [s3], why: w6}
streams:
  sentinels: ['[DONE]']
  end_events: [stop]
  ignored_events: [ping]
  operations:
    - {at: '#/paths/~1g/get', format: events, item: '#/components/schemas/E', flag: live, sentinels: ['[END]'], why: w8}
webhooks: {header: Acme-Signature, algorithm: sha512, encoding: base64, prefix: 'v0=', signed: '{timestamp}.{id}.{body}',
  timestamp_header: Acme-Time, timestamp_prefix: 't=', id_header: Acme-Id, secret_prefix: acme_, tolerance: 60}
sockets: {perspective: client}
only: {tags: [t1], paths: [/t2], operations: [t3]}
keep: [Kept]
types:
  formats:
    - {format: uuid, type: 'uuid::Uuid', as: text, example: 3fa85f64-5717-4562-b3fc-2c963f66afa6, traits: [Eq]}
  places:
    - {at: '#/components/schemas/C', type: 'acme_types::C', as: json, example: '{}', traits: [Hash], why: w9}
  crates:
    - {name: acme-types, version: '1', path: ../acme-types, features: [serde]}
  derive: [Ord, 'acme_types::All']
  derive_at:
    - {derive: 'acme_types::One', at: ['#/components/schemas/F']}
extra: keep
extra_at: ['#/components/schemas/D']
drift: true
accessors: true
skip:
  - {at: '#/paths/~1c/get', why: w3}
idempotent:
  - {at: '#/paths/~1d/post', why: w4}
retry: default
lints:
  - {rule: missing-docs, at: '#/paths/~1e/get', why: w5}
";

#[test]
fn an_empty_file_says_nothing() {
    for text in ["", "# nothing yet\n", "auth:\nmodule:\n"] {
        assert_eq!(format!("{:?}", client(text)), format!("{:?}", Client::default()));
    }
}

#[test]
fn a_full_file_is_read() {
    let it = client(FULL);
    assert_eq!(it.module.as_deref(), Some("acme"));
    assert_eq!(it.auth[0].setter.as_deref(), Some("api_key"));
    assert_eq!(it.auth[0].at, SpecPtr::parse("/auth/0"));
    assert_eq!(it.auth[0].client_id_variable.as_deref(), Some("ACME_ID"));
    assert_eq!(it.auth[0].client_secret_variable.as_deref(), Some("ACME_SECRET"));
    assert!(it.auth[0].secret_in_body);
    assert_eq!(it.auth[0].scopes.as_deref(), Some(&["read".to_owned()][..]));
    assert_eq!(it.headers[0].default.as_deref(), Some("2026-03-01"));
    assert_eq!(it.resources.from, Some(ResourcesFrom::Paths));
    let (target, name, at) = &it.names.renames[0];
    assert_eq!((&*target.text(), name.as_str()), ("/components/schemas/A", "B"));
    assert_eq!(at.text(), "/names/renames/0");
    assert_eq!(it.pagination[0].style, PaginationStyle::NextUrl);
    assert_eq!(it.pagination[0].first, Some(0));
    assert!(it.drift);
    assert!(it.accessors);
    assert!(it.usual_retries);
    assert_eq!(it.lints[0].target, Some(SpecPtr::parse("/paths/~1e/get")));
}

/// Every text in the full file comes out of the reader, save reasons that are only for readers of the file.
#[test]
fn every_key_of_the_table_is_read() {
    let read = format!("{:?}", client(FULL));
    let root = file(FULL);
    let mut seen = Vec::new();
    texts(&root, &keys::FILE, &mut seen);
    for (key, text) in seen {
        let plain = text.strip_prefix('#').unwrap_or(&text);
        let known = [
            "paths",
            "next_url",
            "w1",
            "w2",
            "w3",
            "w4",
            "w5",
            "w6",
            "w7",
            "w8",
            "w9",
            "text",
            "json",
            "Eq",
            "Hash",
            "Ord",
            "events",
            "client",
            "default",
            "client_secret_post",
            "sha512",
            "base64",
            "keep",
            "header",
        ]
        .contains(&plain);
        assert!(known || read.contains(&format!("\"{plain}\"")), "`{key}: {text}` is not read");
    }
}

#[test]
fn keys_of_added_schemes_go_together() {
    let auth = |entry: &str| found(&format!("auth: [{{scheme: a, {entry}}}]"));
    let said = |it: &[String], at: &str, part: &str| {
        let [one] = it else { panic!("{it:?}") };
        assert!(
            one.starts_with(&format!("bad-client #/auth/0/{at}: ")) && one.contains(part),
            "{one}"
        );
    };
    said(&auth("type: header"), "type", "needs `name`");
    said(&auth("type: basic, name: b"), "name", "has no other name");
    said(&auth("name: b"), "name", "lacks `type`");
    said(&auth("operations: ['#/paths/~1a/get']"), "operations", "lacks `type`");
    let it = client("auth: [{scheme: a, type: query, name: b}]").auth;
    assert_eq!(it[0].added, Some(SchemeKind::Query("b".to_owned())));
}

/// All texts of a value; fails where the value lacks a key of its form.
fn texts(node: &Node, form: &ValueForm, seen: &mut Vec<(&'static str, String)>) {
    match (form, &node.value) {
        (ValueForm::Object(keys), Value::Map(map)) => {
            for key in *keys {
                let value =
                    map.get(key.name).unwrap_or_else(|| panic!("`{}` is not shown", key.name));
                if let Value::Text(text) = &value.value {
                    seen.push((key.name, text.clone()));
                }
                texts(value, &key.form, seen);
            }
        }
        (ValueForm::List(form), Value::List(list)) => {
            for item in list {
                seen.extend(item.as_str().map(|it| ("", it.to_owned())));
                texts(item, form, seen);
            }
        }
        (ValueForm::Entries(_, keys), Value::List(list)) => {
            for item in list {
                texts(item, &ValueForm::Object(keys), seen);
            }
        }
        _ => {}
    }
}

#[test]
fn keys_that_nothing_reads_are_refused() {
    assert_eq!(
        found("modul: a"),
        ["unknown-key #/modul: nothing reads the key `modul` (did you mean `module`?)"]
    );
    assert_eq!(
        found("auth: [{scheme: a, varable: B}]"),
        [
            "unknown-key #/auth/0/varable: nothing reads the key `varable` (did you mean `variable`?)"
        ]
    );
    assert_eq!(found("zzz: a"), ["unknown-key #/zzz: nothing reads the key `zzz`"]);
}

#[test]
fn only_headers_are_the_same_in_another_case() {
    let twice =
        |list: &str| found(&format!("{list}: [{{name: a, default: x}}, {{name: A, default: y}}]"));
    assert_eq!(twice("headers"), ["bad-client #/headers/1/name: `A` has two entries"]);
    let params = client("params: [{name: a, variable: A}, {name: A, variable: B}]").params;
    assert_eq!(params.len(), 2);
}

#[test]
fn values_of_another_form_are_refused_where_they_are() {
    assert_eq!(
        found(
            "module: 1\nauth: {}\nskip: [a]\nresources: {from: tag}\nheaders: [{name: a, default: 1}]"
        ),
        [
            "bad-client #/module: expected a text here",
            "bad-client #/auth: expected a list here",
            "bad-client #/skip/0: expected keys and values here",
            "bad-client #/resources/from: `tag` is none of the words that fit here (did you mean `tags`?)",
            "bad-client #/headers/0/default: expected a text here",
        ]
    );
    for first in ["-1", "1.5", "'1'", "[1]"] {
        let text = format!("pagination: [{{style: page, first: {first}}}]");
        let wanted = "bad-client #/pagination/0/first: expected a number here, such as 0 or 1";
        assert_eq!(found(&text), [wanted]);
    }
    assert_eq!(found("- a"), ["bad-client #: expected keys and values here"]);
    assert_eq!(found("module: 'a b'").len(), 1);
    assert_eq!(found("module: 1a\nbase_url: {variable: 'A;B'}").len(), 2);
}

#[test]
fn exceptions_have_a_reason() {
    assert_eq!(found("skip: [{at: '#/paths/~1a/get'}]"), ["bad-client #/skip/0: `why` is missing"]);
    assert_eq!(
        found("skip: [{at: /paths, why: ' '}]"),
        [
            "bad-client #/skip/0/at: expected a place in the document",
            "bad-client #/skip/0/why: expected a text, and this is empty",
        ]
    );
    for list in [
        "idempotent: [{at: '#/a'}]",
        "lints: [{rule: syntax}]",
        "waiters: [{at: '#/a', state: [b], done: [c]}]",
        "names: {renames: [{at: '#/a', name: b}]}",
    ] {
        assert!(found(list)[0].ends_with("`why` is missing"), "{list}");
    }
    assert_eq!(found("lints: [{rule: missing-doc, why: w}]").len(), 1);
}

#[test]
fn the_schema_speaks_of_the_same_keys() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).expect("it is JSON");
    same(&keys::FILE, &schema);
}

fn same(form: &ValueForm, schema: &serde_json::Value) {
    match form {
        ValueForm::Object(keys) => {
            let names: std::collections::BTreeSet<_> = keys.iter().map(|it| it.name).collect();
            let properties = schema["properties"].as_object().expect("an object has them");
            assert_eq!(names, properties.keys().map(String::as_str).collect());
            keys.iter().for_each(|key| same(&key.form, &properties[key.name]));
        }
        ValueForm::List(form) => same(form, &schema["items"]),
        ValueForm::Entries(_, keys) => same(&ValueForm::Object(keys), &schema["items"]),
        ValueForm::Number => assert_eq!(schema["type"], "integer"),
        ValueForm::Flag => assert_eq!(schema["type"], "boolean"),
        _ => assert!(schema.get("pattern").or(schema.get("enum")).is_some()),
    }
}

/// README lists what may be named without saying more.
#[test]
fn known_types_are_listed() {
    let readme = include_str!("../../../README.md");
    for it in super::known_types::TYPES {
        let row = |line: &&str| {
            line.contains(&format!("`{}`", it.format)) && line.contains(&format!("`{}`", it.path))
        };
        assert!(readme.lines().any(|line| row(&line)), "`{}` for `{}`", it.path, it.format);
        assert!(super::TypePath::parse(it.path).is_some_and(|path| path.to_string() == it.path));
    }
}

#[test]
fn the_reference_has_a_row_for_each_key() {
    let page = super::reference();
    for row in [
        "| `module` | a Rust name | The Rust module and Cargo feature; the name of the vendor's folder if not given. |",
        "| [`auth`](#auth) | a list of objects, one for each `scheme` | Where the keys of security schemes come from. |",
        "| **`variable`** | an environment variable | The environment variable that replaces the base URL; `<MODULE>_BASE_URL` if not given. |",
        "| `token_endpoint_auth_method` | `client_secret_basic` or `client_secret_post` | ",
    ] {
        assert!(page.contains(row), "{row}\n{page}");
    }
    let schema: serde_json::Value = serde_json::from_str(&schema()).expect("it is JSON");
    let starts = ["| `", "| **`", "| [`", "| [**`"];
    let rows = page.lines().filter(|it| starts.iter().any(|start| it.starts_with(start))).count();
    assert_eq!(rows, properties(&schema), "the schema has as many properties");
}

fn properties(schema: &serde_json::Value) -> usize {
    let inner = schema["properties"].as_object().into_iter().flatten();
    inner.map(|(_, it)| 1 + properties(it) + properties(&it["items"])).sum()
}
