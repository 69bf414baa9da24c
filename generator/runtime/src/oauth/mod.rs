//! Tokens of OAuth 2.0: asked for with the id and secret of a client, or with a refresh token (RFC 6749).

mod exchange;
mod source;

pub(crate) use exchange::{ClientAuthentication, TokenEndpoint, TokenError};
pub(crate) use source::OAuthTokens;

use crate::secret::Secret;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// The way to get the tokens of a scheme: the grant, and what the token endpoint is told besides.
///
/// One token serves all calls of a client. It is replaced shortly before it expires, and once after the server has
/// refused it with 401.
#[derive(Clone)]
#[must_use = "it does nothing until it is given to the builder of a client"]
pub struct OAuth {
    pub(crate) client: Option<(String, Option<Secret>)>,
    pub(crate) refresh_token: Option<Secret>,
    pub(crate) scopes: Option<Vec<String>>,
    pub(crate) params: Vec<(String, String)>,
    pub(crate) url: Option<String>,
    pub(crate) on_refresh: Option<OnRefresh>,
}

type OnRefresh = Arc<dyn Fn(&IssuedTokens) + Send + Sync>;

impl OAuth {
    /// Tokens for the client itself: the grant `client_credentials`.
    pub fn client_credentials(id: &str, secret: &str) -> Self {
        Self { client: Some((id.to_owned(), Some(secret.into()))), ..Self::without_client() }
    }

    /// Tokens on behalf of whoever the refresh token was issued for: the grant `refresh_token`.
    pub fn refresh_token(token: &str) -> Self {
        Self { refresh_token: Some(token.into()), ..Self::without_client() }
    }

    fn without_client() -> Self {
        Self {
            client: None,
            refresh_token: None,
            scopes: None,
            params: Vec::new(),
            url: None,
            on_refresh: None,
        }
    }

    /// Sets the id and secret of the client that a refresh token was issued to.
    pub fn client(mut self, id: &str, secret: &str) -> Self {
        self.client = Some((id.to_owned(), Some(secret.into())));
        self
    }

    /// Sets the id of the client that a refresh token was issued to, if it has no secret.
    pub fn public_client(mut self, id: &str) -> Self {
        self.client = Some((id.to_owned(), None));
        self
    }

    /// Sets the scopes to ask for; none asks for those that the server gives by itself. Without this, client
    /// credentials ask for the scopes that the operations of the client need, and refresh tokens for none.
    pub fn scopes(mut self, scopes: &[&str]) -> Self {
        self.scopes = Some(scopes.iter().map(|it| (*it).to_owned()).collect());
        self
    }

    /// Sends another parameter to the token endpoint, such as `audience` or `resource`.
    pub fn param(mut self, name: &str, value: &str) -> Self {
        self.params.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Replaces the URL of the token endpoint; a relative one starts at the base URL.
    pub fn token_url(mut self, url: &str) -> Self {
        self.url = Some(url.to_owned());
        self
    }

    /// Calls a function with the tokens that each request to the token endpoint gives, before they are used. A
    /// server may replace the refresh token each time: keep the newest here.
    pub fn on_refresh(mut self, keep: impl Fn(&IssuedTokens) + Send + Sync + 'static) -> Self {
        self.on_refresh = Some(Arc::new(keep));
        self
    }

    /// True if a part of it is empty, which no server takes for a credential.
    pub(crate) fn is_blank(&self) -> bool {
        let client = self.client.as_ref();
        let texts = client.map(|it| it.0.as_str()).into_iter();
        let secrets = client.and_then(|it| it.1.as_ref()).into_iter().chain(&self.refresh_token);
        texts.chain(secrets.map(Secret::expose)).any(|it| it.trim().is_empty())
    }
}

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grant =
            if self.refresh_token.is_some() { "refresh_token" } else { "client_credentials" };
        f.debug_struct("OAuth").field("grant", &grant).finish_non_exhaustive()
    }
}

/// The tokens that a request to a token endpoint gave.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct IssuedTokens {
    /// The token for calls.
    pub access_token: Secret,
    /// The newest refresh token: the one that was just issued, or else the one that was used.
    pub refresh_token: Option<Secret>,
    /// The time for which the access token is good, if the server says so.
    pub expires_in: Option<Duration>,
    /// The scopes of the token, if the server names them.
    pub scope: Option<String>,
}
