//! The part of a document that responses are compared with, and the schemas in it.

use crate::error::{Error, ErrorKind, Result};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::HashMap;

/// References that lead to each other at most: 32.
const MAX_REFERENCES: usize = 32;

/// The document: paths with their responses, and schemas.
pub(crate) struct Contract {
    document: Value,
    /// By method and path, with the names of parameters left out.
    operations: HashMap<String, DocumentedOperation>,
    /// In OpenAPI 3.0 nothing beside a `$ref` counts.
    ignores_siblings: bool,
}

/// The path of an operation as the document writes it, and the pointer of its responses.
struct DocumentedOperation {
    path: String,
    responses: String,
}

/// A schema, or any other node, with its JSON pointer.
#[derive(Clone)]
pub(super) struct DocumentNode<'c> {
    pub(super) at: String,
    pub(super) value: &'c Value,
}

impl<'c> DocumentNode<'c> {
    pub(super) fn key(&self, key: &str) -> Option<Self> {
        let value = self.value.get(key)?;
        Some(Self { at: format!("{}/{}", self.at, pointer_key(key)), value })
    }

    pub(super) fn item(&self, index: usize) -> Option<Self> {
        Some(Self { at: format!("{}/{index}", self.at), value: self.value.get(index)? })
    }

    pub(super) fn items(&self, key: &str) -> Vec<Self> {
        let Some(list) = self.key(key) else { return Vec::new() };
        let count = list.value.as_array().map_or(0, Vec::len);
        (0..count).filter_map(|index| list.item(index)).collect()
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.value.get(key).is_some()
    }

    pub(super) fn text(&self, key: &str) -> Option<&'c str> {
        self.value.get(key)?.as_str()
    }

    pub(super) fn is(&self, key: &str) -> bool {
        self.value.get(key) == Some(&Value::Bool(true))
    }
}

fn pointer_key(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) {
        return Cow::Owned(key.replace('~', "~0").replace('/', "~1"));
    }
    Cow::Borrowed(key)
}

impl Contract {
    pub(super) fn read(text: &str) -> Result<Self> {
        let unusable = |why: String| {
            Error::new(ErrorKind::Configuration, format!("the contract cannot be used: {why}"))
        };
        let document: Value =
            serde_json::from_str(text).map_err(|error| unusable(error.to_string()))?;
        let Some(paths) = document.get("paths").and_then(Value::as_object) else {
            return Err(unusable("it has no `paths`".to_owned()));
        };
        let paths: Vec<_> = paths.keys().cloned().collect();
        let version = document.get("openapi").and_then(Value::as_str).unwrap_or_default();
        let ignores_siblings = version.starts_with("3.0");
        let mut contract = Self { operations: HashMap::new(), ignores_siblings, document };
        contract.operations = paths.iter().flat_map(|it| contract.operations_of(it)).collect();
        Ok(contract)
    }

    fn operations_of(&self, path: &str) -> Vec<(String, DocumentedOperation)> {
        let item = self.root().key("paths").and_then(|it| self.resolve(&it.key(path)?));
        let Some(item) = item else { return Vec::new() };
        let methods = item.value.as_object().into_iter().flat_map(|it| it.keys());
        let operations = methods.filter_map(|method| {
            let responses = item.key(method)?.key("responses")?.at.split_off(1);
            let operation = DocumentedOperation { path: path.to_owned(), responses };
            Some((operation_key(method, path), operation))
        });
        operations.collect()
    }

