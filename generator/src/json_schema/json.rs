//! JSON whose keys stay in their order, and its text.

use crate::load::Json;
use indexmap::IndexMap;

/// A value within a schema.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum SchemaJson {
    /// A value of the document.
    Value(Json),
    List(Vec<SchemaJson>),
    Object(SchemaObject),
}

/// An object within a schema, such as the schema itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct SchemaObject(IndexMap<String, SchemaJson>);

/// The keywords that come first, in this order.
const FIRST: &[&str] = &["$ref", "title", "description", "type", "const", "enum", "format"];
/// The greatest length of a line that a whole object or list is written on.
const MAX_LINE: usize = 90;

impl<T: Into<Json>> From<T> for SchemaJson {
    fn from(it: T) -> Self {
        Self::Value(it.into())
    }
}

impl From<SchemaObject> for SchemaJson {
    fn from(it: SchemaObject) -> Self {
        Self::Object(it)
    }
}

impl SchemaObject {
    /// A schema with one keyword.
    pub(super) fn of(key: &str, value: impl Into<SchemaJson>) -> Self {
        let mut it = Self::default();
        it.insert(key, value);
        it
    }

    pub(super) fn insert(&mut self, key: &str, value: impl Into<SchemaJson>) {
        self.0.insert(key.to_owned(), value.into());
    }

    pub(super) fn get(&self, key: &str) -> Option<&SchemaJson> {
        self.0.get(key)
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut SchemaJson> {
        self.0.get_mut(key)
    }

    pub(super) fn take(&mut self, key: &str) -> Option<SchemaJson> {
        self.0.shift_remove(key)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the keywords of another object, which replace those that are there.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Puts the keywords that say most first.
    pub(super) fn sorted(mut self) -> Self {
        let place = |key: &str| FIRST.iter().position(|it| *it == key).unwrap_or(FIRST.len());
        self.0.sort_by(|one, _, other, _| place(one).cmp(&place(other)));
        self
    }

    /// The text of a file.
    pub(super) fn text(self) -> String {
        let mut text = String::new();
        write(&SchemaJson::Object(self), 0, &mut text);
        text.push('\n');
        text
    }
}

fn write(it: &SchemaJson, indent: usize, text: &mut String) {
    let line = one_line(it);
    if indent > 2 && line.len() + indent <= MAX_LINE {
        return text.push_str(&line);
    }
    match it {
        SchemaJson::Value(_) => text.push_str(&line),
        SchemaJson::List(items) => {
            let items = items.iter().map(|it| (String::new(), it));
            lines(items, ('[', ']'), indent, text);
        }
        SchemaJson::Object(SchemaObject(map)) => {
            let items = map.iter().map(|(key, it)| (key_text(key), it));
            lines(items, ('{', '}'), indent, text);
        }
    }
}

fn lines<'j>(
    items: impl Iterator<Item = (String, &'j SchemaJson)>,
    (open, close): (char, char),
    indent: usize,
    text: &mut String,
) {
    text.push(open);
    for (index, (key, it)) in items.enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&" ".repeat(indent + 2));
        text.push_str(&key);
        write(it, indent + 2, text);
    }
    text.push('\n');
    text.push_str(&" ".repeat(indent));
    text.push(close);
}

fn one_line(it: &SchemaJson) -> String {
    match it {
        SchemaJson::Value(it) => {
            let mut it = it.clone();
            // Another crate of the build may have serde_json keep the order of keys.
            it.sort_all_objects();
            it.to_string()
        }
        SchemaJson::List(items) => {
            format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", "))
        }
        SchemaJson::Object(SchemaObject(map)) => {
            let entries = map.iter().map(|(key, it)| key_text(key) + &one_line(it));
            format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
        }
    }
}

fn key_text(key: &str) -> String {
    format!("{}: ", Json::from(key))
}
