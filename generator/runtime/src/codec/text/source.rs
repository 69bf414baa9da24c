//! The parser as source of values and members.

use super::Parser;
use super::number::Number;
use crate::codec::integer::exact_integer;
use crate::codec::{
    Decode as _, Elements, Json, JsonNode, Members, Path, ReadObject, Segment, Slot, Source,
    growth, limits, tree,
};
use std::borrow::Cow;
use std::fmt;

/// The value that is next in the text.
pub(super) struct TextValue<'p, 't>(pub(super) &'p mut Parser<'t>);

impl<'t> TextValue<'_, 't> {
    fn number(&mut self, what: &str) -> Option<Number> {
        if matches!(self.0.peek(), Some(b'-' | b'0'..=b'9')) {
            return self.0.number();
        }
        self.0.unexpected(&what);
        None
    }

    fn slice(&mut self) -> Option<Cow<'t, str>> {
        if self.0.peek() == Some(b'"') {
            return self.0.string_slice();
        }
        self.0.unexpected(&"a string");
        None
    }

    fn reject<T>(&mut self, message: &dyn fmt::Display) -> Option<T> {
        self.0.fail(message);
        None
    }
}

impl Source for TextValue<'_, '_> {
    fn bool(&mut self) -> Option<bool> {
        match self.0.peek() {
            Some(b't') => self.0.word("true").then_some(true),
            Some(b'f') => self.0.word("false").then_some(false),
            _ => {
                self.0.unexpected(&"a boolean");
                None
            }
        }
    }

    fn int(&mut self) -> Option<i64> {
        let int = match self.number("an integer")? {
            Number::Int(value) => Some(value),
            Number::Uint(value) => {
                return self
                    .reject(&format_args!("{value} is out of range for an integer of 64 bits"));
            }
            Number::Float(value) => exact_integer(value),
        };
        int.or_else(|| {
            self.reject(&"expected an integer, found a number with a fraction or beyond 2⁵³")
        })
    }

    fn uint(&mut self) -> Option<u64> {
        let uint = match self.number("an integer that is not negative")? {
            Number::Int(value) => u64::try_from(value).ok(),
            Number::Uint(value) => Some(value),
            Number::Float(value) => exact_integer(value).and_then(|it| u64::try_from(it).ok()),
        };
        uint.or_else(|| self.reject(&"expected an integer that is not negative"))
    }

    #[expect(clippy::cast_precision_loss, reason = "a float is what the type asks for")]
    fn float(&mut self) -> Option<f64> {
        Some(match self.number("a number")? {
            Number::Int(value) => value as f64,
            Number::Uint(value) => value as f64,
            Number::Float(value) => value,
        })
    }

    fn string(&mut self) -> Option<String> {
        self.slice().map(Cow::into_owned)
    }

    fn text(&mut self, visit: &mut dyn FnMut(&str)) {
        if let Some(text) = self.slice() {
            visit(&text);
        }
    }

    fn string_or_number(&mut self) -> Option<String> {
        if self.0.peek() == Some(b'"') {
            return self.string();
        }
        Some(match self.number("a number, as a string or as it is")? {
            Number::Int(value) => value.to_string(),
            Number::Uint(value) => value.to_string(),
            Number::Float(value) => {
                exact_integer(value).map_or_else(|| value.to_string(), |it| it.to_string())
            }
        })
    }

    fn nullable(&mut self, slot: &mut dyn Slot) {
        if self.0.peek() == Some(b'n') {
            self.0.word("null");
            return slot.clear();
        }
        slot.fill(self);
    }

    fn list(&mut self, items: &mut dyn Elements) {
        if self.0.peek() != Some(b'[') {
            return self.0.unexpected(&"an array");
        }
        self.0.at += 1;
        let (mut first, mut index) = (true, 0);
        if !self.0.enter() {
            return;
        }
        let depth = self.0.depth;
        let (in_list, mut skipped) = (self.0.in_list, 0);
        while self.0.more(b']', &mut first) {
            let start = self.0.at;
            self.0.in_list = true;
            items.element(&mut TextValue(self.0));
            self.0.in_list = in_list;
            if self.0.failed() {
                // A type may have given a value in spite of its error.
                if !items.truncate(index - skipped) || !self.0.skip_element(index, start, depth) {
                    return self.0.path.leave(Segment::Index(index));
                }
                skipped += 1;
            }
            index += 1;
        }
    }

    fn object(&mut self, object: &mut dyn ReadObject) {
        if self.0.peek() != Some(b'{') {
            return self.0.unexpected(&"an object");
        }
        self.0.at += 1;
        if !self.0.enter() {
            return;
        }
        let mut entries = TextMembers {
            names: object.names(),
            open: object.open(),
            first: true,
            at: 0,
            key: Cow::Borrowed(""),
            parser: self.0,
        };
        object.read(&mut entries);
    }

