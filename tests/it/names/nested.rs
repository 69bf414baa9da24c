//! Additions to a document with nested resources rename none of its calls.

use super::{of, renamed_by};
use crate::shapes::source;
use crate::support::make;
use serde_json::{Value, json};

/// Kinds of additions: operations as `METHOD path operationId`, with a tag behind a bar.
const ADDITIONS: &[(&str, &[&str])] = &[
    (
        "items below a list",
        &["GET /v1/agents/{a}/voices/{v} getVoice", "POST /v1/agents/{a}/voices addVoice"],
    ),
    (
        "items below an action",
        &["GET /v1/agents/{a}/content/{c} getPart", "GET /v1/agents/{a}/cancel/{c} getCancel"],
    ),
    (
        "methods beside an action",
        &["PUT /v1/agents/{a}/content putContent", "GET /v1/agents/{a}/cancel seeCancel"],
    ),
    (
        "literals below an action",
        &["GET /v1/agents/{a}/content/parts listParts", "GET /v1/speech/voices/{v} getIt"],
    ),
    (
        "verbs",
        &["POST /v1/agents/{a}:archive archiveAgent", "POST /v1/chat/completions:count count"],
    ),
    (
        "a method that changes items",
        &["PATCH /v1/agents/{a} changeAgent", "DELETE /v1/agents deleteAgents"],
    ),
    (
        "another version",
        &[
            "GET /v2/agents listAgents2",
            "POST /v2/chat/completions createChatCompletion2",
            "POST /v2/speech speak2",
        ],
    ),
    (
        "what other paths begin with",
        &["GET /v1/acme/agents listAcme", "GET /acme/v1/agents/{a} getAcme", "GET /agents listOld"],
    ),
    (
        "calls of the same words",
        &[
            "GET /v1/agents/{a}/list listAgents",
            "GET /v1/chat/create_completion createCompletion",
            "GET /v1/usage/costs c",
        ],
    ),
    (
        "pairs that all paths begin with",
        &[
            "GET /v1/accounts/{account}/agents listAccountAgents",
            "GET /v1/accounts/{account}/chat/completions listCompletions",
            "POST /v1/accounts/{account}/speech speakFor",
        ],
    ),
    (
        "tags that begin every operationId",
        &["GET /v1/issues issues/list | issues", "GET /v1/issues/{i} issues/get-one | issues"],
    ),
    (
        "operationIds that begin alike",
        &[
            "GET /v1/a list_a",
            "GET /v1/b list_b",
            "GET /v1/c gateway_c",
            "GET /v1/d gateway_d",
            "GET /v1/e gateway_e",
            "GET /v1/f gateway_f",
            "GET /v1/g gateway_g",
            "GET /v1/h gateway_h",
            "GET /v1/i gateway_i",
        ],
    ),
];

#[test]
fn nothing_is_renamed_in_nested_resources() {
    let source = source("nested_resources");
    let document =
        generator::read(&source.document).expect("the document is well-formed").to_json();
    let before = make(&of(&source, &document, None));
    let mut lost = Vec::new();
    for (what, operations) in ADDITIONS {
        lost.extend(renamed_by(&source, what, &before, &with(&document, operations)));
    }
    let mut all: Vec<&str> = ADDITIONS.iter().flat_map(|it| it.1.iter().copied()).collect();
    lost.extend(renamed_by(&source, "all of these", &before, &with(&document, &all)));
    all.reverse();
    lost.extend(renamed_by(
        &source,
        "all of these, turned around",
        &before,
        &with(&document, &all),
    ));
    assert!(lost.is_empty(), "{} names are lost:\n{}", lost.len(), lost.join("\n"));
}

/// Without its lock, the same additions do rename: the test above sees something.
#[test]
fn without_a_lock_additions_do_rename() {
    let source = source("nested_resources");
    let document =
        generator::read(&source.document).expect("the document is well-formed").to_json();
    let list = |it: &str| it.contains("Agents::list_voices");
    let voices =
        |it: &Value| crate::support::surface(&make(&of(&source, it, None))).lines().any(list);
    assert!(voices(&document));
    assert!(!voices(&with(&document, ADDITIONS[0].1)));
}

/// A document with more operations, before those that it has.
fn with(document: &Value, operations: &[&str]) -> Value {
    let mut paths = serde_json::Map::new();
    let old = document["paths"].as_object().expect("a document has paths");
    for line in operations {
        let (line, tag) = line.split_once(" | ").map_or((*line, None), |it| (it.0, Some(it.1)));
        let words: Vec<&str> = line.split(' ').collect();
        let [method, path, id] = words[..] else { panic!("an operation has three words: {line}") };
        let names = path.split('{').skip(1).filter_map(|it| it.split('}').next());
        let params = names.map(
            |it| json!({"name": it, "in": "path", "required": true, "schema": {"type": "string"}}),
        );
        let mut operation = json!({
            "operationId": id,
            "summary": "It",
            "responses": {"204": {"description": "done"}},
        });
        if let Some(tag) = tag {
            operation["tags"] = json!([tag]);
        }
        let shared = old.get(path);
        let item =
            paths.entry(path).or_insert_with(|| shared.cloned().unwrap_or_else(|| json!({})));
        if shared.is_none() {
            operation["parameters"] = params.collect();
        }
        item[method.to_lowercase()] = operation;
    }
    for (path, item) in old {
        paths.entry(path.clone()).or_insert_with(|| item.clone());
    }
    let mut document = document.clone();
    document["paths"] = paths.into();
    document
}
