//! Responses that differ from a document, and what is noted of them.

use super::*;
use serde_json::json;

/// A document whose responses show all that schemas can say here.
fn contract() -> Value {
    json!({
        "openapi": "3.1.0",
        "paths": {"/pets/{id}": {"get": {"responses": {
            "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
            "204": {"description": "Nothing."},
            "4XX": {"$ref": "#/components/responses/Error"}
        }}}},
        "components": {
            "responses": {"Error": {"content": {"application/json": {"schema": {
                "type": "object", "required": ["code"], "properties": {"code": {"type": "string"}}
            }}}}},
            "schemas": {
                "Pet": {
                    "type": "object",
                    "required": ["id", "name", "secret"],
                    "properties": {
                        "id": {"type": "integer"},
                        "name": {"type": "string"},
                        "secret": {"type": "string", "writeOnly": true},
                        "state": {"enum": ["young", "old"]},
                        "owner": {"$ref": "#/components/schemas/Owner"},
                        "weight": {"type": ["number", "null"]},
                        "notes": {"type": "array", "items": {"$ref": "#/components/schemas/Note"}},
                        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
                        "anything": {"type": "object"},
                        "kind": {"$ref": "#/components/schemas/Dog"},
                        "event": {"oneOf": [
                            {"$ref": "#/components/schemas/Born"}, {"$ref": "#/components/schemas/Sold"}
                        ]},
                        "tagged": {
                            "oneOf": [{"$ref": "#/components/schemas/Born"}, {"$ref": "#/components/schemas/Sold"}],
                            "discriminator": {"propertyName": "type"}
                        },
                        "size": {"anyOf": [{"type": "integer"}, {"type": "object", "properties": {"cm": {"type": "integer"}}}]}
                    }
                },
                "Owner": {"type": "object", "properties": {"email": {"type": "string"}}},
                "Note": {"type": "object", "properties": {"level": {"type": "string", "enum": ["low"]}}},
                "Animal": {"type": "object", "properties": {"legs": {"type": "integer"}}},
                "Dog": {"allOf": [
                    {"$ref": "#/components/schemas/Animal"},
                    {"type": "object", "properties": {"barks": {"type": "boolean"}}}
                ]},
                "Born": {"type": "object", "required": ["type"], "properties": {
                    "type": {"const": "born"}, "at": {"type": "string"}
                }},
                "Sold": {"type": "object", "required": ["type"], "properties": {
                    "type": {"const": "sold"}, "price": {"type": "integer"}
                }}
            }
        }
    })
}

fn client(contract: &Value) -> ClientDrift {
    let drift = Drift::of_contract(&contract.to_string()).expect("it is one");
    let contract = drift.contract.clone().expect("it was stated");
    ClientDrift { client: "pets", contract, drift }
}

/// The differences of bodies of one status, without the counts of responses.
fn noted(status: u16, bodies: &[Value]) -> Value {
    noted_of(&contract(), status, bodies)
}

fn noted_of(contract: &Value, status: u16, bodies: &[Value]) -> Value {
    let client = client(contract);
    for body in bodies {
        let text = body.to_string();
        client.note(
            ("GET", "/pets/{pet_id}"),
            status,
            Some("application/json"),
            Some(text.as_bytes()),
        );
    }
    let file: Value = serde_json::from_str(&client.drift.to_json()).expect("it is JSON");
    let operation = &file["clients"]["pets"]["GET /pets/{id}"][status.to_string()];
    assert_eq!(operation["responses"], bodies.len());
    operation["differences"].clone()
}

/// A pet as it is documented, with some other properties.
fn pet(other: Value) -> Value {
    let mut pet = json!({"id": 1, "name": "Rex"});
    let (Value::Object(all), Value::Object(other)) = (&mut pet, other) else { unreachable!() };
    all.extend(other);
    pet
}

const PET: &str = "#/components/schemas/Pet";

#[test]
fn responses_as_documented_are_only_counted() {
    let full = pet(json!({
        "state": "old", "owner": {"email": "a"}, "weight": null, "notes": [{"level": "low"}, {}],
        "labels": {"a": "b"}, "anything": {"x": 1}, "kind": {"legs": 4, "barks": true},
        "event": {"type": "sold", "price": 2}, "tagged": {"type": "born", "at": "now"}, "size": {"cm": 2}
    }));
    let weights = [1.5, 2.0].map(|it| pet(json!({"weight": it, "size": 3, "id": 4.0})));
    assert_eq!(noted(200, &[&[full][..], &weights].concat()), Value::Null);
    assert_eq!(noted(404, &[json!({"code": "none"})]), Value::Null);
}

