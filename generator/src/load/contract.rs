//! The part of a document that says which responses there are, for clients that compare theirs with it: as it stands
//! before the downgrade, so that each place in it is the same place in the document.

use super::document::pointed;
use super::lookup::mapped_to;
use super::node::{Node, Value};
use crate::diag::SpecPtr;
use serde_json::{Map, Value as Json};
use std::collections::{HashMap, HashSet};

const METHODS: [&str; 9] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"];

/// Keywords whose values are taken over.
const VALUES: [&str; 6] = ["type", "nullable", "required", "enum", "const", "writeOnly"];
/// Keywords with one schema, a list of them, or some by name.
const SCHEMA: [&str; 2] = ["items", "additionalProperties"];
const SCHEMAS: [&str; 4] = ["prefixItems", "allOf", "oneOf", "anyOf"];
/// Keywords of which only is told that they are there.
const NAMED: [&str; 5] =
    ["$dynamicRef", "if", "dependentSchemas", "patternProperties", "unevaluatedProperties"];

/// The kind of a node, which decides what of it is taken over.
#[derive(Clone, Copy)]
enum ContractPart {
    PathItem,
    Response,
    Schema,
}

/// The contract of a document, as JSON; `None` if no operation has responses.
pub(super) fn contract(tree: &Node) -> Option<String> {
    let (queue, seen) = (Vec::new(), HashSet::new());
    let mut cut = Cut { tree, heirs: heirs(tree), queue, seen, has_responses: false };
    let mut root = Map::new();
    if let Some(version) = tree.get("openapi") {
        root.insert("openapi".to_owned(), version.to_json());
    }
    let paths = tree.get("paths").map(|it| cut.named(it, Cut::path_item));
    root.insert("paths".to_owned(), paths.unwrap_or_else(|| Json::Object(Map::new())));
    let mut root = Json::Object(root);
    while let Some((at, content)) = cut.queue.pop() {
        let Some(node) = tree.at(&at) else { continue };
        if node.get("discriminator").is_some() {
            let heirs = cut.heirs.remove(&at).unwrap_or_default();
            for heir in &heirs {
                cut.later(heir, ContractPart::Schema);
            }
        }
        if root.pointer(&at.text()).is_none() {
            let part = match content {
                ContractPart::PathItem => cut.path_item(node),
                ContractPart::Response => cut.response(node),
                ContractPart::Schema => cut.schema(node),
            };
            insert(&mut root, &at, part);
        }
    }
    // Another crate of the build may have serde_json keep the order of keys.
    root.sort_all_objects();
    let mut text = String::new();
    lines(&root, 0, &mut text);
    text.push('\n');
    cut.has_responses.then_some(text)
}

/// The document, and the parts that are still to be cut out of it.
struct Cut<'t> {
    tree: &'t Node,
    heirs: HashMap<SpecPtr, Vec<SpecPtr>>,
    queue: Vec<(SpecPtr, ContractPart)>,
    seen: HashSet<SpecPtr>,
    has_responses: bool,
}

