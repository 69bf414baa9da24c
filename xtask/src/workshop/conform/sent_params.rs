//! The parameters of a request: each is read where it was sent, and what nothing has read is left.

use super::document::CheckedDocument;
use super::params::Parameter;
use super::style::{self, Pairs, ParameterStyle};
use super::{Given, Sent, choice, text};
use serde_json::Value;

#[derive(Clone)]
pub(super) struct SentParams<'s> {
    sent: &'s Sent,
    in_path: Vec<(String, &'s str)>,
    /// Pairs of the query that no parameter has taken out.
    pub(super) query: Pairs<'s>,
    /// Cookies that no parameter has taken out.
    pub(super) cookies: Pairs<'s>,
}

impl<'s> SentParams<'s> {
    pub(super) fn new(sent: &'s Sent, in_path: Vec<(String, &'s str)>) -> Self {
        let query = text::pairs(sent.query(), "&");
        let cookies = text::pairs(sent.header("cookie").unwrap_or_default(), "; ");
        Self { sent, in_path, query, cookies }
    }

    /// Reads a parameter, which was given as `value`.
    pub(super) fn take(
        &mut self,
        document: &CheckedDocument<'_>,
        parameter: &Parameter<'_>,
        value: &Value,
    ) -> Result<(), String> {
        match parameter.place {
            "path" => match self.in_path.iter().find(|(name, _)| name == parameter.name) {
                Some((_, text)) => parameter.read(document, text, value),
                None => Ok(()),
            },
            "header" if parameter.name.eq_ignore_ascii_case("cookie") => self.take_cookies(value),
            "header" => match self.sent.header(&parameter.name.to_ascii_lowercase()) {
                Some(text) => parameter.read(document, text, value),
                None if style::is_undefined(value) => Ok(()),
                None => Err("it is not sent".to_owned()),
            },
            "cookie" => parameter.take(document, &mut self.cookies, value),
            _ => parameter.take(document, &mut self.query, value),
        }
    }

    /// Reads a parameter that may choose the kind of response: the call may have set another value.
    pub(super) fn take_choice(
        &mut self,
        document: &CheckedDocument<'_>,
        parameter: &Parameter<'_>,
        value: &Value,
    ) -> Result<(), String> {
        let before = self.clone();
        let Err(why) = self.take(document, parameter, value) else { return Ok(()) };
        let others = parameter.schema().map(|it| choice::others(document, &it, value));
        for other in others.unwrap_or_default() {
            let mut rest = before.clone();
            if rest.take(document, parameter, &other).is_ok() {
                *self = rest;
                return Ok(());
            }
        }
        Err(why)
    }

    /// Reads the properties of a form that is the whole query (OpenAPI 3.2, 4.12.2), and gives the first objection.
    pub(super) fn take_whole_query(&mut self, given: &Given) -> Option<String> {
        let style = ParameterStyle { name: "form", explode: true };
        let mut values = given.params.get("query").and_then(Value::as_object).into_iter().flatten();
        values
            .find_map(|(name, value)| style::take_pairs(&mut self.query, name, style, value).err())
    }

    /// Reads cookies that are given as a whole header.
    fn take_cookies(&mut self, value: &Value) -> Result<(), String> {
        for (name, value) in text::pairs(value.as_str().unwrap_or_default(), "; ") {
            let found = self.cookies.iter().position(|it| *it == (name.clone(), value));
            self.cookies.remove(found.ok_or_else(|| format!("`{name}` is not sent"))?);
        }
        Ok(())
    }
}
