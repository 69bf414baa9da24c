//! More and more variants and unions, and what tells them apart.

use super::{GrowthKind, list, map, text, to, with_schema};
use serde_json::{Value, json};

pub(super) const KINDS: &[GrowthKind] = &[
    GrowthKind {
        name: "variants, inline",
        first: 250,
        document: |it| with_schema(&json!({"oneOf": list(it, own)}), json!({})),
    },
    GrowthKind {
        name: "variants of anyOf",
        first: 250,
        document: |it| with_schema(&json!({"anyOf": list(it, own)}), json!({})),
    },
    GrowthKind { name: "variants by reference", first: 250, document: referred },
    GrowthKind {
        name: "variants with a constant",
        first: 250,
        document: |it| with_schema(&json!({"oneOf": list(it, tagged)}), json!({})),
    },
    GrowthKind { name: "variants of one shape", first: 250, document: alike },
    GrowthKind { name: "variants that extend one", first: 250, document: extending },
    GrowthKind { name: "variants that are lists", first: 250, document: lists },
    GrowthKind { name: "variants that are constants", first: 500, document: constants },
    GrowthKind { name: "variants with properties beside", first: 250, document: beside },
    GrowthKind { name: "unions", first: 125, document: unions },
    GrowthKind { name: "entries of a mapping", first: 250, document: mapping },
    GrowthKind { name: "entries of a mapping to one", first: 500, document: mapping_to_one },
    GrowthKind { name: "entries of a mapping to inner variants", first: 125, document: inner },
    GrowthKind { name: "entries of a mapping that lead nowhere", first: 500, document: nowhere },
    GrowthKind { name: "heirs of a base", first: 250, document: |it| heirs(1, it, false) },
    GrowthKind {
        name: "heirs that a mapping names",
        first: 250,
        document: |it| heirs(1, it, true),
    },
    GrowthKind { name: "bases with heirs", first: 60, document: |it| heirs(it, 4, true) },
    GrowthKind { name: "bases that extend bases", first: 125, document: nested_bases },
    GrowthKind { name: "users of a union", first: 125, document: users },
];

fn name(index: usize) -> String {
    format!("Variant{index}")
}

fn own(index: usize) -> Value {
    let key = format!("k{index}");
    json!({"type": "object", "required": [key], "properties": {key: text()}})
}

fn tagged(index: usize) -> Value {
    json!({"type": "object", "required": ["kind"], "properties": {
        "kind": {"type": "string", "enum": [format!("kind{index}")]}, "value": text()}})
}

fn referred(count: usize) -> Value {
    with_schema(
        &json!({"oneOf": list(count, |it| to(&name(it)))}),
        map(count, |it| (name(it), own(it))),
    )
}

fn alike(count: usize) -> Value {
    let variant = |it| json!({"type": "object", "title": name(it), "required": ["value"], "properties": {"value": {"type": "string", "maxLength": it}}});
    with_schema(&json!({"oneOf": list(count, variant)}), json!({}))
}

fn extending(count: usize) -> Value {
    let variant = |it| (name(it), json!({"allOf": [to("Base"), own(it)]}));
    let mut schemas = map(count, variant);
    schemas["Base"] = json!({"type": "object", "properties": {"id": text()}});
    with_schema(&json!({"oneOf": list(count, |it| to(&name(it)))}), schemas)
}

fn lists(count: usize) -> Value {
    with_schema(
        &json!({"oneOf": list(count, |it| json!({"type": "array", "items": own(it)}))}),
        json!({}),
    )
}

fn constants(count: usize) -> Value {
    let one =
        |it| json!({"const": format!("value {it}"), "description": format!("The value {it}.")});
    with_schema(&json!({"oneOf": list(count, one)}), json!({}))
}

fn beside(count: usize) -> Value {
    let schema = json!({"type": "object", "properties": {"id": text()}, "oneOf": list(count, own)});
    with_schema(&schema, json!({}))
}

fn unions(count: usize) -> Value {
    let union = |it| (format!("p{it}"), json!({"oneOf": [own(2 * it), own(2 * it + 1)]}));
    with_schema(&json!({"type": "object", "properties": map(count, union)}), json!({}))
}