    fn root(&self) -> DocumentNode<'_> {
        DocumentNode { at: "#".to_owned(), value: &self.document }
    }

    /// The path of an operation as the document writes it, and its responses.
    pub(super) fn operation(&self, method: &str, path: &str) -> Option<(&str, DocumentNode<'_>)> {
        let operation = self.operations.get(&operation_key(method, path))?;
        let value = self.document.pointer(&operation.responses)?;
        Some((&operation.path, DocumentNode { at: format!("#{}", operation.responses), value }))
    }

    /// The node that a chain of references leads to; none where it cannot be told.
    pub(super) fn resolve<'c>(&'c self, node: &DocumentNode<'c>) -> Option<DocumentNode<'c>> {
        let mut node = node.clone();
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = node.text("$ref") else { return Some(node) };
            node = self.target(reference)?;
        }
        None
    }

    /// The node that a reference leads to.
    pub(super) fn target<'c>(&'c self, reference: &str) -> Option<DocumentNode<'c>> {
        let pointer = percent_decode_str(reference.strip_prefix('#')?).decode_utf8().ok()?;
        let value = self.document.pointer(&pointer)?;
        Some(DocumentNode { at: format!("#{pointer}"), value })
    }

    /// The schema that a tag of a discriminator means.
    pub(super) fn mapped<'c>(
        &'c self,
        discriminator: &Value,
        tag: &str,
    ) -> Option<DocumentNode<'c>> {
        let stated = discriminator.get("mapping").and_then(|it| it.get(tag)?.as_str());
        let target = stated.unwrap_or(tag);
        let named = || self.target(&format!("#/components/schemas/{}", pointer_key(target)));
        self.target(target).or_else(named)
    }

    /// The schemas that all hold: one, what it refers to, and the members of `allOf`.
    pub(super) fn members<'c>(&'c self, schema: &DocumentNode<'c>) -> SchemaMembers<'c> {
        let home = self.resolve(schema).map_or_else(|| schema.at.clone(), |it| it.at);
        let mut members = SchemaMembers { home, ..SchemaMembers::default() };
        self.gather(schema, &mut members, 0);
        members
    }

    fn gather<'c>(
        &'c self,
        schema: &DocumentNode<'c>,
        found: &mut SchemaMembers<'c>,
        depth: usize,
    ) {
        if found.schemas.iter().any(|it| it.at == schema.at) {
            return;
        }
        if depth == MAX_REFERENCES {
            found.is_open = true;
            return;
        }
        let reference = schema.text("$ref");
        if reference.is_none() || !self.ignores_siblings {
            found.is_open |= OPEN.iter().any(|it| schema.has(it));
            found.schemas.push(schema.clone());
            for member in schema.items("allOf") {
                self.gather(&member, found, depth + 1);
            }
        }
        match reference.map(|it| self.target(it)) {
            Some(Some(target)) => self.gather(&target, found, depth + 1),
            Some(None) => found.is_open = true,
            None => {}
        }
    }

    /// True if null is a value of a schema.
    pub(super) fn accepts_null(&self, schema: &DocumentNode<'_>, depth: usize) -> bool {
        let it = schema.value;
        if depth == MAX_REFERENCES || !it.is_object() || schema.is("nullable") {
            return true;
        }
        let reference = schema.text("$ref");
        let of_target = match reference.map(|it| self.target(it)) {
            Some(Some(target)) => self.accepts_null(&target, depth + 1),
            Some(None) | None => true,
        };
        if reference.is_some() && self.ignores_siblings {
            return of_target;
        }
        let stated = it.get("type").is_none_or(|it| types(it).any(|it| it == "null"));
        let listed = it.get("enum").and_then(Value::as_array);
        let listed = listed.is_none_or(|it| it.contains(&Value::Null));
        let constant = it.get("const").is_none_or(Value::is_null);
        let all = schema.items("allOf").iter().all(|it| self.accepts_null(it, depth + 1));
        let any = |key| {
            let variants = schema.items(key);
            variants.is_empty() || variants.iter().any(|it| self.accepts_null(it, depth + 1))
        };
        of_target && stated && listed && constant && all && any("oneOf") && any("anyOf")
    }
}

/// Schemas that all hold of a value.
#[derive(Clone, Default)]
pub(super) struct SchemaMembers<'c> {
    pub(super) schemas: Vec<DocumentNode<'c>>,
    /// True if there is more to them than can be told, so that any property may be documented.
    pub(super) is_open: bool,
    /// The unions whose variant is chosen, by their place.
    pub(super) chosen: Vec<String>,
    /// The definition that properties which only this value has belong to.
    pub(super) home: String,
}

impl SchemaMembers<'_> {
    /// The schema that a new property would be written into: the last one of the definition itself.
    pub(super) fn home_of_properties(&self) -> &str {
        let inner = format!("{}/allOf/", self.home);
        let own = |it: &&DocumentNode<'_>| {
            it.has("properties") && (it.at == self.home || it.at.starts_with(&inner))
        };
        self.schemas.iter().rev().find(own).map_or(&*self.home, |it| &*it.at)
    }
}

/// Keywords that may document properties in ways that are not followed.
const OPEN: [&str; 4] = ["$dynamicRef", "if", "dependentSchemas", "unevaluatedProperties"];

/// The types that `type` names.
pub(super) fn types(stated: &Value) -> impl Iterator<Item = &str> {
    let list = stated.as_array().map(Vec::as_slice).unwrap_or_default();
    stated.as_str().into_iter().chain(list.iter().filter_map(Value::as_str))
}

/// Method and path without what is in braces and without a query.
fn operation_key(method: &str, path: &str) -> String {
    let mut key = method.to_uppercase();
    key.push(' ');
    let mut in_braces = false;
    for it in path.split(['?', '#']).next().unwrap_or_default().chars() {
        match it {
            '{' => in_braces = true,
            '}' => in_braces = false,
            _ if in_braces => continue,
            _ => {}
        }
        key.push(it);
    }
    key
}
