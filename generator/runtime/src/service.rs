//! The settings that all operations of one API share: server, authentication, fixed headers,
//! parameters.

use crate::retry::RetryPolicy;

/// One API, as its generated code describes it. Its fields are what the methods of their names say; generated code sets them by name.
#[derive(Debug)]
pub struct Service {
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub server: &'static str,
    #[doc(hidden)]
    pub user_agent: &'static str,
    #[doc(hidden)]
    pub base_url_variable: Option<&'static str>,
    #[doc(hidden)]
    pub server_variables: &'static [ServerVariable],
    #[doc(hidden)]
    pub schemes: &'static [SecurityScheme],
    #[doc(hidden)]
    pub credentials_are_optional: bool,
    #[doc(hidden)]
    pub headers: &'static [FixedHeader],
    #[doc(hidden)]
    pub params: &'static [ClientParam],
    #[doc(hidden)]
    pub sentinels: &'static [&'static str],
    #[doc(hidden)]
    pub end_events: &'static [&'static str],
    #[doc(hidden)]
    pub ignored_events: &'static [&'static str],
    #[doc(hidden)]
    pub retry: Option<fn() -> RetryPolicy>,
    #[cfg(feature = "drift")]
    #[doc(hidden)]
    pub contract: Option<&'static str>,
}

impl Service {
    /// An API and its server: a URL, which may hold `{variables}` or be relative.
    #[must_use]
    pub const fn new(name: &'static str, server: &'static str) -> Self {
        Self {
            name,
            server,
            user_agent: concat!("client-runtime/", env!("CARGO_PKG_VERSION")),
            base_url_variable: None,
            server_variables: &[],
            schemes: &[],
            credentials_are_optional: false,
            headers: &[],
            params: &[],
            sentinels: &[],
            end_events: &[],
            ignored_events: &[],
            retry: None,
            #[cfg(feature = "drift")]
            contract: None,
        }
    }

    /// The value of the `User-Agent` header.
    #[must_use]
    pub const fn user_agent(mut self, user_agent: &'static str) -> Self {
        self.user_agent = user_agent;
        self
    }

    /// The environment variable that replaces the server.
    #[must_use]
    pub const fn base_url_variable(mut self, variable: &'static str) -> Self {
        self.base_url_variable = Some(variable);
        self
    }

    /// The variables in the URLs of servers.
    #[must_use]
    pub const fn server_variables(mut self, variables: &'static [ServerVariable]) -> Self {
        self.server_variables = variables;
        self
    }

    /// The ways to authenticate.
    #[must_use]
    pub const fn schemes(mut self, schemes: &'static [SecurityScheme]) -> Self {
        self.schemes = schemes;
        self
    }

    /// Some calls need no credential, so a client can do without.
    #[must_use]
    pub const fn credentials_are_optional(mut self) -> Self {
        self.credentials_are_optional = true;
        self
    }

    /// Headers that are the same on every call.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [FixedHeader]) -> Self {
        self.headers = headers;
        self
    }

    /// Parameters of paths that are set on the client.
    #[must_use]
    pub const fn params(mut self, params: &'static [ClientParam]) -> Self {
        self.params = params;
        self
    }

    /// Data that ends a stream of events, such as `[DONE]`.
    #[must_use]
    pub const fn sentinels(mut self, sentinels: &'static [&'static str]) -> Self {
        self.sentinels = sentinels;
        self
    }

    /// Names of events that end a stream of events.
    #[must_use]
    pub const fn end_events(mut self, events: &'static [&'static str]) -> Self {
        self.end_events = events;
        self
    }

    /// Names of events that are skipped.
    #[must_use]
    pub const fn ignored_events(mut self, events: &'static [&'static str]) -> Self {
        self.ignored_events = events;
        self
    }

    /// The retry policy of its document, for clients that set none.
    #[must_use]
    pub const fn retry(mut self, policy: fn() -> RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    pub(crate) fn scheme(&self, name: &str) -> Option<&'static SecurityScheme> {
        self.schemes.iter().find(|it| it.name == name)
    }
}

/// A variable in the URL of a server.
#[derive(Debug)]
pub struct ServerVariable {
    pub(crate) name: &'static str,
    pub(crate) default: &'static str,
    pub(crate) values: &'static [&'static str],
}

impl ServerVariable {
    /// A variable and its value where the client sets none.
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str) -> Self {
        Self { name, default, values: &[] }
    }

    /// All values that it may have; any if not given.
    #[must_use]
    pub const fn values(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }
}

