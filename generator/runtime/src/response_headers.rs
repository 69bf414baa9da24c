//! Headers of responses, read as values of the types that a document gives them.

use crate::codec::{DecodeError, DecodedAs, ReadAs, plain_text};
use crate::error::Error;
use crate::response::{RawResponse, WithMeta};
use http::HeaderMap;
use std::sync::LazyLock;

/// A response, or an error that may be one.
pub trait HasHeaders {
    /// The headers; none if the server did not respond.
    fn response_headers(&self) -> &HeaderMap;
}

impl<T> HasHeaders for WithMeta<T> {
    fn response_headers(&self) -> &HeaderMap {
        self.headers()
    }
}

impl HasHeaders for RawResponse {
    fn response_headers(&self) -> &HeaderMap {
        self.headers()
    }
}

impl HasHeaders for Error {
    fn response_headers(&self) -> &HeaderMap {
        static NONE: LazyLock<HeaderMap> = LazyLock::new(HeaderMap::new);
        self.headers().unwrap_or(&NONE)
    }
}

impl HasHeaders for HeaderMap {
    fn response_headers(&self) -> &HeaderMap {
        self
    }
}

/// The value of a header. Generated code calls this.
///
/// # Errors
/// A value that does not fit the type.
pub fn value<T: Send, C: ReadAs<T>>(
    headers: &HeaderMap,
    name: &str,
) -> Result<Option<T>, DecodeError> {
    let lines = lines(headers, name)?;
    if lines.is_empty() {
        return Ok(None);
    }
    // Several lines mean what one with commas does (RFC 9110, section 5.3).
    read::<T, C>(&lines.join(", "), name).map(Some)
}

/// The values of a header that is a list. Generated code calls this.
///
/// # Errors
/// A value that does not fit the type of the items.
pub fn list<T: Send, C: ReadAs<T>>(
    headers: &HeaderMap,
    name: &str,
) -> Result<Option<Vec<T>>, DecodeError> {
    let lines = lines(headers, name)?;
    if lines.is_empty() {
        return Ok(None);
    }
    // Empty elements do not count (RFC 9110, section 5.6.1).
    let items = lines.iter().flat_map(|it| it.split(',')).map(str::trim);
    items
        .filter(|it| !it.is_empty())
        .map(|it| read::<T, C>(it, name))
        .collect::<Result<_, _>>()
        .map(Some)
}

fn lines<'h>(headers: &'h HeaderMap, name: &str) -> Result<Vec<&'h str>, DecodeError> {
    let text = |it: &'h http::HeaderValue| {
        std::str::from_utf8(it.as_bytes())
            .map(str::trim)
            .map_err(|_| DecodeError::of_text(format!("the header `{name}` is not UTF-8")))
    };
    headers.get_all(name).iter().map(text).collect()
}

fn read<T: Send, C: ReadAs<T>>(text: &str, name: &str) -> Result<T, DecodeError> {
    let value = plain_text::<DecodedAs<C, T>>(text).map(DecodedAs::into_value);
    value.map_err(|error| DecodeError::of_text(format!("the header `{name}`: {error}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::{Int64String, Same};
    use crate::timestamp::Timestamp;

    fn headers(lines: &[(&'static str, &[u8])]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in lines {
            map.append(*name, http::HeaderValue::from_bytes(value).expect("it may be sent"));
        }
        map
    }

    fn one<T: Send>(value: &str) -> Result<Option<T>, String>
    where
        Same: ReadAs<T>,
    {
        super::value::<T, Same>(&headers(&[("x-it", value.as_bytes())]), "X-It")
            .map_err(|it| it.to_string())
    }

    #[test]
    fn a_header_is_read_as_its_type() {
        assert_eq!(one::<i64>("12"), Ok(Some(12)));
        assert_eq!(one::<f64>("0.5"), Ok(Some(0.5)));
        assert_eq!(one::<bool>("true"), Ok(Some(true)));
        let time = one::<Timestamp>("2026-03-01T00:00:00Z").expect("it is a time");
        assert_eq!(time.map(|it| it.to_string()).as_deref(), Some("2026-03-01T00:00:00Z"));
        let map = headers(&[("x-it", b"9007199254740993")]);
        assert_eq!(
            super::value::<i64, Int64String>(&map, "x-it").ok(),
            Some(Some(9_007_199_254_740_993))
        );
    }

    #[test]
    fn text_is_given_as_it_came() {
        for text in ["12", "null", "\"etag\"", "W/\"a\"", "a, b", "{}", ""] {
            assert_eq!(one::<String>(text), Ok(Some(text.to_owned())));
        }
    }

    #[test]
    fn what_does_not_fit_is_an_error_of_this_header() {
        for text in ["", "a", "1.5", "1, 2", "0x10"] {
            let error = one::<i64>(text).expect_err("it is no integer");
            assert!(error.starts_with("the header `X-It`: "), "{error}");
        }
        assert!(one::<bool>("yes").is_err());
        let map = headers(&[("x-it", b"\xff")]);
        assert!(super::value::<String, Same>(&map, "x-it").is_err());
    }

    #[test]
    fn lines_of_a_header_are_one_value_or_the_items_of_one_list() {
        let map = headers(&[("x-it", b"1, 2"), ("x-it", b" 3,"), ("x-none", b"")]);
        assert_eq!(list::<i64, Same>(&map, "X-It").ok(), Some(Some(vec![1, 2, 3])));
        assert_eq!(
            super::value::<String, Same>(&map, "X-It").ok(),
            Some(Some("1, 2, 3,".to_owned()))
        );
        assert_eq!(list::<i64, Same>(&map, "X-None").ok(), Some(Some(vec![])));
        assert_eq!(list::<i64, Same>(&map, "X-Other").ok(), Some(None));
        assert!(list::<bool, Same>(&map, "X-It").is_err());
    }
}
