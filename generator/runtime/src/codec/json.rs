//! JSON text as a [`Sink`].

use super::text::find_special;
use super::{Encode, EncodeError, Fields, Sink, WriteList, WriteObject, Writer};
use std::io::Write as _;

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

/// How JSON escapes a byte: `u` for `\u00XX`, else the letter after `\`.
const ESCAPES: [u8; 256] = {
    let mut table = [0; 256];
    let mut control = 0;
    while control < 0x20 {
        table[control] = b'u';
        control += 1;
    }
    table[0x08] = b'b';
    table[0x09] = b't';
    table[0x0a] = b'n';
    table[0x0c] = b'f';
    table[0x0d] = b'r';
    table[0x22] = b'"';
    table[0x5c] = b'\\';
    table
};

pub(super) fn write_text(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    out.reserve(bytes.len() + 2);
    out.push(b'"');
    let mut start = 0;
    loop {
        let at = find_special(bytes, start);
        out.extend_from_slice(&bytes[start..at]);
        let Some(byte) = bytes.get(at) else { break };
        match ESCAPES[usize::from(*byte)] {
            b'u' => write!(out, "\\u{byte:04x}").expect("a vector takes all"),
            letter => out.extend_from_slice(&[b'\\', letter]),
        }
        start = at + 1;
    }
    out.push(b'"');
}
