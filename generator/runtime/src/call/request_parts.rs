//! The parts of a call before it is sent, and the check that none is missing.

use super::RequestParts;
use crate::body::BodyField;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Operation;
use crate::retry::RetryPolicy;
use std::borrow::Cow;

/// Pages without items that may follow each other: 100.
const MAX_EMPTY_PAGES: u32 = 100;

impl RequestParts {
    pub(crate) fn set_path(&mut self, name: &'static str, text: String) {
        self.path.retain(|it| it.0 != name);
        self.path.push((Cow::Borrowed(name), text));
    }

    pub(crate) fn set_query(&mut self, name: Cow<'static, str>, text: String) {
        if text.is_empty() {
            self.blank.push(name.clone());
        }
        replace(&mut self.query, name, text);
    }

    pub(crate) fn set_field(&mut self, field: BodyField) {
        self.added_fields.retain(|it| it.name != field.name);
        self.added_fields.push(field);
    }

    /// The limit on buffered responses, in bytes.
    pub(crate) fn max_response_bytes(&self) -> u64 {
        self.options
            .max_response_bytes
            .or(self.core.0.limits.max_response_bytes)
            .unwrap_or(u64::MAX)
    }

    /// The retry policy: that of the call, of the client's program, or of the document, where an operation's own goes
    /// before that for all.
    pub(crate) fn retry_policy(&self) -> RetryPolicy {
        let (own, shared) = (&self.options, &*self.core.0);
        let (mut policy, of_client) = match &own.retry {
            Some(policy) => (policy.clone(), None),
            None => {
                let described = self.operation.retry.filter(|_| shared.limits.retry.is_none());
                let policy = described.map_or_else(|| shared.retry.clone(), |it| it());
                (policy, shared.limits.max_retries)
            }
        };
        policy.max_retries = own.max_retries.or(of_client).unwrap_or(policy.max_retries);
        policy
    }

    /// The number of empty pages that may follow each other.
    pub(crate) fn max_empty_pages(&self) -> u32 {
        let of_client = self.core.0.limits.max_empty_pages;
        self.options.max_empty_pages.or(of_client).unwrap_or(MAX_EMPTY_PAGES)
    }

    /// Returns the first error, or one for a parameter that is required and not set.
    pub(crate) fn check(&self) -> Result<()> {
        if let Some((kind, message)) = &self.first_error {
            return Err(Error::new(*kind, message.clone()));
        }
        match self.missing() {
            Some(name) if self.blank.iter().any(|it| it == name) => Err(Error::new(
                ErrorKind::MissingParameter,
                format!(
                    "`{name}` is required and empty: a query has no form for an empty list or null"
                ),
            )),
            Some(name) => Err(Error::new(
                ErrorKind::MissingParameter,
                format!("`{name}` is required and not set"),
            )),
            None => Ok(()),
        }
    }

    /// The first parameter that is required and not set: one of its name elsewhere is another.
    fn missing(&self) -> Option<&'static str> {
        let is_header =
            |name: &str| self.headers.iter().any(|it| it.0.as_str().eq_ignore_ascii_case(name));
        let is_in = |list: &[(Cow<'static, str>, String)], name| list.iter().any(|it| it.0 == name);
        let Operation { required, required_headers, required_cookies, .. } = self.operation;
        let in_query = required.iter().find(|it| !is_in(&self.query, **it));
        in_query
            .or_else(|| required_headers.iter().find(|it| !is_header(it)))
            .or_else(|| required_cookies.iter().find(|it| !is_in(&self.cookies, **it)))
            .copied()
    }
}

/// Sets the text of a name; an empty text takes the name away.
pub(super) fn replace(
    list: &mut Vec<(Cow<'static, str>, String)>,
    name: Cow<'static, str>,
    text: String,
) {
    list.retain(|it| it.0 != name);
    if !text.is_empty() {
        list.push((name, text));
    }
}
