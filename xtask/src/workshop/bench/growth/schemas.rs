//! More and more schemas, and more and more of one schema.

use super::operations::strange;
use super::{GrowthKind, document, list, map, text, to, with_schema};
use serde_json::{Value, json};

pub(super) const KINDS: &[GrowthKind] = &[
    GrowthKind { name: "components", first: 500, document: components },
    GrowthKind { name: "components that nobody uses", first: 1_000, document: unused },
    GrowthKind { name: "components without a name", first: 250, document: nameless },
    GrowthKind { name: "components in a chain", first: 450, document: |it| chain(it, to) },
    GrowthKind {
        name: "allOf in a chain",
        first: 200,
        document: |it| chain(it, |next| json!({"allOf": [to(next)]})),
    },
    GrowthKind {
        name: "objects in a chain",
        first: 250,
        document: |it| {
            chain(it, |next| json!({"type": "object", "properties": {"next": to(next)}}))
        },
    },
    GrowthKind { name: "objects in a circle", first: 250, document: circle },
    GrowthKind { name: "objects around one", first: 400, document: star },
    GrowthKind { name: "properties", first: 1_000, document: |it| properties(it, false) },
    GrowthKind { name: "required properties", first: 1_000, document: |it| properties(it, true) },
    GrowthKind { name: "required and nowhere else", first: 1_000, document: undeclared },
    GrowthKind { name: "properties without a name", first: 500, document: nameless_properties },
    GrowthKind { name: "objects of one title", first: 250, document: titled },
    GrowthKind { name: "members of allOf", first: 250, document: members },
    GrowthKind { name: "references of allOf", first: 250, document: extended },
    GrowthKind {
        name: "one property in members of allOf",
        first: 1_000,
        document: shared_property,
    },
    GrowthKind {
        name: "values of an enum",
        first: 4_000,
        document: |it| json_enum(it, |it| json!(format!("value {it}"))),
    },
    GrowthKind {
        name: "integers of an enum",
        first: 4_000,
        document: |it| json_enum(it, |it| json!(it)),
    },
    GrowthKind {
        name: "values without a name",
        first: 4_000,
        document: |it| json_enum(it, |it| json!(strange(it))),
    },
    GrowthKind { name: "enums", first: 250, document: enums },
    GrowthKind { name: "enums in members of allOf", first: 1_000, document: enum_members },
    GrowthKind { name: "items of a tuple", first: 250, document: tuple },
    GrowthKind { name: "items of a default", first: 2_000, document: default },
    GrowthKind { name: "items of an example", first: 2_000, document: example },
    GrowthKind { name: "examples", first: 1_000, document: examples },
    GrowthKind { name: "patterns of properties", first: 500, document: patterns },
    GrowthKind { name: "definitions within a schema", first: 500, document: definitions },
    GrowthKind { name: "anchors", first: 500, document: anchors },
    GrowthKind { name: "extensions", first: 2_000, document: extensions },
    GrowthKind { name: "unknown types", first: 500, document: unknown_types },
];

fn name(index: usize) -> String {
    format!("Thing{index}")
}

fn components(count: usize) -> Value {
    let schema = |it| {
        let own = json!({"type": "object", "required": ["id"], "properties": {"id": text(), "size": {"type": "integer"}}});
        (name(it), own)
    };
    let property = |it| (format!("p{it}"), to(&name(it)));
    with_schema(&json!({"type": "object", "properties": map(count, property)}), map(count, schema))
}

fn unused(count: usize) -> Value {
    with_schema(
        &text(),
        map(count, |it| (name(it), json!({"type": "object", "properties": {"id": text()}}))),
    )
}

fn nameless(count: usize) -> Value {
    let property = |it| (format!("p{it}"), to(&strange(it)));
    let schema = |it| (strange(it), json!({"type": "object", "properties": {"id": text()}}));
    with_schema(&json!({"type": "object", "properties": map(count, property)}), map(count, schema))
}

fn chain(count: usize, link: impl Fn(&str) -> Value) -> Value {
    let mut schemas = map(count, |it| (name(it), link(&name(it + 1))));
    schemas[name(count)] = json!({"type": "object", "properties": {"id": text()}});
    with_schema(&to(&name(0)), schemas)
}

fn circle(count: usize) -> Value {
    let next = |it| json!({"type": "object", "required": ["next"], "properties": {"next": to(&name((it + 1) % count))}});
    with_schema(&to(&name(0)), map(count, |it| (name(it), next(it))))
}

fn star(count: usize) -> Value {
    let mut schemas =
        map(count, |it| (name(it), json!({"type": "object", "properties": {"hub": to("Hub")}})));
    schemas["Hub"] =
        json!({"type": "object", "properties": map(count, |it| (format!("p{it}"), to(&name(it))))});
    with_schema(&to("Hub"), schemas)
}

