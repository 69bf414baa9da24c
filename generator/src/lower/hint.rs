//! Examples, limits and formats: looked up again where something was lowered from, since only
//! samples need them.

use crate::diag::{Derived, Sink, SpecPtr};
use crate::ir::{Api, Content, Hints, Shape, ValueHint};
use crate::load::{Document, Json, NodeRef};

/// The number of nested lists and maps in which hints are looked for.
const MAX_DEPTH: u8 = 4;

/// The greatest length that a hint keeps; longer ones are cut to it.
const MAX_LENGTH: usize = 4_096;

/// The hints of the document about the values of an API.
pub(crate) fn hints(document: &Document, api: &Api) -> Hints {
    let mut hints = Hints::default();
    for (id, def) in api.types.iter() {
        let spot = at(document, &def.at.without(&Derived::Parts));
        hints.types.extend(spot.map(|it| (id, schema(document, &it, MAX_DEPTH))));
        let Shape::Struct(it) = &def.shape else { continue };
        for (index, field) in it.fields.iter().enumerate() {
            let spot = at(document, &field.at);
            hints.fields.extend(spot.map(|it| ((id, index), schema(document, &it, MAX_DEPTH))));
        }
    }
    for (id, operation) in api.operations.iter() {
        for (index, param) in operation.params.iter().enumerate() {
            let spot = at(document, &param.at);
            hints.params.extend(spot.map(|it| ((id, index), holder(document, &it))));
        }
        let Some(spot) = at(document, &operation.at) else { continue };
        hints.bodies.insert(id, body(document, &spot));
        hints.answers.insert(id, answers(document, &spot));
    }
    hints
}

/// The node at a place, its references followed.
fn at<'a>(document: &'a Document, at: &SpecPtr) -> Option<NodeRef<'a>> {
    resolve(document, document.at(at)?)
}

/// Follows references; what is wrong with them was said when they were lowered.
pub(super) fn resolve<'a>(document: &'a Document, spot: NodeRef<'a>) -> Option<NodeRef<'a>> {
    document.resolve(spot, &mut Sink::default()).ok()
}

/// The hints of a parameter or media type, which win over those of its schema.
fn holder(document: &Document, spot: &NodeRef<'_>) -> ValueHint {
    let content = spot.entries("content").next().and_then(|(_, it)| resolve(document, it));
    let inner = spot.child("schema").or_else(|| content.as_ref()?.child("schema"));
    let inner = inner.and_then(|it| resolve(document, it));
    let mut hint = inner.map(|it| schema(document, &it, MAX_DEPTH)).unwrap_or_default();
    let own = example(document, spot).or_else(|| example(document, &content?));
    hint.example = own.or(hint.example);
    hint
}

/// The example of a parameter or media type.
pub(super) fn example(document: &Document, spot: &NodeRef<'_>) -> Option<Json> {
    if let Some(own) = spot.json("example") {
        return Some(own);
    }
    let (_, first) = spot.entries("examples").next()?;
    resolve(document, first)?.json("value")
}

/// The media types of an operation's body.
fn body(document: &Document, operation: &NodeRef<'_>) -> Vec<Content> {
    let body = operation.child("requestBody").and_then(|it| resolve(document, it));
    body.map(|it| contents(document, "", &it)).unwrap_or_default()
}

/// The answers of an operation; one without a body is there too.
fn answers(document: &Document, operation: &NodeRef<'_>) -> Vec<Content> {
    let mut found = Vec::new();
    for (status, spot) in operation.entries("responses") {
        let Some(spot) = resolve(document, spot) else { continue };
        let contents = contents(document, status, &spot);
        if contents.is_empty() {
            found.push(Content { status: status.to_owned(), ..Content::default() });
        }
        found.extend(contents);
    }
    found
}

fn contents(document: &Document, status: &str, spot: &NodeRef<'_>) -> Vec<Content> {
    let entries = spot.entries("content").map(|(mime, it)| Content {
        status: status.to_owned(),
        mime: mime.to_owned(),
        hint: resolve(document, it).map(|it| holder(document, &it)).unwrap_or_default(),
    });
    entries.collect()
}

/// The hints of a schema, and those that the members of its `allOf` add.
fn schema(document: &Document, spot: &NodeRef<'_>, depth: u8) -> ValueHint {
    let Some(left) = depth.checked_sub(1) else { return ValueHint::default() };
    let mut hint = own(spot);
    let inner = ["items", "additionalProperties"].iter().find_map(|key| spot.child(key));
    let inner = inner.and_then(|it| resolve(document, it));
    hint.inner = inner.map(|it| Box::new(schema(document, &it, left)));
    for member in spot.items("allOf") {
        if let Some(member) = resolve(document, member) {
            hint.add(schema(document, &member, left));
        }
    }
    hint
}

pub(super) fn own(node: &NodeRef<'_>) -> ValueHint {
    let json = |key: &str| node.json(key);
    let text = |key: &str| node.text(key).map(str::to_owned);
    let number = |key: &str| json(key)?.as_f64();
    // Samples need not be as long as an attack.
    let count = |key: &str| usize::try_from(json(key)?.as_u64()?).ok().map(|it| it.min(MAX_LENGTH));
    ValueHint {
        example: json("example"),
        default: json("default").filter(|it| !it.is_null()),
        format: text("format"),
        pattern: text("pattern"),
        minimum: number("minimum").map(|it| (it, node.flag("exclusiveMinimum"))),
        maximum: number("maximum").map(|it| (it, node.flag("exclusiveMaximum"))),
        multiple_of: number("multipleOf"),
        min_length: count("minLength"),
        max_length: count("maxLength"),
        min_items: count("minItems"),
        max_items: count("maxItems"),
        unique: node.flag("uniqueItems"),
        inner: None,
    }
}
