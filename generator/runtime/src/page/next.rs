//! What a page says about the one after it.

/// What a page says about the one after it; generated code reads it from the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next(pub(super) Says);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// The page says that there is more, or that there is not.
    More(bool),
    /// There is more as long as pages have items.
    WhileAny,
    /// The number of items of the whole list.
    Total(i64),
    /// A token or URL; none ends.
    To(Option<String>),
}

impl Next {
    /// The page says whether there is more.
    #[must_use]
    pub const fn if_more(has_more: bool) -> Self {
        Self(Says::More(has_more))
    }

    /// The page may say whether there is more; silence means as long as pages have items.
    #[must_use]
    pub const fn if_more_or_any(has_more: Option<bool>) -> Self {
        match has_more {
            Some(has_more) => Self(Says::More(has_more)),
            None => Self(Says::WhileAny),
        }
    }

    /// As long as pages have items.
    #[must_use]
    pub const fn if_any() -> Self {
        Self(Says::WhileAny)
    }

    /// The page holds the number of items of the whole list.
    #[must_use]
    pub const fn of_total(total: i64) -> Self {
        Self(Says::Total(total))
    }

    /// The page may hold the number of items of the whole list.
    #[must_use]
    pub const fn of_total_or_any(total: Option<i64>) -> Self {
        match total {
            Some(total) => Self(Says::Total(total)),
            None => Self(Says::WhileAny),
        }
    }

    /// The page holds a token; a missing or empty one ends.
    #[must_use]
    pub fn token(token: Option<&str>) -> Self {
        Self(Says::To(token.filter(|it| !it.is_empty()).map(str::to_owned)))
    }

    /// The page holds a token that is a number; a missing one ends.
    #[must_use]
    pub fn token_int(token: Option<i64>) -> Self {
        Self(Says::To(token.map(|it| it.to_string())))
    }

    /// The page holds the URL of the next one; a missing or empty one ends.
    #[must_use]
    pub fn url(url: Option<&str>) -> Self {
        Self::token(url)
    }

    /// The page says nothing: as long as pages have items, or a `Link` header leads on.
    #[must_use]
    pub const fn unknown() -> Self {
        Self(Says::WhileAny)
    }
}
