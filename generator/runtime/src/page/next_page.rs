//! The next page, as the page before it describes it.

use crate::codec::{Encode, Json, to_json};

/// The next page, as the page before it describes it. Generated code reads it from the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextPage(pub(super) NextPageHint);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NextPageHint {
    /// The page says that there is more, or that there is not.
    More(bool),
    /// There is more as long as pages have items.
    WhileAny,
    /// The number of items of the whole list.
    Total(i64),
    /// The number of pages of the whole list.
    Pages(i64),
    /// A token or URL; none ends.
    To(Option<String>),
}

impl NextPage {
    /// The page says whether there is more; null means as long as pages have items.
    #[must_use]
    pub fn if_more(has_more: &dyn Encode) -> Self {
        match json(has_more) {
            Json::Bool(has_more) => Self(NextPageHint::More(has_more)),
            _ => Self::if_any(),
        }
    }

    /// As long as pages have items.
    #[must_use]
    pub const fn if_any() -> Self {
        Self(NextPageHint::WhileAny)
    }

    /// The page holds the number of items of the whole list; null says nothing.
    #[must_use]
    pub fn of_total(total: &dyn Encode) -> Self {
        number(&json(total)).map_or_else(Self::if_any, |it| Self(NextPageHint::Total(it)))
    }

    /// The page holds the number of pages of the whole list; null says nothing.
    #[must_use]
    pub fn of_pages(pages: &dyn Encode) -> Self {
        number(&json(pages)).map_or_else(Self::if_any, |it| Self(NextPageHint::Pages(it)))
    }

    /// The page holds a token: a text or a number. Null and an empty text end, and so does a number
    /// below 1, which would lead back to the start.
    #[must_use]
    pub fn token(token: &dyn Encode) -> Self {
        match json(token) {
            Json::Number(number) if number.as_i64().is_some_and(|it| it <= 0) => Self::end(),
            other => Self(NextPageHint::To(cursor(&other))),
        }
    }

    /// The page holds the URL of the next one, or a token; null and an empty text end.
    #[must_use]
    pub fn url(url: &dyn Encode) -> Self {
        Self(NextPageHint::To(cursor(url)))
    }

    /// The page is the last one.
    #[must_use]
    pub const fn end() -> Self {
        Self(NextPageHint::To(None))
    }

    /// The same, unless `more` says that there is no next page.
    #[must_use]
    pub fn and(self, more: &Self) -> Self {
        if more.0 == NextPageHint::More(false) { Self::end() } else { self }
    }

    /// The page says nothing: as long as pages have items, or a header leads on.
    #[must_use]
    pub const fn unknown() -> Self {
        Self(NextPageHint::WhileAny)
    }
}

/// A text or number that leads to another page, as it is sent.
#[must_use]
pub fn cursor(value: &dyn Encode) -> Option<String> {
    match json(value) {
        Json::String(text) => Some(text).filter(|it| !it.is_empty()),
        Json::Number(number) => Some(number.to_string()),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

fn json(value: &dyn Encode) -> Json {
    to_json(value).unwrap_or_default()
}

/// A number, also one that is written as a text or with a fraction of zero.
fn number(value: &Json) -> Option<i64> {
    match value {
        Json::Number(number) => number.as_i64().or_else(|| integral(number.as_f64()?)),
        Json::String(text) => integer(text),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => None,
    }
}

/// An integer as it is written in a query.
pub(super) fn integer(text: &str) -> Option<i64> {
    text.parse().ok().or_else(|| integral(text.parse().ok()?))
}

#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn integral(value: f64) -> Option<i64> {
    (value.fract().abs() < f64::MIN_POSITIVE && value.abs() < 9e15).then_some(value as i64)
}
