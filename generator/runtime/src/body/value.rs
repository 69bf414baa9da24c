//! Values as forms have them: text, JSON for what has properties, and each item of a list by itself.

use crate::codec::{Encode, Sink, WriteList, WriteObject, to_vec};
use crate::param::{Node, node};

/// A property of a form (OpenAPI 3.1.1, "Encoding Object").
#[derive(Debug)]
pub(crate) enum FormValue {
    Null,
    Text(String),
    Json(String),
    /// One for each item; what is a list within a list is JSON.
    List(Vec<FormValue>),
}

/// Takes the value of a property apart.
pub(crate) fn form_value(value: &dyn Encode) -> Result<FormValue, String> {
    let mut sink = KindSink { kind: Kind::Scalar, in_list: false };
    value.encode(&mut sink);
    of_kind(value, sink.kind)
}

/// A value as JSON text.
pub(crate) fn json_text(value: &dyn Encode) -> Result<String, String> {
    let text = to_vec(value).map_err(|it| it.to_string())?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn of_kind(value: &dyn Encode, kind: Kind) -> Result<FormValue, String> {
    match kind {
        Kind::Null => Ok(FormValue::Null),
        Kind::Json => json_text(value).map(FormValue::Json),
        Kind::List(items) => items.into_iter().collect::<Result<_, _>>().map(FormValue::List),
        Kind::Scalar => match node(value)? {
            Node::Text(text) => Ok(FormValue::Text(text)),
            Node::Null | Node::List(_) | Node::Map(_) => Ok(FormValue::Null),
        },
    }
}

enum Kind {
    Null,
    Scalar,
    Json,
    List(Vec<Result<FormValue, String>>),
}

/// Learns of a value only what it is, save for the items of a list.
struct KindSink {
    kind: Kind,
    in_list: bool,
}

impl Sink for KindSink {
    fn null(&mut self) {
        self.kind = Kind::Null;
    }

    fn bool(&mut self, _: bool) {}

    fn int(&mut self, _: i64) {}

    fn uint(&mut self, _: u64) {}

    fn float(&mut self, _: f64) {}

    fn float32(&mut self, _: f32) {}

    fn text(&mut self, _: &str) {}

    fn list(&mut self, items: &dyn WriteList) {
        if self.in_list {
            self.kind = Kind::Json;
            return;
        }
        let mut found = Vec::new();
        items.write(&mut |item| {
            let mut sink = KindSink { kind: Kind::Scalar, in_list: true };
            item.encode(&mut sink);
            found.push(of_kind(item, sink.kind));
        });
        self.kind = Kind::List(found);
    }

    fn object(&mut self, _: &dyn WriteObject) {
        self.kind = Kind::Json;
    }

    fn fail(&mut self, _: &str) {}
}
