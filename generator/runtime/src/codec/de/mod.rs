//! Any serde deserializer as a [`Source`].

mod members;
mod seeds;
mod visitors;

use super::choices::Outermost;
use super::lenient::lenient;
use super::limits::{self, ActiveLimits, Stack, TOO_DEEP};
use super::{Decode, DecodeError, Elements, Json, JsonNode, Path, ReadObject, Slot, Source, tree};
use members::ObjectVisitor;
use seeds::{ArrayVisitor, NullableSeed};
use serde::Deserialize as _;
use serde::de::{Deserializer, Error as _};
use std::fmt;
use visitors::{IntVisitor, StringOrNumberVisitor, StringVisitor, TextVisitor, UintVisitor};

/// Reads a value from JSON text.
///
/// # Errors
/// Text that is not JSON, or JSON that does not fit the type: the error names the place.
pub fn from_slice<T: Decode>(text: &[u8]) -> Result<T, DecodeError> {
    let mut value = None;
    slice_into(text, &mut value)?;
    value.ok_or_else(no_value)
}

/// Reads a value from JSON text, without the items of its lists that do not fit; their errors are returned beside it.
///
/// An item counts as a whole: one that holds a list of which an element does not fit is left out, too.
///
/// # Errors
/// Text that is not JSON, or JSON that does not fit the type outside of lists.
pub fn from_slice_lenient<T: Decode>(text: &[u8]) -> Result<(T, Vec<DecodeError>), DecodeError> {
    let (value, skipped) = lenient(|| from_slice(text));
    value.map(|it| (it, skipped))
}

/// Reads a value from a JSON value.
///
/// # Errors
/// JSON that does not fit the type: the error names the place.
pub fn from_json<T: Decode>(json: &Json) -> Result<T, DecodeError> {
    let mut value = None;
    json_into(json, &mut value)?;
    value.ok_or_else(no_value)
}

/// Reads a value from any serde format that describes itself: what `serde::Deserialize` calls.
///
/// # Errors
/// Those of the format, and values that do not fit the type.
pub fn deserialize<'de, D: Deserializer<'de>, T: Decode>(deserializer: D) -> Result<T, D::Error> {
    // A tree of this value has nothing to do with that of a union around it.
    let _outermost = Outermost::new();
    let _active = ActiveLimits::foreign();
    let mut value = None;
    fill(deserializer, &mut value, &mut Path::default())?;
    value.ok_or_else(|| D::Error::custom("no value"))
}

fn no_value() -> DecodeError {
    DecodeError::new(Path::default(), "no value".to_owned())
}

fn slice_into(text: &[u8], slot: &mut (dyn Slot + Send)) -> Result<(), DecodeError> {
    limits::guard(Some(text.len()), &mut || super::text::read(text, slot))
}

fn json_into(json: &Json, slot: &mut (dyn Slot + Send)) -> Result<(), DecodeError> {
    limits::guard(None, &mut || tree::read(json, slot))
}

fn fill<'de, D: Deserializer<'de>>(
    de: D,
    slot: &mut dyn Slot,
    path: &mut Path,
) -> Result<(), D::Error> {
    let mut source = SerdeSource { de: Some(de), error: None, path };
    slot.fill(&mut source);
    source.error.map_or(Ok(()), Err)
}

struct SerdeSource<'p, 'de, D: Deserializer<'de>> {
    de: Option<D>,
    error: Option<D::Error>,
    path: &'p mut Path,
}

impl<'de, D: Deserializer<'de>> SerdeSource<'_, 'de, D> {
    /// The deserializer of a value that is nested in others.
    fn nested(&mut self) -> Option<D> {
        if Stack::current().has_room() {
            return Some(self.take());
        }
        self.fail(&TOO_DEEP);
        None
    }

    fn take(&mut self) -> D {
        self.de.take().expect("a source is read once")
    }

    fn keep<T>(&mut self, result: Result<T, D::Error>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.error.get_or_insert(error);
                None
            }
        }
    }
}

impl<'de, D: Deserializer<'de>> Source for SerdeSource<'_, 'de, D> {
    fn bool(&mut self) -> Option<bool> {
        let result = bool::deserialize(self.take());
        self.keep(result)
    }

    fn int(&mut self) -> Option<i64> {
        let result = self.take().deserialize_i64(IntVisitor);
        self.keep(result)
    }

    fn uint(&mut self) -> Option<u64> {
        let result = self.take().deserialize_u64(UintVisitor);
        self.keep(result)
    }

    fn float(&mut self) -> Option<f64> {
        let result = f64::deserialize(self.take());
        self.keep(result)
    }

    fn string(&mut self) -> Option<String> {
        let result = self.take().deserialize_string(StringVisitor);
        self.keep(result)
    }

    fn text(&mut self, visit: &mut dyn FnMut(&str)) {
        let result = self.take().deserialize_str(TextVisitor(visit));
        self.keep(result);
    }

    fn string_or_number(&mut self) -> Option<String> {
        let result = self.take().deserialize_any(StringOrNumberVisitor);
        self.keep(result)
    }

    fn nullable(&mut self, slot: &mut dyn Slot) {
        let de = self.take();
        let result = de.deserialize_option(NullableSeed { slot, path: self.path });
        self.keep(result);
    }

    fn list(&mut self, items: &mut dyn Elements) {
        let Some(de) = self.nested() else { return };
        let result = de.deserialize_seq(ArrayVisitor { items, path: self.path });
        self.keep(result);
    }

    fn object(&mut self, object: &mut dyn ReadObject) {
        let Some(de) = self.nested() else { return };
        let result = de.deserialize_map(ObjectVisitor { object, path: self.path });
        self.keep(result);
    }

    fn json(&mut self) -> Option<Json> {
        let result = Json::deserialize(self.take());
        self.keep(result)
    }

    fn tree(&mut self, visit: &mut dyn FnMut(&mut JsonNode<'_, '_>)) {
        let Some(json) = self.json() else { return };
        if let Err((path, message)) = tree::visit(&json, visit) {
            self.fail_at(path, &message);
        }
    }

    fn fail(&mut self, message: &dyn fmt::Display) {
        self.error.get_or_insert_with(|| D::Error::custom(message));
    }

    fn fail_at(&mut self, path: Path, message: &dyn fmt::Display) {
        if self.error.is_none() {
            self.path.prepend(path);
            self.error = Some(D::Error::custom(message));
        }
    }
}
