//! The document as its overlay corrects it, as far as a proposal has to know it.

use super::evidence::entries;
use super::infer::Dialect;
use generator::Node;
use generator::diag::SpecPtr;
use serde_json::Value;

/// References that lead to each other at most: 32.
const MAX_REFERENCES: usize = 32;

pub(super) struct CorrectedDocument {
    pub(super) root: Node,
    pub(super) dialect: Dialect,
}

impl CorrectedDocument {
    pub(super) fn new(root: Node) -> Self {
        let is_old = root.text("openapi").is_some_and(|it| it.starts_with("3.0"));
        let dialect = if is_old { Dialect::Nullable } else { Dialect::NullType };
        Self { root, dialect }
    }

    pub(super) fn at(&self, at: &SpecPtr) -> Option<&Node> {
        self.root.at(at)
    }

    pub(super) fn resolve<'n>(&'n self, node: &'n Node) -> Option<&'n Node> {
        let mut node = node;
        for _ in 0..MAX_REFERENCES {
            let Some(reference) = node.text("$ref") else { return Some(node) };
            node = self.root.at(&SpecPtr::parse(reference.strip_prefix('#')?))?;
        }
        None
    }

    /// The place as a `JSONPath`.
    pub(super) fn path(&self, at: &SpecPtr) -> String {
        let mut path = "$".to_owned();
        let mut node = Some(&self.root);
        let mut here = SpecPtr::root();
        for key in at.segments() {
            let is_list = node.is_some_and(|it| it.as_list().is_some());
            here = here.child(&key);
            node = self.root.at(&here);
            let next = if is_list { format!("[{key}]") } else { step(&key) };
            path.push_str(&next);
        }
        path
    }

    /// True if a schema takes values of a type.
    pub(super) fn accepts_type(&self, schema: &Node, name: &str) -> bool {
        self.accepts(schema, name, 0)
    }

    fn accepts(&self, schema: &Node, name: &str, depth: usize) -> bool {
        if depth == MAX_REFERENCES || (name == "null" && schema.flag("nullable")) {
            return true;
        }
        let of_target = match schema.text("$ref") {
            Some(_) => self.resolve(schema).is_none_or(|it| self.accepts(it, name, depth + 1)),
            None => true,
        };
        if schema.get("$ref").is_some() && self.dialect == Dialect::Nullable {
            return of_target;
        }
        let takes = |it: &str| it == name || (it == "number" && name == "integer");
        let stated = match schema.get("type") {
            Some(it) => {
                let list = it.as_list().unwrap_or_default().iter().filter_map(Node::as_str);
                it.as_str().into_iter().chain(list).any(takes)
            }
            None => true,
        };
        let listed = schema.get("enum").and_then(Node::as_list);
        let listed = name != "null" || listed.is_none_or(|it| it.iter().any(Node::is_null));
        let members = |key| schema.get(key).and_then(Node::as_list).unwrap_or_default();
        let all = members("allOf").iter().all(|it| self.accepts(it, name, depth + 1));
        let any = |key| {
            let variants = members(key);
            variants.is_empty() || variants.iter().any(|it| self.accepts(it, name, depth + 1))
        };
        of_target && stated && listed && all && any("oneOf") && any("anyOf")
    }

    /// True if every value of a shape is one of a schema.
    pub(super) fn fits(&self, shape: &Value, schema: &Node) -> bool {
        let Some(schema) = self.resolve(schema) else { return false };
        let types = ["string", "integer", "number", "boolean", "array", "object", "null"];
        let mut seen = types.into_iter().filter(|it| shape.get(it).is_some());
        if !seen.all(|it| self.accepts_type(schema, it)) {
            return false;
        }
        if shape.get("object").is_none() {
            let items = shape.get("items").zip(schema.get("items"));
            return items.is_none_or(|(shape, schema)| self.fits(shape, schema));
        }
        let Some(declared) = schema.get("properties") else { return false };
        let mut properties = shape.get("properties").into_iter().flat_map(entries);
        let all = properties
            .all(|(name, it)| declared.get(name).is_some_and(|schema| self.fits(it, schema)));
        let objects = shape.get("object").and_then(Value::as_u64);
        let required = schema.get("required").and_then(Node::as_list).unwrap_or_default();
        let mut required = required.iter().filter_map(Node::as_str);
        let is_there = |name: &str| {
            let counts = shape.get("properties").and_then(|it| it.get(name));
            let sum: u64 =
                counts.into_iter().flat_map(entries).filter_map(|it| it.1.as_u64()).sum();
            Some(sum) >= objects
        };
        all && shape.get("values").is_none() && required.all(is_there)
    }
}

fn step(key: &str) -> String {
    let is_plain = key.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_')
        && key.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
    match is_plain {
        true => format!(".{key}"),
        false => format!("[{}]", quoted(key)),
    }
}

/// A text of a `JSONPath`.
pub(super) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'"))
}
