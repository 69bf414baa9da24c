//! Untyped JSON as a [`Source`], which counts how well it fits the type that it is read as.

use super::integer::exact_integer;
use super::limits::{Stack, TOO_DEEP};
use super::{
    Decode, DecodeError, Elements, Json, Members, Path, ReadObject, Segment, Slot, Source,
};
use super::{fit, growth};
use std::fmt;

/// Reads a value from JSON.
pub(super) fn read(json: &Json, slot: &mut dyn Slot) -> Result<(), DecodeError> {
    visit(json, &mut |node| slot.fill(node))
        .map_err(|(path, message)| DecodeError::new(path, message))
}

/// Hands a value over as a source.
pub(super) fn visit(
    json: &Json,
    visit: &mut dyn FnMut(&mut JsonNode<'_, '_>),
) -> Result<(), (Path, String)> {
    let mut state = TreeState::new(false);
    visit(&mut JsonNode { json, state: &mut state });
    match state.failed {
        false => Ok(()),
        true => Err((state.path, state.message)),
    }
}

/// Tries to read a value from JSON; the error is not kept.
pub(super) fn try_read(json: &Json, slot: &mut dyn Slot) -> bool {
    let mut state = TreeState::new(true);
    fit::trying(|| slot.fill(&mut JsonNode { json, state: &mut state }));
    !state.failed
}

/// The first error and the path to it.
struct TreeState {
    stack: Stack,
    failed: bool,
    /// Nobody will see the error.
    quiet: bool,
    message: String,
    path: Path,
    /// The property by which a union has chosen the type of the next object, which does not know it.
    tag: Option<&'static str>,
}

impl TreeState {
    fn new(quiet: bool) -> Self {
        let (message, path) = (String::new(), Path::default());
        Self { stack: Stack::current(), failed: false, quiet, message, path, tag: None }
    }

    #[cold]
    fn fail(&mut self, message: &dyn fmt::Display) {
        if !self.failed && !self.quiet {
            self.message = message.to_string();
        }
        self.failed = true;
    }

    #[cold]
    fn leave(&mut self, segment: impl FnOnce() -> Segment) {
        if !self.quiet {
            self.path.leave(segment());
        }
    }
}

/// An untyped value as a source.
pub struct JsonNode<'j, 's> {
    json: &'j Json,
    state: &'s mut TreeState,
}

impl<'j> JsonNode<'j, '_> {
    /// The value itself.
    #[must_use]
    pub fn value(&self) -> &'j Json {
        self.json
    }

    /// Reads an object without a property, which counts as unknown.
    pub(super) fn without<T: Decode>(&mut self, tag: &'static str) -> Option<T> {
        self.state.tag = Some(tag);
        let value = T::decode(self);
        self.state.tag = None;
        value
    }

    /// A copy of the value.
    pub(super) fn copy(&mut self) -> Option<Json> {
        growth::copy(self.json).map_err(|message| self.state.fail(&message)).ok()
    }

    fn has_room(&mut self) -> bool {
        let room = self.state.stack.has_room();
        if !room {
            self.state.fail(&TOO_DEEP);
        }
        room
    }

    #[cold]
    fn unexpected(&mut self, wanted: &str) {
        let found = match self.json {
            Json::Null => "null",
            Json::Bool(_) => "a boolean",
            Json::Number(_) => "a number",
            Json::String(_) => "a string",
            Json::Array(_) => "an array",
            Json::Object(_) => "an object",
        };
        self.state.fail(&format_args!("expected {wanted}, found {found}"));
    }

    /// The value that was read, which counts as described, or an error.
    fn described<T>(&mut self, value: Option<T>, wanted: &str) -> Option<T> {
        match value {
            Some(_) => fit::described(),
            None => self.unexpected(wanted),
        }
        value
    }

    /// A number of which only some are right.
    fn number<T>(
        &mut self,
        wanted: &str,
        read: impl FnOnce(&serde_json::Number) -> Option<T>,
    ) -> Option<T> {
        let Json::Number(number) = self.json else { return self.described(None, wanted) };
        let value = read(number);
        match value {
            Some(_) => fit::described(),
            None => self.state.fail(&format_args!("expected {wanted}, found {number}")),
        }
        value
    }
}

impl Source for JsonNode<'_, '_> {
    fn bool(&mut self) -> Option<bool> {
        self.described(self.json.as_bool(), "a boolean")
    }

    fn int(&mut self) -> Option<i64> {
        self.number("an integer", |it| {
            let float = || it.as_f64().filter(|_| it.is_f64()).and_then(exact_integer);
            it.as_i64().or_else(float)
        })
    }

    fn uint(&mut self) -> Option<u64> {
        self.number("an integer that is not negative", |it| {
            let float = || it.as_f64().filter(|_| it.is_f64()).and_then(exact_integer);
            it.as_u64().or_else(|| float().and_then(|it| u64::try_from(it).ok()))
        })
    }

    fn float(&mut self) -> Option<f64> {
        self.number("a number", |it| {
            let float = it.as_f64()?;
            // Digits may be lost, so a union has a better use for it if a variant is an integer.
            if !it.is_f64() && exact_integer(float).is_none() {
                fit::departure(1);
            }
            Some(float)
        })
    }

