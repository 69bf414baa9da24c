//! Bodies of pairs: `application/x-www-form-urlencoded`.

use super::value::{FormValue, form_value, json_text};
use crate::codec::{Encode, Fields, ObjectSink, WriteObject, Writer};
use crate::param::{Style, node, push_encoded, query, reject_unfit};

/// The text of a form. A property without a style of its own is text, JSON if it has properties itself, and a pair
/// for each item of a list; null, which a form has no word for, is empty.
pub(crate) fn form(body: &dyn Encode, styles: &[(&str, Style)]) -> Result<String, String> {
    let mut sink = FormSink { out: String::new(), error: None, styles };
    body.encode(&mut sink);
    sink.error.map_or(Ok(sink.out), Err)
}

/// Adds one property to the text of a form.
fn push_property(
    out: &mut String,
    name: &str,
    value: &dyn Encode,
    style: Option<Style>,
) -> Result<(), String> {
    match (form_value(value)?, style) {
        (_, Some(style)) if style.is_json() => pair(out, name, &json_text(value)?),
        (FormValue::Null, _) => pair(out, name, ""),
        (_, Some(style)) => {
            let node = node(value)?;
            reject_unfit(&node, style)?;
            let pairs = query(name, &node, style);
            out.push_str(if out.is_empty() || pairs.is_empty() { "" } else { "&" });
            out.push_str(&pairs);
        }
        (value, None) => push_value(out, name, &value),
    }
    Ok(())
}

/// Adds a property without a style to the text of a form.
pub(crate) fn push_value(out: &mut String, name: &str, value: &FormValue) {
    match value {
        FormValue::List(items) => {
            let defined = items.iter().filter(|it| !matches!(it, FormValue::Null));
            defined.for_each(|it| pair(out, name, text(it)));
        }
        FormValue::Null | FormValue::Text(_) | FormValue::Json(_) => pair(out, name, text(value)),
    }
}

fn text(value: &FormValue) -> &str {
    match value {
        FormValue::Text(text) | FormValue::Json(text) => text,
        FormValue::Null | FormValue::List(_) => "",
    }
}

fn pair(out: &mut String, name: &str, value: &str) {
    out.push_str(if out.is_empty() { "" } else { "&" });
    push_encoded(out, name);
    out.push('=');
    push_encoded(out, value);
}

struct FormSink<'s> {
    out: String,
    error: Option<String>,
    styles: &'s [(&'s str, Style)],
}

impl ObjectSink for FormSink<'_> {
    const NOT_AN_OBJECT: &'static str = "the body of a form must be an object";

    fn write_object(&mut self, fields: &dyn WriteObject) {
        fields.write(&mut Writer::new(self));
    }

    fn reject(&mut self, why: &str) {
        self.error.get_or_insert_with(|| why.to_owned());
    }
}

impl Fields for FormSink<'_> {
    fn field(&mut self, name: &str, value: &dyn Encode) {
        let style = self.styles.iter().find(|it| it.0 == name).map(|it| it.1);
        if let Err(error) = push_property(&mut self.out, name, value, style) {
            self.error.get_or_insert(error);
        }
    }
}
