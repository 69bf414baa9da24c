//! Each rewrite shown on the smallest schema.

mod beyond;
mod newer;
mod traverse;
mod unions;

use super::downgrade;
use crate::Text;
use crate::diag::{Sink, SourceId};
use crate::load::{Node, Value, tree};

fn read(text: &str) -> Node {
    let file = Text { name: "it.yaml".to_owned(), bytes: text.into() };
    tree(&file, SourceId::Document, &mut Sink::default()).expect("the test's text is well-formed")
}

/// Reads a schema as it is expected; `NOTES` lists what is noted of it.
fn expected(schema: &str) -> Node {
    let mut root = read(&format!("it: {schema}"));
    note(&mut root);
    root.get("it").expect("it was just put there").clone()
}

fn note(node: &mut Node) {
    let mut noted = None;
    match &mut node.value {
        Value::List(list) => list.iter_mut().for_each(note),
        Value::Map(map) => {
            noted = map.shift_remove("NOTES");
            map.values_mut().for_each(note);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
    for it in noted.iter().filter_map(Node::as_list).flatten() {
        match it.as_str() {
            Some("constant") => node.note().constant = true,
            Some("closed") => node.note().closed = true,
            Some("implied") => node.note().implied = true,
            Some("whole query") => node.note().whole_query = true,
            other => panic!("there is no note {other:?}"),
        }
    }
}

/// A document's tree after the downgrade, and the messages.
fn document(text: &str) -> (Node, Vec<String>) {
    let mut root = read(&format!("openapi: 3.1.0\n{text}"));
    let mut sink = Sink::default();
    downgrade(&mut root, &mut sink).expect("it is an OpenAPI document");
    (root, sink.into_diagnostics().into_iter().map(|it| it.message).collect())
}

/// Compares a schema after the downgrade with what is expected, and gives the messages.
#[track_caller]
fn becomes(schema: &str, after: &str) -> Vec<String> {
    let (root, messages) = document(&format!("components: {{schemas: {{It: {schema}}}}}"));
    let it = root.get("components").and_then(|it| it.get("schemas")).and_then(|it| it.get("It"));
    assert_eq!(it, Some(&expected(after)));
    messages
}

#[track_caller]
fn stays(schema: &str) {
    assert!(becomes(schema, schema).is_empty());
}

#[test]
fn what_3_0_says_stays() {
    stays(
        "{type: object, required: [a], properties: {a: {type: string, nullable: true}, b: {$ref: '#/x'}}}",
    );
    stays("{type: array, items: {type: integer, minimum: 1, exclusiveMinimum: true}, maxItems: 3}");
    stays("{oneOf: [{$ref: '#/a'}, {$ref: '#/b'}], discriminator: {propertyName: type}}");
    stays("{type: object, additionalProperties: true}");
    stays("{type: object, additionalProperties: false}");
}

#[test]
fn values_are_never_rewritten() {
    stays("{type: object, example: {$ref: a, const: 1, type: [a, b]}, default: {const: 1}}");
    stays("{type: object, x-other: {const: 1}}");
    stays("{type: object, properties: {example: {type: string}, const: {type: string}}}");
}

#[test]
fn siblings_of_a_reference_move_around_it() {
    becomes("{$ref: '#/a', description: d}", "{allOf: [{$ref: '#/a'}], description: d}");
    becomes("{$ref: '#/a', nullable: true}", "{allOf: [{$ref: '#/a'}], nullable: true}");
    becomes("{$ref: '#/a', type: object}", "{$ref: '#/a'}");
    becomes("{$ref: '#/a', allOf: [{$ref: '#/b'}]}", "{allOf: [{$ref: '#/a'}, {$ref: '#/b'}]}");
    becomes(
        "{$ref: '#/a', type: object, properties: {b: {}}}",
        "{allOf: [{$ref: '#/a'}], type: object, properties: {b: {}}}",
    );
    becomes(
        "{$ref: '#/a', oneOf: [{$ref: '#/b'}, {$ref: '#/c'}]}",
        "{allOf: [{$ref: '#/a'}], oneOf: [{$ref: '#/b'}, {$ref: '#/c'}]}",
    );
}

#[test]
fn a_type_stays_beside_what_it_speaks_of() {
    becomes(
        "{$ref: '#/a', type: object, required: [b]}",
        "{allOf: [{$ref: '#/a'}], type: object, required: [b]}",
    );
}

#[test]
fn null_in_a_type_list_is_nullable() {
    becomes("{type: [string, 'null']}", "{type: string, nullable: true}");
    becomes("{type: [string, null]}", "{type: string, nullable: true}");
    becomes("{type: [string]}", "{type: string}");
    becomes("{type: 'null'}", "{nullable: true, enum: [null]}");
    becomes("{$ref: '#/a', type: [object, 'null']}", "{allOf: [{$ref: '#/a'}], nullable: true}");
}

#[test]
fn types_share_their_keywords() {
    becomes(
        "{type: [string, array, 'null'], description: d, maxLength: 3, items: {const: 1}, default: a}",
        "{oneOf: [{type: string, maxLength: 3}, {type: array, items: {enum: [1], NOTES: [constant]}}], nullable: true, description: d, default: a}",
    );
    becomes(
        "{type: [string, integer], format: int64}",
        "{oneOf: [{type: string}, {type: integer, format: int64}]}",
    );
    becomes("{type: [string, integer], enum: [a, 1]}", "{enum: [a, 1]}");
    becomes(
        "{type: [integer, number], format: double, minimum: 1}",
        "{oneOf: [{type: integer, minimum: 1}, {type: number, format: double, minimum: 1}]}",
    );
    becomes(
        "{type: [integer, number], format: int32}",
        "{oneOf: [{type: integer, format: int32}, {type: number}]}",
    );
    becomes(
        "{type: [object, array, string, number, integer, boolean, 'null']}",
        "{nullable: true}",
    );
    becomes(
        "{type: [string, number], oneOf: [{$ref: '#/a'}]}",
        "{oneOf: [{$ref: '#/a'}], anyOf: [{type: string}, {type: number}]}",
    );
}

#[test]
fn a_missing_type_is_plain_from_what_it_holds() {
    becomes("{properties: {a: {}}}", "{type: object, properties: {a: {}}}");
    becomes("{items: {}}", "{type: array, items: {}}");
    stays("{enum: [a]}");
}

#[test]
fn a_constant_is_an_enumeration_of_one() {
    becomes("{type: string, const: a}", "{type: string, enum: [a], NOTES: [constant]}");
    becomes(
        "{type: string, const: a, enum: [a, b]}",
        "{type: string, enum: [a], NOTES: [constant]}",
    );
    becomes("{const: null}", "{nullable: true, enum: [null]}");
}

#[test]
fn null_among_values_is_nullable() {
    becomes(
        "{type: string, enum: [a, null, a, b]}",
        "{type: string, enum: [a, b], nullable: true}",
    );
    becomes("{enum: [1, '1', 1, true]}", "{enum: [1, '1', true]}");
    becomes(
        "{enum: [a, null, b], x-enum-varnames: [A, N, B]}",
        "{enum: [a, b], nullable: true, x-enum-varnames: [A, B]}",
    );
    becomes("{enum: [null]}", "{enum: [null], nullable: true}");
}

#[test]
fn null_in_a_union_is_nullable() {
    becomes("{anyOf: [{$ref: '#/a'}, {type: 'null'}]}", "{allOf: [{$ref: '#/a'}], nullable: true}");
    becomes("{oneOf: [{const: null}, {$ref: '#/a'}]}", "{allOf: [{$ref: '#/a'}], nullable: true}");
    becomes(
        "{anyOf: [{$ref: '#/a'}, {nullable: true}]}",
        "{allOf: [{$ref: '#/a'}], nullable: true}",
    );
    becomes("{anyOf: [{$ref: '#/a'}, {type: null}]}", "{allOf: [{$ref: '#/a'}], nullable: true}");
    becomes(
        "{anyOf: [{$ref: '#/a'}, {enum: [null]}], allOf: [{$ref: '#/b'}]}",
        "{allOf: [{$ref: '#/b'}, {$ref: '#/a'}], nullable: true}",
    );
    becomes(
        "{anyOf: [{$ref: '#/a'}, {$ref: '#/b'}, {type: 'null'}]}",
        "{anyOf: [{$ref: '#/a'}, {$ref: '#/b'}], nullable: true}",
    );
    becomes(
        "{oneOf: [{$ref: '#/a'}, {type: 'null'}], discriminator: {propertyName: b}}",
        "{oneOf: [{$ref: '#/a'}], discriminator: {propertyName: b}, nullable: true}",
    );
    becomes("{anyOf: [{type: 'null'}]}", "{enum: [null], nullable: true}");
}

#[test]
fn a_union_of_constants_is_an_enumeration() {
    becomes(
        "{oneOf: [{const: 1, title: A, description: d}, {const: 2, title: B}], type: integer}",
        "{type: integer, enum: [1, 2], x-enum-varnames: [A, B], x-enum-descriptions: [d, '']}",
    );
    becomes(
        "{anyOf: [{type: string, const: a}, {type: string, enum: [b]}, {type: 'null'}]}",
        "{type: string, enum: [a, b], nullable: true}",
    );
    stays("{oneOf: [{type: string, enum: [a, b]}, {type: integer, enum: [1]}]}");
    stays("{oneOf: [{enum: [a]}, {enum: [b]}], enum: [a]}");
    stays("{oneOf: [{enum: [a]}, {enum: [b]}], discriminator: {propertyName: c}}");
}

#[test]
fn suggested_values_may_grow() {
    let expected = "{type: string, enum: [a, b], x-extensible-enum: true}";
    becomes("{anyOf: [{type: string}, {type: string, enum: [a, b]}]}", expected);
    becomes("{oneOf: [{enum: [a, b], type: string}, {type: string}]}", expected);
    becomes("{anyOf: [{type: string}, {enum: [a]}, {const: b}]}", expected);
    stays("{anyOf: [{type: string}, {type: string}, {type: string, enum: [a]}]}");
    stays("{anyOf: [{type: string, format: uuid}, {type: string, enum: [a, b]}]}");
}

#[test]
fn exclusive_bounds_are_flags() {
    becomes("{exclusiveMinimum: 1}", "{minimum: 1, exclusiveMinimum: true}");
    becomes("{exclusiveMaximum: 5, maximum: 9}", "{maximum: 5, exclusiveMaximum: true}");
    becomes("{exclusiveMaximum: 9, maximum: 5}", "{maximum: 5}");
}

#[test]
fn boolean_schemas_are_objects() {
    becomes(
        "{type: object, properties: {a: true, b: false}}",
        "{type: object, properties: {a: {}, b: {not: {}}}}",
    );
    becomes("{type: object, properties: {items: true}}", "{type: object, properties: {items: {}}}");
    stays("{type: array, items: true}");
    becomes("{additionalProperties: {not: {}}}", "{additionalProperties: false}");
    stays("{additionalProperties: {not: {}, type: string}}");
}

#[test]
fn binary_content_is_a_format() {
    becomes("{type: string, contentEncoding: base64}", "{type: string, format: byte}");
    becomes("{contentMediaType: application/octet-stream}", "{type: string, format: binary}");
    becomes(
        "{type: [string, 'null'], contentEncoding: base64url}",
        "{type: string, nullable: true, format: base64url}",
    );
    becomes("{type: string, contentMediaType: application/json}", "{type: string}");
    becomes("{type: string, contentMediaType: image/svg+xml}", "{type: string}");
    becomes("{type: string, contentMediaType: image/png}", "{type: string, format: binary}");
    becomes("{type: file}", "{type: string, format: binary}");
}

#[test]
fn the_first_example_is_kept() {
    becomes("{type: string, examples: [a, b]}", "{type: string, example: a}");
    becomes("{type: string, examples: [a], example: c}", "{type: string, example: c}");
}

#[test]
fn what_has_no_effect_is_removed_with_a_warning() {
    let messages = becomes("{type: object, if: {}, then: {}, $comment: c}", "{type: object}");
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert_eq!(messages[0], "`if` has no effect on the client");
    // Beside `additionalProperties` nothing is unevaluated.
    let told = becomes(
        "{additionalProperties: {type: string}, unevaluatedProperties: false}",
        "{additionalProperties: {type: string}}",
    );
    assert_eq!(told.len(), 1, "{told:?}");
}

#[test]
fn counts_are_whole_numbers() {
    assert!(
        becomes("{maxLength: 1e3, minLength: 1.0}", "{maxLength: 1000, minLength: 1}").is_empty()
    );
    assert_eq!(becomes("{maxLength: -1, minItems: 0.5}", "{}").len(), 2);
    assert_eq!(becomes("{required: true}", "{}").len(), 1);
    becomes("{required: [a, b, a]}", "{required: [a, b]}");
}

#[test]
fn references_by_name_become_pointers() {
    let (root, _) = document(
        "components: {schemas: {A: {$anchor: a, $id: 'https://x/a'}, B: {$ref: '#a'}, C: {$ref: 'https://x/a'}, D: {$dynamicRef: '#a'}, E: {$ref: '#none'}}}",
    );
    let schemas = root.get("components").and_then(|it| it.get("schemas")).expect("they are there");
    for name in ["B", "C", "D"] {
        assert_eq!(
            schemas.get(name).and_then(|it| it.text("$ref")),
            Some("#/components/schemas/A")
        );
    }
    assert_eq!(schemas.get("E").and_then(|it| it.text("$ref")), Some("#none"));
    let (root, _) =
        document("components: {schemas: {A: {$anchor: a}, B: {$anchor: a}, C: {$ref: '#a'}}}");
    let schemas = root.get("components").and_then(|it| it.get("schemas")).expect("they are there");
    assert_eq!(schemas.get("C").and_then(|it| it.text("$ref")), Some("#a"));
}

#[test]
fn recursive_references_lead_to_the_schema_around_them() {
    becomes(
        "{$recursiveAnchor: true, type: array, items: {$recursiveRef: '#'}}",
        "{type: array, items: {$ref: '#/components/schemas/It'}}",
    );
    becomes(
        "{type: array, items: {$recursiveRef: '#'}}",
        "{type: array, items: {$ref: '#/components/schemas/It'}}",
    );
}

#[test]
fn references_follow_what_is_moved() {
    let (root, _) = document(
        "components: {schemas: {A: {prefixItems: [{type: string}]}, B: {$ref: '#/components/schemas/A/prefixItems/0'}, C: {anyOf: [{type: 'null'}, {type: object}]}, D: {$ref: '#/components/schemas/C/anyOf/1'}}}",
    );
    let schemas = root.get("components").and_then(|it| it.get("schemas")).expect("they are there");
    let reference = |name| schemas.get(name).and_then(|it: &Node| it.text("$ref"));
    assert_eq!(reference("B"), Some("#/components/schemas/A/prefixItems/0"));
    assert_eq!(reference("D"), Some("#/components/schemas/C/allOf/0"));
}

#[test]
fn a_document_is_completed() {
    let (root, messages) = document(
        "paths: {'/a/{b}': {get: {parameters: [{name: b, in: path, schema: {const: 1}}, {name: c, in: query, schema: {}, content: {}}]}, put: {responses: {200: {}}}}}",
    );
    let after = expected(
        "{openapi: 3.1.0, paths: {'/a/{b}': {get: {parameters: [{name: b, in: path, required: true, schema: {enum: [1], NOTES: [constant]}}, {name: c, in: query, content: {}}], responses: {}}, put: {responses: {200: {description: ''}}}}}}",
    );
    assert_eq!(root, after);
    assert_eq!(messages, ["`schema` has no effect beside `content`"]);
}

#[test]
fn extensions_and_references_are_not_completed() {
    let text = "paths: {x-a: {get: {}}, /b: {get: {responses: {200: {$ref: '#/c'}, x-d: {}}}}}";
    let (root, _) = document(text);
    assert_eq!(root, read(&format!("openapi: 3.1.0\n{text}")));
}

#[test]
fn what_no_client_expresses_is_told() {
    let (root, messages) = document(
        "webhooks: {a: {}}\npaths: {/a: {get: {callbacks: {b: {}}, responses: {200: {links: {c: {}}, description: d}}}}}",
    );
    assert_eq!(
        root,
        read("openapi: 3.1.0\npaths: {/a: {get: {responses: {200: {description: d}}}}}")
    );
    assert_eq!(
        messages,
        [
            "the webhook `a` is not expressed in the client",
            "the callback `b` is not expressed in the client",
            "the link `c` is not expressed in the client",
        ]
    );
}

#[test]
fn other_documents_are_refused() {
    for text in
        ["swagger: '2.0'", "openapi: banana", "openapi: 3.1", "openapi: 3.10.0", "a: 1", "[1]"]
    {
        let mut sink = Sink::default();
        assert!(downgrade(&mut read(text), &mut sink).is_err(), "{text}");
        assert_eq!(sink.into_diagnostics()[0].rule.code, "not-openapi");
    }
    for (text, message) in [
        ("openapi: banana", "OpenAPI `banana` is none of 3.0, 3.1 and 3.2"),
        ("openapi: 3.1", "the version is not a text"),
    ] {
        let mut sink = Sink::default();
        assert!(downgrade(&mut read(text), &mut sink).is_err());
        assert_eq!(sink.into_diagnostics()[0].message, message);
    }
}

#[test]
fn a_second_time_changes_nothing() {
    let (once, _) = document(
        "webhooks: {a: {}}\ncomponents: {schemas: {A: {$ref: '#/b', type: [object, 'null'], properties: {c: {const: 1}}}, B: {anyOf: [{type: [string, integer]}, {type: 'null'}]}, C: {oneOf: [{const: 1, title: A}, {const: 2, title: B}]}, D: {prefixItems: [true], items: false}, E: {exclusiveMinimum: 1, if: {}}}}",
    );
    let mut twice = once.clone();
    let mut sink = Sink::default();
    assert!(downgrade(&mut twice, &mut sink).is_ok());
    assert_eq!(twice, once);
    assert!(sink.into_diagnostics().is_empty());
}