impl Cut<'_> {
    fn named(&mut self, node: &Node, each: fn(&mut Self, &Node) -> Json) -> Json {
        let entries = node.as_map().into_iter().flatten();
        Json::Object(entries.map(|(key, it)| (key.clone(), each(self, it))).collect())
    }

    fn path_item(&mut self, node: &Node) -> Json {
        let mut item = self.reference(node, ContractPart::PathItem);
        for (method, operation) in node.as_map().into_iter().flatten() {
            let notes = operation.notes();
            let is_called = !notes.socket && !notes.left_out;
            if METHODS.contains(&method.as_str()) && is_called {
                let responses = operation.get("responses");
                self.has_responses |= responses.is_some();
                let responses = responses.map(|it| self.named(it, Self::response));
                item.insert(method.clone(), serde_json::json!({ "responses": responses }));
            }
        }
        Json::Object(item)
    }

    fn response(&mut self, node: &Node) -> Json {
        let mut response = self.reference(node, ContractPart::Response);
        if let Some(content) = node.get("content") {
            response.insert("content".to_owned(), self.named(content, Self::media_type));
        }
        Json::Object(response)
    }

    fn media_type(&mut self, node: &Node) -> Json {
        let schema = node.get("schema").map(|it| ("schema".to_owned(), self.schema(it)));
        Json::Object(schema.into_iter().collect())
    }

    /// The reference of a node; its target is cut out later, as a whole where it is a component.
    fn reference(&mut self, node: &Node, content: ContractPart) -> Map<String, Json> {
        let mut part = Map::new();
        if let Some(reference) = node.text("$ref") {
            part.insert("$ref".to_owned(), reference.into());
            if let Some(fragment) = reference.strip_prefix('#') {
                self.later(&pointed(fragment), content);
            }
        }
        part
    }

    fn later(&mut self, at: &SpecPtr, content: ContractPart) {
        let mut keys = at.segments();
        let (first, kind, name) = (keys.next(), keys.next(), keys.next());
        let (at, content) = match (first.as_deref(), kind.as_deref(), name) {
            (Some("components"), Some(kind), Some(name)) => {
                let content = match kind {
                    "responses" => ContractPart::Response,
                    "pathItems" => ContractPart::PathItem,
                    "schemas" => ContractPart::Schema,
                    _ => content,
                };
                (SpecPtr::root().child("components").child(kind).child(&name), content)
            }
            _ => (at.clone(), content),
        };
        if self.seen.insert(at.clone()) {
            self.queue.push((at, content));
        }
    }

    fn schema(&mut self, node: &Node) -> Json {
        let Some(map) = node.as_map() else {
            return Json::Bool(node.as_bool().unwrap_or(true));
        };
        let mut part = self.reference(node, ContractPart::Schema);
        for (key, value) in map {
            let cut = match (key.as_str(), &value.value) {
                (it, _) if VALUES.contains(&it) => value.to_json(),
                (it, Value::Bool(_) | Value::Map(_)) if SCHEMA.contains(&it) => self.schema(value),
                (it, Value::List(list)) if SCHEMAS.contains(&it) => {
                    Json::Array(list.iter().map(|it| self.schema(it)).collect())
                }
                ("properties", _) => self.named(value, Self::schema),
                ("unevaluatedProperties", Value::Bool(false)) => continue,
                (it, _) if NAMED.contains(&it) => Json::Bool(true),
                ("discriminator", Value::Map(_)) => self.discriminator(value),
                _ => continue,
            };
            part.insert(key.clone(), cut);
        }
        Json::Object(part)
    }

    fn discriminator(&mut self, node: &Node) -> Json {
        let mapping = node.get("mapping").and_then(Node::as_map).into_iter().flatten();
        for target in mapping.filter_map(|it| it.1.as_str()) {
            if let Some(at) = mapped_to(self.tree, target) {
                self.later(&at, ContractPart::Schema);
            }
        }
        let keys = ["propertyName", "mapping"];
        let entries = keys.iter().filter_map(|it| Some((*it, node.get(it)?.to_json())));
        Json::Object(entries.map(|(key, it)| (key.to_owned(), it)).collect())
    }
}

/// The components that inherit from each: a discriminator may mean any of them.
fn heirs(tree: &Node) -> HashMap<SpecPtr, Vec<SpecPtr>> {
    let at = SpecPtr::root().child("components").child("schemas");
    let mut heirs: HashMap<_, Vec<_>> = HashMap::new();
    for (name, schema) in tree.at(&at).and_then(Node::as_map).into_iter().flatten() {
        for member in schema.get("allOf").and_then(Node::as_list).into_iter().flatten() {
            if let Some(fragment) = member.text("$ref").and_then(|it| it.strip_prefix('#')) {
                heirs.entry(pointed(fragment)).or_default().push(at.child(name));
            }
        }
    }
    heirs
}

/// Puts a part at its place, with objects around it. Within a list there is no place for it.
fn insert(root: &mut Json, at: &SpecPtr, part: Json) {
    let mut node = root;
    for key in at.segments() {
        let Json::Object(map) = node else { return };
        node = map.entry(key).or_insert_with(|| Json::Object(Map::new()));
    }
    *node = part;
}

