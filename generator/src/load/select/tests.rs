//! Tests of what is left of a document when some of its operations are chosen.

use super::*;
use crate::load::tree;
use crate::{Text, config};

/// The pointers that are left two and three keys below the root, of what may be left out.
fn left(document: &str, client: &str) -> (String, Vec<String>) {
    let file = |text: &str| Text { name: String::new(), bytes: text.into() };
    let mut sink = Sink::default();
    let read = |text: &str, source| tree(&file(text), source, &mut Sink::default());
    let mut root = read(document, SourceId::Document).expect("the document is YAML");
    let client = read(client, SourceId::Client).expect("the client is YAML");
    let client = config::read(&client, &mut sink).expect("the client is right");
    select(&mut root, &client, &mut sink);
    let mut places = Vec::new();
    for (section, node) in root.as_map().into_iter().flatten() {
        for (one, node) in node.as_map().into_iter().flatten() {
            let below = node.as_map().into_iter().flatten();
            places.extend(below.map(|(two, _)| match section.as_str() {
                "components" => two.clone(),
                _ => format!("{two} {one}"),
            }));
        }
    }
    let found = sink.into_diagnostics();
    let told = found.iter().map(|it| format!("{}: {}", it.place.at, it.message));
    (places.join(", "), told.collect())
}

const DOCUMENT: &str = r"
security: [{key: []}]
paths:
  /chat/runs:
    parameters: [{$ref: '#/components/parameters/Trace'}]
    get: {operationId: listRuns, tags: [Chat, Lists]}
    post: {operationId: create Run, requestBody: {$ref: '#/components/requestBodies/Run'}}
  /chat/runs/{id}:cancel: {post: {tags: [Chat], security: [{token: []}]}}
  /chatter: {get: {operationId: chatter}}
  /pets: {get: {operationId: pets, responses: {'200': {schema: {$ref: '#/components/schemas/Pet'}}}}}
  /deep: {get: {operationId: deep, x: {$ref: '#/paths/~1chat~1runs/put/content/a~1b'}}}
  /named: {get: {operationId: named, x: {$ref: '#anchored'}}}
  /elsewhere: {$ref: '#/components/pathItems/Elsewhere'}
webhooks:
  done: {post: {operationId: onDone, tags: [Hooks], x: {$ref: '#/components/schemas/Done'}}}
components:
  parameters: {Trace: {schema: {$ref: '#/components/schemas/Trace'}}, Other: {}}
  requestBodies: {Run: {schema: {properties: {a: {$ref: '#/components/schemas/Run/properties/b'}}}}}
  pathItems: {Elsewhere: {get: {operationId: first}, put: {operationId: second}}}
  schemas:
    Trace: {}
    Run: {properties: {b: {$ref: '#/components/schemas/Loop'}}}
    Loop: {properties: {again: {$ref: '#/components/schemas/Loop'}}}
    Pet: {discriminator: {propertyName: kind, mapping: {cat: Cat}}}
    Cat: {}
    Dog: {allOf: [{allOf: [{$ref: '#/components/schemas/Pet'}]}]}
    Puppy: {allOf: [{$ref: '#/components/schemas/Dog'}]}
    Anchored: {properties: {a: {$anchor: anchored}}}
    Done: {}
    Lonely: {properties: {a: {$ref: '#/components/schemas/Trace'}}}
  securitySchemes: {key: {}, token: {}, unused: {}}
";

fn chosen(client: &str) -> String {
    let (left, told) = left(DOCUMENT, client);
    assert!(told.iter().all(|it| it.starts_with("#/only: ")), "{told:?}");
    left
}

#[test]
fn operations_are_chosen_by_tag_path_and_name() {
    assert_eq!(
        chosen("only: {tags: [Lists]}"),
        "parameters /chat/runs, get /chat/runs, Trace, Trace, key"
    );
    assert_eq!(
        chosen("only: {paths: [/chat]}"),
        "parameters /chat/runs, get /chat/runs, post /chat/runs, post /chat/runs/{id}:cancel, Trace, Run, Trace, Run, Loop, key, token"
    );
    assert_eq!(chosen("only: {paths: ['/chat/runs/{id}']}"), "post /chat/runs/{id}:cancel, token");
    let by_name = "parameters /chat/runs, post /chat/runs, Trace, Run, Trace, Run, Loop, key";
    for name in ["create Run", "POST /chat/runs", "post /chat/runs", "#/paths/~1chat~1runs/post"] {
        assert_eq!(chosen(&format!("only: {{operations: ['{name}']}}")), by_name, "{name}");
    }
}

#[test]
fn the_variants_of_a_base_stay_with_it() {
    assert_eq!(chosen("only: {operations: [pets]}"), "get /pets, Pet, Cat, Dog, Puppy, key");
}

#[test]
fn what_is_referred_to_stays_where_it_is() {
    let document = DOCUMENT.replace(
        "    post: {operationId: create Run",
        "    put: {operationId: hidden, content: {a/b: {$ref: '#/components/schemas/Done'}, c: {}}}\n    post: {operationId: create Run",
    );
    let (left, told) = left(&document, "only: {operations: [deep]}");
    assert_eq!(left, "put /chat/runs, get /deep, Done, key");
    assert_eq!(
        told,
        ["#/only: 1 of 11 operations are chosen, which need 1 of 10 schemas"],
        "what is only referred to is not chosen"
    );
    assert_eq!(chosen("only: {operations: [named]}"), "get /named, Anchored, key");
}

#[test]
fn of_a_path_item_elsewhere_only_what_is_chosen_is_left() {
    assert_eq!(chosen("only: {operations: [second]}"), "put /elsewhere, key");
}

#[test]
fn webhooks_are_chosen_as_operations_are() {
    assert_eq!(chosen("only: {tags: [Hooks]}"), "post done, Done, key");
    assert_eq!(
        chosen("only: {operations: [onDone, chatter]}"),
        "get /chatter, post done, Done, key"
    );
}

#[test]
fn schemas_are_kept_with_what_they_need() {
    let kept = chosen("only: {operations: [chatter]}\nkeep: [Lonely]");
    assert_eq!(kept, "get /chatter, Trace, Lonely, key");
}

#[test]
fn entries_that_match_nothing_are_told() {
    let client = "only: {tags: [Chatt], paths: [/chats], operations: [creteRun, GET /pet, '#/paths/~1pet/get']}\nkeep: [Lonly]";
    let (_, told) = left(DOCUMENT, client);
    assert_eq!(
        told,
        [
            "#/keep/0: there is no schema `Lonly`",
            "#/only/tags/0: no operation has the tag `Chatt`",
            "#/only/paths/0: no path of an operation begins with `/chats`",
            "#/only/operations/0: there is no operation `creteRun`",
            "#/only/operations/1: there is no operation `GET /pet`",
            "#/only/operations/2: there is no operation `#/paths/~1pet/get`",
            "#/only: 0 of 10 operations are chosen, which need 0 of 10 schemas",
        ]
    );
}

#[test]
fn without_only_everything_stays() {
    let (whole, told) = left(DOCUMENT, "keep: [Lonely]");
    assert_eq!((whole.contains("Lonely"), whole.contains("Anchored"), told.len()), (true, true, 0));
    let (left, told) = left(DOCUMENT, "only: {}");
    assert_eq!((left, told.len()), (whole, 0));
}
