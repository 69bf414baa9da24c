//! Credentials: kept out of sight, added to requests last.

use crate::error::{BoxError, Error, ErrorKind, Result};
use crate::future::BoxFuture;
use crate::secret::Secret;
use crate::service::{CredentialLocation, SecurityScheme, Service};
use http::{HeaderName, HeaderValue};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use tokio::sync::Mutex;

/// The forms in which a server could repeat a credential, the longest first.
pub(crate) fn redaction_forms(location: CredentialLocation, secret: &Secret) -> Vec<Secret> {
    let mut redaction_forms = vec![secret.clone()];
    if location == CredentialLocation::Basic {
        redaction_forms.push(crate::base64::encode(secret.expose().as_bytes()).into());
        redaction_forms
            .extend(secret.expose().split_once(':').map(|(_, password)| password.into()));
    }
    redaction_forms
}

/// A header's value, and what is in it: the token behind the name of a scheme, a password, a cookie.
pub(crate) fn header_redaction_forms(value: &str) -> Vec<Secret> {
    let mut found = vec![value.into()];
    if let Some((scheme, token)) = value.split_once(' ') {
        found.push(token.into());
        let basic = scheme.eq_ignore_ascii_case("basic").then(|| crate::base64::decode(token));
        let text = basic.flatten().and_then(|it| String::from_utf8(it).ok());
        found.extend(
            text.into_iter().flat_map(|it| redaction_forms(CredentialLocation::Basic, &it.into())),
        );
    }
    found.extend(value.split(';').filter_map(|it| it.split_once('=')).map(|it| it.1.into()));
    found
}

/// Headers whose values are no secrets.
pub(crate) fn is_plain(name: &HeaderName) -> bool {
    let name = name.as_str();
    let starts = ["accept", "content-", "if-", "cache-", "trace", "sentry-", "x-request-id"];
    let names =
        ["user-agent", "baggage", "origin", "referer", "range", "prefer", "idempotency-key"];
    starts.iter().any(|it| name.starts_with(it)) || names.contains(&name)
}

/// True for headers that hold a credential, judged by their name.
pub(crate) fn is_credential(service: &Service, name: &HeaderName) -> bool {
    let name = name.as_str();
    let is_scheme = |it: &SecurityScheme| matches!(it.location, CredentialLocation::Header(its) if its.eq_ignore_ascii_case(name));
    let ends = ["auth", "key", "token", "secret", "password", "cookie", "session", "jwt"];
    let words = ["authorization", "authentication", "credential", "credentials", "signature"];
    let is_secret_word =
        |word: &str| ends.iter().any(|it| word.ends_with(it)) || words.contains(&word);
    name != "idempotency-key" && name.split(['-', '_']).any(is_secret_word)
        || service.schemes.iter().any(is_scheme)
}

/// A text without anything in it, which no server takes for a key.
pub(crate) fn is_blank(secret: &str) -> bool {
    secret.trim().is_empty() || secret == ":"
}

pub(crate) fn blank(scheme: &str) -> Error {
    let message = format!("the credential for `{scheme}` is empty");
    Error::new(ErrorKind::Configuration, message)
}

/// A source of tokens that change over time.
pub trait TokenSource: Send + Sync + 'static {
    /// The token to use now.
    ///
    /// It is asked before each attempt, so it should keep its token while that is good. `rejected` is the
    /// token that the server has just refused with 401: a new one is wanted. The call is then sent
    /// once more, which counts as one of its retries. Of the calls that are refused at the same time
    /// one asks for the new token; the others wait for it.
    fn token<'a>(&'a self, rejected: Option<&'a Secret>)
    -> BoxFuture<'a, Result<Secret, BoxError>>;
}

/// The credential of a client for one scheme.
#[derive(Clone)]
pub(crate) enum Credential {
    Text(Secret),
    Source(Arc<SharedTokenSource>),
}

/// A source of tokens, which one call at a time asks for a new one.
pub(crate) struct SharedTokenSource {
    pub(crate) tokens: Box<dyn TokenSource>,
    /// The number of renewals so far.
    pub(crate) renewals: AtomicU64,
    /// False if the newest token met a 401 or no response; true before the first renewal.
    pub(crate) is_good: Mutex<bool>,
}

impl SharedTokenSource {
    pub(crate) fn new(tokens: impl TokenSource) -> Self {
        let (renewals, is_good) = (AtomicU64::new(0), Mutex::new(true));
        Self { tokens: Box::new(tokens), renewals, is_good }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Credentials by the names of their schemes.
pub(crate) type Credentials = Vec<(&'static str, Credential)>;

/// The schemes to use for an operation: the first combination of which all credentials are set.
pub(crate) fn choose(
    schemes: &'static [SecurityScheme],
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
    Err(Error::new(ErrorKind::Configuration, missing(schemes, security, &at_hand)))
}

fn missing(
    schemes: &'static [SecurityScheme],
    security: &'static [&'static [&'static str]],
    at_hand: &dyn Fn(&&'static str) -> bool,
) -> String {
    let scheme = |name: &&str| schemes.iter().find(|it| it.name == *name);
    let setter = |name: &&'static str| {
        let setter = scheme(name).and_then(|it| it.setter);
        setter.map_or_else(|| format!("`{name}`"), |it| format!("`{it}`"))
    };
    let alone = |name: &&'static str| {
        let variables = scheme(name).map(|it| [it.variable, it.password_variable]);
        let variables: Vec<_> = variables.into_iter().flatten().flatten().collect();
        match variables[..] {
            [] => setter(name),
            [one] => format!("{} (environment variable `{one}`)", setter(name)),
            [one, other, ..] => {
                format!("{} (environment variables `{one}` and `{other}`)", setter(name))
            }
        }
    };
    let wanted = |name: &&'static str| {
        let client = scheme(name).and_then(|it| it.oauth).and_then(|it| {
            let (id, secret) = it.variables?;
            Some(format!("`{}` (environment variables `{id}` and `{secret}`) or ", it.setter?))
        });
        client.unwrap_or_default() + &alone(name)
    };
    let mut options = Vec::new();
    for names in security {
        let (set, unset): (Vec<_>, Vec<_>) = names.iter().partition(|it| at_hand(it));
        let mut option = unset.into_iter().map(wanted).collect::<Vec<_>>().join(" and ");
        if !set.is_empty() {
            let set: Vec<_> = set.into_iter().map(setter).collect();
            option = format!("{option} beside {}, which is set", set.join(" and "));
        }
        if !options.contains(&option) {
            options.push(option);
        }
    }
    format!("no credential: on the builder of the client, set {}", options.join(", or "))
}

/// The text that a header gets; only the error, never its text, may be shown.
pub(crate) fn header_value(location: CredentialLocation, secret: &Secret) -> Result<HeaderValue> {
    let text = match location {
        CredentialLocation::Bearer => format!("Bearer {}", secret.expose()),
        CredentialLocation::Basic => {
            format!("Basic {}", crate::base64::encode(secret.expose().as_bytes()))
        }
        CredentialLocation::Header(_)
        | CredentialLocation::Query(_)
        | CredentialLocation::Cookie(_) => secret.expose().to_owned(),
    };
    let invalid = |_| {
        Error::new(
            ErrorKind::Configuration,
            "the credential holds characters that no header can carry",
        )
    };
    let mut value = HeaderValue::from_maybe_shared(bytes::Bytes::from(text)).map_err(invalid)?;
    value.set_sensitive(true);
    Ok(value)
}
