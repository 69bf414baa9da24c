//! Credentials: kept out of sight, added to requests last.

use crate::client::Shared;
use crate::error::{BoxError, Error, ErrorKind, Result};
use crate::service::{Place, Scheme};
use crate::transport::BoxFuture;
use http::HeaderValue;
use std::fmt;
use std::sync::Arc;

/// A text that never shows: `Debug` and `Display` print `[redacted]`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// The text itself.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl Secret {
    /// A text without this secret.
    fn redact(&self, text: String) -> String {
        match self.0.is_empty() || !text.contains(&*self.0) {
            true => text,
            false => text.replace(&*self.0, "[redacted]"),
        }
    }
}

/// A text without secrets, for what a server may have repeated.
pub(crate) fn redact(text: String, secrets: &[Secret]) -> String {
    secrets.iter().fold(text, |text, it| it.redact(text))
}

/// What a server could repeat of a credential; the whole comes before its parts.
pub(crate) fn faces(place: Place, secret: &Secret) -> Vec<Secret> {
    let mut faces = vec![secret.clone()];
    if place == Place::Basic {
        faces.push(crate::base64::encode(secret.expose().as_bytes()).into());
        faces.extend(secret.expose().split_once(':').map(|(_, password)| password.into()));
    }
    faces
}

/// What must not show of a client's credentials and of the tokens that it was given besides: gathered
/// only where something is shown.
pub(crate) fn secrets(shared: &Shared, tokens: &[Secret]) -> Vec<Secret> {
    let mut secrets = tokens.to_vec();
    for (name, credential) in &shared.credentials {
        if let (Some(scheme), Credential::Text(secret)) = (shared.service.scheme(name), credential)
        {
            secrets.extend(faces(scheme.place, secret));
        }
    }
    secrets
}

/// Gives tokens that change over time.
pub trait TokenSource: Send + Sync + 'static {
    /// The token to use now.
    ///
    /// It is asked before each try, so it should keep its token while that is good. `rejected` is the
    /// token that the server has just answered with 401: a new one is wanted. The call is then sent
    /// once more.
    fn token<'a>(&'a self, rejected: Option<&'a Secret>)
    -> BoxFuture<'a, Result<Secret, BoxError>>;
}

/// What a client knows for one scheme.
#[derive(Clone)]
pub(crate) enum Credential {
    Text(Secret),
    Source(Arc<dyn TokenSource>),
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Credentials by the names of their schemes.
pub(crate) type Credentials = Vec<(&'static str, Credential)>;

/// The schemes to use for an operation: the first combination of which all parts are at hand.
pub(crate) fn choose(
    schemes: &'static [Scheme],
    security: &'static [&'static [&'static str]],
    known: &Credentials,
) -> Result<&'static [&'static str]> {
    let at_hand = |name: &&str| known.iter().any(|it| it.0 == *name);
    let full = security.iter().find(|it| !it.is_empty() && it.iter().all(at_hand));
    if let Some(combination) = full.or_else(|| security.iter().find(|it| it.is_empty())) {
        return Ok(combination);
    }
    if security.is_empty() {
        return Ok(&[]);
    }
    Err(Error::new(ErrorKind::Configuration, missing(schemes, security)))
}

fn missing(schemes: &'static [Scheme], security: &'static [&'static [&'static str]]) -> String {
    let mut ways = Vec::new();
    for name in security.iter().copied().flatten() {
        let variable = schemes.iter().find(|it| it.name == *name).and_then(|it| it.variable);
        let way = variable.map_or_else(
            || format!("`{name}`"),
            |variable| format!("`{name}` (environment variable `{variable}`)"),
        );
        if !ways.contains(&way) {
            ways.push(way);
        }
    }
    format!("no credential: set one for {} on the builder of the client", ways.join(" or "))
}

/// The text that a header gets; only the error, never its text, may be shown.
pub(crate) fn header_value(place: Place, secret: &Secret) -> Result<HeaderValue> {
    let text = match place {
        Place::Bearer => format!("Bearer {}", secret.expose()),
        Place::Basic => format!("Basic {}", crate::base64::encode(secret.expose().as_bytes())),
        Place::Header(_) | Place::Query(_) | Place::Cookie(_) => secret.expose().to_owned(),
    };
    let unfit = |_| {
        Error::new(
            ErrorKind::Configuration,
            "the credential holds characters that no header can carry",
        )
    };
    let mut value = HeaderValue::from_maybe_shared(bytes::Bytes::from(text)).map_err(unfit)?;
    value.set_sensitive(true);
    Ok(value)
}
