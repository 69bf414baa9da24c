//! Words and limits that the document has for a value, beyond its structure.

use super::json::{SchemaJson, SchemaObject};
use crate::diag::Sink;
use crate::load::{Document, Json, NodeRef};

/// The number of schemas within each other that say something of one value.
const MAX_DEPTH: u8 = 8;

/// Keywords that mean in JSON Schema what they mean in OpenAPI.
pub(super) const WORDS: &[&str] =
    &["title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly"];
const LIMITS: &[&str] = &[
    "format",
    "pattern",
    "minLength",
    "maxLength",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
];

/// The words and limits of a schema, of what it refers to, and of the members of its `allOf`. A limit of which two hold
/// is in an `allOf`, too.
pub(super) fn all(document: &Document, spot: &NodeRef<'_>) -> SchemaObject {
    let mut found = SchemaObject::default();
    let mut others = Vec::new();
    gather(document, spot, MAX_DEPTH, &mut found, &mut others);
    if !others.is_empty() {
        found.insert("allOf", SchemaJson::List(others));
    }
    found
}

fn gather(
    document: &Document,
    spot: &NodeRef<'_>,
    depth: u8,
    found: &mut SchemaObject,
    others: &mut Vec<SchemaJson>,
) {
    let Some(left) = depth.checked_sub(1) else { return };
    let mut own = own(spot);
    let own_limits = limits(spot);
    for key in WORDS {
        if let Some(it) = own.take(key).filter(|_| found.get(key).is_none()) {
            found.insert(key, it);
        }
    }
    for (key, limit) in own_limits {
        match found.get(key) {
            None => found.insert(key, limit),
            Some(known) if *known == SchemaJson::Value(limit.clone()) => {}
            Some(_) => others.push(SchemaObject::of(key, limit).into()),
        }
    }
    let target = spot.reference().and_then(|_| resolved(document, spot.clone()));
    for it in target.into_iter().chain(spot.items("allOf")) {
        gather(document, &it, left, found, others);
    }
}

/// The words beside a reference: those of the place, and not of what is referred to.
pub(super) fn own(spot: &NodeRef<'_>) -> SchemaObject {
    let mut found = SchemaObject::default();
    for key in WORDS {
        let says = |it: &Json| !it.is_null() && (*key == "default" || *it != Json::Bool(false));
        if let Some(it) = spot.json(key).filter(says) {
            found.insert(key, it);
        }
    }
    if let Some(it) = spot.json("example") {
        found.insert("examples", SchemaJson::List(vec![it.into()]));
    }
    found
}

/// The limits of a schema itself. In OpenAPI 3.0 a bound says beside it that it is excluded.
fn limits(spot: &NodeRef<'_>) -> Vec<(&'static str, Json)> {
    let plain = LIMITS.iter().filter_map(|key| Some((*key, spot.json(key)?)));
    let mut found: Vec<_> = plain.collect();
    for (bound, exclusive) in [("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")] {
        if let Some(it) = spot.json(bound) {
            found.push((if spot.flag(exclusive) { exclusive } else { bound }, it));
        }
    }
    found
}

/// The schema that a reference means in the end; what is wrong with it was said when it was lowered.
pub(super) fn resolved<'a>(document: &'a Document, spot: NodeRef<'a>) -> Option<NodeRef<'a>> {
    document.resolve(spot, &mut Sink::default()).ok()
}
