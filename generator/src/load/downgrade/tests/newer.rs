//! Additions of OpenAPI 3.2.

use super::{document, expected};

/// Downgrades a path and gives it back, with what was told.
#[track_caller]
fn path(item: &str, after: &str) -> Vec<String> {
    let (root, messages) = document(&format!("paths: {{/a: {item}}}"));
    let item = root.get("paths").and_then(|it| it.get("/a"));
    assert_eq!(item, Some(&expected(after)));
    messages
}

#[test]
fn operations_with_query_are_completed_and_other_methods_are_told() {
    let told = path(
        "{query: {parameters: [{in: query, name: b, schema: {const: 1}}]}, additionalOperations: {COPY: {}}}",
        "{query: {parameters: [{in: query, name: b, schema: {enum: [1], NOTES: [constant]}}], responses: {}}}",
    );
    assert_eq!(told, ["the method `COPY` is not expressed in the client"]);
}

#[test]
fn a_whole_query_that_is_a_form_is_one_parameter() {
    let told = path(
        "{parameters: [{in: querystring, name: b, content: {application/x-www-form-urlencoded: {schema: {const: 1}}}}]}",
        "{parameters: [{in: query, name: b, style: form, explode: true, NOTES: [whole query], schema: {enum: [1], NOTES: [constant]}}]}",
    );
    assert!(told.is_empty());
    path(
        "{parameters: [{in: querystring, name: b, content: {application/json: {schema: {const: 1}}}}]}",
        "{parameters: [{in: querystring, name: b, content: {application/json: {schema: {enum: [1], NOTES: [constant]}}}}]}",
    );
}

#[test]
fn a_response_is_described_by_its_summary() {
    path(
        "{get: {responses: {200: {summary: s}, 400: {summary: s, description: d}}}}",
        "{get: {responses: {200: {summary: s, description: s}, 400: {summary: s, description: d}}}}",
    );
}

#[test]
fn a_default_mapping_is_told() {
    let (_, messages) = document(
        "components: {schemas: {A: {discriminator: {propertyName: b, defaultMapping: '#/components/schemas/C'}}}}",
    );
    assert_eq!(messages, ["`defaultMapping` has no effect: other values are `Unknown`"]);
}

#[test]
fn what_an_event_carries_is_kept() {
    let (root, messages) = document(
        "components: {mediaTypes: {A: {itemSchema: {properties: {data: {contentMediaType: application/json, contentSchema: {const: 1}}}}}}}",
    );
    assert_eq!(
        root.get("components"),
        Some(&expected(
            "{mediaTypes: {A: {itemSchema: {type: object, properties: {data: {contentSchema: {enum: [1], NOTES: [constant]}}}}}}}"
        ))
    );
    assert!(messages.is_empty());
    let (_, messages) =
        document("components: {schemas: {A: {properties: {b: {contentSchema: {const: 1}}}}}}");
    assert_eq!(messages, ["`contentSchema` has no effect on the client"]);
}
