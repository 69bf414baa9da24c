//! The credentials of an attempt.

use super::failed_attempt::FailedAttempt;
use super::prepare::{Origin, Prepared, with_query};
use super::renew::{RejectedToken, Renewal};
use crate::auth::{
    Credential, blank, choose, header_value, is_blank, is_credential, redaction_forms,
};
use crate::call::RequestParts;
use crate::client::Shared;
use crate::error::{BoxError, Error, ErrorKind, Result};
use crate::oauth::TokenError;
use crate::operation::Operation;
use crate::retry::RetrySafety;
use crate::secret::Secret;
use crate::service::{CredentialLocation, SecurityScheme};
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use std::sync::atomic::Ordering;

/// The credentials of one attempt: what they are, for redaction and refresh.
#[derive(Default)]
pub(super) struct AppliedCredentials {
    /// The secret forms of those that came from a token source.
    pub(super) tokens: Vec<Secret>,
    /// The same with their schemes: they can be renewed if the server refuses them.
    pub(super) rejected: Vec<RejectedToken>,
}

/// Adds the credentials of the operation to URL and headers.
pub(super) async fn authenticate(
    call: &RequestParts,
    prepared: &Prepared,
    renewal: Option<&Renewal<'_>>,
    uri: &mut Uri,
    headers: &mut HeaderMap,
) -> Result<AppliedCredentials, FailedAttempt> {
    let shared = &*call.core.0;
    let mut applied = AppliedCredentials::default();
    let is_trusted = may_hold_credentials(shared, prepared);
    if !is_trusted {
        check_own_headers(call).map_err(FailedAttempt::never)?;
    }
    let (first, rest) = chosen(shared, call.operation, headers).map_err(FailedAttempt::never)?;
    for name in first.iter().chain(rest) {
        let Some(scheme) = shared.service.scheme(name) else { continue };
        if !is_trusted {
            return Err(FailedAttempt::never(Error::new(
                ErrorKind::Configuration,
                "credentials never go to another host than that of the base URL; `trust_host` permits it",
            )));
        }
        let Some(credential) = shared.credential(name) else { continue };
        let secret = match credential {
            Credential::Text(secret) => secret.clone(),
            Credential::Source(source) => {
                let renewals = source.renewals.load(Ordering::Relaxed);
                let rejected = renewal.and_then(|it| it.rejected(scheme.name));
                let token = source.tokens.token(rejected).await.map_err(no_token)?;
                if is_blank(token.expose()) {
                    return Err(FailedAttempt::never(blank(name)));
                }
                applied.tokens.extend(redaction_forms(scheme.location, &token));
                applied.rejected.push(RejectedToken {
                    scheme: scheme.name,
                    token: token.clone(),
                    renewals,
                });
                token
            }
        };
        apply(scheme, &secret, uri, headers).map_err(FailedAttempt::never)?;
    }
    Ok(applied)
}

/// There is no token. Another attempt may get one from a token endpoint; nothing of this one was sent.
fn no_token(error: BoxError) -> FailedAttempt {
    match error.downcast::<TokenError>() {
        Ok(error) => {
            let safety = if error.is_transient { RetrySafety::Safe } else { RetrySafety::Never };
            FailedAttempt::new(Error::new(error.kind, error.message), safety)
        }
        Err(error) => FailedAttempt::never(
            Error::new(ErrorKind::Configuration, "the token source failed").with_source(error),
        ),
    }
}

/// Refuses to send a credential to another host that the caller has set as a header.
fn check_own_headers(call: &RequestParts) -> Result<()> {
    let shared = &*call.core.0;
    let own = call.headers.iter().map(|it| &it.0);
    let found = shared.headers.keys().chain(own).find(|it| is_credential(shared.service, it));
    let Some(name) = found else { return Ok(()) };
    let message = format!(
        "the header `{name}` holds a credential, which never goes to another host than that of the base URL; `trust_host` permits it"
    );
    Err(Error::new(ErrorKind::Configuration, message))
}

fn may_hold_credentials(shared: &Shared, prepared: &Prepared) -> bool {
    let server = &shared.server;
    match prepared.origin {
        // The rest after the base URL is a path, which cannot name another host.
        Origin::Base => true,
        Origin::Document => server.may_hold_credentials(&prepared.uri.to_string(), true),
        Origin::Response => server.may_hold_credentials(&prepared.uri.to_string(), false),
    }
}

/// The schemes to use; none where the caller has set the `Authorization` header.
fn chosen(
    shared: &Shared,
    operation: &'static Operation,
    headers: &HeaderMap,
) -> Result<(Option<&'static str>, &'static [&'static str])> {
    let is_given = headers.contains_key(AUTHORIZATION);
    if operation.custom {
        let first = shared.credentials.first().filter(|_| !is_given);
        return Ok((first.map(|it| it.0), &[]));
    }
    let found = choose(shared.service.schemes, operation.security, &shared.credentials);
    match found {
        // The header is a parameter of the operation, beside schemes that leave it alone.
        Ok(names) if is_given && names.iter().any(|it| sets_authorization(shared, it)) => {
            Ok((None, &[]))
        }
        Err(_) if is_given => Ok((None, &[])),
        found => found.map(|it| (None, it)),
    }
}

fn sets_authorization(shared: &Shared, name: &str) -> bool {
    match shared.service.scheme(name).map(|it| it.location) {
        Some(CredentialLocation::Bearer | CredentialLocation::Basic) => true,
        Some(CredentialLocation::Header(name)) => name.eq_ignore_ascii_case(AUTHORIZATION.as_str()),
        Some(CredentialLocation::Query(_) | CredentialLocation::Cookie(_)) | None => false,
    }
}

fn apply(
    scheme: &SecurityScheme,
    secret: &Secret,
    uri: &mut Uri,
    headers: &mut HeaderMap,
) -> Result<()> {
    let value = header_value(scheme.location, secret)?;
    match scheme.location {
        CredentialLocation::Bearer | CredentialLocation::Basic => {
            drop(headers.insert(AUTHORIZATION, value));
        }
        // Cookies may be there already, and one header holds all of them.
        CredentialLocation::Header(name) if name.eq_ignore_ascii_case(COOKIE.as_str()) => {
            add_cookie(headers, value.as_bytes())?;
        }
        CredentialLocation::Header(name) => drop(headers.insert(header_name(name)?, value)),
        CredentialLocation::Query(name) => {
            *uri = with_query(uri, name, secret.expose()).ok_or_else(invalid)?;
        }
        CredentialLocation::Cookie(_) if value.as_bytes().contains(&b';') => return Err(invalid()),
        CredentialLocation::Cookie(name) => {
            add_cookie(headers, &[name.as_bytes(), b"=", value.as_bytes()].concat())?;
        }
    }
    Ok(())
}

fn add_cookie(headers: &mut HeaderMap, cookie: &[u8]) -> Result<()> {
    let mut cookies =
        headers.get(COOKIE).map_or_else(Vec::new, |it| [it.as_bytes(), b"; "].concat());
    cookies.extend_from_slice(cookie);
    let mut value =
        HeaderValue::from_maybe_shared(bytes::Bytes::from(cookies)).map_err(|_| invalid())?;
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
    Ok(())
}

fn header_name(name: &str) -> Result<HeaderName> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| invalid())
}

fn invalid() -> Error {
    Error::new(
        ErrorKind::Configuration,
        "the credential holds characters that its place cannot carry",
    )
}
