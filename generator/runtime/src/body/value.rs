//! Values of forms: text, JSON for objects, and each item of a list separately.

use crate::codec::{Encode, Sink, WriteList, WriteObject, to_vec};
use crate::param::{Node, node};

/// A property of a form (OpenAPI 3.1.1, "Encoding Object").
#[derive(Clone, Debug)]
pub(crate) enum FormValue {
    Null,
    Text(String),
    Json(String),
    /// One for each item; what is a list within a list is JSON.
    List(Vec<FormValue>),
}

/// A property that a call adds to its body, as JSON and as forms have it.
#[derive(Clone, Debug)]
pub(crate) struct BodyField {
    pub(crate) name: String,
    pub(crate) json: Vec<u8>,
    pub(crate) form: FormValue,
}

impl BodyField {
    pub(crate) fn new(name: &str, value: &dyn Encode) -> Result<Self, String> {
        let json = to_vec(value).map_err(|error| error.to_string())?;
        Ok(Self { name: name.to_owned(), json, form: form_value(value)? })
    }
}

/// Takes the value of a property apart.
pub(crate) fn form_value(value: &dyn Encode) -> Result<FormValue, String> {
    let mut sink = ShapeSink { shape: ValueShape::Scalar, items: ItemMode::Values };
    value.encode(&mut sink);
    of_shape(value, sink.shape)
}

/// The items of a list as JSON texts.
pub(crate) fn json_items(list: &dyn Encode) -> Result<Vec<String>, String> {
    let mut sink = ShapeSink { shape: ValueShape::Scalar, items: ItemMode::Json };
    list.encode(&mut sink);
    let ValueShape::List(items) = sink.shape else {
        return Err("the body must be a list".to_owned());
    };
    let text = |it| match it {
        FormValue::Json(text) => text,
        FormValue::Null | FormValue::Text(_) | FormValue::List(_) => String::new(),
    };
    items.into_iter().map(|it| it.map(text)).collect()
}

/// A value as JSON text.
pub(crate) fn json_text(value: &dyn Encode) -> Result<String, String> {
    let text = to_vec(value).map_err(|it| it.to_string())?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn of_shape(value: &dyn Encode, shape: ValueShape) -> Result<FormValue, String> {
    match shape {
        ValueShape::Null => Ok(FormValue::Null),
        ValueShape::Json => json_text(value).map(FormValue::Json),
        ValueShape::List(items) => items.into_iter().collect::<Result<_, _>>().map(FormValue::List),
        ValueShape::Scalar => match node(value)? {
            Node::Text(text) => Ok(FormValue::Text(text)),
            Node::Null | Node::List(_) | Node::Map(_) => Ok(FormValue::Null),
        },
    }
}

enum ValueShape {
    Null,
    Scalar,
    Json,
    List(Vec<Result<FormValue, String>>),
}

/// Finds the shape of a value, and reads only the items of a list.
struct ShapeSink {
    shape: ValueShape,
    items: ItemMode,
}

/// The form of the items of a list.
#[derive(Clone, Copy)]
enum ItemMode {
    /// Values of a form.
    Values,
    /// JSON.
    Json,
    /// Nothing: the list itself is JSON.
    Whole,
}

impl Sink for ShapeSink {
    fn null(&mut self) {
        self.shape = ValueShape::Null;
    }

    fn bool(&mut self, _: bool) {}

    fn int(&mut self, _: i64) {}

    fn uint(&mut self, _: u64) {}

    fn float(&mut self, _: f64) {}

    fn float32(&mut self, _: f32) {}

    fn text(&mut self, _: &str) {}

    fn list(&mut self, items: &dyn WriteList) {
        let mut found = Vec::new();
        match self.items {
            ItemMode::Whole => return self.shape = ValueShape::Json,
            ItemMode::Json => {
                items.write(&mut |item| found.push(json_text(item).map(FormValue::Json)));
            }
            ItemMode::Values => items.write(&mut |item| {
                let mut sink = ShapeSink { shape: ValueShape::Scalar, items: ItemMode::Whole };
                item.encode(&mut sink);
                found.push(of_shape(item, sink.shape));
            }),
        }
        self.shape = ValueShape::List(found);
    }

    fn object(&mut self, _: &dyn WriteObject) {
        self.shape = ValueShape::Json;
    }

    fn fail(&mut self, _: &str) {}
}
