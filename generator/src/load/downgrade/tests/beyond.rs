//! Tests of keywords that OpenAPI 3.0 does not have.

use super::becomes;

#[test]
fn tuples_and_patterns_stay_under_their_own_keywords() {
    becomes(
        "{type: array, prefixItems: [{const: 1}, true], items: false}",
        "{type: array, prefixItems: [{enum: [1], NOTES: [constant]}, {}], NOTES: [closed]}",
    );
    becomes("{items: [{type: string}]}", "{type: array, prefixItems: [{type: string}]}");
    becomes(
        "{type: object, patternProperties: {'^x': {type: [string, 'null']}}}",
        "{type: object, patternProperties: {'^x': {type: string, nullable: true}}}",
    );
}

#[test]
fn that_no_items_may_follow_is_said_of_the_list_alone() {
    becomes(
        "{type: [string, array], prefixItems: [{}], items: false, maxLength: 3}",
        "{oneOf: [{type: string, maxLength: 3}, {type: array, prefixItems: [{}], NOTES: [closed]}]}",
    );
}

#[test]
fn a_list_of_items_beside_prefix_items_is_told() {
    let messages = becomes(
        "{prefixItems: [{type: string}], items: [{type: integer}]}",
        "{type: array, prefixItems: [{type: string}]}",
    );
    assert_eq!(messages, ["a list of `items` has no effect beside `prefixItems`"]);
}

#[test]
fn values_of_another_type_are_told() {
    let messages =
        becomes("{prefixItems: {type: string}}", "{type: array, prefixItems: [{type: string}]}");
    assert_eq!(messages, ["`prefixItems` is no list: it counts as the only item of one"]);
    let messages = becomes("{patternProperties: [a], type: object}", "{type: object}");
    assert_eq!(
        messages,
        ["`patternProperties` is a list where an object is expected: it is left out"]
    );
}

#[test]
fn a_type_that_follows_from_keywords_beside_others_is_noted() {
    becomes(
        "{allOf: [{properties: {a: {}}}], items: {}}",
        "{type: array, allOf: [{type: object, properties: {a: {}}, NOTES: [implied]}], items: {}, NOTES: [implied]}",
    );
}