#[test]
fn a_value_that_an_enum_lacks_is_kept_if_it_is_a_word() {
    let states =
        ["lost", "lost", "550e8400-e29b-41d4-a716-446655440000", "Anna lives here", "a1b2c3d4e5"];
    let pets: Vec<_> = states.iter().map(|it| pet(json!({"state": it}))).collect();
    let at = format!("{PET}/properties/state");
    let expected = json!({at: {"unknown value": {
        "lost": {"responses": 2}, "(not kept)": {"responses": 3}
    }}});
    assert_eq!(noted(200, &pets), expected);
}

#[test]
fn a_response_counts_once_though_many_items_of_it_differ() {
    let note = json!({"level": "high"});
    let at = "#/components/schemas/Note/properties/level";
    let expected = json!({at: {"unknown value": {"high": {"responses": 1}}}});
    assert_eq!(noted(200, &[pet(json!({"notes": [note, note, {"level": "low"}]}))]), expected);
}

#[test]
fn null_is_noted_where_the_schema_is_used() {
    let owner = format!("{PET}/properties/owner");
    let notes = format!("{PET}/properties/notes/items");
    let difference = json!({"null": {"null": {"responses": 1}}});
    let found = noted(200, &[pet(json!({"owner": null, "notes": [null]}))]);
    assert_eq!(found, json!({owner: difference.clone(), notes: difference}));
}

#[test]
fn missing_properties_are_noted_but_those_that_are_only_sent() {
    let expected = json!({PET: {"missing property": {"name": {"responses": 1}}}});
    assert_eq!(noted(200, &[json!({"id": 1}), pet(json!({}))]), expected);
}

#[test]
fn other_types_are_noted_where_the_type_is_stated() {
    let found =
        noted(200, &[json!({"id": 1.5, "name": 7}), json!({"id": {"a": "secret"}, "name": "x"})]);
    let (id, name) = (format!("{PET}/properties/id"), format!("{PET}/properties/name"));
    let shape = json!({"object": 1, "properties": {"a": {"string": 1}}});
    let expected = json!({
        id: {"other type": {"number": {"responses": 1}, "object": {"responses": 1, "shape": shape}}},
        name: {"other type": {"integer": {"responses": 1}}}
    });
    assert_eq!(found, expected);
}

#[test]
fn undocumented_properties_have_their_shape() {
    let tags = [json!([{"word": "a"}, {"word": null, "more": 1}]), json!([])];
    let found = noted(200, &tags.map(|it| pet(json!({"tags": it}))));
    let item = json!({"object": 2, "properties": {
        "word": {"string": 1, "null": 1}, "more": {"integer": 1}
    }});
    let shape = json!({"array": 2, "items": item});
    let expected =
        json!({PET: {"undocumented property": {"tags": {"responses": 2, "shape": shape}}}});
    assert_eq!(found, expected);
}

#[test]
fn a_property_belongs_to_the_heir_and_not_to_what_it_inherits() {
    let expected = json!({"#/components/schemas/Dog/allOf/1": {"undocumented property": {
        "breed": {"responses": 1, "shape": {"string": 1}}
    }}});
    assert_eq!(noted(200, &[pet(json!({"kind": {"legs": 4, "breed": "secret"}}))]), expected);
}

#[test]
fn names_that_are_data_are_those_of_a_map() {
    let names = ["anna@example.com", "user_20240501", "a b"].map(|it| (it.to_owned(), json!(1)));
    let found = noted(200, &[pet(Value::Object(names.into_iter().collect()))]);
    let expected = json!({PET: {"undocumented property": {
        "(other names)": {"responses": 1, "shape": {"integer": 3}}
    }}});
    assert_eq!(found, expected);
    let words = |from: usize| (from..from + 21).map(|it| (format!("x{it}"), json!(true)));
    let found = noted(200, &[pet(Value::Object(words(0).collect()))]);
    let expected = json!({PET: {"undocumented property": {
        "(other names)": {"responses": 1, "shape": {"boolean": 21}}
    }}});
    assert_eq!(found, expected);
}

#[test]
fn unknown_variants_are_noted_at_their_union() {
    let lost = json!({"type": "lost", "where": "secret"});
    let shape = json!({"object": 1, "properties": {"type": {"string": 1}, "where": {"string": 1}}});
    let variant = json!({"unknown variant": {"lost": {"responses": 1, "shape": shape}}});
    let union = |name: &str| format!("{PET}/properties/{name}/oneOf");
    let expected = json!({union("event"): variant.clone(), union("tagged"): variant});
    assert_eq!(noted(200, &[pet(json!({"event": lost, "tagged": lost}))]), expected);
}

