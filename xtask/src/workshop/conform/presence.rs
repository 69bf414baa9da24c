//! Checks that calls with only required values have all of them and nothing else.

use super::document::{At, CheckedDocument};
use super::fits;
use super::schema;
use serde_json::Value;

/// The depth to which objects are followed.
const MAX_DEPTH: usize = 8;

/// A property that is sent though nothing requires it.
pub(super) fn surplus(
    document: &CheckedDocument<'_>,
    schema: &At<'_>,
    sent: &Value,
) -> Option<String> {
    Search { document }.of(schema, sent, "", MAX_DEPTH)
}

struct Search<'c, 'd> {
    document: &'c CheckedDocument<'d>,
}

/// The statements of an object's parts together.
#[derive(Clone, Default)]
struct Object<'d> {
    required: Vec<&'d str>,
    properties: Vec<(&'d str, At<'d>)>,
    tags: Vec<&'d str>,
    /// Schemas of which one holds besides.
    choices: Vec<At<'d>>,
    /// True if what is required depends on more.
    is_open: bool,
}

impl<'d> Search<'_, 'd> {
    fn of(&self, schema: &At<'d>, sent: &Value, path: &str, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let mut object = Object::default();
        self.collect(schema, sent, MAX_DEPTH, &mut object);
        self.of_object(object, sent, path, depth)
    }

    fn of_object(
        &self,
        mut object: Object<'d>,
        sent: &Value,
        path: &str,
        depth: usize,
    ) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        let members = sent.as_object().filter(|_| !object.is_open)?;
        if !object.choices.is_empty() {
            let choices = std::mem::take(&mut object.choices);
            let fitting =
                choices.iter().filter(|it| fits::misfit(self.document, it, sent).is_none());
            // It is none if one of those that may be meant requires it.
            let each = fitting.map(|it| {
                let mut object = object.clone();
                self.collect(it, sent, MAX_DEPTH, &mut object);
                self.of_object(object, sent, path, depth)
            });
            return each.reduce(Option::and).flatten();
        }
        members.iter().find_map(|(name, value)| {
            let path = format!("{path}/{name}");
            let schema = &object.properties.iter().find(|it| it.0 == name)?.1;
            if object.required.contains(&name.as_str()) {
                return self.of(schema, value, &path, depth);
            }
            let is_due =
                object.tags.contains(&name.as_str()) || self.is_constant(schema, MAX_DEPTH);
            (!is_due).then(|| format!("`{path}` is sent, which nothing requires"))
        })
    }

    fn collect(&self, schema: &At<'d>, sent: &Value, depth: usize, object: &mut Object<'d>) {
        let Some(depth) = depth.checked_sub(1) else { return };
        if let Some(target) = schema.text("$ref").and_then(|it| self.document.target(it)) {
            self.collect(&target, sent, depth, object);
        }
        for it in schema.items("allOf") {
            self.collect(&it, sent, depth, object);
        }
        for it in ["oneOf", "anyOf"].iter().map(|it| schema.items(it)).filter(|it| !it.is_empty()) {
            object.is_open |= !object.choices.is_empty();
            let tagged = schema::tagged(self.document, schema, sent).and_then(|it| it.1);
            object.choices = tagged.map_or(it, |it| vec![it]);
        }
        object.is_open |= ["if", "dependentRequired", "dependentSchemas"]
            .iter()
            .any(|it| schema.node.get(it).is_some());
        object.required.extend(schema.items("required").iter().filter_map(|it| it.node.as_str()));
        object.properties.extend(schema.entries("properties"));
        object.tags.extend(schema.child("discriminator").and_then(|it| it.text("propertyName")));
    }

    /// A property of one value, which a client always writes.
    fn is_constant(&self, schema: &At<'d>, depth: usize) -> bool {
        let Some(depth) = depth.checked_sub(1) else { return false };
        let Some(schema) = self.document.resolve(schema) else { return true };
        let values = schema.node.get("enum").and_then(Value::as_array);
        let one = values.is_some_and(|it| it.iter().filter(|it| !it.is_null()).count() == 1);
        one || schema.node.get("const").is_some()
            || schema.items("allOf").iter().any(|it| self.is_constant(it, depth))
    }
}

/// The objection to the body of a call with all that is required and no more.
pub(super) fn of_body(declared: Option<&At<'_>>, is_sent: bool) -> Option<&'static str> {
    let declared = declared?;
    let is_required = declared.flag("required") == Some(true);
    match (is_required, is_sent) {
        (true, false) if !declared.entries("content").is_empty() => {
            Some("the body is required, but not sent")
        }
        (false, true) => Some("the body is sent, though it is not required"),
        (true | false, _) => None,
    }
}

/// True if a schema has one value only.
pub(super) fn is_only_value(document: &CheckedDocument<'_>, schema: &At<'_>) -> bool {
    Search { document }.is_constant(schema, MAX_DEPTH)
}
