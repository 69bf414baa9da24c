//! Samples and requests of small documents.

use super::body::Sent;
use super::expected;
use super::sample::{SampleRequest, Samples};
use super::scalar::Prose;
use crate::diag::Sink;
use crate::emit::EmitCx;
use crate::ir::{Id, Operation, ParamPlace, Type, TypeDef, ValueHint};
use crate::load::{self, Json};
use crate::plan::Imports;
use crate::{CrateLocation, Source, Text, analysis, lower, name};
use serde_json::json;

/// Runs `check` with samples of a document that has these paths and schemas.
fn with(paths: &str, schemas: &str, check: impl FnOnce(&Samples<'_>)) {
    let text = format!(
        "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\nservers: [{{url: 'https://a.example/v1'}}]\n\
         paths:{paths}\ncomponents:\n  schemas:\n{schemas}\n"
    );
    let document = Text { name: "test".to_owned(), bytes: text.into_bytes() };
    let source = Source { vendor: "test".to_owned(), document, ..Source::default() };
    let (mut sink, mut trees) = (Sink::default(), load::Trees::default());
    let document = load::load(&source, &mut trees, &mut sink).expect("the document can be read");
    let api = lower::lower(document, &document.client, &mut sink);
    let hints = lower::hints(document, &api);
    let analysis = analysis::analyze(&api);
    let client = &document.client;
    let names = name::resolve(&api, &analysis, "test", document, &mut sink);
    let stated = lower::StatedExamples::of(document);
    let plans = crate::plan::plan(&api, &analysis, &names, client, stated);
    let (document, krate, home) = ("test", None, CrateLocation::Alone);
    let (api, analysis, names, plans) = (&api, &analysis, &names, &plans);
    let (contract, schemas) = (None, None);
    let cx =
        EmitCx { api, analysis, names, plans, client, home, document, contract, schemas, krate };
    check(&Samples::new(cx, &hints));
}

fn ty(samples: &Samples<'_>, name: &str) -> Id<TypeDef> {
    let mut ids = samples.cx.api.types.ids();
    ids.find(|id| samples.cx.names.ty(*id).text() == name).expect("the document has the schema")
}

fn sample(samples: &Samples<'_>, wish: SampleRequest, name: &str) -> Json {
    samples.of(wish, &Type::Def(ty(samples, name)), &ValueHint::default())
}

const MINIMAL: SampleRequest = SampleRequest { full: false, ..SampleRequest::FULL };

#[test]
fn examples_come_first_where_they_fit() {
    let schemas = "
    Thing:
      type: object
      required: [a, kind]
      example: {b: from the object, c: 7}
      properties:
        a: {type: string, example: own}
        b: {type: string, example: own}
        c: {type: string, default: usual}
        d: {type: integer, example: text, minimum: 5}
        kind: {type: string, enum: [x, y]}
        e: {type: string, format: uuid, readOnly: true}";
    with(" {}", schemas, |samples| {
        let full = sample(samples, SampleRequest::FULL, "Thing");
        let uuid = "3fa85f64-5717-4562-b3fc-2c963f66afa6";
        let all = json!({"a": "own", "b": "from the object", "c": "usual", "d": 5, "kind": "x", "e": uuid});
        assert_eq!(full, all);
        assert_eq!(sample(samples, MINIMAL, "Thing"), json!({"a": "own", "kind": "x"}));
    });
}

/// A dot is a mark on the board, but no segment of a path.
#[test]
fn of_the_values_of_an_enum_one_is_taken_that_can_stand_there() {
    let schemas = "
    Mark: {type: string, enum: ['.', X, O], default: '.'}";
    with(" {}", schemas, |samples| {
        let path = SampleRequest { prose: Prose::Param(ParamPlace::Path), ..SampleRequest::FULL };
        assert_eq!(sample(samples, path, "Mark"), json!("X"));
        assert_eq!(sample(samples, SampleRequest::FULL, "Mark"), json!("."));
    });
}

#[test]
fn recursion_ends() {
    let schemas = "
    Tree:
      type: object
      required: [name, children]
      properties:
        name: {type: string}
        parent: {$ref: '#/components/schemas/Tree'}
        children: {type: array, items: {$ref: '#/components/schemas/Tree'}}
    Filter:
      oneOf: [{$ref: '#/components/schemas/Not'}, {type: string}]
    Not:
      type: object
      required: [inner]
      properties: {inner: {$ref: '#/components/schemas/Filter'}}";
    with(" {}", schemas, |samples| {
        let tree = json!({"name": "text", "children": []});
        assert_eq!(sample(samples, SampleRequest::FULL, "Tree"), tree);
        assert_eq!(sample(samples, SampleRequest::FULL, "Filter"), json!({"inner": "text"}));
        let second = SampleRequest { variant: 1, ..SampleRequest::FULL };
        assert_eq!(sample(samples, second, "Filter"), json!("text"));
    });
}

/// Each asks for one more of itself.
#[test]
fn lists_that_must_not_be_empty_end() {
    let schemas = "
    Order:
      type: object
      required: [parts]
      properties:
        parts: {type: array, minItems: 1, items: {$ref: '#/components/schemas/Order'}}";
    with(" {}", schemas, |samples| {
        let text = sample(samples, MINIMAL, "Order").to_string();
        assert!(text.starts_with(r#"{"parts":[{"parts":[{"#) && text.len() < 1_000, "{text}");
        serde_json::from_str::<Json>(&text).expect("it is not nested too deeply");
    });
}

#[test]
fn each_variant_has_its_tag() {
    let schemas = "
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: type, mapping: {cat: Cat, dog: Dog}}
    Cat: {type: object, properties: {lives: {type: integer, minimum: 9}}}
    Dog: {type: object, required: [type], properties: {type: {type: string}}}";
    with(" {}", schemas, |samples| {
        assert_eq!(sample(samples, SampleRequest::FULL, "Pet"), json!({"type": "cat", "lives": 9}));
        let second = SampleRequest { variant: 1, ..MINIMAL };
        assert_eq!(sample(samples, second, "Pet"), json!({"type": "dog"}));
    });
}

/// To read one that leads back to its own choice would never end.
#[test]
fn no_variant_is_the_whole_union_again() {
    let schemas = "
    Action:
      type: object
      properties: {type: {type: string}}
      discriminator: {propertyName: type, mapping: {camera: Camera, uri: Uri}}
    Camera:
      allOf: [{$ref: '#/components/schemas/Action'}]
    Uri:
      allOf: [{$ref: '#/components/schemas/Action'}, {type: object, properties: {uri: {type: string}}}]
    Loop:
      oneOf: [{$ref: '#/components/schemas/Back'}, {type: string}]
    Back:
      anyOf: [{$ref: '#/components/schemas/Loop'}, {type: integer}]";
    with(" {}", schemas, |samples| {
        let type_only = json!({"type": "camera"});
        assert_eq!(sample(samples, SampleRequest::FULL, "Action"), type_only);
        assert_eq!(sample(samples, SampleRequest::FULL, "Loop"), json!("text"));
    });
}

#[test]
fn a_request_has_what_is_sent_and_no_more() {
    let paths = "
    /things/{id}:parts:
      post:
        parameters:
          - {name: id, in: path, required: true, schema: {type: string}}
          - {name: tags, in: query, explode: false, schema: {type: array, items: {type: string}}}
          - {name: X-Level, in: header, schema: {type: integer, example: 3}}
        requestBody:
          required: true
          content: {application/json: {schema: {$ref: '#/components/schemas/Part'}}}
        responses: {'204': {description: none}}";
    let schemas = "
    Part:
      type: object
      properties: {id: {type: string, readOnly: true}, name: {type: string}}";
    with(paths, schemas, |samples| {
        let (id, operation) = first(samples);
        let value = |name: &str| match name {
            "id" => json!("a b"),
            "tags" => json!(["x,y", "z"]),
            _ => json!(3),
        };
        let values: Vec<_> = operation.params.iter().map(|it| Some(value(&it.wire_name))).collect();
        let body = sample(samples, SampleRequest::FULL, "Part");
        assert_eq!(body, json!({"id": "text", "name": "text"}));
        let expected = expected::request(samples.cx, id, &values, Some(&body));
        assert_eq!(expected.method, "POST");
        assert_eq!(expected.url, "https://a.example/v1/things/a%20b:parts");
        assert_eq!(expected.query, [("tags".to_owned(), "x%2Cy,z".to_owned())]);
        assert_eq!(expected.headers.get("x-level").map(String::as_str), Some("3"));
        let Sent::Json { json, .. } = expected.body else { panic!("the body is JSON") };
        assert_eq!(json, json!({"name": "text"}));
    });
}

fn first<'a>(samples: &Samples<'a>) -> (Id<Operation>, &'a Operation) {
    samples.cx.api.operations.iter().next().expect("the document has an operation")
}

#[test]
fn a_call_that_cannot_be_made_has_no_test() {
    let paths = "
  /marks/{mark}:
    get:
      operationId: mark
      parameters: [{name: mark, in: path, required: true, schema: {enum: ['.', '..']}}]
      responses: {'204': {description: done}}
  /things:
    get:
      operationId: things
      parameters: [{name: mark, in: query, schema: {enum: ['.', '..']}}]
      responses: {'204': {description: done}}";
    let main = |paths: &str| {
        let mut text = String::new();
        with(paths, "    {}", |samples| {
            let files = super::files(samples.cx, "test", samples.hints());
            text = files.last().map(|it| it.code.items.to_string()).unwrap_or_default();
        });
        text
    };
    let both = main(paths);
    assert!(both.starts_with("mod things ; mod types ;") && both.contains("fn client"), "{both}");
    let none = main(paths.split("\n  /things").next().expect("a path"));
    assert_eq!(none, "mod types ;");
}

#[test]
fn an_optional_parameter_without_a_value_is_left_out_of_the_test() {
    let paths = "
  /things:
    get:
      operationId: things
      parameters:
        - {name: name, in: query, schema: {type: string}}
        - {name: deep, in: query, deprecated: true, schema: {$ref: '#/components/schemas/Either'}}
      responses: {'204': {description: done}}";
    let schemas = "
    Either: {oneOf: [{$ref: '#/components/schemas/Deep'}, {$ref: '#/components/schemas/Leaf'}]}
    Deep: {type: object, required: [list], properties: {list: {type: array, items: {$ref: '#/components/schemas/Leaf'}}}}
    Leaf: {type: object, required: [word], properties: {word: {$ref: '#/components/schemas/Word'}}}
    Word: {oneOf: [{$ref: '#/components/schemas/Leaf'}, {type: string}]}";
    with(paths, schemas, |samples| {
        let (id, _) = first(samples);
        let test = super::test::test(samples, id, &mut Imports::default());
        let test = test.expect("the call can be made").to_string();
        assert!(test.contains(". name (") && !test.contains(". deep ("), "{test}");
        assert!(!test.contains("expect (deprecated"), "{test}");
    });
}
