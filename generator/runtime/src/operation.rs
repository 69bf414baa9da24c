//! Operations, as generated code describes them.

use crate::response_kind::{Setting, Terminal};
use crate::retry::RetryPolicy;
use std::fmt;

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `PUT`
    Put,
    /// `POST`
    Post,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `HEAD`
    Head,
    /// `PATCH`
    Patch,
    /// `TRACE`
    Trace,
    /// `QUERY`: a `GET` with a body.
    Query,
}

impl Method {
    /// The name, in capitals.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
            Self::Query => "QUERY",
        }
    }

    /// True if the method is idempotent (RFC 9110, section 9.2.2).
    #[must_use]
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }

    pub(crate) fn to_http(self) -> http::Method {
        match self {
            Self::Get => http::Method::GET,
            Self::Put => http::Method::PUT,
            Self::Post => http::Method::POST,
            Self::Delete => http::Method::DELETE,
            Self::Options => http::Method::OPTIONS,
            Self::Head => http::Method::HEAD,
            Self::Patch => http::Method::PATCH,
            Self::Trace => http::Method::TRACE,
            Self::Query => http::Method::from_bytes(b"QUERY").expect("it is a token"),
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One operation of an API. Its fields are what the methods of their names say; generated code sets them by name.
#[derive(Debug)]
pub struct Operation {
    #[doc(hidden)]
    pub id: &'static str,
    #[doc(hidden)]
    pub method: Method,
    #[doc(hidden)]
    pub path: &'static str,
    #[doc(hidden)]
    pub server: Option<&'static str>,
    #[doc(hidden)]
    pub security: &'static [&'static [&'static str]],
    #[doc(hidden)]
    pub fixed_headers: &'static [&'static str],
    #[doc(hidden)]
    pub client_params: &'static [&'static str],
    #[doc(hidden)]
    pub fixed_query: &'static [(&'static str, &'static str)],
    #[doc(hidden)]
    pub required: &'static [&'static str],
    #[doc(hidden)]
    pub required_headers: &'static [&'static str],
    #[doc(hidden)]
    pub required_cookies: &'static [&'static str],
    #[doc(hidden)]
    pub accept: Option<&'static str>,
    #[doc(hidden)]
    pub paging: Option<Paging>,
    #[doc(hidden)]
    pub setting: Option<Setting>,
    #[doc(hidden)]
    pub terminals: &'static [Terminal],
    #[doc(hidden)]
    pub sentinels: &'static [&'static str],
    #[doc(hidden)]
    pub idempotent: bool,
    #[doc(hidden)]
    pub retry: Option<fn() -> RetryPolicy>,
    #[doc(hidden)]
    pub custom: bool,
}

impl Operation {
    /// An operation and its path: a template with parameters in braces.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self {
            id,
            method,
            path,
            server: None,
            security: &[],
            fixed_headers: &[],
            client_params: &[],
            fixed_query: &[],
            required: &[],
            required_headers: &[],
            required_cookies: &[],
            accept: None,
            paging: None,
            setting: None,
            terminals: &[],
            sentinels: &[],
            idempotent: method.is_idempotent(),
            retry: None,
            custom: false,
        }
    }

    /// Any request: what `Client::request` starts from.
    pub(crate) const fn custom() -> Self {
        Self { custom: true, ..Self::new("request", Method::Get, "") }
    }

    /// A server of its own: a URL, which may hold `{variables}` or be relative.
    #[must_use]
    pub const fn server(mut self, server: &'static str) -> Self {
        self.server = Some(server);
        self
    }

    /// Alternatives of combinations of schemes; none means that no credential is sent.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.security = alternatives;
        self
    }

    /// Which of the service's headers it sends.
    #[must_use]
    pub const fn fixed_headers(mut self, names: &'static [&'static str]) -> Self {
        self.fixed_headers = names;
        self
    }

    /// Which parameters of its path come from the client unless the call sets them.
    #[must_use]
    pub const fn client_params(mut self, names: &'static [&'static str]) -> Self {
        self.client_params = names;
        self
    }

    /// Query parameters that are always sent.
    #[must_use]
    pub const fn fixed_query(mut self, pairs: &'static [(&'static str, &'static str)]) -> Self {
        self.fixed_query = pairs;
        self
    }

    /// Query parameters that a setter must have set before the call is sent.
    #[must_use]
    pub const fn required(mut self, names: &'static [&'static str]) -> Self {
        self.required = names;
        self
    }

    /// Headers that a setter must have set before the call is sent.
    #[must_use]
    pub const fn required_headers(mut self, names: &'static [&'static str]) -> Self {
        self.required_headers = names;
        self
    }

    /// Cookies that a setter must have set before the call is sent.
    #[must_use]
    pub const fn required_cookies(mut self, names: &'static [&'static str]) -> Self {
        self.required_cookies = names;
        self
    }

    /// The value of the `Accept` header.
    #[must_use]
    pub const fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = Some(media_types);
        self
    }

    /// The paging of its list.
    #[must_use]
    pub const fn paging(mut self, paging: Paging) -> Self {
        self.paging = Some(paging);
        self
    }

    /// The flag or word that `send` sets to get its kind of response.
    #[must_use]
    pub const fn setting(mut self, setting: Setting) -> Self {
        self.setting = Some(setting);
        self
    }

    /// The other kinds of response that a call can ask for.
    #[must_use]
    pub const fn terminals(mut self, terminals: &'static [Terminal]) -> Self {
        self.terminals = terminals;
        self
    }

    /// Data that end its streams, besides those that end all streams of the API.
    #[must_use]
    pub const fn sentinels(mut self, sentinels: &'static [&'static str]) -> Self {
        self.sentinels = sentinels;
        self
    }

    /// Declares it idempotent, whatever the method.
    #[must_use]
    pub const fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// A retry policy of its own in the document, for clients and calls that set none.
    #[must_use]
    pub const fn retry(mut self, policy: fn() -> RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }
}