fn properties(count: usize, required: bool) -> Value {
    let names = list(if required { count } else { 0 }, |it| json!(format!("p{it}")));
    let property = |it| (format!("p{it}"), text());
    let schema = json!({"type": "object", "properties": map(count, property), "required": names});
    with_schema(&schema, json!({}))
}

fn undeclared(count: usize) -> Value {
    with_schema(
        &json!({"type": "object", "required": list(count, |it| json!(format!("p{it}")))}),
        json!({}),
    )
}

fn nameless_properties(count: usize) -> Value {
    let property = |it| (strange(it), text());
    with_schema(&json!({"type": "object", "properties": map(count, property)}), json!({}))
}

fn titled(count: usize) -> Value {
    let property = |it| {
        (
            format!("p{it}"),
            json!({"title": "Thing", "type": "object", "properties": {format!("q{it}"): text()}}),
        )
    };
    with_schema(&json!({"type": "object", "properties": map(count, property)}), json!({}))
}

fn members(count: usize) -> Value {
    let member = |it| json!({"type": "object", "properties": {format!("p{it}"): text()}});
    with_schema(&json!({"allOf": list(count, member)}), json!({}))
}

fn extended(count: usize) -> Value {
    let base = |it| (name(it), json!({"type": "object", "properties": {format!("p{it}"): text()}}));
    with_schema(&json!({"allOf": list(count, |it| to(&name(it)))}), map(count, base))
}

fn shared_property(count: usize) -> Value {
    let member =
        |it| json!({"type": "object", "properties": {"same": {"type": "string", "maxLength": it}}});
    with_schema(&json!({"allOf": list(count, member)}), json!({}))
}

fn json_enum(count: usize, value: impl Fn(usize) -> Value) -> Value {
    with_schema(&json!({"enum": list(count, value)}), json!({}))
}

fn enums(count: usize) -> Value {
    let property =
        |it| (format!("p{it}"), json!({"type": "string", "enum": ["a", "b", format!("c{it}")]}));
    with_schema(&json!({"type": "object", "properties": map(count, property)}), json!({}))
}

fn enum_members(count: usize) -> Value {
    let values = list(count, |it| json!(format!("value {it}")));
    let schema =
        json!({"allOf": [{"type": "string", "enum": values}, {"type": "string", "enum": values}]});
    with_schema(&schema, json!({}))
}

fn tuple(count: usize) -> Value {
    let item = |it| json!({"type": "object", "properties": {format!("p{it}"): text()}});
    with_schema(
        &json!({"type": "array", "prefixItems": list(count, item), "items": false}),
        json!({}),
    )
}

fn default(count: usize) -> Value {
    let schema = json!({"type": "array", "items": text(), "default": list(count, |it| json!(format!("v{it}")))});
    with_schema(&json!({"type": "object", "properties": {"values": schema}}), json!({}))
}

fn example(count: usize) -> Value {
    let schema = json!({"type": "array", "items": text(), "example": list(count, |it| json!(format!("v{it}")))});
    with_schema(&schema, json!({}))
}

fn examples(count: usize) -> Value {
    with_schema(
        &json!({"type": "string", "examples": list(count, |it| json!(format!("v{it}")))}),
        json!({}),
    )
}

fn patterns(count: usize) -> Value {
    let pattern = |it| {
        (format!("^p{it}_"), json!({"type": "object", "properties": {format!("q{it}"): text()}}))
    };
    with_schema(&json!({"type": "object", "patternProperties": map(count, pattern)}), json!({}))
}

fn definitions(count: usize) -> Value {
    let definition = |it| (name(it), json!({"type": "object", "properties": {"id": text()}}));
    let property = |it| {
        (format!("p{it}"), json!({"$ref": format!("#/components/schemas/Whole/$defs/Thing{it}")}))
    };
    let whole = json!({"type": "object", "properties": map(count, property), "$defs": map(count, definition)});
    with_schema(&to("Whole"), json!({"Whole": whole}))
}

fn anchors(count: usize) -> Value {
    let schema = |it| {
        (
            name(it),
            json!({"$anchor": format!("a{it}"), "type": "object", "properties": {"id": text()}}),
        )
    };
    let property = |it| (format!("p{it}"), json!({"$ref": format!("#a{it}")}));
    with_schema(&json!({"type": "object", "properties": map(count, property)}), map(count, schema))
}

fn extensions(count: usize) -> Value {
    let mut document = document(json!({}), json!({}));
    document["info"]["x-more"] = json!({});
    for it in 0..count {
        document[format!("x-{it}")] = json!(it);
    }
    document
}

fn unknown_types(count: usize) -> Value {
    let property = |it| (format!("p{it}"), json!({"type": format!("kind{it}")}));
    with_schema(&json!({"type": "object", "properties": map(count, property)}), json!({}))
}