    fn string(&mut self) -> Option<String> {
        self.described(self.json.as_str(), "a string").map(str::to_owned)
    }

    fn text(&mut self, visit: &mut dyn FnMut(&str)) {
        if let Some(text) = self.described(self.json.as_str(), "a string") {
            visit(text);
        }
    }

    fn string_or_number(&mut self) -> Option<String> {
        let text = match self.json {
            Json::String(text) => Some(text.clone()),
            // A number is taken, though a union has better uses for it if it can.
            Json::Number(number) => {
                fit::departure(1);
                let float = number.as_f64().filter(|_| number.is_f64());
                Some(match float {
                    Some(it) => {
                        exact_integer(it).map_or_else(|| it.to_string(), |it| it.to_string())
                    }
                    None => number.to_string(),
                })
            }
            Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
        };
        self.described(text, "a number, as a string or as it is")
    }

    fn nullable(&mut self, slot: &mut dyn Slot) {
        if self.json.is_null() {
            fit::described();
            return slot.clear();
        }
        slot.fill(self);
    }

    fn list(&mut self, items: &mut dyn Elements) {
        let Json::Array(list) = self.json else { return self.unexpected("an array") };
        if !self.has_room() {
            return;
        }
        fit::described();
        let mut blank = !list.is_empty();
        for (index, json) in list.iter().enumerate() {
            fit::set_blank(false);
            items.element(&mut JsonNode { json, state: self.state });
            if self.state.failed {
                return self.state.leave(|| Segment::Index(index));
            }
            blank &= fit::was_blank();
        }
        fit::set_blank(blank);
    }

    fn object(&mut self, object: &mut dyn ReadObject) {
        let Json::Object(map) = self.json else { return self.unexpected("an object") };
        if !self.has_room() {
            return;
        }
        fit::described();
        let (names, open) = (object.names(), object.open());
        let mut entries = TreeMembers {
            counts_unknown: object.counts_unknown(),
            tag: self.state.tag.take(),
            rest: map.iter(),
            value: self.json,
            key: "",
            names,
            open,
            at: 0,
            blank: !map.is_empty(),
            state: self.state,
        };
        object.read(&mut entries);
        fit::set_blank(entries.blank);
    }

    fn json(&mut self) -> Option<Json> {
        self.copy()
    }

    fn tree(&mut self, visit: &mut dyn FnMut(&mut JsonNode<'_, '_>)) {
        visit(self);
    }

    fn fail(&mut self, message: &dyn fmt::Display) {
        self.state.fail(message);
    }

    fn fail_at(&mut self, path: Path, message: &dyn fmt::Display) {
        if !self.state.failed {
            self.state.path.prepend(path);
            self.state.fail(message);
        }
    }
}

/// The members of an object.
struct TreeMembers<'j, 's> {
    rest: serde_json::map::Iter<'j>,
    key: &'j str,
    value: &'j Json,
    names: &'static [&'static str],
    open: bool,
    /// Unknown keys speak against the type.
    counts_unknown: bool,
    /// A property that belongs to the union around the object.
    tag: Option<&'static str>,
    at: usize,
    /// True if the object has members, and none was known or kept so far.
    blank: bool,
    state: &'s mut TreeState,
}

impl TreeMembers<'_, '_> {
    fn is_declared(&self) -> bool {
        self.at < self.names.len()
    }

    fn read(&mut self, read: impl FnOnce(&mut JsonNode<'_, '_>)) {
        let declared = self.is_declared();
        let mut node = JsonNode { json: self.value, state: self.state };
        match declared {
            true => fit::property(|| read(&mut node)),
            false => read(&mut node),
        }
        if self.state.failed {
            let (names, at, key) = (self.names, self.at, self.key);
            self.state.leave(|| match names.get(at) {
                Some(name) => Segment::Field(name),
                None => Segment::Key(key.to_owned()),
            });
        }
    }
}

impl Members for TreeMembers<'_, '_> {
    fn next(&mut self, expected: usize) -> Option<usize> {
        while !self.state.failed {
            let (key, value) = self.rest.next()?;
            (self.key, self.value) = (key, value);
            self.at = match self.names.get(expected) {
                Some(name) if name == key => expected,
                _ => self.names.iter().position(|it| it == key).unwrap_or(self.names.len()),
            };
            let is_kept = self.open && self.tag.is_none_or(|tag| tag != key);
            if self.is_declared() || (is_kept && !self.counts_unknown) {
                self.blank = false;
                return Some(self.at);
            }
            fit::dropped();
            if is_kept {
                return Some(self.at);
            }
        }
        None
    }

    fn key(&mut self) -> String {
        self.key.to_owned()
    }

    fn value(&mut self, slot: &mut dyn Slot) {
        self.read(|node| slot.fill(node));
    }

    fn nullable(&mut self, slot: &mut dyn Slot) {
        self.read(|node| node.nullable(slot));
    }

    fn fail(&mut self, message: &dyn fmt::Display) {
        self.state.fail(message);
    }

    fn failed(&self) -> bool {
        self.state.failed
    }
}