#[test]
fn a_value_is_compared_with_the_variant_that_it_is_closest_to() {
    let born = json!({"type": "born", "place": "secret"});
    let found = noted(200, &[pet(json!({"event": born, "tagged": born, "size": {"mm": 2}}))]);
    let property = |name: &str, shape: &str, count: u64| json!({"undocumented property": {name: {"responses": 1, "shape": {shape: count}}}});
    let expected = json!({
        "#/components/schemas/Born": property("place", "string", 2),
        format!("{PET}/properties/size/anyOf/1"): property("mm", "integer", 1)
    });
    assert_eq!(found, expected);
    let found = noted(200, &[pet(json!({"size": true}))]);
    let at = format!("{PET}/properties/size");
    assert_eq!(found, json!({at: {"other type": {"boolean": {"responses": 1}}}}));
}

#[test]
fn a_difference_outside_of_a_union_makes_no_variant_unknown() {
    let mut contract = contract();
    let kind = &mut contract["components"]["schemas"]["Pet"]["properties"]["kind"];
    *kind = json!({
        "type": "object",
        "required": ["legs"],
        "properties": {"legs": {"type": "integer"}},
        "anyOf": [{"properties": {"runs": {"type": "boolean"}}}, {"properties": {"flies": {"type": "boolean"}}}]
    });
    let found = noted_of(&contract, 200, &[pet(json!({"kind": {"runs": true, "flies": true}}))]);
    let missing = json!({"missing property": {"legs": {"responses": 1}}});
    assert_eq!(found, json!({format!("{PET}/properties/kind"): missing}));
}

#[test]
fn heirs_by_a_discriminator_without_variants_are_found() {
    let mut contract = contract();
    contract["components"]["schemas"]["Animal"]["discriminator"] =
        json!({"propertyName": "is", "mapping": {"dog": "Dog"}});
    contract["components"]["schemas"]["Animal"]["properties"]["is"] = json!({"type": "string"});
    contract["components"]["schemas"]["Pet"]["properties"]["kind"] =
        json!({"$ref": "#/components/schemas/Animal"});
    let found = noted_of(&contract, 200, &[pet(json!({"kind": {"is": "dog", "barks": true}}))]);
    assert_eq!(found, Value::Null);
}

#[test]
fn undocumented_statuses_and_bodies_are_noted() {
    let body = json!({"message": "secret"});
    let shape = json!({"object": 1, "properties": {"message": {"string": 1}}});
    let responses = "#/paths/~1pets~1{id}/get/responses";
    let expected =
        json!({responses: {"undocumented status": {"503": {"responses": 1, "shape": shape}}}});
    assert_eq!(noted(503, std::slice::from_ref(&body)), expected);
    let at = format!("{responses}/204");
    let expected = json!({at: {"undocumented body": {"json": {"responses": 1, "shape": shape}}}});
    assert_eq!(noted(204, &[body]), expected);
}

#[test]
fn errors_are_compared_with_the_range_of_their_status() {
    let at = "#/components/responses/Error/content/application~1json/schema";
    let expected = json!({at: {"missing property": {"code": {"responses": 1}}}});
    assert_eq!(noted(418, &[json!({})]), expected);
}

#[test]
fn schemas_that_cannot_be_told_take_everything() {
    let mut contract = contract();
    let properties = &mut contract["components"]["schemas"]["Pet"]["properties"];
    properties["name"] = json!({"$ref": "other.yaml#/Name"});
    properties["owner"] = json!({"$dynamicRef": "#node", "properties": {"a": {}}});
    let odd = json!({"id": 1, "name": null, "owner": {"b": 1}});
    assert_eq!(noted_of(&contract, 200, &[odd]), Value::Null);
}

#[test]
fn nothing_beside_a_reference_counts_in_3_0() {
    let mut contract = contract();
    contract["openapi"] = json!("3.0.3");
    contract["components"]["schemas"]["Pet"]["properties"]["owner"] =
        json!({"$ref": "#/components/schemas/Owner", "required": ["email"]});
    let found = noted_of(&contract, 200, &[pet(json!({"owner": {}}))]);
    assert_eq!(found, Value::Null);
    contract["openapi"] = json!("3.1.0");
    let found = noted_of(&contract, 200, &[pet(json!({"owner": {}}))]);
    let at = format!("{PET}/properties/owner");
    assert_eq!(found, json!({at: {"missing property": {"email": {"responses": 1}}}}));
}

#[test]
fn bodies_that_are_no_json_and_other_operations_are_passed_over() {
    let client = client(&contract());
    let operation = ("GET", "/pets/{id}");
    client.note(operation, 200, Some("text/html"), Some(b"<p>"));
    client.note(operation, 200, Some("application/json"), Some(b"{\"id\": "));
    client.note(operation, 200, None, None);
    client.note(("POST", "/pets/{id}"), 200, None, Some(b"{}"));
    client.note(("GET", "/pets"), 200, None, Some(b"{}"));
    let file: Value = serde_json::from_str(&client.drift.to_json()).expect("it is JSON");
    let expected = json!({"GET /pets/{id}": {"200": {"responses": 3}}});
    assert_eq!(file["clients"]["pets"], expected);
}

