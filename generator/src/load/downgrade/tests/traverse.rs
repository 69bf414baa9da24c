//! Schemas are found wherever in a document they stand.

use super::{becomes, document, expected};

/// Downgrades components in which each schema `{const: 1}` should be rewritten.
#[track_caller]
fn reaches(components: &str) {
    let (root, _) = document(&format!("components: {components}"));
    let after = components.replace("{const: 1}", "{enum: [1], NOTES: [constant]}");
    assert_eq!(root.get("components"), Some(&expected(&after)));
}

#[test]
fn schemas_of_components_are_rewritten() {
    reaches("{headers: {H: {schema: {const: 1}}}}");
    reaches("{parameters: {P: {in: query, schema: {const: 1}}}}");
    reaches("{requestBodies: {B: {content: {a/b: {schema: {const: 1}}}}}}");
    reaches(
        "{responses: {R: {description: d, headers: {H: {content: {a/b: {schema: {const: 1}}}}}, content: {a/b: {schema: {const: 1}}}}}}",
    );
    reaches(
        "{pathItems: {I: {parameters: [{in: query, schema: {const: 1}}], get: {responses: {}, parameters: [{in: query, content: {a/b: {schema: {const: 1}}}}]}}}}",
    );
}

#[test]
fn schemas_of_bodies_and_their_parts_are_rewritten() {
    reaches(
        "{pathItems: {I: {post: {responses: {}, requestBody: {content: {a/b: {schema: {const: 1}, encoding: {c: {headers: {H: {schema: {const: 1}}}}}}}}}}}}",
    );
}

#[test]
fn recursive_references_lead_to_the_innermost_schema_that_is_marked() {
    becomes(
        "{type: object, properties: {a: {type: object, $recursiveAnchor: true, properties: {b: {type: string}, c: {$recursiveRef: '#'}}}, d: {$recursiveRef: '#'}}}",
        "{type: object, properties: {a: {type: object, properties: {b: {type: string}, c: {$ref: '#/components/schemas/It/properties/a'}}}, d: {$ref: '#/components/schemas/It'}}}",
    );
}
