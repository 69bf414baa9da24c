//! Compares schemas of two documents: they are the same if they allow the same values by the same words, wherever
//! references stand and whatever is said of them to readers.

use super::super::node::{Node, Value};
use super::tree::{SchemaPartContent, behind, held};
use std::collections::HashSet;

/// Nodes that are compared, at most: documents can repeat much by few references.
const MAX_COMPARED: usize = 4_000_000;

/// Keywords that speak to readers alone.
const DOCS: &[&str] = &["description", "example", "examples", "externalDocs", "title"];

/// Two documents whose schemas are compared, both in the words of OpenAPI 3.0.
pub(super) struct SchemaComparison<'a> {
    left: &'a Node,
    right: &'a Node,
    /// Pairs that are the same.
    same: HashSet<(*const Node, *const Node)>,
    /// Pairs on the way to the one at hand: a cycle that leads back to one of them adds nothing.
    assumed: HashSet<(*const Node, *const Node)>,
    rest: usize,
}

impl<'a> SchemaComparison<'a> {
    pub(super) fn of(left: &'a Node, right: &'a Node) -> Self {
        let (same, assumed) = (HashSet::new(), HashSet::new());
        Self { left, right, same, assumed, rest: MAX_COMPARED }
    }

    /// Tells whether a schema of the first document is one of the second, too.
    pub(super) fn is_same(&mut self, left: &'a Node, right: &'a Node) -> bool {
        self.assumed.clear();
        let is_same = self.schemas(left, right);
        if is_same {
            self.same.extend(self.assumed.drain());
        }
        is_same
    }

    fn schemas(&mut self, left: &'a Node, right: &'a Node) -> bool {
        let (Some((_, left)), Some((_, right))) =
            (behind(self.left, left), behind(self.right, right))
        else {
            return false;
        };
        let pair = (std::ptr::from_ref(left), std::ptr::from_ref(right));
        if self.same.contains(&pair) || !self.assumed.insert(pair) {
            return true;
        }
        self.parts(left, right, SchemaPartContent::Schema)
    }

    fn parts(&mut self, left: &'a Node, right: &'a Node, holds: SchemaPartContent) -> bool {
        let Some(rest) = self.rest.checked_sub(1) else { return false };
        self.rest = rest;
        match (&left.value, &right.value) {
            (Value::Map(one), Value::Map(other)) => {
                let counts = |key: &&String| {
                    holds == SchemaPartContent::Names || !says_nothing(key.as_str())
                };
                let (mine, theirs) = (one.keys().filter(counts), other.keys().filter(counts));
                same_notes(left, right)
                    && mine.clone().count() == theirs.count()
                    && mine.into_iter().all(|key| match (one.get(key), other.get(key)) {
                        (Some(one), Some(other)) => self.entry(key, one, other, holds),
                        _ => false,
                    })
            }
            (Value::List(one), Value::List(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| self.schemas(one, other))
            }
            (one, other) => one == other,
        }
    }

    fn entry(
        &mut self,
        key: &str,
        left: &'a Node,
        right: &'a Node,
        holds: SchemaPartContent,
    ) -> bool {
        match held(holds, key, left) {
            // The order of the names that are required has no meaning.
            Some(SchemaPartContent::Schema) if key == "required" => same_set(left, right),
            // References in it are texts, which each document has its own of.
            Some(SchemaPartContent::Schema) if key == "discriminator" => {
                left.text("propertyName") == right.text("propertyName")
                    && keys(left.get("mapping")) == keys(right.get("mapping"))
            }
            Some(SchemaPartContent::Schema) => self.schemas(left, right),
            Some(SchemaPartContent::Names) => self.parts(left, right, SchemaPartContent::Names),
            None => left == right,
        }
    }
}

fn says_nothing(key: &str) -> bool {
    DOCS.contains(&key) || key.starts_with("x-parser-")
}

fn same_set(left: &Node, right: &Node) -> bool {
    let set = |it: &Node| -> Option<HashSet<String>> {
        it.as_list()?.iter().map(|it| it.as_str().map(str::to_owned)).collect()
    };
    left == right || set(left).is_some_and(|it| Some(it) == set(right))
}

fn keys(mapping: Option<&Node>) -> HashSet<&str> {
    mapping.and_then(Node::as_map).into_iter().flatten().map(|it| it.0.as_str()).collect()
}

/// Notes of the downgrade count, except for the place of a copy.
fn same_notes(left: &Node, right: &Node) -> bool {
    let (left, right) = (left.notes(), right.notes());
    left.constant == right.constant && left.closed == right.closed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Text;
    use crate::diag::{Sink, SourceId};
    use crate::load::tree;

    /// Tells whether the schema `A` is the same in two documents that have these.
    fn is_same(one: &str, other: &str) -> bool {
        let read = |schemas: &str| {
            let text = format!("components:\n  schemas: {{{schemas}}}");
            let text = Text { name: String::new(), bytes: text.into() };
            tree(&text, SourceId::Document, &mut Sink::default()).expect("it is YAML")
        };
        let (left, right) = (read(one), read(other));
        let a = |it: &Node| it.get("components")?.get("schemas")?.get("A").cloned();
        let (one, other) = (a(&left).expect("it is there"), a(&right).expect("it is there"));
        SchemaComparison::of(&left, &right).is_same(&one, &other)
    }

    #[test]
    fn words_for_readers_and_the_places_of_references_do_not_count() {
        let plain = "A: {type: object, required: [b, c], properties: {b: {type: string}, c: {type: number}}}";
        let other = "A: {title: T, type: object, required: [c, b], properties: {b: {$ref: '#/components/schemas/B'}, c: \
                     {type: number, description: d}}, x-parser-schema-id: A}, B: {type: string, example: e}";
        assert!(is_same(plain, other) && is_same(other, plain));
        assert!(!is_same(plain, &other.replace("B: {type: string", "B: {type: integer")));
        assert!(!is_same(plain, &plain.replace("[b, c]", "[b]")));
        assert!(!is_same(plain, &plain.replace("b: {type", "d: {type")));
    }

    #[test]
    fn properties_may_have_the_names_of_words_for_readers() {
        let one = "A: {properties: {title: {type: string}}}";
        assert!(!is_same(one, "A: {properties: {}}"));
        assert!(!is_same(one, "A: {properties: {title: {type: number}}}"));
        assert!(!is_same(
            "A: {enum: [a], default: {title: t}}",
            "A: {enum: [a], default: {title: u}}"
        ));
    }

    #[test]
    fn cycles_are_the_same_if_all_around_them_is() {
        let one = "A: {properties: {next: {$ref: '#/components/schemas/A'}, v: {type: string}}}";
        let two = "A: {properties: {next: {$ref: '#/components/schemas/B'}, v: {type: string}}}, \
                   B: {properties: {next: {$ref: '#/components/schemas/A'}, v: {type: string}}}";
        assert!(is_same(one, two) && is_same(two, one));
        let odd = two.replacen(
            "B: {properties: {next: {$ref: '#/components/schemas/A'}, v: {type: string",
            "B: {properties: {next: {$ref: '#/components/schemas/A'}, v: {type: number",
            1,
        );
        assert!(!is_same(one, &odd));
        assert!(!is_same("A: {$ref: '#/components/schemas/A'}", one));
    }
}
