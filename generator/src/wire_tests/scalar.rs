//! Scalars, made from what a document says of their range and form.

use super::pattern;
use crate::ir::{ParamPlace, Scalar, ValueHint};
use crate::load::Json;
use serde_json::json;

/// The place that a free text is made for: places differ in the characters that must be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Prose {
    Json,
    Param(ParamPlace),
    /// An item of a list in a query, with what separates the items, encoded or not.
    Item(char),
    /// A cookie of which nothing is encoded.
    RawCookie,
}

impl Prose {
    fn text(self) -> &'static str {
        match self {
            Self::Json | Self::Param(ParamPlace::Header) => "text",
            Self::Param(ParamPlace::Path) => "a b",
            Self::Item(' ') => "a&c=d",
            Self::Param(ParamPlace::Query) | Self::Item(_) => "a b&c=d",
            Self::Param(ParamPlace::Cookie) | Self::RawCookie => "a=b",
        }
    }

    /// A value that may be anything.
    pub(super) fn any(self) -> Json {
        match self {
            Self::Json => json!({"key": "value"}),
            Self::Param(_) | Self::Item(_) | Self::RawCookie => json!(self.text()),
        }
    }

    /// True if a value can be sent there: a segment of a path is not empty, and does not lead to another path.
    pub(super) fn takes(self, value: &Json) -> bool {
        match (self, value) {
            (Self::Param(ParamPlace::Path), Json::String(text)) => {
                !text.is_empty() && !text.split(['/', '\\']).any(|it| it == "." || it == "..")
            }
            (Self::Param(ParamPlace::Header), Json::String(text)) => {
                text.bytes().all(|it| (0x20..0x7f).contains(&it)) && text.trim() == text
            }
            (Self::Item(separator), Json::String(text)) => !text.contains(separator),
            (Self::RawCookie, Json::String(text)) => {
                text.bytes().all(|it| it.is_ascii_graphic() && !b"\",;\\".contains(&it))
            }
            (Self::Json | Self::Param(_) | Self::Item(_) | Self::RawCookie, _) => true,
        }
    }
}

/// A scalar; `nth` tells the items of a list apart.
pub(super) fn made(it: Scalar, hint: &ValueHint, prose: Prose, nth: usize) -> Json {
    match it {
        Scalar::Bool => json!(true),
        Scalar::Int(_) => json!(integer(hint, nth)),
        Scalar::IntText(_) => json!(integer(hint, nth).to_string()),
        Scalar::Float => json!(float(hint, nth)),
        Scalar::Text => json!(text(hint, prose, nth)),
        Scalar::File | Scalar::Part => json!("content of a file"),
        Scalar::Timestamp => json!(format!("2026-01-0{}T03:04:05Z", 1 + nth % 9)),
        Scalar::Base64 | Scalar::Base64Url => json!("c2FtcGxl"),
        // Of types of other crates only their own samples are known to be values.
        Scalar::Null | Scalar::External(_) => Json::Null,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "limits of integers are integers")]
fn integer(hint: &ValueHint, nth: usize) -> i64 {
    let least =
        hint.minimum.map(|(it, out)| it.ceil() as i64 + i64::from(out && it.fract() == 0.0));
    let most =
        hint.maximum.map(|(it, out)| it.floor() as i64 - i64::from(out && it.fract() == 0.0));
    let mut value = i64::try_from(nth).unwrap_or(0) + 1;
    value = value.max(least.unwrap_or(value)).min(most.unwrap_or(i64::MAX));
    match hint.multiple_of.map(|it| it as i64).filter(|it| *it > 1) {
        Some(step) => value.saturating_add(step - 1).div_euclid(step) * step,
        None => value,
    }
}

fn float(hint: &ValueHint, nth: usize) -> f64 {
    let mut value = if nth == 0 { 1.5 } else { 2.5 };
    if let Some((least, out)) = hint.minimum
        && (value < least || (out && value <= least))
    {
        value = if out { least + 0.5 } else { least };
    }
    if let Some((most, out)) = hint.maximum
        && (value > most || (out && value >= most))
    {
        let least = hint.minimum.map_or(most - 1.0, |it| it.0);
        value = if out { f64::midpoint(least, most) } else { most };
    }
    match hint.multiple_of.filter(|it| *it > 0.0) {
        Some(step) => (value / step).ceil() * step,
        None => value,
    }
}

fn text(hint: &ValueHint, prose: Prose, nth: usize) -> String {
    if let Some(text) = hint.pattern.as_deref().and_then(pattern::sample) {
        return fill(text, hint);
    }
    let text = match hint.format.as_deref() {
        Some("uuid") => "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        Some("email" | "idn-email") => "someone@example.com",
        Some("uri" | "url" | "iri" | "uri-reference") => "https://example.com/a",
        Some("date") => "2026-01-02",
        Some("time") => "03:04:05Z",
        Some("duration") => "P1D",
        Some("ipv4" | "ip") => "192.0.2.1",
        Some("ipv6") => "2001:db8::1",
        Some("hostname" | "idn-hostname") => "example.com",
        Some("decimal") => "1.5",
        Some("json-pointer") => "/a",
        Some("regex") => "a",
        Some(_) => "text",
        None => prose.text(),
    };
    match nth {
        0 => fill(text.to_owned(), hint),
        _ if hint.format.is_some() => fill(text.to_owned(), hint),
        _ => fill(format!("{text}{}", nth + 1), hint),
    }
}

/// A text of a length that is allowed.
fn fill(mut text: String, hint: &ValueHint) -> String {
    let (length, least) = (text.chars().count(), hint.min_length.unwrap_or(0));
    text.extend(std::iter::repeat_n('x', least.saturating_sub(length).min(4096)));
    match hint.max_length.filter(|it| *it < length) {
        Some(most) => text.chars().take(most).collect(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::IntKind;

    #[test]
    fn limits_are_kept() {
        let hint = ValueHint {
            minimum: Some((10.0, true)),
            multiple_of: Some(5.0),
            ..ValueHint::default()
        };
        assert_eq!(made(Scalar::Int(IntKind::I64), &hint, Prose::Json, 0), json!(15));
        let hint = ValueHint { maximum: Some((0.5, false)), ..ValueHint::default() };
        assert_eq!(made(Scalar::Float, &hint, Prose::Json, 0), json!(0.5));
        let hint = ValueHint { min_length: Some(6), ..ValueHint::default() };
        assert_eq!(made(Scalar::Text, &hint, Prose::Json, 0), json!("textxx"));
        let hint = ValueHint { max_length: Some(2), ..ValueHint::default() };
        assert_eq!(made(Scalar::Text, &hint, Prose::Json, 0), json!("te"));
    }

    #[test]
    fn items_of_a_list_differ() {
        let hint = ValueHint::default();
        let query = Prose::Param(ParamPlace::Query);
        assert_eq!(made(Scalar::Text, &hint, query, 0), json!("a b&c=d"));
        assert_eq!(made(Scalar::Text, &hint, query, 1), json!("a b&c=d2"));
    }

    #[test]
    fn an_item_never_holds_what_separates_it_from_the_next() {
        for separator in [' ', '|', ','] {
            let item = Prose::Item(separator);
            assert!(!item.takes(&json!(format!("a{separator}b"))));
            assert!(item.takes(&made(Scalar::Text, &ValueHint::default(), item, 1)));
        }
    }

    #[test]
    fn a_path_never_gets_what_it_refuses() {
        let path = Prose::Param(ParamPlace::Path);
        assert!(
            !path.takes(&json!("")) && !path.takes(&json!("a/..")) && path.takes(&json!("a/b"))
        );
    }
}