/// The parameters that request the next page. [`NextPage`](crate::NextPage) holds their values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    pub(crate) param: PageParam,
    pub(crate) backwards: Option<&'static str>,
    pub(crate) limit: Option<&'static str>,
    /// The first page's number, or the first item's position.
    pub(crate) first: i64,
    /// The response header that holds the token.
    pub(crate) header: Option<&'static str>,
}

/// The part of a request that the next page changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PageParam {
    Cursor(&'static str),
    Token(&'static str),
    Offset(&'static str),
    Page(&'static str),
    Link,
    /// A URL in the page; the parameter takes what is no URL.
    Url(Option<&'static str>),
}

impl Paging {
    const fn new(param: PageParam) -> Self {
        let first = if matches!(param, PageParam::Page(_)) { 1 } else { 0 };
        Self { param, backwards: None, limit: None, first, header: None }
    }

    /// A query parameter takes the id of the last item.
    #[must_use]
    pub const fn cursor(param: &'static str) -> Self {
        Self::new(PageParam::Cursor(param))
    }

    /// The query parameter for pages in backward order, by the id of the first item.
    #[must_use]
    pub const fn backwards(mut self, param: &'static str) -> Self {
        self.backwards = Some(param);
        self
    }

    /// A query parameter takes a token that the page holds.
    #[must_use]
    pub const fn token(param: &'static str) -> Self {
        Self::new(PageParam::Token(param))
    }

    /// A query parameter takes the number of items to pass over, or the position of the first one.
    #[must_use]
    pub const fn offset(param: &'static str) -> Self {
        Self::new(PageParam::Offset(param))
    }

    /// A query parameter takes the number of the page.
    #[must_use]
    pub const fn page(param: &'static str) -> Self {
        Self::new(PageParam::Page(param))
    }

    /// The `Link` header says where the next page is (RFC 8288).
    #[must_use]
    pub const fn link() -> Self {
        Self::new(PageParam::Link)
    }

    /// The page holds the URL of the next one.
    #[must_use]
    pub const fn next_url() -> Self {
        Self::new(PageParam::Url(None))
    }

    /// The page holds the URL of the next one, or a token for a query parameter.
    #[must_use]
    pub const fn next_url_or_token(param: &'static str) -> Self {
        Self::new(PageParam::Url(Some(param)))
    }

    /// The first page's number, or the position of the first item: 1 and 0 if not given.
    #[must_use]
    pub const fn first(mut self, first: i64) -> Self {
        self.first = first;
        self
    }

    /// A header of the response holds the token, and not the page.
    #[must_use]
    pub const fn in_header(mut self, name: &'static str) -> Self {
        self.header = Some(name);
        self
    }

    /// The query parameter that limits the number of items of a page.
    #[must_use]
    pub const fn limit_param(mut self, param: &'static str) -> Self {
        self.limit = Some(param);
        self
    }
}

/// The name of an operation, which goes with its requests to the transports of tests.
#[cfg(any(test, feature = "testing"))]
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationName(pub(crate) &'static str);