/// A way to authenticate.
#[derive(Debug)]
pub struct SecurityScheme {
    pub(crate) name: &'static str,
    pub(crate) location: CredentialLocation,
    pub(crate) variable: Option<&'static str>,
    pub(crate) password_variable: Option<&'static str>,
    pub(crate) setter: Option<&'static str>,
    pub(crate) oauth: Option<OAuthFlow>,
}

/// The endpoints of OAuth 2.0 that give the tokens of a scheme. Relative URLs start at the base URL.
#[derive(Clone, Copy, Debug)]
pub struct OAuthFlow {
    pub(crate) token_url: Option<&'static str>,
    pub(crate) refresh_url: Option<&'static str>,
    pub(crate) scopes: &'static [&'static str],
    pub(crate) secret_in_body: bool,
    pub(crate) variables: Option<(&'static str, &'static str)>,
    pub(crate) setter: Option<&'static str>,
}

impl OAuthFlow {
    /// No endpoint yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            token_url: None,
            refresh_url: None,
            scopes: &[],
            secret_in_body: false,
            variables: None,
            setter: None,
        }
    }

    /// The URL that gives tokens for client credentials.
    #[must_use]
    pub const fn token_url(mut self, url: &'static str) -> Self {
        self.token_url = Some(url);
        self
    }

    /// The URL that gives tokens for refresh tokens.
    #[must_use]
    pub const fn refresh_url(mut self, url: &'static str) -> Self {
        self.refresh_url = Some(url);
        self
    }

    /// The scopes that client credentials ask for.
    #[must_use]
    pub const fn scopes(mut self, scopes: &'static [&'static str]) -> Self {
        self.scopes = scopes;
        self
    }

    /// Sends id and secret in the body and not in a header: `client_secret_post`.
    #[must_use]
    pub const fn secret_in_body(mut self) -> Self {
        self.secret_in_body = true;
        self
    }

    /// The environment variables that hold id and secret.
    #[must_use]
    pub const fn variables(mut self, id: &'static str, secret: &'static str) -> Self {
        self.variables = Some((id, secret));
        self
    }

    /// The method of the client's builder that sets id and secret, for errors.
    #[must_use]
    pub const fn setter(mut self, setter: &'static str) -> Self {
        self.setter = Some(setter);
        self
    }
}

impl Default for OAuthFlow {
    fn default() -> Self {
        Self::new()
    }
}

/// Where a credential goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CredentialLocation {
    Bearer,
    Basic,
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
}

impl SecurityScheme {
    const fn new(name: &'static str, location: CredentialLocation) -> Self {
        Self { name, location, variable: None, password_variable: None, setter: None, oauth: None }
    }

    /// `Authorization: Bearer …`.
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, CredentialLocation::Bearer)
    }

    /// `Authorization: Basic …`.
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, CredentialLocation::Basic)
    }

    /// A header that holds the key.
    #[must_use]
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        Self::new(name, CredentialLocation::Header(header))
    }

    /// A query parameter that holds the key.
    #[must_use]
    pub const fn query(name: &'static str, param: &'static str) -> Self {
        Self::new(name, CredentialLocation::Query(param))
    }

    /// A cookie that holds the key.
    #[must_use]
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, CredentialLocation::Cookie(cookie))
    }

    /// The environment variable that holds the key or token.
    #[must_use]
    pub const fn variable(mut self, variable: &'static str) -> Self {
        self.variable = Some(variable);
        self
    }

    /// The method of the client's builder that sets it, for errors.
    #[must_use]
    pub const fn setter(mut self, setter: &'static str) -> Self {
        self.setter = Some(setter);
        self
    }

    /// The endpoints that give its tokens.
    #[must_use]
    pub const fn oauth(mut self, flow: OAuthFlow) -> Self {
        self.oauth = Some(flow);
        self
    }

    /// The environment variables that hold user and password.
    #[must_use]
    pub const fn variables(mut self, user: &'static str, password: &'static str) -> Self {
        self.variable = Some(user);
        self.password_variable = Some(password);
        self
    }
}

/// A header that is the same on every call of a client.
#[derive(Debug)]
pub struct FixedHeader {
    pub(crate) name: &'static str,
    pub(crate) default: &'static str,
}

impl FixedHeader {
    /// A header and its value where the client sets none.
    #[must_use]
    pub const fn new(name: &'static str, default: &'static str) -> Self {
        Self { name, default }
    }
}

/// A parameter of paths that is set on the client.
#[derive(Debug)]
pub struct ClientParam {
    pub(crate) name: &'static str,
    pub(crate) variable: Option<&'static str>,
}

impl ClientParam {
    /// A parameter.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name, variable: None }
    }

    /// The environment variable that holds the value.
    #[must_use]
    pub const fn variable(mut self, variable: &'static str) -> Self {
        self.variable = Some(variable);
        self
    }
}
