//! Lists of types and unions that are nearly something simpler.

use super::{becomes, stays};

#[test]
fn a_list_of_types_may_be_short() {
    becomes("{type: ['null']}", "{nullable: true, enum: [null]}");
    assert_eq!(becomes("{type: []}", "{}").len(), 1);
}

#[test]
fn each_type_takes_the_keywords_that_speak_of_it() {
    becomes(
        "{type: [object, string], properties: {a: {type: string}}, required: [a], maxLength: 1}",
        "{oneOf: [{type: object, properties: {a: {type: string}}, required: [a]}, {type: string, maxLength: 1}]}",
    );
    becomes(
        "{type: [integer, string], format: uuid, minimum: 1}",
        "{oneOf: [{type: integer, minimum: 1}, {type: string, format: uuid}]}",
    );
}

#[test]
fn a_union_with_a_constraint_is_no_enumeration() {
    stays("{oneOf: [{type: string, enum: [a]}]}");
    stays("{oneOf: [{enum: [a], minLength: 1}, {enum: [b]}]}");
    stays("{oneOf: [{enum: [[a]]}, {enum: [b]}]}");
    stays("{anyOf: [{type: string}, {enum: [a], minLength: 2}]}");
    stays("{anyOf: [{type: string}, {enum: [1, 2]}]}");
}

#[test]
fn suggested_values_keep_their_docs() {
    becomes(
        "{anyOf: [{type: string}, {type: string, enum: [a], description: d, x-enum-varnames: [A]}]}",
        "{type: string, enum: [a], x-extensible-enum: true, description: d, x-enum-varnames: [A]}",
    );
    becomes(
        "{description: c, anyOf: [{type: string}, {const: a, description: d}]}",
        "{type: string, enum: [a], x-extensible-enum: true, description: c}",
    );
}

#[test]
fn the_stricter_of_two_lower_bounds_stays() {
    becomes("{exclusiveMinimum: 5, minimum: 1}", "{minimum: 5, exclusiveMinimum: true}");
    becomes("{exclusiveMinimum: 5, minimum: 5}", "{minimum: 5, exclusiveMinimum: true}");
    becomes("{exclusiveMinimum: 1, minimum: 5}", "{minimum: 5}");
}

#[test]
fn sounds_and_fonts_are_binary() {
    for kind in ["audio/mpeg", "video/mp4", "font/woff2", "application/pdf"] {
        becomes(
            &format!("{{type: string, contentMediaType: {kind}}}"),
            "{type: string, format: binary}",
        );
    }
}
