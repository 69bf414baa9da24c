//! The parameters of a request, by what the document says of each.

use super::document::{At, CheckedDocument, Concern};
use super::fits;
use super::schema;
use super::style::{self, Pairs, ParameterStyle};
use super::text::{self, is_json};
use serde_json::Value;

/// A parameter as the document has it.
pub(super) struct Parameter<'d> {
    pub(super) at: At<'d>,
    pub(super) name: &'d str,
    pub(super) place: &'d str,
}

/// The parameters of an operation; its own win over those of its path.
pub(super) fn declared<'d>(
    document: &CheckedDocument<'d>,
    item: &At<'d>,
    operation: &At<'d>,
) -> Vec<Parameter<'d>> {
    let mut found: Vec<Parameter<'d>> = Vec::new();
    for it in operation.items("parameters").into_iter().chain(item.items("parameters")) {
        let Some(at) = document.resolve(&it) else { continue };
        let (Some(name), Some(place)) = (at.text("name"), at.text("in")) else { continue };
        let is_known = found.iter().any(|it| {
            it.place == place
                && (it.name == name || place == "header" && it.name.eq_ignore_ascii_case(name))
        });
        if !is_known {
            found.push(Parameter { at, name, place });
        }
    }
    found
}

impl<'d> Parameter<'d> {
    /// Headers that OpenAPI gives another place: such parameters are to be ignored (4.8.12.1).
    pub(super) fn is_ignored(&self) -> bool {
        const NAMES: [&str; 3] = ["accept", "content-type", "authorization"];
        self.place == "header" && NAMES.iter().any(|it| self.name.eq_ignore_ascii_case(it))
    }

    pub(super) fn is_required(&self) -> bool {
        self.place == "path" || self.at.flag("required") == Some(true)
    }

    pub(super) fn schema(&self) -> Option<At<'d>> {
        let of_content =
            || self.at.entries("content").into_iter().find_map(|it| it.1.child("schema"));
        self.at.child("schema").or_else(of_content)
    }

    fn media_type(&self) -> Option<&'d str> {
        self.at.entries("content").first().map(|it| it.0)
    }

    /// Its style; none where the stated one is none of its place.
    fn style(&self) -> Option<ParameterStyle<'d>> {
        let (usual, others): (&str, &[&str]) = match self.place {
            "query" => ("form", &["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
            "cookie" => ("form", &["form", "cookie"]),
            "path" => ("simple", &["simple", "label", "matrix"]),
            _ => ("simple", &["simple"]),
        };
        let name = self.at.text("style").unwrap_or(usual);
        let explode = self.at.flag("explode").unwrap_or(matches!(name, "form" | "cookie"));
        let is_header = self.place == "header";
        others
            .contains(&name)
            .then_some(ParameterStyle { name: if is_header { "header" } else { name }, explode })
    }

    /// The objection to a value in the path or in a header, if any.
    pub(super) fn read(
        &self,
        document: &CheckedDocument<'d>,
        text: &str,
        value: &Value,
    ) -> Result<(), String> {
        self.fits(document, value)?;
        if let Some(media_type) = self.media_type() {
            let text =
                if self.place == "path" { text::percent_decoded(text) } else { text.to_owned() };
            return is_content(media_type, &text, value);
        }
        let Some(style) = self.style() else { return Ok(()) };
        style::read_text(self.name, style, text, value)
    }

    /// Takes its pairs out of those of the query or the cookies, and says what is wrong with them.
    pub(super) fn take(
        &self,
        document: &CheckedDocument<'d>,
        pairs: &mut Pairs<'_>,
        value: &Value,
    ) -> Result<(), String> {
        if style::is_undefined(value) {
            return Ok(());
        }
        self.fits(document, value)?;
        if let Some(media_type) = self.media_type() {
            let sent = style::take(pairs, self.name);
            let [one] = sent[..] else {
                return Err(format!("{} pairs instead of one", sent.len()));
            };
            // A caller passes content other than JSON already escaped.
            let is_same = is_content(media_type, &text::percent_decoded(one), value);
            return is_same.or_else(|why| {
                if is_json(media_type) { Err(why) } else { is_content(media_type, one, value) }
            });
        }
        let Some(style) = self.style() else {
            style::take(pairs, self.name);
            return Ok(());
        };
        style::take_pairs(pairs, self.name, style, value)
    }

    /// True if the sample is one of the schema's values.
    fn fits(&self, document: &CheckedDocument<'d>, value: &Value) -> Result<(), String> {
        let Some(schema) = self.schema() else { return Ok(()) };
        if document.is_told(&self.at, Concern::Nesting) {
            return Ok(());
        }
        if !schema::kinds(document, &schema).allow(value) {
            return Err(format!("{value} is not of the type of its schema"));
        }
        fits::misfit(document, &schema, value).map_or(Ok(()), Err)
    }
}

fn is_content(media_type: &str, text: &str, value: &Value) -> Result<(), String> {
    let is_same = match is_json(media_type) {
        true => {
            serde_json::from_str::<Value>(text).is_ok_and(|it| super::body::is_same(&it, value))
        }
        false => text::is_scalar(text, value),
    };
    is_same.then_some(()).ok_or_else(|| format!("{text:?} is not {value} as `{media_type}`"))
}