fn plain(_: usize) -> Value {
    json!({"type": "object", "required": ["kind"], "properties": {"kind": text(), "value": text()}})
}

fn mapping(count: usize) -> Value {
    let entry = |it| (format!("key{it}"), json!(format!("#/components/schemas/{}", name(it))));
    let union = json!({
        "oneOf": list(count, |it| to(&name(it))),
        "discriminator": {"propertyName": "kind", "mapping": map(count, entry)},
    });
    with_schema(&union, map(count, |it| (name(it), plain(it))))
}

fn mapping_to_one(count: usize) -> Value {
    let entry = |it| (format!("key{it}"), json!(format!("#/components/schemas/{}", name(it % 2))));
    let union = json!({
        "oneOf": [to(&name(0)), to(&name(1))],
        "discriminator": {"propertyName": "kind", "mapping": map(count, entry)},
    });
    with_schema(&union, map(2, |it| (name(it), plain(it))))
}

/// A union of unions of eight, whose mapping names the variants of these.
fn inner(count: usize) -> Value {
    let groups = count.div_ceil(8);
    let entry = |it| (format!("key{it}"), json!(format!("#/components/schemas/{}", name(it))));
    let mut schemas = map(groups * 8, |it| (name(it), plain(it)));
    for group in 0..groups {
        schemas[format!("Group{group}")] =
            json!({"oneOf": list(8, |it| to(&name(group * 8 + it)))});
    }
    let union = json!({
        "oneOf": list(groups, |it| to(&format!("Group{it}"))),
        "discriminator": {"propertyName": "kind", "mapping": map(groups * 8, entry)},
    });
    with_schema(&union, schemas)
}

fn nowhere(count: usize) -> Value {
    let entry = |it| (format!("key{it}"), json!(format!("#/components/schemas/Lost{it}")));
    let union = json!({
        "oneOf": [to(&name(0)), to(&name(1))],
        "discriminator": {"propertyName": "kind", "mapping": map(count, entry)},
    });
    with_schema(&union, map(2, |it| (name(it), plain(it))))
}

/// Bases, each with schemas that extend it.
fn heirs(bases: usize, each: usize, mapped: bool) -> Value {
    let heir = |base: usize, it: usize| format!("Heir{base}x{it}");
    let mut schemas = map(bases * each, |it| {
        let (base, it) = (it / each, it % each);
        let schema = json!({"allOf": [to(&format!("Base{base}")), own(it)]});
        (heir(base, it), schema)
    });
    for base in 0..bases {
        let entry =
            |it| (format!("key{it}"), json!(format!("#/components/schemas/{}", heir(base, it))));
        let mapping = map(if mapped { each } else { 0 }, entry);
        schemas[format!("Base{base}")] = json!({
            "type": "object", "required": ["kind"], "properties": {"kind": text()},
            "discriminator": {"propertyName": "kind", "mapping": mapping},
        });
    }
    let property = |it| (format!("p{it}"), to(&format!("Base{it}")));
    with_schema(&json!({"type": "object", "properties": map(bases, property)}), schemas)
}

/// A base with heirs that are bases themselves.
fn nested_bases(count: usize) -> Value {
    let base = |above: Option<&str>| {
        let own = json!({"type": "object", "required": ["kind"], "properties": {"kind": text()}});
        let mut schema = above.map_or(own, |it| json!({"allOf": [to(it)]}));
        schema["discriminator"] = json!({"propertyName": "kind"});
        schema
    };
    let mut schemas = json!({"Root": base(None)});
    for it in 0..count {
        schemas[format!("Inner{it}")] = base(Some("Root"));
        schemas[format!("Leaf{it}")] = json!({"allOf": [to(&format!("Inner{it}")), own(it)]});
    }
    with_schema(&to("Root"), schemas)
}

/// Schemas that extend one union, each in its own way.
fn users(count: usize) -> Value {
    let mut schemas =
        map(count, |it| (format!("User{it}"), json!({"allOf": [to("Either"), own(it)]})));
    schemas["Either"] = json!({"oneOf": [tagged(0), tagged(1)]});
    let property = |it| (format!("p{it}"), to(&format!("User{it}")));
    with_schema(&json!({"type": "object", "properties": map(count, property)}), schemas)
}