/// Writes each path, method and component on a line of its own.
fn lines(json: &Json, depth: usize, text: &mut String) {
    match json {
        Json::Object(map) if depth < 3 && !map.is_empty() => {
            text.push_str("{\n");
            for (index, (key, it)) in map.iter().enumerate() {
                if index > 0 {
                    text.push_str(",\n");
                }
                text.push_str(&" ".repeat(depth + 1));
                text.push_str(&Json::from(key.as_str()).to_string());
                text.push_str(": ");
                lines(it, depth + 1, text);
            }
            text.push('\n');
            text.push_str(&" ".repeat(depth));
            text.push('}');
        }
        _ => text.push_str(&json.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;
    use crate::diag::{Sink, SourceId};
    use crate::load::tree;

    fn cut(document: &str) -> Json {
        let text = Text { name: String::new(), bytes: document.into() };
        let tree = tree(&text, SourceId::Document, &mut Sink::default()).expect("it is YAML");
        let contract = contract(&tree).expect("there are responses");
        serde_json::from_str(&contract).expect("it is JSON")
    }

    #[test]
    fn only_what_decides_a_response_is_there() {
        let document = "
openapi: 3.1.0
info: {title: t}
paths:
  /a:
    parameters: [{name: q, in: query}]
    get:
      operationId: a
      responses:
        '200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/A'}, example: 1}}}
        default: {$ref: '#/components/responses/E'}
components:
  responses:
    E: {description: d, headers: {h: {}}, content: {text/plain: {schema: {type: string, minLength: 1}}}}
  schemas:
    A: {title: T, type: object, required: [b], properties: {b: {type: [string, 'null'], format: uuid, enum: [x]}}}
    Unused: {type: object}
";
        let schema = serde_json::json!({
            "type": "object", "required": ["b"],
            "properties": {"b": {"type": ["string", "null"], "enum": ["x"]}}
        });
        let expected = serde_json::json!({
            "openapi": "3.1.0",
            "paths": {"/a": {"get": {"responses": {
                "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}},
                "default": {"$ref": "#/components/responses/E"}
            }}}},
            "components": {
                "responses": {"E": {"content": {"text/plain": {"schema": {"type": "string"}}}}},
                "schemas": {"A": schema}
            }
        });
        assert_eq!(cut(document), expected);
    }

    #[test]
    fn what_a_discriminator_may_mean_is_there() {
        let document = "
openapi: 3.0.3
paths: {/a: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Base'}}}}}}}}
components:
  schemas:
    Base: {discriminator: {propertyName: is, mapping: {c: Mapped}}, properties: {is: {type: string}}}
    Heir: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {h: {}}}]}
    Mapped: {if: {required: [x]}, patternProperties: {a: {}}, unevaluatedProperties: false}
";
        let schemas = &cut(document)["components"]["schemas"];
        let names: Vec<_> = schemas.as_object().expect("it has some").keys().collect();
        assert_eq!(names, ["Base", "Heir", "Mapped"]);
        assert_eq!(schemas["Mapped"], serde_json::json!({"if": true, "patternProperties": true}));
    }

    #[test]
    fn references_into_other_parts_keep_their_place() {
        let document = "
openapi: 3.1.0
paths:
  /a:
    post:
      requestBody: {content: {application/json: {schema: {type: object, properties: {id: {type: integer}}}}}}
      responses: {'200': {content: {application/json: {schema: {$ref: '#/paths/~1a/post/requestBody/content/application~1json/schema/properties/id'}}}}}
";
        let cut = cut(document);
        let at = "/paths/~1a/post/requestBody/content/application~1json/schema/properties/id";
        assert_eq!(cut.pointer(at), Some(&serde_json::json!({"type": "integer"})));
    }

    #[test]
    fn references_in_a_circle_end() {
        let document = "
openapi: 3.1.0
paths: {/a: {$ref: '#/components/pathItems/P'}}
components:
  pathItems: {P: {get: {responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/A/properties/a'}}}}}}}}
  schemas: {A: {properties: {a: {$ref: '#/components/schemas/A'}}}}
";
        let cut = cut(document);
        assert!(cut.pointer("/components/pathItems/P/get/responses/200").is_some());
        assert!(cut.pointer("/components/schemas/A/properties/a").is_some());
    }
}
