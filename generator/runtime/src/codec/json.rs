//! JSON text as a [`Sink`].

use super::escapes::write_text;
use super::{Encode, EncodeError, Fields, Sink, WriteList, WriteObject, Writer};

/// Writes a value as JSON text.
///
/// # Errors
/// Numbers that JSON lacks (infinities, not-a-number) and values that refuse to be written.
pub fn to_vec(value: &dyn Encode) -> Result<Vec<u8>, EncodeError> {
    let mut sink = JsonSink { out: Vec::with_capacity(256), first: true, error: None };
    value.encode(&mut sink);
    sink.error.map_or(Ok(sink.out), |error| Err(EncodeError(error)))
}

struct JsonSink {
    out: Vec<u8>,
    first: bool,
    error: Option<String>,
}

impl JsonSink {
    fn separate(&mut self) {
        if !self.first {
            self.out.push(b',');
        }
        self.first = false;
    }
}

impl Sink for JsonSink {
    fn null(&mut self) {
        self.out.extend_from_slice(b"null");
    }

    fn bool(&mut self, value: bool) {
        self.out.extend_from_slice(if value { b"true" } else { b"false" });
    }

    fn int(&mut self, value: i64) {
        self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    fn uint(&mut self, value: u64) {
        self.out.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
    }

    fn float(&mut self, value: f64) {
        if !value.is_finite() || serde_json::to_writer(&mut self.out, &value).is_err() {
            self.fail("JSON has no infinities and no not-a-number");
        }
    }

    fn float32(&mut self, value: f32) {
        if !value.is_finite() || serde_json::to_writer(&mut self.out, &value).is_err() {
            self.fail("JSON has no infinities and no not-a-number");
        }
    }

    fn text(&mut self, value: &str) {
        write_text(&mut self.out, value);
    }

    fn list(&mut self, items: &dyn WriteList) {
        self.out.push(b'[');
        self.first = true;
        items.write(&mut |item| {
            self.separate();
            item.encode(self);
        });
        self.first = false;
        self.out.push(b']');
    }

    fn object(&mut self, fields: &dyn WriteObject) {
        self.out.push(b'{');
        self.first = true;
        fields.write(&mut Writer::new(self));
        self.first = false;
        self.out.push(b'}');
    }

    fn fail(&mut self, message: &str) {
        self.error.get_or_insert_with(|| message.to_owned());
    }
}

impl Fields for JsonSink {
    fn field(&mut self, name: &str, value: &dyn Encode) {
        self.separate();
        write_text(&mut self.out, name);
        self.out.push(b':');
        value.encode(self);
    }
}
