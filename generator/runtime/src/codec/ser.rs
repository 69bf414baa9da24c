//! Any serde serializer as a [`Sink`].

use super::{Encode, EncodeError, Fields, Json, Sink, WriteList, WriteObject, Writer};
use serde::Serialize;
use serde::ser::{Error as _, SerializeMap, SerializeSeq, Serializer};

/// Writes a value in any serde format: what `serde::Serialize` calls.
///
/// # Errors
/// Those of the format, and values that refuse to be written.
pub fn serialize<S: Serializer>(value: &dyn Encode, serializer: S) -> Result<S::Ok, S::Error> {
    let mut adapter = SerdeSink { serializer: Some(serializer), result: None };
    value.encode(&mut adapter);
    adapter.result.unwrap_or_else(|| Err(S::Error::custom("no value was written")))
}

/// Writes a value as untyped JSON.
///
/// # Errors
/// Numbers that JSON lacks (infinities, not-a-number) and values that refuse to be written.
pub fn to_json(value: &dyn Encode) -> Result<Json, EncodeError> {
    serde_json::to_value(Shim(value)).map_err(|error| EncodeError(error.to_string()))
}

/// True for the same value; `1` and `1.0` are the same number.
pub(super) fn equals(found: &Json, value: &dyn Encode) -> bool {
    let Ok(value) = to_json(value) else { return false };
    let is_float = found.is_f64() || value.is_f64();
    value == *found || (is_float && found.is_number() && found.as_f64() == value.as_f64())
}

struct Shim<'v>(&'v dyn Encode);

impl Serialize for Shim<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

struct SerdeSink<S: Serializer> {
    serializer: Option<S>,
    result: Option<Result<S::Ok, S::Error>>,
}

impl<S: Serializer> SerdeSink<S> {
    fn write(&mut self, write: impl FnOnce(S) -> Result<S::Ok, S::Error>) {
        if let Some(serializer) = self.serializer.take() {
            self.result = Some(write(serializer));
        }
    }
}

impl<S: Serializer> Sink for SerdeSink<S> {
    fn null(&mut self) {
        self.write(S::serialize_unit);
    }

    fn bool(&mut self, value: bool) {
        self.write(|it| it.serialize_bool(value));
    }

    fn int(&mut self, value: i64) {
        self.write(|it| it.serialize_i64(value));
    }

    fn uint(&mut self, value: u64) {
        self.write(|it| it.serialize_u64(value));
    }

    fn float(&mut self, value: f64) {
        self.write(|it| it.serialize_f64(value));
    }

    fn float32(&mut self, value: f32) {
        self.write(|it| it.serialize_f32(value));
    }

    fn text(&mut self, value: &str) {
        self.write(|it| it.serialize_str(value));
    }

    fn list(&mut self, items: &dyn WriteList) {
        self.write(|it| {
            let mut seq = it.serialize_seq(None)?;
            let mut result = Ok(());
            items.write(&mut |item| {
                if result.is_ok() {
                    result = seq.serialize_element(&Shim(item));
                }
            });
            result.and_then(|()| seq.end())
        });
    }

    fn object(&mut self, fields: &dyn WriteObject) {
        self.write(|it| {
            let mut object = SerdeObject { map: it.serialize_map(None)?, result: Ok(()) };
            fields.write(&mut Writer::full(&mut object));
            object.result.and_then(|()| object.map.end())
        });
    }

    fn fail(&mut self, message: &str) {
        self.write(|_| Err(S::Error::custom(message)));
    }
}

struct SerdeObject<M: SerializeMap> {
    map: M,
    result: Result<(), M::Error>,
}

impl<M: SerializeMap> Fields for SerdeObject<M> {
    fn field(&mut self, name: &str, value: &dyn Encode) {
        if self.result.is_ok() {
            self.result = self.map.serialize_entry(name, &Shim(value));
        }
    }
}
