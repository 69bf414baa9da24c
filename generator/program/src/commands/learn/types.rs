//! Widens the type of a schema.

use super::document::CorrectedDocument;
use super::evidence::Evidence;
use super::fragment::Fragment;
use super::infer::{self, Dialect};
use super::propose::{Action, Correction, or_null, told};
use generator::Node;
use serde_json::json;

/// Keywords about values of one type, which go with it into a variant.
const OF_TYPE: [&str; 10] = [
    "type",
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
];
/// Keywords that more than a type depends on.
const SHAPED: [&str; 7] = ["enum", "const", "properties", "items", "allOf", "oneOf", "anyOf"];

/// Adds null and other types, which were met at one place, to its schema.
pub(super) fn widen(document: &CorrectedDocument, node: &Node, group: &[Evidence]) -> Correction {
    let at = &group[0].at;
    let types: Vec<&str> = group.iter().map(|it| &*it.detail).collect();
    if let Some(reference) = node.text("$ref") {
        return match &types[..] {
            ["null"] => Correction::Proposed(or_null(document, at, reference)),
            _ => told("it is a reference; correct what it refers to, or write another schema"),
        };
    }
    let path = document.path(at);
    let (null, others): (Vec<&Evidence>, Vec<&Evidence>) =
        group.iter().partition(|it| it.detail == "null");
    if let (Some("integer"), [only], true) = (node.text("type"), &others[..], null.is_empty())
        && only.detail == "number"
    {
        return number(document, node, only, path);
    }
    for union in ["oneOf", "anyOf"] {
        if node.get(union).is_some() && node.get("type").is_none() {
            return variants(document, group, union, path);
        }
    }
    match document.dialect {
        Dialect::Nullable => {
            let mut actions = match &others[..] {
                [] => Vec::new(),
                _ if SHAPED.iter().any(|it| node.get(it).is_some()) => {
                    return told("its schema says more than a type; write both as `anyOf`");
                }
                _ => any_of(document, node, &others, &path),
            };
            if !null.is_empty() {
                let null = Fragment::entry("nullable", Fragment::Word("true".to_owned()));
                actions.push(Action::update(path, null));
            }
            Correction::Proposed(actions)
        }
        Dialect::NullType => listed(document, node, group, path),
    }
}

/// An integer is a number, too.
fn number(document: &CorrectedDocument, node: &Node, it: &Evidence, path: String) -> Correction {
    let mut actions = Vec::new();
    if node.text("format").is_some_and(|it| it.starts_with("int") || it.starts_with("uint")) {
        actions.push(Action::remove(document.path(&it.at.child("format"))));
    }
    let update = Fragment::entry("type", Fragment::text("number"));
    actions.push(Action::update(path, update));
    Correction::Proposed(actions)
}

/// More variants of a union.
fn variants(
    document: &CorrectedDocument,
    group: &[Evidence],
    union: &str,
    path: String,
) -> Correction {
    let mut variants = Vec::new();
    let mut actions = Vec::new();
    for it in group {
        match (&*it.detail, document.dialect) {
            ("null", Dialect::Nullable) => {
                let null = Fragment::entry("nullable", Fragment::Word("true".to_owned()));
                actions.push(Action::update(path.clone(), null));
            }
            _ => variants.push(of_evidence(document, it)),
        }
    }
    if !variants.is_empty() {
        actions.push(Action::update(path, Fragment::entry(union, Fragment::List(variants))));
    }
    Correction::Proposed(actions)
}

/// The schema of one type, with what was seen in its lists or objects.
fn of_evidence(document: &CorrectedDocument, it: &Evidence) -> Fragment {
    let shape = it.shape.clone().unwrap_or_else(|| json!({ &it.detail: 1 }));
    let schema = infer::schema(&shape, document.dialect);
    schema.unwrap_or_else(|| Fragment::entry("type", Fragment::text(&it.detail)))
}

/// The old type and new ones as variants.
fn any_of(
    document: &CorrectedDocument,
    node: &Node,
    others: &[&Evidence],
    path: &str,
) -> Vec<Action> {
    let moved: Vec<_> = OF_TYPE.iter().filter(|it| node.get(it).is_some()).collect();
    let old = moved.iter().filter_map(|it| Some(((**it).to_owned(), Fragment::of(node.get(it)?))));
    let old = Fragment::Map(old.collect());
    let new = others.iter().map(|it| of_evidence(document, it));
    let all = Fragment::List(std::iter::once(old).chain(new).collect());
    let names: Vec<_> = moved.iter().map(|it| format!("'{it}'")).collect();
    vec![
        Action::remove(format!("{path}[{}]", names.join(", "))),
        Action::update(path.to_owned(), Fragment::entry("anyOf", all)),
    ]
}

/// The list of types with new ones.
fn listed(
    document: &CorrectedDocument,
    node: &Node,
    group: &[Evidence],
    path: String,
) -> Correction {
    let names = group.iter().map(|it| Fragment::text(&it.detail));
    let types = match node.get("type") {
        Some(it) if it.as_list().is_some() => names.collect(),
        Some(it) => std::iter::once(Fragment::of(it)).chain(names).collect::<Vec<_>>(),
        None => return told("its schema has no type; write it as `anyOf`"),
    };
    let mut update = Fragment::entry("type", Fragment::List(types));
    for it in group {
        let word = Fragment::Word("null".to_owned());
        match (&*it.detail, node.get("enum").is_some() || node.get("const").is_some()) {
            ("null", true) if node.get("const").is_none() => {
                update = update.with("enum", Fragment::List(vec![word]));
            }
            (_, true) => return told("it has an `enum` or `const` of another type"),
            ("object" | "array", false) => {
                let Fragment::Map(keys) = of_evidence(document, it) else { continue };
                for (key, value) in keys.into_iter().filter(|it| it.0 != "type") {
                    if node.get(&key).is_some() {
                        return told("its schema says more than a type; write both as `anyOf`");
                    }
                    update = update.with(&key, value);
                }
            }
            _ => {}
        }
    }
    Correction::Proposed(vec![Action::update(path, update)])
}
