//! Schemas of a documentation page that had names in its document: the tool that made the page has put each where it
//! was referred to, with its name beside it.

use super::super::node::{Map, Node, Value};
use super::message::without_parser;
use super::tree::{SchemaPartContent, copy, held, reference};

/// Where the tool put the name of a schema.
const NAME: &str = "x-parser-schema-id";

/// Keywords of the schemas that have types of their own.
const KINDS: &[&str] = &["allOf", "anyOf", "enum", "oneOf", "properties"];

/// Moves the schemas that have names out of a payload, into those that were found before. One whose name another
/// schema has stays where it is.
pub(super) fn extract(payload: &mut Node, description: Option<&Node>, found: &mut Map) {
    below(payload, SchemaPartContent::Schema, found);
    named(payload, description, found);
}

fn below(node: &mut Node, holds: SchemaPartContent, found: &mut Map) {
    let visit = |it: &mut Node, holds, found: &mut Map| {
        below(it, holds, found);
        if holds == SchemaPartContent::Schema {
            named(it, None, found);
        }
    };
    match &mut node.value {
        Value::List(list) => list.iter_mut().for_each(|it| visit(it, holds, found)),
        Value::Map(map) => {
            for (key, it) in map {
                if let Some(holds) = held(holds, key, it) {
                    visit(it, holds, found);
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Text(_) => {}
    }
}

/// Replaces a schema with a reference to the one of its name. A name of a plain value says less than the value's type.
fn named(schema: &mut Node, description: Option<&Node>, found: &mut Map) {
    if let Value::Map(map) = &mut schema.value
        && map.get(NAME).and_then(Node::as_str).is_some_and(|it| it.starts_with('<'))
    {
        // The tool numbers those that have no names.
        map.shift_remove(NAME);
    }
    if !KINDS.iter().any(|key| schema.get(key).is_some()) {
        return;
    }
    let name = schema.text(NAME).filter(|it| !it.is_empty());
    let Some(name) = name.map(str::to_owned) else { return };
    let mut own = schema.clone();
    without_parser(&mut own);
    if let (Value::Map(map), Some(it)) = (&mut own.value, description) {
        map.entry("description".to_owned()).or_insert_with(|| it.clone());
    }
    match found.get_mut(&name) {
        None => drop(found.insert(name.clone(), own)),
        Some(other) if without_docs(other) == without_docs(&own) => {
            if let Value::Map(map) = &mut other.value {
                copy(&own, &["description"], map);
            }
        }
        Some(_) => return,
    }
    *schema = reference(schema.id, &name);
}

fn without_docs(schema: &Node) -> Node {
    let mut schema = schema.clone();
    if let Value::Map(map) = &mut schema.value {
        map.shift_remove("description");
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;
    use crate::diag::{Sink, SourceId};
    use crate::load::tree;
    use serde_json::json;

    fn read(text: &str) -> Node {
        // A text that starts with a brace would be JSON.
        let text = Text { name: String::new(), bytes: format!("---\n{text}").into() };
        tree(&text, SourceId::Document, &mut Sink::default()).expect("it is YAML")
    }

    #[test]
    fn a_schema_that_had_a_name_has_it_again() {
        let word = "{type: object, properties: {w: {type: string, x-parser-schema-id: Text}}, x-parser-schema-id: Word}";
        let text = format!(
            "type: object\nproperties:\n  first: {word}\n  all: {{type: array, items: {word}}}\n  odd: {}\n  \
             x: {{type: object, x-parser-schema-id: <anonymous-schema-1>}}\nx-parser-schema-id: Words",
            word.replace("string", "number")
        );
        let (mut payload, mut found) = (read(&text), Map::new());
        extract(&mut payload, Some(&read("'said'")), &mut found);
        assert_eq!(payload.to_json(), json!({"$ref": "#/components/schemas/Words"}));
        assert_eq!(found.keys().collect::<Vec<_>>(), ["Word", "Words"]);
        let words = found["Words"].to_json();
        let reference = json!({"$ref": "#/components/schemas/Word"});
        assert_eq!(words["properties"]["first"], reference);
        assert_eq!(words["properties"]["all"]["items"], reference);
        assert_eq!(words["properties"]["odd"]["properties"]["w"]["type"], json!("number"));
        assert_eq!(words["properties"]["x"], json!({"type": "object"}));
        assert_eq!(words["description"], json!("said"));
        // The description of a message is not that of a schema which another message has too.
        let mut again = read(word);
        extract(&mut again, None, &mut found);
        assert_eq!((again.to_json(), found.len()), (reference, 2));
    }
}
