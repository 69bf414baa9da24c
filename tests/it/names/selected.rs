//! Choosing operations renames nothing, neither of what is chosen nor of what is chosen again later.

use crate::shapes::{SHAPES, source};
use crate::support::{make, surface, text};
use generator::{Output, Source};
use serde_json::Value;

const METHODS: &[&str] = &["get", "put", "post", "delete", "patch", "head", "options"];

#[test]
fn nothing_is_renamed_by_choosing_and_choosing_again() {
    let mut lost = Vec::new();
    // Of headers whose values differ, that is the client's which most of the chosen operations send.
    for name in SHAPES.iter().filter(|it| **it != "fixed_headers") {
        let source = source(name);
        let whole = make(&source);
        let with =
            |names: &str, it: Source| Source { names: Some(text("names.lock", names)), ..it };
        for operation in operations(&source) {
            let chosen = only(&source, &operation);
            let less = make(&with(&whole.names(), chosen.clone()));
            lost.extend(missing(&less, &whole).map(|it| format!("{name}, {operation}: {it}")));
            let kept = less.names();
            let kept: Vec<_> = kept.lines().collect();
            let (all, at) = (whole.names(), format!("{name}, lock of {operation}"));
            lost.extend(
                all.lines().filter(|it| !kept.contains(it)).map(|it| format!("{at}: {it}")),
            );
            let first = make(&chosen);
            let later = make(&with(&first.names(), source.clone()));
            lost.extend(
                missing(&first, &later).map(|it| format!("{name}, more than {operation}: {it}")),
            );
        }
    }
    assert!(lost.is_empty(), "{} names are lost:\n{}", lost.len(), lost.join("\n"));
}

/// Lines of one client's surface that another's does not have.
fn missing<'o>(one: &'o Output, other: &'o Output) -> impl Iterator<Item = &'o str> {
    let all: Vec<_> = surface(other).lines().collect();
    // Who sends or receives a type decides which traits it has.
    let items = surface(one).lines().filter(|it| !it.contains(" has "));
    items.filter(move |it| !all.contains(it))
}

/// The same with one operation chosen.
fn only(source: &Source, operation: &str) -> Source {
    let stated = source.client.as_ref().map(|it| String::from_utf8_lossy(&it.bytes).into_owned());
    let stated = stated.unwrap_or_default();
    let client = format!("{stated}\nonly: {{operations: ['{operation}']}}\n");
    Source { client: Some(text("client.yaml", &client)), ..source.clone() }
}

/// The places of the operations of a document that does not choose itself.
fn operations(source: &Source) -> Vec<String> {
    let stated =
        source.client.iter().any(|it| String::from_utf8_lossy(&it.bytes).contains("\nonly:"));
    let document = generator::read(&source.document).expect("it is well-formed").to_json();
    let paths = document["paths"].as_object().into_iter().flatten().filter(|_| !stated);
    let places = paths.flat_map(|(path, item)| {
        let methods = METHODS.iter().filter(|it| item.get(**it).is_some_and(Value::is_object));
        let path = path.replace('~', "~0").replace('/', "~1").replace('\'', "''");
        methods.map(move |it| format!("#/paths/{path}/{it}")).collect::<Vec<_>>()
    });
    places.collect()
}
