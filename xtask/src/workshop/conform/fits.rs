//! Finds where a value does not fit its schema.

use super::document::{At, CheckedDocument, Concern};
use super::schema::{MAX_DEPTH, allowed, below, is_null_named, property, says, tagged, types};
use super::text;
use serde_json::Value;

/// The first misfit, if any: of types, values, required properties, or tags of choices.
pub(super) fn misfit(
    document: &CheckedDocument<'_>,
    schema: &At<'_>,
    value: &Value,
) -> Option<String> {
    Check { document, root: schema, is_part: false }.of(schema, value, "", MAX_DEPTH)
}

#[derive(Clone, Copy)]
struct Check<'c, 'd> {
    document: &'c CheckedDocument<'d>,
    root: &'c At<'d>,
    /// True if other schemas hold for the same value.
    is_part: bool,
}

impl<'d> Check<'_, 'd> {
    fn of(&self, schema: &At<'d>, value: &Value, path: &str, depth: usize) -> Option<String> {
        let depth = depth.checked_sub(1)?;
        if schema.node == &Value::Bool(false) {
            return Some(format!("`{path}` may have no value"));
        }
        if value.is_null() && self.may_be_null(path) {
            return None;
        }
        let target = schema.text("$ref").and_then(|it| self.document.target(it));
        let of_target = target.and_then(|it| self.of(&it, value, path, depth));
        of_target
            .or_else(|| self.scalar(schema, value, path))
            .or_else(|| self.choice(schema, value, path, depth))
            .or_else(|| match value {
                Value::Object(_) => self.object(schema, value, path, depth),
                Value::Array(items) => {
                    let first = schema.items("prefixItems");
                    // Where items of several types are any JSON, that is told.
                    if !first.is_empty() && self.document.is_told(schema, Concern::Values) {
                        return None;
                    }
                    let others = schema.child("items");
                    items.iter().enumerate().find_map(|(index, it)| {
                        let schema = first.get(index).or(others.as_ref())?;
                        self.of(schema, it, &format!("{path}/{index}"), depth)
                    })
                }
                _ => None,
            })
    }

    /// True if any part says that null may stand at a path: nobody can be sure which of them is wrong.
    fn may_be_null(&self, path: &str) -> bool {
        self.stated(path).iter().any(|it| is_null_named(self.document, it, MAX_DEPTH))
    }

    /// All that the parts say of the value at a path.
    fn stated(&self, path: &str) -> Vec<At<'d>> {
        let mut schemas = vec![self.root.clone()];
        for key in path.split('/').skip(1) {
            schemas = schemas.iter().flat_map(|it| below(self.document, it, key)).collect();
        }
        schemas
    }

    fn scalar(&self, schema: &At<'d>, value: &Value, path: &str) -> Option<String> {
        let misfit = Self::scalar_alone(schema, value, path)?;
        // Where parts have no value in common, or a type is none, that is told.
        let is_told = |it: &At<'_>| self.document.is_told(it, Concern::Values);
        (!is_told(schema) && !self.stated(path).iter().any(is_told)).then_some(misfit)
    }

    fn scalar_alone(schema: &At<'d>, value: &Value, path: &str) -> Option<String> {
        let is_same = |allowed: &Value| {
            allowed == value
                || !allowed.is_string() && is_whole_same(allowed, value)
                || allowed.as_str().is_some_and(|it| text::is_scalar(it, value))
        };
        if let Some(allowed) = allowed(schema.node)
            && !allowed.iter().any(is_same)
        {
            return Some(format!("`{path}` is {value}, which is none of its values"));
        }
        let names = types(schema.node)?;
        let fits = names.iter().any(|name| match (*name, value) {
            ("string", Value::String(_))
            | ("boolean", Value::Bool(_))
            | ("number", Value::Number(_))
            | ("array", Value::Array(_))
            | ("object", Value::Object(_))
            | ("null", Value::Null) => true,
            ("integer", Value::Number(it)) => {
                !it.is_f64() || it.as_f64().is_some_and(|it| it.fract().abs() < f64::EPSILON)
            }
            _ => false,
        });
        (!fits).then(|| format!("`{path}` is {value}, but its type is {}", names.join(" or ")))
    }

    fn choice(&self, schema: &At<'d>, value: &Value, path: &str, depth: usize) -> Option<String> {
        let all = schema.items("allOf");
        let part = Self { is_part: true, ..*self };
        if let Some(misfit) = all.iter().find_map(|it| part.of(it, value, path, depth)) {
            return Some(misfit);
        }
        if let Some(misfit) = self.tag(schema, value, path, depth) {
            return Some(misfit);
        }
        ["oneOf", "anyOf"].iter().find_map(|key| {
            let mut first = None;
            for it in schema.items(key) {
                let misfit = self.of(&it, value, path, depth)?;
                first.get_or_insert(misfit);
            }
            first.map(|it| format!("`{path}` fits none of `{key}`: {it}"))
        })
    }

    /// The objection to the tag of a choice, or to a value that has it.
    fn tag(&self, schema: &At<'d>, value: &Value, path: &str, depth: usize) -> Option<String> {
        let (tag, target) = tagged(self.document, schema, value)?;
        let each: Vec<_> = ["oneOf", "anyOf"].iter().flat_map(|it| schema.items(it)).collect();
        let is_choice = each.iter().any(|it| it.node.get("$ref").is_some());
        match target {
            // A base without choices holds for its heirs too, which say so themselves.
            Some(target) if is_choice => self.of(&target, value, path, depth),
            Some(_) => None,
            None if self.document.is_told(&schema.child("discriminator")?, Concern::Tag) => None,
            // A base that lists neither variants nor tags leaves both to callers.
            None if each.is_empty()
                && schema.child("discriminator")?.child("mapping").is_none() =>
            {
                None
            }
            // Where no variant bears the name of a tag, it may be the constant of one.
            None if each.iter().any(|it| self.has_tag(schema, it, value)) => None,
            None => Some(format!("`{path}` has the tag {tag:?}, which names no schema")),
        }
    }

    /// True if a variant says that its tag is the one of a value.
    fn has_tag(&self, union: &At<'d>, variant: &At<'d>, value: &Value) -> bool {
        let name = union.child("discriminator").and_then(|it| it.text("propertyName"));
        let Some(name) = name else { return false };
        let stated = property(self.document, variant, name).into_iter();
        let mut stated = stated.filter_map(|it| self.document.resolve(&it));
        stated.any(|it| allowed(it.node).is_some_and(|it| it.contains(&value[name])))
    }

    fn object(&self, schema: &At<'d>, value: &Value, path: &str, depth: usize) -> Option<String> {
        let required = schema.items("required");
        let mut missing = required.iter().filter_map(|it| it.node.as_str());
        let is_missing = |name: &&str| value.get(name).is_none() && !self.is_received(schema, name);
        if let Some(name) = missing.find(is_missing) {
            return Some(format!("`{path}` lacks `{name}`, which is required"));
        }
        let properties = schema.entries("properties");
        let whole = Self { is_part: false, ..*self };
        let named = properties.iter().find_map(|(name, it)| {
            whole.of(it, value.get(name)?, &format!("{path}/{name}"), depth)
        });
        named.or_else(|| {
            let others = schema.child("additionalProperties")?;
            let has_patterns = schema.node.get("patternProperties").is_some();
            if !others.node.is_object() || has_patterns || self.is_part {
                return None;
            }
            let is_other = |name: &str| !properties.iter().any(|it| it.0 == name);
            let mut members = value.as_object()?.iter().filter(|it| is_other(it.0));
            members.find_map(|(name, it)| whole.of(&others, it, &format!("{path}/{name}"), depth))
        })
    }

    fn is_received(&self, schema: &At<'d>, name: &str) -> bool {
        let named = property(self.document, schema, name);
        named.is_empty()
            || named.iter().any(|it| says(self.document, it, "readOnly", &Value::Bool(true)))
    }
}

fn is_whole_same(one: &Value, other: &Value) -> bool {
    one.as_f64().is_some() && one.as_f64() == other.as_f64()
}