    fn json(&mut self) -> Option<Json> {
        match self.0.peek() {
            Some(b'"') => self.string().map(Json::String),
            Some(b't' | b'f') => self.bool().map(Json::Bool),
            Some(b'n') => self.0.word("null").then_some(Json::Null),
            Some(b'[') => Vec::decode(self).map(Json::Array),
            Some(b'{') => Some(json_object(self)),
            _ => Some(match self.number("a value")? {
                Number::Int(value) => value.into(),
                Number::Uint(value) => value.into(),
                Number::Float(value) => value.into(),
            }),
        }
    }

    fn tree(&mut self, visit: &mut dyn FnMut(&mut JsonNode<'_, '_>)) {
        let memory = limits::memory();
        let Some(json) = self.json().filter(|_| !self.0.failed()) else { return };
        let tree = memory - limits::memory();
        if let Err((path, message)) = tree::visit(&json, visit) {
            self.fail_at(path, &message);
        }
        limits::release(limits::memory() + tree);
    }

    fn fail(&mut self, message: &dyn fmt::Display) {
        self.0.fail(message);
    }

    fn fail_at(&mut self, path: Path, message: &dyn fmt::Display) {
        if !self.0.failed() {
            self.0.path.prepend(path);
            self.0.fail(message);
        }
    }
}

struct JsonMembers(serde_json::Map<String, Json>);

impl ReadObject for JsonMembers {
    fn names(&self) -> &'static [&'static str] {
        &[]
    }

    fn open(&self) -> bool {
        true
    }

    fn read(&mut self, members: &mut dyn Members) {
        while members.next(0).is_some() {
            let (key, mut value) = (members.key(), None::<Json>);
            members.value(&mut value);
            if let Err(message) = growth::entry::<String, Json>(self.0.len()) {
                return members.fail(&message);
            }
            self.0.extend(value.map(|value| (key, value)));
        }
    }
}

fn json_object(source: &mut dyn Source) -> Json {
    let mut members = JsonMembers(serde_json::Map::new());
    source.object(&mut members);
    Json::Object(members.0)
}

/// The members of an object in the text.
struct TextMembers<'p, 't> {
    parser: &'p mut Parser<'t>,
    names: &'static [&'static str],
    open: bool,
    first: bool,
    at: usize,
    key: Cow<'t, str>,
}

impl TextMembers<'_, '_> {
    /// Passes over the key if it is the one that is expected: servers send fields in order.
    #[inline]
    fn is_expected(&mut self, expected: usize) -> bool {
        let Some(name) = self.names.get(expected) else { return false };
        let rest = &self.parser.bytes()[self.parser.at + 1..];
        let found = rest.starts_with(name.as_bytes()) && rest.get(name.len()) == Some(&b'"');
        if found {
            self.parser.at += name.len() + 2;
            self.at = expected;
        }
        found
    }

    fn key_index(&self) -> usize {
        self.names.iter().position(|name| **name == *self.key).unwrap_or(self.names.len())
    }

    /// Adds the member to the paths of the errors in its value: those after the first `known`.
    #[inline]
    fn leave(&mut self, known: usize) {
        if self.parser.failed() || self.parser.count_skipped() > known {
            self.leave_with_error(known);
        }
    }

    #[cold]
    fn leave_with_error(&mut self, known: usize) {
        let segment = match self.names.get(self.at) {
            Some(name) => Segment::Field(name),
            None => Segment::Key(self.key()),
        };
        self.parser.add_to_skipped(known, &segment);
        if self.parser.failed() {
            self.parser.path.leave(segment);
        }
    }
}

impl Members for TextMembers<'_, '_> {
    fn next(&mut self, expected: usize) -> Option<usize> {
        while self.parser.more(b'}', &mut self.first) {
            if self.parser.peek() != Some(b'"') {
                self.parser.unexpected(&"a key");
                return None;
            }
            if !self.is_expected(expected) {
                self.key = self.parser.string_slice()?;
                self.at = self.key_index();
            }
            if !self.parser.expect(b':') {
                return None;
            }
            if self.at < self.names.len() || self.open {
                return Some(self.at);
            }
            self.parser.skip();
        }
        None
    }

    fn key(&mut self) -> String {
        self.key.clone().into_owned()
    }

    fn value(&mut self, slot: &mut dyn Slot) {
        let known = self.parser.count_skipped();
        slot.fill(&mut TextValue(self.parser));
        self.leave(known);
    }

    fn nullable(&mut self, slot: &mut dyn Slot) {
        let known = self.parser.count_skipped();
        TextValue(self.parser).nullable(slot);
        self.leave(known);
    }

    fn fail(&mut self, message: &dyn fmt::Display) {
        self.parser.fail(message);
    }

    fn failed(&self) -> bool {
        self.parser.failed()
    }
}
