//! Which credentials a try carries.

use super::prepare::{Origin, Prepared, with_query};
use super::renew::{Refused, Renewal};
use crate::auth::{Credential, blank, choose, faces, header_value, is_blank, is_credential};
use crate::call::Draft;
use crate::client::Shared;
use crate::error::{Error, ErrorKind, Result};
use crate::operation::Operation;
use crate::secret::Secret;
use crate::service::{Place, Scheme};
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue, Uri};
use std::sync::atomic::Ordering;

/// The credentials of one try: what they are, for redaction and refresh.
#[derive(Default)]
pub(super) struct Used {
    /// What must not show of those that came from a source.
    pub(super) tokens: Vec<Secret>,
    /// The same with their schemes: they can be renewed if the server refuses them.
    pub(super) refused: Vec<Refused>,
}

/// Adds the credentials of the operation to URL and headers.
pub(super) async fn authenticate(
    draft: &Draft,
    prepared: &Prepared,
    renewal: Option<&Renewal<'_>>,
    uri: &mut Uri,
    headers: &mut HeaderMap,
) -> Result<Used> {
    let shared = &*draft.core.0;
    let mut used = Used::default();
    let is_trusted = may_hold_credentials(shared, prepared);
    if !is_trusted {
        stays(draft)?;
    }
    let (first, rest) = chosen(shared, draft.operation, headers)?;
    for name in first.iter().chain(rest) {
        let Some(scheme) = shared.service.scheme(name) else { continue };
        if !is_trusted {
            return Err(Error::new(
                ErrorKind::Configuration,
                "credentials never go to another host than that of the base URL; `trust_host` permits it",
            ));
        }
        let Some(credential) = shared.credential(name) else { continue };
        let secret = match credential {
            Credential::Text(secret) => secret.clone(),
            Credential::Source(source) => {
                let unfit = |error| {
                    Error::new(ErrorKind::Configuration, "the token source failed")
                        .with_source(error)
                };
                let renewals = source.renewals.load(Ordering::Relaxed);
                let rejected = renewal.and_then(|it| it.rejected(scheme.name));
                let token = source.tokens.token(rejected).await.map_err(unfit)?;
                if is_blank(token.expose()) {
                    return Err(blank(name));
                }
                used.tokens.extend(faces(scheme.place, &token));
                used.refused.push(Refused { scheme: scheme.name, token: token.clone(), renewals });
                token
            }
        };
        place(scheme, &secret, uri, headers)?;
    }
    Ok(used)
}

/// Refuses to send a credential to another host that the caller has set as a header.
fn stays(draft: &Draft) -> Result<()> {
    let shared = &*draft.core.0;
    let own = draft.headers.iter().map(|it| &it.0);
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
        // What follows the base URL is a path, which cannot name another host.
        Origin::Base => true,
        Origin::Document => server.may_hold_credentials(&prepared.uri.to_string(), true),
        Origin::Answer => server.may_hold_credentials(&prepared.uri.to_string(), false),
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
    match shared.service.scheme(name).map(|it| it.place) {
        Some(Place::Bearer | Place::Basic) => true,
        Some(Place::Header(name)) => name.eq_ignore_ascii_case(AUTHORIZATION.as_str()),
        Some(Place::Query(_) | Place::Cookie(_)) | None => false,
    }
}

fn place(scheme: &Scheme, secret: &Secret, uri: &mut Uri, headers: &mut HeaderMap) -> Result<()> {
    let value = header_value(scheme.place, secret)?;
    match scheme.place {
        Place::Bearer | Place::Basic => drop(headers.insert(AUTHORIZATION, value)),
        // Cookies may be there already, and one header holds all of them.
        Place::Header(name) if name.eq_ignore_ascii_case(COOKIE.as_str()) => {
            add_cookie(headers, value.as_bytes())?;
        }
        Place::Header(name) => drop(headers.insert(header_name(name)?, value)),
        Place::Query(name) => *uri = with_query(uri, name, secret.expose()).ok_or_else(unfit)?,
        Place::Cookie(_) if value.as_bytes().contains(&b';') => return Err(unfit()),
        Place::Cookie(name) => {
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
        HeaderValue::from_maybe_shared(bytes::Bytes::from(cookies)).map_err(|_| unfit())?;
    value.set_sensitive(true);
    headers.insert(COOKIE, value);
    Ok(())
}

fn header_name(name: &str) -> Result<HeaderName> {
    HeaderName::from_bytes(name.as_bytes()).map_err(|_| unfit())
}

fn unfit() -> Error {
    Error::new(
        ErrorKind::Configuration,
        "the credential holds characters that its place cannot carry",
    )
}
