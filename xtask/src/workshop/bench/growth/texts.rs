//! Longer and longer names, and descriptions with more and more in them.

use super::{GrowthKind, document, text, with_operation, with_schema};
use serde_json::{Value, json};

pub(super) const KINDS: &[GrowthKind] = &[
    GrowthKind {
        name: "words of a description",
        first: 20_000,
        document: |it| described("word ", it),
    },
    GrowthKind { name: "paragraphs", first: 10_000, document: |it| described("A line.\n\n", it) },
    GrowthKind {
        name: "links",
        first: 8_000,
        document: |it| described("[a](https://example.com) ", it),
    },
    GrowthKind {
        name: "items of a list in Markdown",
        first: 20_000,
        document: |it| described("- item\n", it),
    },
    GrowthKind {
        name: "rows of a table in Markdown",
        first: 2_000,
        document: |it| described("| a | b |\n|--|--|\n| c | d |\n", it),
    },
    GrowthKind { name: "open marks", first: 8_000, document: |it| described("`*_[<&", it) },
    GrowthKind {
        name: "tags of HTML",
        first: 8_000,
        document: |it| described("<p><b>bold</b></p>\n", it),
    },
    GrowthKind { name: "open tags of HTML", first: 2_000, document: |it| described("<b>", it) },
    GrowthKind { name: "quotes within quotes", first: 2_000, document: |it| described(">", it) },
    GrowthKind { name: "fences", first: 8_000, document: |it| described("```\ncode\n```\n", it) },
    GrowthKind {
        name: "letters of an operationId",
        first: 10_000,
        document: |it| with_operation("get", json!({"operationId": "Name".repeat(it)})),
    },
    GrowthKind { name: "letters of a property", first: 10_000, document: long_property },
    GrowthKind {
        name: "letters of a value",
        first: 10_000,
        document: |it| with_schema(&json!({"enum": ["a", "Name ".repeat(it)]}), json!({})),
    },
    GrowthKind {
        name: "letters of a pattern",
        first: 10_000,
        document: |it| {
            with_schema(&json!({"type": "string", "pattern": "[a-z]x".repeat(it)}), json!({}))
        },
    },
    GrowthKind { name: "description of the document", first: 10_000, document: about },
];

fn described(text: &str, count: usize) -> Value {
    with_operation("get", json!({"description": text.repeat(count)}))
}

fn long_property(count: usize) -> Value {
    let schema = json!({"type": "object", "properties": {"Name".repeat(count): text()}});
    with_schema(&schema, json!({}))
}

fn about(count: usize) -> Value {
    let mut document = document(json!({}), json!({}));
    document["info"]["description"] = Value::from("A `word` and *more*.\n".repeat(count));
    document
}
