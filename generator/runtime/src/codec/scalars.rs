//! Booleans, numbers, strings and untyped JSON.

use super::{
    Decode, DecodeError, Encode, Json, Sink, Source, Texts, WriteList, WriteObject, Writer,
    from_slice,
};

impl Decode for bool {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        source.bool()
    }
}

impl Encode for bool {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.bool(*self);
    }
}

macro_rules! integers {
    ($read:ident $write:ident $wide:ty: $($int:ty)*) => {$(
        impl Decode for $int {
            fn decode(source: &mut dyn Source) -> Option<Self> {
                let wide = source.$read()?;
                let value = Self::try_from(wide);
                if value.is_err() {
                    source.fail(&format_args!("{wide} is out of range for {}", stringify!($int)));
                }
                value.ok()
            }
        }

        impl Encode for $int {
            fn encode(&self, sink: &mut dyn Sink) {
                sink.$write(<$wide>::from(*self));
            }
        }
    )*};
}

integers!(int int i64: i8 i16 i32);
integers!(uint uint u64: u8 u16 u32);

impl Decode for i64 {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        source.int()
    }
}

impl Encode for i64 {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.int(*self);
    }
}

impl Decode for u64 {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        source.uint()
    }
}

impl Encode for u64 {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.uint(*self);
    }
}

impl Decode for f64 {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        source.float()
    }
}

impl Encode for f64 {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.float(*self);
    }
}

impl Decode for f32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "single precision is what the type asks for"
    )]
    fn decode(source: &mut dyn Source) -> Option<Self> {
        let wide = source.float()?;
        Some(wide as Self)
    }
}

impl Encode for f32 {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.float32(*self);
    }
}

impl Decode for String {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        source.string()
    }

    const TEXTS: Texts = Texts::All;

    fn from_text(text: &str) -> Result<Self, DecodeError> {
        Ok(text.to_owned())
    }
}

impl Encode for String {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.text(self);
    }
}

impl Encode for str {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.text(self);
    }
}

impl Encode for &str {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.text(self);
    }
}

/// Null.
impl Decode for () {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        let mut slot: Option<Never> = None;
        source.nullable(&mut slot);
        Some(())
    }
}

/// Null.
impl Encode for () {
    fn encode(&self, sink: &mut dyn Sink) {
        sink.null();
    }
}

enum Never {}

impl Decode for Never {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        source.fail(&"expected null");
        None
    }
}

impl Decode for Json {
    fn decode(source: &mut dyn Source) -> Option<Self> {
        source.json()
    }

    fn from_text(text: &str) -> Result<Self, DecodeError> {
        from_slice(text.as_bytes())
    }
}

impl Encode for Json {
    fn encode(&self, sink: &mut dyn Sink) {
        match self {
            Json::Null => sink.null(),
            Json::Bool(value) => sink.bool(*value),
            Json::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(int), _) => sink.int(int),
                (None, Some(uint)) => sink.uint(uint),
                (None, None) => sink.float(number.as_f64().unwrap_or(f64::NAN)),
            },
            Json::String(text) => sink.text(text),
            Json::Array(items) => sink.list(&JsonArrayWriter(items)),
            Json::Object(members) => sink.object(&JsonObjectWriter(members)),
        }
    }
}

struct JsonArrayWriter<'j>(&'j [Json]);

impl WriteList for JsonArrayWriter<'_> {
    fn write(&self, each: &mut dyn FnMut(&dyn Encode)) {
        for item in self.0 {
            each(item);
        }
    }
}

struct JsonObjectWriter<'j>(&'j serde_json::Map<String, Json>);

impl WriteObject for JsonObjectWriter<'_> {
    fn write(&self, writer: &mut Writer<'_>) {
        for (name, value) in self.0 {
            writer.field(name, value);
        }
    }
}
