//! Compares a value with its schema.

use super::contract::{Contract, DocumentNode, Members, types};
use super::difference::{Difference, DifferenceKind};
use super::shape::type_of;
use super::variants;
use super::words;
use serde_json::{Map, Value};

/// Levels of a value that are compared: 64.
const MAX_DEPTH: usize = 64;
/// Comparisons of a value with a schema that one response may cost: 200,000.
const MAX_COMPARISONS: usize = 200_000;
/// Undocumented properties of one object above which they are taken for those of a map: 20.
const MAX_UNDOCUMENTED: usize = 20;

/// A comparison of one response.
pub(super) struct Comparison<'c, 'v> {
    pub(super) contract: &'c Contract,
    pub(super) found: Vec<Difference<'v>>,
    pub(super) room: usize,
}

impl<'c, 'v> Comparison<'c, 'v> {
    pub(super) fn new(contract: &'c Contract) -> Self {
        Self { contract, found: Vec::new(), room: MAX_COMPARISONS }
    }

    pub(super) fn note(&mut self, at: &str, kind: DifferenceKind, detail: &str) {
        self.found.push(Difference {
            at: at.to_owned(),
            kind,
            detail: detail.to_owned(),
            value: None,
        });
    }

    pub(super) fn note_shape(
        &mut self,
        at: &str,
        kind: DifferenceKind,
        detail: &str,
        value: &'v Value,
    ) {
        self.note(at, kind, detail);
        if let Some(it) = self.found.last_mut() {
            it.value = Some(value);
        }
    }

    /// Compares a value with a schema.
    pub(super) fn value(&mut self, schema: &DocumentNode<'c>, value: &'v Value, depth: usize) {
        if depth == MAX_DEPTH || self.room == 0 {
            return;
        }
        self.room -= 1;
        if value.is_null() {
            if !self.contract.accepts_null(schema, 0) {
                self.note(&schema.at, DifferenceKind::Null, "null");
            }
            return;
        }
        let members = self.contract.members(schema);
        self.members(members, value, depth);
    }

    /// Compares a value with schemas that all hold of it.
    pub(super) fn members(&mut self, mut members: Members<'c>, value: &'v Value, depth: usize) {
        self.room = self.room.saturating_sub(1);
        if self.room == 0
            || !self.scalar(&members, value)
            || !variants::choose(self, &mut members, value, depth)
        {
            return;
        }
        match value {
            Value::Object(object) => self.object(&members, object, depth),
            Value::Array(items) => {
                for schema in &members.schemas {
                    self.items(schema, items, depth);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// Compares type and value with what the schemas say, and tells whether they are theirs.
    pub(super) fn scalar(&mut self, members: &Members<'c>, value: &'v Value) -> bool {
        let before = self.found.len();
        for schema in &members.schemas {
            if !has_type(schema, value) {
                self.other_type(&schema.at, value);
                continue;
            }
            let listed = schema.value.get("enum").and_then(Value::as_array);
            let constant = schema.value.get("const").map(std::slice::from_ref);
            let Some(allowed) = listed.map(Vec::as_slice).or(constant) else { continue };
            if !allowed.iter().any(|it| is_equal(it, value)) {
                match allowed.iter().any(|it| type_of(it) == type_of(value)) {
                    true => {
                        let word = words::value(value);
                        self.note(&schema.at, DifferenceKind::UnknownValue, &word);
                    }
                    false => self.other_type(&schema.at, value),
                }
            }
        }
        self.found.len() == before
    }

    pub(super) fn other_type(&mut self, at: &str, value: &'v Value) {
        self.note_shape(at, DifferenceKind::OtherType, type_of(value), value);
    }

    fn items(&mut self, schema: &DocumentNode<'c>, items: &'v [Value], depth: usize) {
        let first = schema.items("prefixItems");
        let rest = schema.key("items");
        for (index, item) in items.iter().enumerate() {
            if let Some(schema) = first.get(index).or(rest.as_ref()) {
                self.value(schema, item, depth + 1);
            }
        }
    }

    fn object(&mut self, members: &Members<'c>, object: &'v Map<String, Value>, depth: usize) {
        let mut undocumented = Vec::new();
        for (name, value) in object {
            if !self.property(members, name, value, depth) {
                undocumented.push((name, value));
            }
        }
        let describes = |it: &DocumentNode<'_>| {
            let properties = it.value.get("properties").and_then(Value::as_object);
            properties.is_some_and(|it| !it.is_empty())
                || it.value.get("additionalProperties") == Some(&Value::Bool(false))
        };
        if !members.is_open && members.schemas.iter().any(describes) {
            let is_map = undocumented.len() > MAX_UNDOCUMENTED;
            let at = members.home_of_properties();
            for (name, value) in undocumented {
                let kept = !is_map && words::is_name(name);
                let name = if kept { name } else { words::OTHER_NAMES };
                self.note_shape(at, DifferenceKind::UndocumentedProperty, name, value);
            }
        }
        for schema in &members.schemas {
            let required = schema.value.get("required").and_then(Value::as_array);
            let required = required.into_iter().flatten().filter_map(Value::as_str);
            for name in required.filter(|it| !object.contains_key(*it)) {
                if !self.is_only_sent(members, name) {
                    self.note(&schema.at, DifferenceKind::MissingProperty, name);
                }
            }
        }
    }

    /// Compares a property with all that is said of it, and tells whether anything is.
    fn property(
        &mut self,
        members: &Members<'c>,
        name: &str,
        value: &'v Value,
        depth: usize,
    ) -> bool {
        let named = members.schemas.iter().filter_map(|it| it.key("properties")?.key(name));
        let mut schemas: Vec<_> = named.collect();
        if schemas.is_empty() {
            if members.schemas.iter().any(|it| it.has("patternProperties")) {
                return true;
            }
            let others = members.schemas.iter().filter_map(|it| it.key("additionalProperties"));
            schemas.extend(others.filter(|it| *it.value != Value::Bool(false)));
        }
        for schema in &schemas {
            self.value(schema, value, depth + 1);
        }
        !schemas.is_empty()
    }

    /// True if a property is never in responses.
    fn is_only_sent(&self, members: &Members<'c>, name: &str) -> bool {
        let mut named = members.schemas.iter().filter_map(|it| it.key("properties")?.key(name));
        named.any(|it| self.contract.members(&it).schemas.iter().any(|it| it.is("writeOnly")))
    }
}

/// True if a value has a type that a schema names, if it names any.
pub(super) fn has_type(schema: &DocumentNode<'_>, value: &Value) -> bool {
    let Some(stated) = schema.value.get("type") else { return true };
    let seen = type_of(value);
    types(stated).any(|it| it == seen || (it == "number" && seen == "integer"))
}

fn is_equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        _ => one == other,
    }
}