#[test]
fn schemas_without_end_and_deep_values_end() {
    let contract = json!({"openapi": "3.1.0",
        "paths": {"/pets/{id}": {"get": {"responses": {"200": {"content": {"application/json": {
            "schema": {"$ref": "#/components/schemas/A"}
        }}}}}}},
        "components": {"schemas": {
            "A": {"$ref": "#/components/schemas/A"},
            "B": {"anyOf": [{"$ref": "#/components/schemas/B"}, {"properties": {"b": {"$ref": "#/components/schemas/B"}}}]}
        }}
    });
    assert_eq!(noted_of(&contract, 200, &[json!({"a": 1}), json!(null)]), Value::Null);
    let mut contract = contract;
    contract["components"]["schemas"]["A"] = json!({"$ref": "#/components/schemas/B"});
    let deep = (0..100).fold(json!(1), |it, _| json!({"b": it}));
    noted_of(&contract, 200, &[deep, json!(1)]);
}

#[test]
fn a_record_has_a_limit() {
    let mut contract = contract();
    contract["components"]["schemas"]["Pet"]["properties"]["state"] = json!({"enum": ["a"]});
    let client = client(&contract);
    let letters = |it: u8| format!("{}{}", char::from(b'a' + it / 26), char::from(b'a' + it % 26));
    for it in 0..200 {
        let body = pet(json!({"state": letters(it)})).to_string();
        client.note(("GET", "/pets/{id}"), 200, None, Some(body.as_bytes()));
    }
    let file: Value = serde_json::from_str(&client.drift.to_json()).expect("it is JSON");
    let found = &file["clients"]["pets"]["GET /pets/{id}"]["200"]["differences"];
    let values = &found[format!("{PET}/properties/state")]["unknown value"];
    assert_eq!(values.as_object().map(serde_json::Map::len), Some(65));
    assert_eq!(values["(not kept)"]["responses"], 136);
}

#[test]
fn runs_and_threads_add_to_one_file() {
    let folder = std::env::temp_dir().join(format!("drift-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("the test may write there");
    let path = folder.join("pets.json");
    let add = || {
        let client = client(&contract());
        let body = pet(json!({"state": "lost"})).to_string();
        for _ in 0..3 {
            client.note(("GET", "/pets/{id}"), 200, None, Some(body.as_bytes()));
            client.drift.save(&path).expect("it can be written");
        }
    };
    std::thread::scope(|scope| (0..4).for_each(|_| drop(scope.spawn(add))));
    let file: Value =
        serde_json::from_slice(&std::fs::read(&path).expect("it is there")).expect("it is JSON");
    let found = &file["clients"]["pets"]["GET /pets/{id}"]["200"];
    assert_eq!(found["responses"], 12);
    let at = format!("{PET}/properties/state");
    assert_eq!(found["differences"][at]["unknown value"]["lost"]["responses"], 12);
    let names = std::fs::read_dir(&folder).expect("it is there").count();
    assert_eq!(names, 1, "locks and new files are gone");
    std::fs::remove_dir_all(&folder).expect("it can go");
}

#[test]
fn a_file_of_something_else_stays_and_nothing_is_lost() {
    let path = std::env::temp_dir().join(format!("drift-other-{}.json", std::process::id()));
    std::fs::write(&path, "[1]").expect("the test may write there");
    let client = client(&contract());
    client.note(("GET", "/pets/{id}"), 200, None, Some(b"{}"));
    let before = client.drift.to_json();
    let error = client.drift.save(&path).expect_err("it is something else").to_string();
    assert!(error.contains("is no drift file"), "{error}");
    assert_eq!(std::fs::read_to_string(&path).expect("it is there"), "[1]");
    assert_eq!(client.drift.to_json(), before);
    std::fs::remove_file(&path).expect("it can go");
}

#[test]
fn a_path_may_be_a_component() {
    let mut contract = contract();
    let item = contract["paths"]["/pets/{id}"].take();
    contract["components"]["pathItems"] = json!({"Pet": item});
    contract["paths"]["/pets/{id}"] = json!({"$ref": "#/components/pathItems/Pet"});
    let found = noted_of(&contract, 500, &[json!(1)]);
    let at = "#/components/pathItems/Pet/get/responses";
    let expected = json!({at: {"undocumented status": {
        "500": {"responses": 1, "shape": {"integer": 1}}
    }}});
    assert_eq!(found, expected);
}

#[test]
fn a_contract_must_be_one() {
    for text in ["", "[]", "{\"paths\": 1}"] {
        let error = Drift::of_contract(text).expect_err("it is none").to_string();
        assert!(error.contains("the contract cannot be used"), "{error}");
    }
}
